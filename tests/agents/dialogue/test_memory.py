"""A long conversation is remembered in bounds: the newest turns whole, older accounts by name alone."""

from agents.dialogue.memory import ABOUT, WHOLE, remembered
from crm.nouns import Account, Answer, Scope, Source, Turn


def turn(number: int, account: str = "") -> Turn:
    scope = Scope(Account(account, account.title())) if account else Scope()
    return Turn(f"q{number}", Answer("words", "account_summary", scope, (Source(1, "demo:1", "q"),), done=True))


def test_a_short_one_is_remembered_as_it_is() -> None:
    history = [turn(n) for n in range(WHOLE)]
    assert remembered(history) == tuple(history)
    assert remembered([]) == ()


def test_four_hundred_turns_come_down_to_the_newest_and_the_accounts_before() -> None:
    names = [f"account {n}" for n in range(30)]
    history = [turn(n, names[n % 30]) for n in range(400)]
    kept = remembered(history)
    assert len(kept) == WHOLE + ABOUT
    assert kept[-WHOLE:] == tuple(history[-WHOLE:])
    older = kept[:-WHOLE]
    assert [t.question for t in older] == [f"q{n}" for n in range(400 - WHOLE - ABOUT, 400 - WHOLE)]
    assert all(t.answer.scope.account and t.answer.route and not t.answer.text and not t.answer.sources for t in older)


def test_an_old_account_is_remembered_by_its_last_turn() -> None:
    history = [turn(0, "norvik"), turn(1, "norvik"), *(turn(n) for n in range(2, 2 + WHOLE))]
    assert [t.question for t in remembered(history)] == ["q1", *(f"q{n}" for n in range(2, 2 + WHOLE))]
