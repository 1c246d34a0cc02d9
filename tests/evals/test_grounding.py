"""A hundred answers and a hundred drafts on the demo CRM: every fact has a source, and the source holds it.

The measure does not use the checker: it reads what was shown, and looks the cited records up in the store.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

import pytest

from agents.assistant import Assistant
from agents.base import Toolbox
from agents.brief_contents import days_in, loose
from agents.check import CITED
from agents.cliches import cliche_in
from crm.engagement.labels import current
from crm.nouns import Answer, Engagement, Kind
from crm.quoting import plain
from crm.records.book import Book
from tests.evals.demo import said

pytestmark = pytest.mark.eval
ACCOUNTS = 24
ASKED = (
    "When did we last really talk to {}?",
    "Summarise {}",
    "Prepare my meeting with {}",
    "Fasse {} zusammen",
    "¿Hemos hablado de verdad con {} este año?",
)
WANTED = (
    "Draft a follow-up email to {}",
    "Draft an urgent closing email to {}",
    "Draft a friendly proposal email to {}",
    "Write a re-engagement email to {} in German",
    "Write a short consultative mail to {} in French",
)
QUOTE = re.compile(r"“[^”\n]*”|«[^»\n]*»|„[^“\n]*“")


@dataclass
class Tally:
    """What was found wrong, by kind, with one example each."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def wrong(self, kind: str, example: str) -> None:
        self.counts[kind] += 1
        self.examples.setdefault(kind, example[:300])


def asked_about(book: Book) -> list[str]:
    return [a.name for a in book.accounts[:: max(1, len(book.accounts) // ACCOUNTS)]][:ACCOUNTS]


def look(answer: Answer, name: str, tools: Toolbox, tally: Tally) -> None:
    """Everything that an answer about one account must hold."""
    account = next(a for a in tools.book.accounts if a.name == name)
    by_number = {s.number: s for s in answer.sources}
    records = {n: tools.store.activity(s.activity_id) for n, s in by_number.items()}
    for n, record in records.items():
        if record is None:
            tally.wrong("cited id does not exist", f"{name}: [{n}] {by_number[n].activity_id}")
        elif record.account_id != account.id:
            tally.wrong("cited id of another account", f"{name}: [{n}] {record.id}")
    for line in answer.text.split("\n"):
        tally.counts["lines"] += bool(line.strip())
        cited = [int(n) for m in CITED.finditer(line) for n in m[1].split(",")]
        if any(n not in by_number for n in cited):
            tally.wrong("number without a source", f"{name}: {line}")
        for quote in QUOTE.findall(plain(line)):
            tally.counts["quotes"] += 1
            words = loose(quote[1:-1]).removesuffix("…").strip()
            held = [r for n in cited if (r := records.get(n))]
            if answer.route != "email_draft" and not held:
                tally.wrong("quote without a source", f"{name}: {line}")
            among = held or [r for r in records.values() if r]
            if not any(words in loose(f"{r.raw_subject} \n {r.subject} \n {r.raw_body} \n {r.text}") for r in among):
                tally.wrong("quote is not in its record", f"{name}: {line}")
    if any("taken out" in notice for notice in answer.notices):
        tally.wrong("the checker had to take something out", f"{name}: {answer.notices}")


def print_out(tally: Tally, what: str) -> None:
    print(f"\n{what}: {dict(tally.counts)}")
    for kind, example in tally.examples.items():
        print(f"  {kind}: {example}")


def test_a_hundred_answers_are_grounded(talker: Assistant, demo: Toolbox) -> None:
    tally = Tally()
    for name in asked_about(demo.book):
        for question in ASKED:
            answer = said(talker, question.format(name))
            if answer.scope.account is None or answer.scope.account.name != name:
                tally.wrong("another account answered", f"{question.format(name)} -> {answer.scope.account}")
                continue
            tally.counts["answers"] += 1
            look(answer, name, demo, tally)
    print_out(tally, "answers")
    assert tally.counts["answers"] >= 100
    assert not tally.examples


def test_a_hundred_drafts_are_grounded_and_worth_sending(talker: Assistant, demo: Toolbox) -> None:
    tally = Tally()
    openings: Counter[str] = Counter()
    for name in asked_about(demo.book):
        for question in WANTED:
            answer = said(talker, question.format(name))
            tally.counts["answers"] += 1
            look(answer, name, demo, tally)
            if "**" not in answer.text:
                tally.counts["admitted that there is nothing"] += 1
                continue
            opening = read_draft(answer, question.format(name), tally)
            openings[re.sub(r"\d+", "", QUOTE.sub("", opening))[:40]] += 1
            labels = current(demo.store, [s.activity_id for s in answer.sources])
            for source in answer.sources:
                record = demo.store.activity(source.activity_id)
                planned = record is not None and record.kind is Kind.EVENT
                label = labels[source.activity_id].verdict.engagement
                if label is not Engagement.ENGAGED and not planned:
                    tally.wrong("built on a record that is no conversation", f"{name}: {source.activity_id}")
    print_out(tally, "drafts")
    print(f"  openings: {len(openings)} different, the most frequent {openings.most_common(1)}")
    assert tally.counts["answers"] >= 100
    assert not tally.examples


def read_draft(answer: Answer, asked: str, tally: Tally) -> str:
    """The mail as its reader sees it: one ask, no cliché, no placeholder, a fit length; gives its opening."""
    mail = plain(answer.text).split("\n---\n")[0]
    body = mail.split("\n\n", 2)[2]
    words = len(re.findall(r"[^\W_]+", body))
    low, high = (25, 110) if "short" in asked else (60, 180)
    if not low <= words <= high:
        tally.wrong("length", f"{asked}: {words} words: {body}")
    if QUOTE.sub("", body).count("?") != 1:
        tally.wrong("not one ask", f"{asked}: {body}")
    if cliche_in(QUOTE.sub("", body)):
        tally.wrong("cliché", f"{asked}: {cliche_in(body)}")
    if re.search(r"\[[^\d\]]|\{|XX|TODO|\bNone\b", body):
        tally.wrong("placeholder", f"{asked}: {body}")
    days = {(d.day, d.month) for d in days_in(QUOTE.sub("", body))[0]}
    proof = {(d.day, d.month) for d in days_in(answer.text.partition("\n---\n")[2])[0]}
    if not days <= proof:
        tally.wrong("a day without a source", f"{asked}: {body}")
    return body.split("\n\n")[1]
