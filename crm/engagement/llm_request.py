"""One request to a model about a batch of records, with what makes its reply believable.

Each record stands in its own fence under an id that nobody outside can guess. Two records that nobody can
mistake go along: a reply that mistakes them was led astray, or is worthless.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, Field

from crm.engagement.labelling_guide import Control, Guide
from crm.engagement.literal_quote import literal
from crm.nouns import Activity, Engagement, Message, Side, Verdict
from crm.quoting import UNSEEN, excerpt, folded

LONGEST = 6_000  # characters of a record that a model is shown; the middle of a longer one is left out
REASON = 300


class Entry(BaseModel):
    """A model's word on one record."""

    id: str
    label: str = Field(json_schema_extra={"enum": [e.value for e in Engagement]})
    confidence: float = Field(description="from 0 to 1")
    quote: str = Field(description="copied letter by letter from that record")
    reason: str


class Reply(BaseModel):
    """A model's word on a batch."""

    verdicts: list[Entry]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A batch with its ids: the records asked about, the controls between them."""

    records: dict[str, Activity]
    controls: dict[str, Control]

    @classmethod
    def about(cls, batch: Sequence[Activity], guide: Guide) -> "Inquiry":
        """Ids and order follow from the texts, so that the same batch makes the same request in any row order."""
        key = _hash("\n".join(sorted(shown_of(a) for a in batch)).encode(), b"", 16)
        chosen = _controls(guide, key)
        size = 3
        while True:
            records = {_hash(shown_of(a).encode(), key, size).hex(): a for a in batch}
            controls = {_hash(c.body.encode(), key, size).hex(): c for c in chosen}
            if len(records | controls) == len(batch) + len(chosen):
                return cls(records, controls)
            size += 1

    def __len__(self) -> int:
        return len(self.records) + len(self.controls)

    def fences(self) -> str:
        """Every record as the model is shown it."""
        shown = {i: _fence(i, a.kind, _told(a)) for i, a in self.records.items()}
        shown |= {i: _fence(i, c.kind, _told_control(c)) for i, c in self.controls.items()}
        return "\n\n".join(text for _, text in sorted(shown.items()))

    def believed(self, reply: Reply, by: str) -> dict[str, Verdict] | None:
        """A verdict by `shown_of` for each record whose answer holds; None when the reply as a whole does not."""
        entries = {entry.id: entry for entry in reply.verdicts}
        if len(entries) != len(reply.verdicts) or entries.keys() != self.records.keys() | self.controls.keys():
            return None
        if any(entries[i].label != control.label for i, control in self.controls.items()):
            return None
        read = ((shown_of(a), _verdict(entries[i], a, by)) for i, a in self.records.items())
        return {shown: verdict for shown, verdict in read if verdict is not None}


def shown_of(activity: Activity) -> str:
    """What tells two records apart for a model: the text, and who wrote which part of it."""
    return f"{activity.text_hash}:{','.join(message.side for message in activity.messages)}"


def _verdict(entry: Entry, activity: Activity, by: str) -> Verdict | None:
    """The entry as a verdict; None when its label or confidence is none, or its quote is not in the record."""
    quote = literal(activity, entry.quote)
    if not quote or entry.label not in set(Engagement) or not 0 <= entry.confidence <= 1:
        return None
    because = excerpt(folded(entry.reason), REASON) or "The model gave no reason."
    return Verdict(Engagement(entry.label), entry.confidence, because, quote, by)


def _controls(guide: Guide, key: bytes) -> list[Control]:
    """One for each label that the guide has controls of, so that no single command fits them all."""
    by_label: dict[Engagement, list[Control]] = {}
    for control in guide.controls:
        by_label.setdefault(control.label, []).append(control)
    return [some[key[0] % len(some)] for some in by_label.values()]


def _hash(text: bytes, key: bytes, size: int) -> bytes:
    return hashlib.blake2b(text, key=key, digest_size=size).digest()


def _fence(record_id: str, kind: str, lines: Iterator[str]) -> str:
    return f'<record id="{record_id}" kind="{kind}">\n' + "\n".join(lines) + "\n</record>"


def _told(activity: Activity) -> Iterator[str]:
    claims = [str(activity.direction), activity.outcome]
    claims += [f"{activity.duration_s} seconds"] if activity.duration_s is not None else []
    yield f"the CRM claims: {_data(', '.join(c for c in claims if c and c != 'unknown')) or 'nothing'}"
    yield f"subject: {_data(activity.raw_subject)}"
    if activity.messages:
        yield _data(_middle_out("\n".join(_line(m) for m in activity.messages)))
    elif activity.raw_body.strip():
        yield _data(_middle_out(f"[unknown] {activity.raw_body}"))


def _told_control(control: Control) -> Iterator[str]:
    yield "the CRM claims: nothing"
    yield f"subject: {_data(control.subject)}"
    yield _data(f"[{control.side}] {control.body}")


def _line(message: Message) -> str:
    day = f", {message.at:%Y-%m-%d}" if message.at else ""
    who = f", {message.author}" if message.author and message.side is not Side.MACHINE else ""
    return f"[{message.side}{who}{day}] {message.text}"


def _data(text: str) -> str:
    """Text that cannot close its fence, without what no reader sees."""
    return UNSEEN.sub("", text).replace("<", "&lt;").replace(">", "&gt;").strip()


def _middle_out(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    head, tail = LONGEST * 3 // 4, LONGEST // 4
    return f"{text[:head]}\n[{len(text) - head - tail:,} characters are left out here]\n{text[-tail:]}"
