"""One conversation: asked, grown, stopped, asked again; and how fast it is drawn."""

from collections.abc import Iterator

from crm.nouns import Answer, Source, Step, Turn
from ui.conversation import LONGEST_SHOWN, Talk, paced

DONE = Answer("Yes [1].", sources=(Source(1, "demo:1", "q"),), suggestions=("And then?",), done=True)


def test_a_turn_grows_then_closes() -> None:
    asked = Talk().ask("Did they answer?")
    assert asked.busy
    growing = asked.grow(Answer("Y"))
    assert (growing.busy, growing.turns) == (True, ())
    closed = growing.grow(DONE)
    assert not closed.busy
    assert closed.turns == (Turn("Did they answer?", DONE),)


def test_stop_keeps_what_was_said() -> None:
    stopped = Talk().ask("q").grow(Answer("Half of it")).stop()
    assert not stopped.busy
    assert stopped.turns[0].answer.text == "Half of it"
    assert stopped.turns[0].answer.notices == ("Stopped before the end.",)
    assert Talk().stop() == Talk()


def test_asking_again_drops_the_last_answer_only() -> None:
    two = Talk((Turn("one", DONE), Turn("two", DONE)))
    again = two.last_again()
    assert (again.turns, again.asked) == (two.turns[:1], "two")
    assert Talk().last_again() == Talk()


def test_bubbles_carry_question_steps_answer_and_follow_ups() -> None:
    answer = Answer(DONE.text, steps=(Step("Scope", "Norvik", 0.25), Step("Route", "check", 0.5)), sources=DONE.sources,
                    suggestions=DONE.suggestions, done=True)  # fmt: skip
    user, steps, said = Talk((Turn("Did <b>they</b>?", answer),)).bubbles()
    assert (user.role, user.content) == ("user", "Did &#60;b>they&#60;/b>?")
    assert steps.metadata == {"title": "How this was found", "duration": 0.75, "status": "done"}
    assert "**Scope** Norvik (0.2 s)" in str(steps.content)
    assert 'href="#source-0-1"' in str(said.content)
    assert said.options == [{"label": "And then?", "value": "And then?"}]


def test_only_the_last_answer_offers_follow_ups_and_none_while_one_grows() -> None:
    talk = Talk((Turn("one", DONE), Turn("two", DONE)))
    assert [bool(b.options) for b in talk.bubbles()] == [False, False, False, True]
    assert not any(b.options for b in talk.ask("three").bubbles())


def test_a_very_long_question_is_asked_whole_and_shown_short() -> None:
    talk = Talk().ask("x" * 20_000)
    assert len(talk.asked) == 20_000
    assert len(str(talk.bubbles()[0].content)) == LONGEST_SHOWN + 2


def test_paced_lets_through_one_per_gap_and_the_last_always() -> None:
    ticks: Iterator[float] = iter([0.00, 0.04, 0.08, 0.12, 0.13])
    answers = [Answer(c) for c in "abcd"] + [Answer("e", done=True)]
    assert [a.text for a in paced(iter(answers), 0.1, lambda: next(ticks))] == ["a", "d", "e"]


def test_paced_gives_the_last_even_when_it_is_not_done() -> None:
    ticks: Iterator[float] = iter([0.00, 0.01])
    assert [a.text for a in paced(iter([Answer("a"), Answer("b")]), 0.1, lambda: next(ticks))] == ["a", "b"]
