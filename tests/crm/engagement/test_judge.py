import csv
import pickle
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from crm.engagement.judge import Cascade
from crm.engagement.learned import LearnedJudge
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.training_rows import Material
from crm.nouns import Activity, Engagement, Kind, Verdict
from crm.threads.thread import Ours, RawActivity, activity
from tests.crm.engagement.looking import LABELLED, PLAYBOOK, record
from tests.crm.engagement.orders import ORDERS

ENGAGED, NOT_ENGAGED, ND = Engagement.ENGAGED, Engagement.NOT_ENGAGED, Engagement.ND


@pytest.fixture(scope="module")
def cascade(learned: Path) -> Cascade:
    return Cascade.of([RuleJudge.ready(PLAYBOOK), LearnedJudge.ready(Material(LABELLED, learned))])


class Fixed:
    """A judge that says the same of everything and counts what it is asked."""

    def __init__(self, verdict: Verdict | None) -> None:
        self.verdict, self.asked = verdict, 0

    @property
    def policy(self) -> str:
        return "fixed"

    def judge(self, batch: Sequence[Activity]) -> list[Verdict | None]:
        self.asked += len(batch)
        return [self.verdict] * len(batch)


SURE = Verdict(ENGAGED, 0.9, "because", "q", "first")
GUESS = Verdict(ND, 0.5, "because", "q", "guess", undecided=True)
LATER = Verdict(NOT_ENGAGED, 0.8, "because", "q", "later")
OTHER_GUESS = Verdict(NOT_ENGAGED, 0.6, "because", "q", "other guess", undecided=True)


@pytest.mark.parametrize(
    ("opinions", "stands", "asked"),
    [
        ([SURE, LATER], SURE, [1, 0]),
        ([None, LATER], LATER, [1, 1]),
        ([GUESS, LATER], LATER, [1, 1]),
        ([GUESS, None], GUESS, [1, 1]),
        ([None, GUESS, OTHER_GUESS], OTHER_GUESS, [1, 1, 1]),
        ([GUESS, None, LATER], LATER, [1, 1, 1]),
    ],
)
def test_each_judge_sees_only_what_is_still_open(
    opinions: list[Verdict | None], stands: Verdict, asked: list[int]
) -> None:
    judges = [Fixed(opinion) for opinion in opinions]
    assert Cascade.of(judges).judge([record("call", "Kari", "note")]) == [stands]
    assert [judge.asked for judge in judges] == asked


def test_what_the_labels_contradict_the_rules_leave_open(tmp_path: Path) -> None:
    """A rule that speaks decides, unless the small model learned from people that it is likelier to be otherwise."""
    rules, written = RuleJudge.ready(PLAYBOOK), record("call", "Call Berta", "LVM for Berta")
    ruled = rules.judge([written])[0]
    assert ruled is not None
    assert ruled.engagement is NOT_ENGAGED
    kept, swapped = (
        Cascade.of([rules, LearnedJudge.ready(_calls(tmp_path / name, left_a_message))]).judge([written])[0]
        for name, left_a_message in (("kept", NOT_ENGAGED), ("swapped", ENGAGED))
    )
    assert kept == ruled
    assert (swapped.engagement, swapped.decided_by) == (ENGAGED, "model")


def test_whose_a_mail_is_that_tells_it_is_no_question(cascade: Cascade) -> None:
    """By its words alone it may be a customer's, and the model objects; where the owner signed it, the rule knows."""
    body = (
        "To: Saskia Brand\nSubject: Re: Angebot\nBody:\nGuten Tag Frau Brand,\n\ndanke für Ihr Angebot. Mir fehlen "
        "noch die Lieferzeit und ein Preis für 14 Pumpen. Können Sie das bis Freitag nachreichen?\n\nMia Holm"
    )
    theirs, ours = (
        activity(RawActivity("1", "csv", Kind.EMAIL, "Email: Re: Quote", body, owner=owner), Ours())
        for owner in ("", "Mia Holm")
    )
    assert [verdict.engagement for verdict in cascade.judge([theirs, ours])] == [ENGAGED, NOT_ENGAGED]


def _calls(folder: Path, left_a_message: Engagement) -> Material:
    """Labelled notes of calls, where a message that was left counts as told."""
    notes = (
        (left_a_message, "LVM for {}"),
        (ENGAGED, "Spoke with {}, wants it"),
        (ND, ""),
        (NOT_ENGAGED, "no answer, {}"),
    )
    folder.mkdir()
    with (folder / "activities_a.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["hs_object_id", "crm_subject", "crm_description", "crm_subtype", "human_label"])
        for label, note in notes:
            for name in ("Kari", "Jan", "Mia", "Ola", "Nils", "Eva", "Tom", "Ida", "Per", "Liv"):
                writer.writerow([f"{note} {name}", f"Call {name}", note.format(name), "Call", label.value])
    return Material(folder, folder)


def test_when_nobody_says_anything_it_is_nd_and_says_so() -> None:
    verdict = Cascade.of([Fixed(None)]).judge([record("call", "Kari", "note")])[0]
    assert (verdict.engagement, verdict.undecided, verdict.decided_by) == (ND, True, "nobody")
    assert verdict.because.startswith("Undecided")
    assert verdict.quote in ("Kari", "note")


def test_equal_records_are_judged_once() -> None:
    judge = Fixed(SURE)
    records = [record("call", "Kari", body) for body in ("one", "two", "one", "one")]
    assert len(Cascade.of([judge]).judge(records)) == 4
    assert judge.asked == 2


def test_the_policy_names_every_judge(cascade: Cascade) -> None:
    rules, model = cascade.policy.split("+")
    assert rules.startswith("rules@")
    assert model.startswith("model@")


RECORDS = [
    record("call", "Kari Moe", "LVM, will try Thursday"),
    record("call", "Kari Moe", "Spoke with her, she wants the trial to start in May and asked for two references"),
    record("event", "Demo Bergen Fisk"),
    record("event", "Demo Bergen Fisk", "Kari + two of theirs came. liked the dashboard"),
    record("task", "Send the quote to Kari"),
    record("task", "Bergen Fisk", "12 units, blue"),
    record(
        "email",
        "Quick idea",
        "Hi Kari,\n\nWe help cold stores save energy. Worth 15 minutes next week?\n\nMia\nUnsubscribe",
    ),
    record("email", "Re: Quick idea", "No thanks, we are happy with what we have. Please take us off the list."),
    record("email", "Automatic reply: Quick idea", "I am out of the office until Monday."),
    record("email", "RE: invoice"),
    record("task", "Email: RE: invoice", "Paid on Friday, sorry for the delay. Kari"),
    record("call", "Call: Connected", "Duration: 3 seconds"),
]
TRUTH = [
    NOT_ENGAGED, ENGAGED, ND, ENGAGED, NOT_ENGAGED, None, NOT_ENGAGED, ENGAGED, NOT_ENGAGED, ND, ENGAGED, ND,
]  # fmt: skip


def test_the_whole_cascade_reads_plain_cases_right(cascade: Cascade) -> None:
    found = [verdict.engagement for verdict in cascade.judge(RECORDS)]
    assert [f for f, t in zip(found, TRUTH, strict=True) if t] == [t for t in TRUTH if t]


def test_a_verdict_does_not_depend_on_company_order_or_process(cascade: Cascade) -> None:
    together = cascade.judge(RECORDS)
    shuffled = list(range(len(RECORDS)))
    random.Random(7).shuffle(shuffled)
    again = cascade.judge([RECORDS[i] for i in shuffled] * 2)
    assert again == [together[i] for i in shuffled] * 2
    assert [cascade.judge([one])[0] for one in RECORDS] == together
    assert pickle.loads(pickle.dumps(cascade)).judge(RECORDS) == together  # noqa: S301


def test_every_verdict_is_proved_by_the_records_own_words(cascade: Cascade) -> None:
    for one, verdict in zip(RECORDS, cascade.judge(RECORDS), strict=True):
        assert verdict.quote
        assert verdict.quote in one.raw_subject or verdict.quote in one.raw_body
        assert 0 < verdict.confidence <= 1
        assert verdict.undecided == verdict.because.startswith("Undecided")


def test_an_empty_record_is_nd_without_a_quote(cascade: Cascade) -> None:
    verdict = cascade.judge([record("task")])[0]
    assert (verdict.engagement, verdict.quote, verdict.undecided) == (ND, "", False)


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_nothing_in_a_record_commands(cascade: Cascade, order: str) -> None:
    clean = cascade.judge(RECORDS)
    for label in ("ENGAGED", "NOT ENGAGED"):
        told = order.format(label=label)
        twins = [record(str(r.kind), r.raw_subject, f"{r.raw_body}\n\n{told}".strip()) for r in RECORDS]
        assert [v.engagement for v in cascade.judge(twins)] == [v.engagement for v in clean]


THREAD = """Jan, third nudge, promise it's the last :)
Mia

On Mon, 4 Mar 2024 at 09:10, Mia Holm <mia@tessera.example> wrote:
> Hi Jan, any word from facilities?
>> On Fri, 1 Mar 2024, Jan Moe <jan@bergenfisk.example> wrote:
>> need drawings for the 12 ft opening, facilities wont look at it without"""


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_an_order_above_a_thread_does_not_hide_who_wrote_what(cascade: Cascade, order: str) -> None:
    told = record("email", "[Outreach] [Email] [Out] 4 Re: Door", order.format(label="NOT ENGAGED") + "\n\n" + THREAD)
    verdict = cascade.judge([told])[0]
    assert verdict.engagement is ENGAGED
    assert verdict.quote in THREAD


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\u2060", "\ufeff"])
def test_invisible_letters_change_nothing(cascade: Cascade, hidden: str) -> None:
    twins = [
        record(
            str(r.kind),
            r.raw_subject,
            " ".join(w[:2] + hidden + w[2:] if len(w) > 3 else w for w in r.raw_body.split(" ")),
        )
        for r in RECORDS
    ]
    assert [v.engagement for v in cascade.judge(twins)] == [v.engagement for v in cascade.judge(RECORDS)]


def test_an_explanation_shows_every_step(cascade: Cascade) -> None:
    told = cascade.explain(RECORDS[0])
    assert told.verdict == cascade.judge([RECORDS[0]])[0]
    assert [rule.name for rule in told.rules] == ["voicemail_left"]
    assert told.rules[0].quote == "LVM, will try Thursday"
    assert not told.conflict
    assert told.llm is None
    assert told.model is not None
    assert sum(p for _, p in told.model.probabilities) == pytest.approx(1, abs=0.001)
    assert told.model.likeliest[0] is NOT_ENGAGED
    assert told.model.strongest[0][0] == "voicemail or an answering machine took the call"


def test_an_explanation_without_a_model_has_no_view_of_it() -> None:
    told = Cascade.of([RuleJudge.ready(PLAYBOOK)]).explain(RECORDS[5])
    assert (told.rules, told.model, told.verdict.decided_by) == ((), None, "nobody")
