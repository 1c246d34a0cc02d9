"""What a mail stands on: their last words, a second point of theirs, what we promised, the next meeting."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agents.next_steps import SILENT_DAYS
from agents.numbered_evidence import SUBSTANCE, Exhibits, Said, questions_in, sentences_in, telling
from agents.polarity import negated
from agents.reading.language import language_of
from agents.reading.tokens import plain, words_of
from agents.reading.wordlists import word_list
from agents.statements import holds
from agents.whose_log import speaker
from crm.engagement.timeline import Touch
from crm.nouns import Kind, Side
from crm.quoting import folded
from crm.records.book import Book
from crm.threads.untrusted import without_orders

FRESH_DAYS = 120  # how old a second point of theirs may be to be brought up again
QUOTABLE = range(20, 170)  # characters of theirs that a mail may give back
UNQUOTABLE = re.compile(r"https?:|www\.|@|\d{7}|[<>{}\[\]|]", re.IGNORECASE)
ADDRESSED = re.compile(r"(?:\w+[.]?\s){0,3}\w+,\s")  # "Dear Ola, ...", "Pavel, ...": said to somebody by name
WRITTEN = frozenset({Kind.EMAIL, Kind.TASK, Kind.OTHER})


@dataclass(frozen=True, slots=True)
class Exchange:
    """The last conversation, as a mail refers to it.

    `words` are a sentence of theirs worth giving back, or nothing; `asks` tells that it is a question, `wants`
    that it requests something of us; `wrote` tells that they wrote rather than spoke; `topic` is the subject of
    their mail.
    """

    said: Said
    words: str
    asks: bool
    wants: bool
    wrote: bool
    topic: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """`further` is a second point of theirs; `promised` what the sender told them to do.

    `situation` is what the mail is for: complaint, meeting, silent, question, request or open.
    """

    last: Exchange | None = None
    further: Said | None = None
    promised: Said | None = None
    meeting: Said | None = None
    situation: str = "open"


def exchange(touch: Touch, shown: Exhibits, book: Book) -> Exchange:
    """Their question, else what they want of us, else what they told us at most length; a refusal before all."""
    wrote = touch.side is Side.THEM and touch.activity.kind in WRITTEN
    theirs = [_unaddressed(s, touch.activity.owner) for s in sentences_in(touch.text)] if wrote else []
    told = [s for s in theirs if quotable(s) and not ADDRESSED.match(s)]
    asked = [s for s in questions_in(touch.text) if wrote and quotable(s)]
    wanted = [s for s in told if holds(s, "request")]
    longest = max((s for s in told if len(s) >= SUBSTANCE), key=len, default="")
    refused = next((s for s in theirs if holds(s, "refusal")), "")
    upset = next((s for s in theirs if holds(s, "complaint") and quotable(s)), "")
    clearest = [words for group in (asked, wanted, [longest]) if (words := _clearest(group))]
    words = refused or upset or next((words for words in clearest if not leans(words)), next(iter(clearest), ""))
    who = speaker(touch.who, touch.activity, book)
    said = shown.add(touch.activity, words or telling(touch.text), who, touch.side, touch.at)
    topic = folded(touch.activity.subject) if wrote and touch.activity.kind is Kind.EMAIL else ""
    return Exchange(said, folded(words), words in asked, words in wanted and words not in asked, wrote, topic)


def further(talks: Sequence[Touch], touch: Touch, shown: Exhibits, book: Book) -> Said | None:
    """Another question or request in their mails, the newest, from not long before."""
    given = {words_key(e.text) for e in shown.evidence}
    for talk in talks:
        mailed = talk.side is Side.THEM and talk.activity.kind is Kind.EMAIL
        if not mailed or touch.day - talk.day > timedelta(days=FRESH_DAYS):
            continue
        sentence = _clearest([s for s in _points(talk.text) if words_key(s) not in given])
        if sentence and not leans(sentence):
            who = speaker(talk.who, talk.activity, book)
            return shown.add(talk.activity, sentence, who, talk.side, talk.at)
    return None


def promised(talks: Sequence[Touch], sender: str, since: date, shown: Exhibits) -> Said | None:
    """The newest sentence in these mails by which the sender promised them something."""
    found = max(_promises(talks, sender, since), key=lambda p: p.at, default=None)
    return shown.add(found.activity, found.text, sender, Side.US, found.at) if found else None


def situation(last: Exchange | None, meeting: bool, complaint: bool, as_of: date) -> str:
    """What the mail is for: one clear ask follows from it; a complaint of theirs comes before all."""
    if complaint:
        return "complaint"
    if meeting:
        return "meeting"
    if last is None or last.said.day is None:
        return "open"
    if as_of - last.said.day > timedelta(days=SILENT_DAYS):
        return "silent"
    return "question" if last.asks else "request" if last.wants else "open"


def quotable(words: str) -> bool:
    """Short enough to give back, and addressed to us: no link, no code, no order to a program."""
    return len(words) in QUOTABLE and not UNQUOTABLE.search(words) and without_orders(words) == words


def leans(sentence: str) -> bool:
    """Whether it begins with a word that points at what was said before it: "That is why ..."."""
    return next(iter(words_of(sentence)), "") in word_list("outlook")["leaning"]


def words_key(text: str) -> str:
    """What two prints of the same sentence share."""
    return " ".join(words_of(text))


def _unaddressed(sentence: str, owner: str) -> str:
    """The sentence without our own name before it: "Femke, one of the coolers is loud."."""
    addressed = ADDRESSED.match(sentence)
    ours = addressed and set(words_of(addressed.group())) & set(words_of(owner))
    return sentence[addressed.end() :] if addressed and ours else sentence


def _clearest(sentences: Sequence[str]) -> str:
    """The one that can be understood alone; among several the one that names a figure, then the last; or nothing."""
    ranked = enumerate(sentences)
    best = max(ranked, key=lambda s: (not leans(s[1]), any(c.isdigit() for c in s[1]), s[0]), default=(0, ""))
    return best[1]


def _points(text: str) -> Iterator[str]:
    """What in a message wants an answer and says enough to stand alone."""
    for sentence in sentences_in(text):
        wants = sentence.endswith("?") or holds(sentence, "request")
        if wants and quotable(sentence) and len(sentence) >= SUBSTANCE and not ADDRESSED.match(sentence):
            yield sentence


def _promises(talks: Sequence[Touch], sender: str, since: date) -> Iterator[Touch]:
    """Every such sentence in what the sender mailed; who promises not to do something owes nothing."""
    for activity in {t.activity.id: t.activity for t in talks if t.activity.kind is Kind.EMAIL}.values():
        for message in (m for m in activity.messages if m.side is Side.US):
            at = message.at or activity.at
            if at is None or at.date() < since or plain(message.author or activity.owner) != plain(sender):
                continue
            for sentence in sentences_in(message.text):
                if quotable(sentence) and holds(sentence, "promise") and not negated(sentence, language_of(sentence)):
                    yield Touch(activity, at, sender, Side.US, sentence)
