"""A rep asks for a colleague's accounts in every way there is: nothing of them may come back, not even that they exist.

Canary words stand in everything that is the colleague's. A canary that the question itself holds may be repeated.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from crm.access import Right
from crm.errors import CrmError
from crm.nouns import Filter, Kind, Question, Turn
from house import House
from tests.flows.guarded import CANARIES, CLAIRE, HANNA, OPS, build
from tests.needed import right_of
from ui.header import status
from wiring import AGENTS

NAMED = (
    "Canariva Holdings",
    "Canariva",
    "Canarivva Holdings",
    "canariva.example",
    "Pelagia Quillfeather",
    "Pelagia",
    "pelagia.q@canariva.example",
    "Transports Verdier",
    "Harbeck",
    "Anke Roth",
    "Ottoline Zaunkoenig",
    "Wilhelmina Drosselbart",
    "B900",
    "Canariva - Xylodome",
)
ASKED = (
    "When did we last really talk to {}?",
    "Give me a summary of {}",
    "Draft a follow-up email to {}",
    "What did {} say about price?",
)
IDS = ("9001", "demo:9001", "9003", "3001", "demo:3001", "demo:B900", "demo:BC90")
IN_WORDS = (
    "Which accounts are at risk?",
    "Which accounts have gone quiet?",
    "How many accounts do we have?",
    "How many accounts by industry?",
    "How many accounts by region?",
    "How many accounts by owner?",
    "Total open pipeline by account",
    "Total value of open deals by product",
    "Top deals",
    "Which deals are at risk?",
    "Win rate by rep",
    "Deals of Claire Dumont",
    "How many activities by rep?",
    "Activities of Claire Dumont in October",
    "Unanswered calls by rep",
    "How many contacts by account?",
    "Which leads should we call first?",
    "Leads of Claire Dumont",
    "How many leads by owner?",
    "Forecast for next quarter",
    "Accounts to put first",
    "Average deal amount in CHF",
    "Largest deal by amount",
    "Who said that the vermilion gantry broke?",
    "Everything about Thaddeus",
    "What happened in October?",
    "Which customers wrote lately?",
    "Show me my colleague's accounts",
    "What can you do?",
    "Who works in Ulverton?",
    "Overview of the pipeline",
    "Which account has the most employees?",
    "Was sagt Pelagia?",
    "Quels clients nous ont répondu ?",
)
SEARCHES = (
    "vermilion gantry",
    "“vermilion gantry broke”",
    "price above what Thaddeus allows",
    "Pelagia Quillfeather",
    "pelagia.q@canariva.example",
    "9001",
    "demo:9001",
    "something broke on Monday",
    "contract to Ulverton",
    "vermillion gantri",
    "Ottoline",
    "Kran kaputt",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, learned: Path, pytestconfig: pytest.Config) -> Iterator[House]:
    assert pytestconfig.cache is not None
    house = build(tmp_path_factory.mktemp("probe"), learned, Path(pytestconfig.cache.mkdir("minilm")))
    house.judge_store()
    yield house
    house.close()


@pytest.fixture(scope="module")
def hers(whole: House) -> House:
    return whole.seen_by(HANNA)


def told(value: object) -> str:
    """Every word that a value carries, however deep, without the seconds that steps took."""
    if is_dataclass(value):
        return "\n".join(told(getattr(value, f.name)) for f in fields(value) if f.name != "seconds")
    if isinstance(value, dict):
        return "\n".join(told(one) for pair in value.items() for one in pair)
    if isinstance(value, list | tuple | set | frozenset):
        return "\n".join(map(told, value))
    return str(value)


def leaked(value: object, asked: str = "") -> list[str]:
    """The canaries in it that were not in the question."""
    text, known = told(value).casefold(), asked.casefold()
    return [c for c in CANARIES if c.casefold() not in known and re.search(rf"(?<!\w){re.escape(c.casefold())}", text)]


QUESTIONS = [way.format(name) for name in NAMED for way in ASKED] + [f"Audit activity {i}" for i in IDS] + [*IN_WORDS]


def test_there_are_enough_probes_and_the_colleague_is_answered_with_canaries(whole: House) -> None:
    assert len(QUESTIONS) + len(SEARCHES) + len(IDS) * 5 >= 100
    theirs = whole.seen_by(CLAIRE)
    found = {c for question in QUESTIONS[:: len(QUESTIONS) // 12] for c in leaked(theirs.ask(question), question)}
    assert {"Quillfeather", "Pelagia", "Canariva", "Vermilion", "Thaddeus"} <= found


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_holds_nothing_of_the_colleague_s(hers: House, question: str) -> None:
    for answer in hers.turn(Question(question)):
        assert leaked(answer, question) == []


@pytest.mark.parametrize("agent", [agent.name for agent in AGENTS])
def test_no_agent_tells_more_when_it_is_asked_by_name(hers: House, agent: str) -> None:
    for question in ("Canariva Holdings", "Pelagia Quillfeather", "9001", "everything, please"):
        assert leaked(hers.ask(question, agent), question) == []


def test_the_second_question_leans_on_nothing_that_was_not_hers(hers: House, whole: House) -> None:
    stolen = Turn("Give me a summary of Canariva Holdings", whole.seen_by(CLAIRE).ask("Give me a summary of Canariva"))
    for question in ("and before that?", "how do you know?", "shorter", "draft a mail to them", "how many deals?"):
        *_, answer = hers.turn(Question(question, (stolen,)))
        assert leaked(answer.text + told(answer.sources) + told(answer.figures), stolen.question) == []


@pytest.mark.parametrize("query", SEARCHES)
def test_a_search_finds_nothing_of_the_colleague_s(hers: House, whole: House, query: str) -> None:
    found = hers.find(query, 50, "", engaged=False)
    assert leaked(found, query) == []
    assert found.considered == hers.store.count() < whole.store.count()
    assert {hit.activity.account_id for hit in found.hits} <= {*hers.book.account_by_id, None}


@pytest.mark.parametrize("described", ["gantry builders in Quastenland", "the largest account", "Xylodome deals"])
def test_accounts_and_deals_are_not_found_by_description(hers: House, described: str) -> None:
    assert leaked(hers.search.accounts(described, 50) + hers.search.deals(described, 50), described) == []


PAIRS = (
    ("Canariva Holdings", "Bolzoneta Holdings"),
    ("Pelagia Quillfeather", "Perpetua Quallmeister"),
    ("9001", "9009"),
    ("demo:9001", "demo:9009"),
    ("BD90", "BD99"),
)


@pytest.mark.parametrize(("theirs", "nobodys"), PAIRS)
@pytest.mark.parametrize("way", [*ASKED, "Audit activity {}", "{}"])
def test_what_is_not_hers_gets_the_same_words_as_what_does_not_exist(
    hers: House, way: str, theirs: str, nobodys: str
) -> None:
    one, other = hers.ask(way.format(theirs)), hers.ask(way.format(nobodys))
    assert unnamed(told(one), theirs) == unnamed(told(other), nobodys)


def unnamed(text: str, name: str) -> str:
    """The words without the id or name that was asked for, with or without its source before it."""
    return text.replace(name.rpartition(":")[2], "…")


def said(act: Callable[[], object]) -> str:
    """What comes back, be it a value or a refusal."""
    try:
        return told(act())
    except CrmError as err:
        return f"{type(err).__name__}: {err}"


VERBS: dict[str, Callable[[House, str], object]] = {
    "account_page": lambda house, i: house.account_page(i),
    "find in": lambda house, i: house.find("gantry", 10, i, engaged=False),
    "history": lambda house, i: house.history(i),
    "judged": lambda house, i: house.judged([i]),
    "routed": lambda house, i: house.routed(f"Audit activity {i}"),
    "correct": lambda house, i: house.correct(i, "ND"),
    "take_back": lambda house, i: house.take_back(i),
    "stored": lambda house, i: (house.store.activity(i), house.store.find(i), house.store.activities_by_id([i])),
    "of account": lambda house, i: house.store.activities(Filter(account_id=i)),
    "of contact": lambda house, i: house.store.count(Filter(contact_id=i)),
}
SAME = (
    ("B900", "B999"),
    ("Canariva Holdings", "Bolzoneta Holdings"),
    ("9001", "9009"),
    ("demo:9001", "demo:9009"),
    ("demo:B900", "demo:B999"),
    ("demo:BC90", "demo:BC99"),
)


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_called_with_a_foreign_id_knows_no_such_thing(hers: House, whole: House, verb: str) -> None:
    ids = [a.id for a in whole.book.accounts] + [a.id for a in whole.store.activities()]
    foreign = [i for i in ids if i not in {a.id for a in hers.book.accounts} | {a.id for a in hers.store.activities()}]
    assert len(foreign) > 5
    for i in foreign:
        assert leaked(said(lambda i=i: VERBS[verb](hers, i)), i) == []  # type: ignore[misc]
    for theirs, nobodys in SAME:
        one, other = (said(lambda i=i: VERBS[verb](hers, i)) for i in (theirs, nobodys))  # type: ignore[misc]
        assert unnamed(one, theirs) == unnamed(other, nobodys)


def test_lists_counts_charts_and_suggestions_are_of_her_own(hers: House, whole: House) -> None:
    own = {"Norvik Maritime", "Brackwater Foods", "Norvik Daughters"}
    assert {row.account.name for row in hers.accounts()} == own
    for shown in (hers.accounts(), hers.starters(), status(hers), hers.as_of(), hers.book):
        assert leaked(shown) == []
    assert [leaked(hers.account_page(row.account.id)) for row in hers.accounts()] == [[]] * len(own)
    assert f"{hers.store.count():,} activities" in status(hers)
    assert hers.store.count(Filter(kinds=frozenset({Kind.EMAIL}))) < whole.store.count(
        Filter(kinds=frozenset({Kind.EMAIL}))
    )
    daughters = next(a for a in hers.book.accounts if a.name == "Norvik Daughters")
    assert daughters.parent == ""


def bare_verbs() -> list[str]:
    """Every verb that a rep may call without saying anything more, also one that is added some day."""
    found = []
    for name, verb in inspect.getmembers(House, inspect.isfunction):
        needed = [p for p in list(inspect.signature(verb).parameters.values())[1:] if p.default is p.empty]
        if right_of(verb) is Right.ASK and not [p for p in needed if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]:
            found.append(name)
    return found


@pytest.mark.parametrize("name", bare_verbs())
def test_no_verb_tells_anything_of_the_colleague_s(hers: House, name: str) -> None:
    given = getattr(hers, name)()
    assert leaked(list(given) if isinstance(given, Iterator) else given) == []


def test_at_the_same_time_each_sees_their_own(whole: House) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def asked(number: int) -> list[str]:
        viewer = (HANNA, CLAIRE)[number % 2]
        answer = whole.seen_by(viewer).ask("Total value of open deals by account")
        shown = {figure.name for figure in answer.figures}
        return sorted(shown & ({"Canariva Holdings"} if viewer is HANNA else {"Norvik Maritime"}))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(asked, range(40))) == [[]] * 40


def test_a_colleague_s_record_at_her_account_is_hers_to_see(hers: House, whole: House) -> None:
    assert hers.store.find("9004") != []
    assert whole.seen_by(CLAIRE).store.find("9004") == []


def test_operations_see_everything(whole: House) -> None:
    seen = whole.seen_by(OPS)
    assert seen.store.count() == whole.store.count()
    assert {"Pelagia", "Vermilion"} <= set(leaked(seen.find("gantry", 10, "Canariva Holdings", engaged=False)))
