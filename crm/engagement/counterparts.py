"""With whom of the other side an activity was: by name where one is known, else by address.

A column for them tells it at once; else the heads of the mails do, as far as it is known which side is ours or which
way the mail went. Nobody is guessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crm.intake.parsing import mentioned
from crm.intake.sources import Refs
from crm.intake.stored_refs import Envelope
from crm.nouns import Activity, Contact, Direction, Side
from crm.threads import log_header, tags
from crm.threads.people import Person
from crm.threads.thread import Ours, RawActivity

HEAD = 4_000  # letters of a text in which a mail's own head stands


@dataclass(frozen=True, slots=True)
class Counterparts:
    """What tells who stands on the other side. `called` are names by a contact's id and by address."""

    ours: Ours = Ours()  # noqa: RUF009
    called: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, ours: Ours, contacts: Iterable[Contact]) -> "Counterparts":
        called: dict[str, str] = {}
        for contact in contacts:
            name = contact.name or contact.email
            called[contact.id] = name
            called.setdefault(contact.email.lower(), name)
        called.pop("", None)
        return cls(ours, called)

    def of_row(self, raw: RawActivity, refs: Refs) -> str:
        """Of a row as its file has it."""
        known = tuple(self.called[i] for i in refs.contact_ids if i in self.called)
        return _told(refs.contact_names or known or self._listed(raw, refs) or self._in_mail(raw) or self._within(raw))

    def of_stored(self, activity: Activity, named: Envelope) -> str:
        """Of a record of the store, which knows its contacts and who wrote what; `named` is what its row said."""
        known = [self.called[i] for i in activity.contact_ids if i in self.called]
        told = _told(known) or self.of_row(_raw(activity, named), named.refs)
        wrote = (Person(m.author, m.address) for m in activity.messages if m.side is Side.THEM)
        return told or _told(self._names(wrote))

    def _listed(self, raw: RawActivity, refs: Refs) -> list[str]:
        """The addresses in a column for them: those of a mail's sender and recipients are on both sides."""
        envelope = {raw.from_address, *raw.to_addresses}
        listed = [Person(address=a) for a in refs.addresses if a not in envelope]
        return self._names(p for p in listed if not self.ours.has(p))

    def _in_mail(self, raw: RawActivity) -> list[str]:
        head = log_header.read(raw.raw_body[:HEAD])
        sender = Person(address=raw.from_address) if raw.from_address else head.author
        to = tuple(Person(address=a) for a in raw.to_addresses) or head.to
        if self.ours.domains:
            return self._names(p for p in (sender, *to) if p.known and not self.ours.has(p))
        ways = (raw.direction, tags.read(raw.raw_subject).direction, head.direction)
        match next((way for way in ways if way is not Direction.UNKNOWN), None):
            case Direction.INBOUND:
                return self._names([sender])
            case Direction.OUTBOUND:
                return self._names(to)
            case _:
                return []

    def _within(self, raw: RawActivity) -> list[str]:
        """Whoever stands in the heads of older mails in the text."""
        if not self.ours.domains:
            return []
        people = (Person(address=a) for a in mentioned(raw.raw_body, ()))
        return self._names(p for p in people if not self.ours.has(p))

    def _names(self, people: Iterable[Person]) -> list[str]:
        return [self.called.get(p.address, "") or p.name or p.address for p in people]


NOBODY_KNOWN = Counterparts()


def _raw(activity: Activity, named: Envelope) -> RawActivity:
    return RawActivity(
        native_id=activity.native_id,
        source=activity.source,
        kind=activity.kind,
        raw_subject=activity.raw_subject,
        raw_body=activity.raw_body,
        direction=activity.direction,
        from_address=named.sender,
        to_addresses=named.to,
    )


def _told(names: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, names)))
