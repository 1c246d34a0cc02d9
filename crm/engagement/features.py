"""What can be seen in an activity: flags, numbers and words by who wrote them, for the rules and the model alike.

Nothing here decides. A flag is a concept of the playbook's lexicon where it was heard (`note:voicemail`,
`subject:voicemail`, and `voicemail` for anywhere), a denied one (`no:reached`), one that opens a sentence
(`^said`), two that follow each other in a sentence (`spoke>gatekeeper`), the first and the last word on whether
somebody was reached (`first:no_answer`, `last:reached`), a status that the note does not bear out
(`status:unechoed`), or a fact about the record's shape (`body:blank`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from crm.engagement import form_fields, whom_named
from crm.engagement.attendees import present
from crm.engagement.body_shape import has_word, shape, size
from crm.engagement.phrase_finder import Lexicon
from crm.engagement.phrase_hits import Heard, Hit
from crm.engagement.text_folding import STOP, capitalised, folded, typed
from crm.nouns import Activity, Direction, Kind, Message, Side
from crm.threads import log_header
from crm.threads.machines import by_subject
from crm.threads.people import FEWEST_OF_NAME, words
from crm.threads.untrusted import suspicious, without_orders

VERSION = "6"  # changes whenever the same record would give other features

_REMEMBERED = 1024  # records: more than a batch
_LEFTOVER = 1000  # characters of a body in which nobody was found to have written
_NEAR = 5  # words between two concepts that are taken together
_MAIL_TAGS = ("email", "e-mail", "people.ai", "gmail")
_REPLIES = frozenset(("re", "aw", "sv", "vs", "antw", "odp", "r", "res", "rif"))
_FORWARDS = frozenset(("fw", "fwd", "wg", "tr", "rv", "vb", "pd", "enc", "i"))
_PREFIXES = _REPLIES | _FORWARDS
_ARROWS = frozenset(("<<", ">>", "↙", "↗"))
_STATUS = frozenset((
    "reached", "spoke", "called_back", "met", "said", "no_answer", "tried", "voicemail", "gatekeeper", "wrong_number",
    "busy", "ivr", "no_show", "cancelled", "moved", "no_reply",
))  # fmt: skip
_ONLY_FIRST = frozenset(("imperative",))  # an order only where a sentence starts; elsewhere the words are too common
_ONLY_OUTCOME = frozenset(("dispo_reached", "their_call"))
_UNREACHED = ("no_answer", "busy", "wrong_number", "no:reached", "no_show", "no_reply", "no:spoke", "no:met", "no:held")
# What may stand in a note under such a status without taking anything back.
_ECHOES = frozenset((
    *_UNREACHED, "voicemail", "gatekeeper", "ivr", "tried", "plan", "imperative", "cancelled", "moved", "lost_body",
    "unclear", "rang", "no:called_back",
))  # fmt: skip
_SAID_UNREACHED = frozenset(f"{zone}:{name}" for zone in ("outcome", "title") for name in _UNREACHED)
_ECHOED = frozenset(f"note:{name}" for name in _ECHOES)
_TOLD = frozenset(("body:some", "body:many", "body:long"))
_ROLES = frozenset(("gatekeeper", "own_side", "voicemail"))  # "Receptionist said": capitalised, but nobody's name
_PLAIN = frozenset(("you", "we"))  # counted, nothing more
_WITH = frozenset(("spoke", "met"))  # never denied: those are named `no:spoke`
_NOBODYS = _PLAIN | {"person", "titled", "their_role", "seen"}
_HELD = frozenset(("call", "event"))  # of a mail or a task "done" tells that somebody ticked it off
_NOTED = frozenset(("note", "subject", "leftover"))
_NOT_OUTCOME = _PLAIN | _ONLY_FIRST
_NOT_TITLE = _NOT_OUTCOME | {"plan", "person", "internal", "own_side", "chat", "invite"}  # in a call's subject


@dataclass(frozen=True, slots=True)
class Features:
    """Everything about one activity that a judge may look at; `words` are by zone, in order.

    `languages` are those it is written in; `heard` holds, for each concept, the first word of what stood for it.
    """

    flags: frozenset[str]
    numbers: Mapping[str, float]
    words: tuple[tuple[str, tuple[str, ...]], ...]
    languages: frozenset[str] = frozenset()
    heard: Mapping[str, str] = field(default_factory=dict)

    def number(self, name: str) -> float:
        return self.numbers.get(name, 0.0)


_recent: dict[int, tuple[Activity, Lexicon, Features]] = {}  # holds the record too, so that its id stays its own


def features(activity: Activity, lexicon: Lexicon) -> Features:
    """The features of one activity; the same record always gives the same ones.

    The last ones are remembered, so that judges in line look once. By identity: comparing records costs as much as
    looking at them.
    """
    known = _recent.get(id(activity))
    if known and known[0] is activity and known[1] is lexicon:
        return known[2]
    found = _Seeing(activity, lexicon).features()
    if len(_recent) >= _REMEMBERED:
        _recent.clear()
    _recent[id(activity)] = activity, lexicon, found
    return found


def is_mail(activity: Activity) -> bool:
    """Whether it is a mail, whatever the CRM calls the record: sync tools log mails as tasks."""
    if activity.kind is Kind.EMAIL:
        return True
    tags = [tag.lower() for tag in activity.tags]
    return any(tag.startswith(_MAIL_TAGS) or tag in _PREFIXES or tag in _ARROWS for tag in tags)


class _Seeing:
    """One look at one activity."""

    def __init__(self, activity: Activity, lexicon: Lexicon) -> None:
        self.activity = activity
        self.lexicon = lexicon
        self.mail = is_mail(activity)
        self.channel = "mail" if self.mail else str(activity.kind)
        self.flags: set[str] = {f"channel:{self.channel}", f"kind:{activity.kind}"}
        self.numbers: dict[str, float] = {}
        self.heard: list[tuple[str, Heard]] = []
        self.status: list[str] = []
        self.proof: dict[str, str] = {}
        self.typed: list[str] | None = None  # the text that is being looked at, with its capitals
        self.plain = False  # whether a look at all texts at once found nothing that could be addressed to a judge
        self.contacts = frozenset(
            word for name in activity.named for word in words(name) if len(word) >= FEWEST_OF_NAME
        )
        self.ordered = False  # whether anything in it was addressed to a judge
        self.seconds: float | None = None
        # A stamp or a rule that a program put between the lines says nothing.
        self.messages = [m for m in activity.messages if m.side is not Side.MACHINE or has_word(m.text)]

    def features(self) -> Features:
        if (direction := self._direction()) is not Direction.UNKNOWN:
            self.flags.add(str(direction))
        texts = [folded(message.text) for message in self.messages]
        subject = folded(self.activity.subject)
        self.plain = not suspicious("\n".join((subject, *texts)))
        self._tags()
        self._subject(subject)
        self._outcome(self.activity.outcome)
        by_side = dict.fromkeys(Side, 0)
        for number, (message, text) in enumerate(zip(self.messages, texts, strict=True)):
            by_side[message.side] += self._message(number, message, text)
        if not self.messages and self.activity.raw_body.strip():
            self.plain = False
            self._hear("leftover", self._read(folded(self.activity.raw_body[:_LEFTOVER])))
        # A status is the CRM's word: it tells nothing about the language of the rest, and may be in another.
        languages = self.lexicon.languages(heard for zone, heard in self.heard if zone != "outcome")
        for zone, heard in self.heard:
            own = self.lexicon.languages([heard]) if zone == "outcome" else frozenset[str]()
            self._note(zone, heard.within(languages | own))
        self._sides(by_side)
        self._duration()
        self._shape(sum(by_side.values()))
        self._echo()
        if self.status:
            self.flags.add(f"first:{self.status[0]}")
            self.flags.add(f"last:{self.status[-1]}")
        words = tuple((zone, heard.tokens) for zone, heard in self.heard)
        return Features(frozenset(self.flags), self.numbers, words, languages, self.proof)

    def _tags(self) -> None:
        for tag in self.activity.tags:
            low = tag.lower()
            if low.isdigit():
                self.flags.add("tag:step")
            elif low in _PREFIXES:
                self.flags.add("tag:fw" if low in _FORWARDS else "tag:re")
            else:
                self.flags.add(f"tag:{low[:24]}")
                self._outcome(tag)

    def _subject(self, text: str) -> None:
        text = self._read(text)
        heard = self._hear("subject", text)
        words = _words(heard)
        self.numbers["subject_words"] = words
        self.flags.add(f"subject:{size(words)}")
        if "?" in text:
            self.flags.add("subject:asks")
        if self.mail and not self.messages and by_subject(self.activity.subject):
            self.flags.add("subject:program")
        if self.activity.kind is Kind.CALL or "tag:call" in self.flags or heard.tokens[:1] == ("call",):
            self.heard.append(("title", heard))
            self.seconds = form_fields.seconds(text) or None
        elif found := form_fields.read(text, self.lexicon.outcome_labels, ()).outcomes:
            self._outcome(" ".join(found))

    def _outcome(self, value: str) -> None:
        """A disposition, wherever it stands."""
        if value:
            self.heard.append(("outcome", self.lexicon.hear(value)))

    def _message(self, number: int, message: Message, text: str) -> int:
        text = self._read(text)
        zone = self._zone(message)
        if zone in ("note", "machine") or (number == 0 and not self.mail):
            text = self._form(text)
        if number == 0:
            self.flags.add(f"top:{zone}")
        if zone != "machine" and "?" in text:
            self.flags.add(f"{zone}:asks")
        if there := present(text, self.lexicon.present_labels):
            self.flags.add(f"there:{there}")
        heard = self._hear(zone, text)
        if number == 0 and self.mail:
            self.flags.add(f"{zone}:greets" if self.lexicon.greets(heard) else f"{zone}:bare")
        elif number == 0 and self.lexicon.greets(heard):
            self.flags.add(f"{zone}:greets")  # a letter that was logged as a note
        return _words(heard)

    def _zone(self, message: Message) -> str:
        if message.side in (Side.THEM, Side.MACHINE):
            return str(message.side)
        if not self.mail and message.side is Side.US:
            return "note"
        return ("us" if message.side is Side.US else "unknown") + ("_below" if message.depth else "")

    def _form(self, text: str) -> str:
        """The note without its outcomes and durations, which are remembered."""
        form = form_fields.read(text, self.lexicon.outcome_labels, self.lexicon.duration_labels)
        for outcome in form.outcomes:
            self._outcome(outcome)
        if form.seconds is not None:
            self.seconds = form.seconds  # what is called a duration, rather than the title's time, maybe of day
        self._count("fields_blank", form.blank)
        self._count("fields_filled", form.filled)
        return form.rest

    def _count(self, name: str, more: float) -> None:
        if more:
            self.numbers[name] = self.numbers.get(name, 0.0) + more

    def _read(self, text: str) -> str:
        """What a judge gets to read of a folded text: no spelling hides what is addressed to it."""
        if self.plain:
            return text
        read = without_orders(text)
        self.ordered = self.ordered or read is not text
        return read

    def _hear(self, zone: str, text: str) -> Heard:
        """Hears a text and remembers it."""
        heard = self.lexicon.hear(text)
        if heard.tokens:
            self.heard.append((zone, heard))
        return heard

    def _direction(self) -> Direction:
        """As the record says it; a mail of ours went out where a logger noted only to whom."""
        said = self.activity.direction
        ours = self.mail and bool(self.messages) and self.messages[0].side is Side.US
        if said is not Direction.UNKNOWN or not ours:
            return said
        return Direction.OUTBOUND if log_header.read(self.activity.raw_body[:_LEFTOVER]).sent else said

    def _note(self, zone: str, heard: Heard) -> None:
        """The flags of one text."""
        for hit in heard.hits:
            if hit.concept not in self.proof:
                self.proof[hit.concept] = heard.tokens[hit.start]
        if zone in ("outcome", "title"):
            left = _NOT_OUTCOME if zone == "outcome" else _NOT_TITLE
            if self.channel not in _HELD:
                left = left | {"held"}
            left = left | whom_named.CONCEPTS
            self.flags.update(f"outcome:{_name(h)}" for h in heard.hits if h.concept not in left)
            return
        self.typed = None
        before: list[Hit] = []
        for hit in heard.hits:
            if hit.concept in whom_named.CONCEPTS:
                continue
            if hit.concept in _PLAIN:
                self._count(f"{zone}:{hit.concept}", 1)
            elif self._counts(zone, hit, heard):
                self._flag(zone, hit, heard, before)
                # A pronoun between two others does not part them: "spoke to his voicemail".
                before = [*before[:1], hit] if hit.concept == "person" else [hit]
        if not self.mail and zone in _NOTED:
            is_name = partial(self._named, heard)
            named = whom_named.with_contacts(heard, self.contacts, is_name) if self.contacts else heard
            self.flags.update(whom_named.flags(zone, named, is_name, self.lexicon.conditions))
            if zone == "note":
                self.flags.update(whom_named.spoken_for(heard.text, self.lexicon.is_common))

    def _named(self, heard: Heard, at: int) -> bool:
        """Whether a token may be somebody's name: capitalised, not common, and no role such as "Receptionist"."""
        if at >= len(heard.tokens) or self.lexicon.is_common(heard.tokens[at]):
            return False  # the most frequent, told without a look at the capitals
        if not capitalised(heard.tokens[at], heard.text):
            return False
        if self.typed is None:
            self.typed = typed(heard.text)
        if len(self.typed) != len(heard.tokens):
            return False
        word = self.typed[at]
        if not word[0].isupper() or word.isupper() or self.lexicon.is_common(word.lower()):
            return False
        return not any(hit.start <= at < hit.end for hit in heard.hits if hit.concept in _ROLES)

    def _counts(self, zone: str, hit: Hit, heard: Heard) -> bool:
        if hit.concept in _ONLY_OUTCOME:
            return False
        if hit.concept in _ONLY_FIRST:
            # "Call with Ana" is no order, where a call is logged; "ligar para a Ana" is.
            return heard.opens(hit.start) and (zone != "subject" or self.channel == "task" or hit.language != "en")
        return True

    def _flag(self, zone: str, hit: Hit, heard: Heard, before: Sequence[Hit]) -> None:
        name = _name(hit)
        self.flags.add(name)
        self.flags.add(f"{zone}:{name}")
        if heard.opens(hit.start):
            self.flags.add(f"^{name}")
        elif hit.concept in _STATUS and self._named(heard, hit.start - 1):
            self.flags.add(f"name>{name}")
        if name in _WITH and self._opened_with_whom(heard, hit):
            self.flags.add(f"^{name}")
        for other in before:
            if heard.together(other, hit, _NEAR):
                self.flags.add(f"{_name(other)}>{name}")
        if hit.concept in _STATUS and zone in ("note", "subject"):
            self.status.append(name)

    def _opened_with_whom(self, heard: Heard, hit: Hit) -> bool:
        """Whether only names stand between the "with" that opens the sentence and the verb that ends it."""
        start = max((at + 1 for at in range(hit.start) if heard.tokens[at] == STOP), default=0)
        if heard.tokens[start] not in self.lexicon.with_whom or hit.start - start > _NEAR:
            return False
        between = {h.concept for h in heard.hits if start < h.start < hit.start}
        return between <= _NOBODYS

    def _sides(self, words: Mapping[Side, int]) -> None:
        for side, count in words.items():
            if count:
                self.numbers[f"{side}_words"] = count
                self.flags.add(f"has:{side}")
        self.numbers["messages"] = len(self.messages)
        if "tag:fw" in self.flags and len(self.messages) > 1:
            self.flags.add("has:forwarded")
        ours = sum(m.side is Side.US for m in self.messages)
        if ours > 1 and ours == len(self.messages):
            self.flags.add("only_us_again")

    def _duration(self) -> None:
        known = self.activity.duration_s
        seconds = float(known) if known is not None else self.seconds
        if seconds is None:
            return
        self.numbers["duration"] = seconds
        if known is not None:
            self.flags.add("lasted:clocked")
        self.flags.add(
            "lasted:" + ("none" if seconds == 0 else "moment" if seconds <= 12 else "short" if seconds < 60 else "long")
        )

    def _echo(self) -> None:
        """A status that says nobody was reached, over a note of some words in which nothing says so again."""
        if self.channel == "mail" or not self.flags & _TOLD or self.flags & {"has:them", "has:machine"}:
            return
        if not self.flags.isdisjoint(_SAID_UNREACHED) and self.flags.isdisjoint(_ECHOED):
            self.flags.add("status:unechoed")

    def _shape(self, own: int) -> None:
        raw = self.activity.raw_body
        if self.ordered or not own or "<!--" in raw:
            raw = without_orders(raw)
        if not own and not folded(raw).strip():
            self.flags.add("body:blank")
            return
        self.flags.add(f"body:{size(own)}")
        self.flags |= shape(raw, own, self.numbers.get("fields_blank", 0), self.numbers.get("fields_filled", 0))
        self.numbers["body_words"] = own


def _words(heard: Heard) -> int:
    return len(heard.tokens) - heard.tokens.count(STOP)


def _name(hit: Hit) -> str:
    return f"no:{hit.concept}" if hit.denied else hit.concept
