"""Whom a mail goes to, and how they are addressed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from agents.dialogue.mail_wish import MailWish
from agents.dialogue.task_phrases import asked_for
from agents.reading.company_words import common_words
from agents.reading.tokens import plain, tokens, words_of
from agents.reading.wordlists import word_list
from agents.whose_log import SIGN, speaker
from crm.engagement.timeline import Touch
from crm.nouns import Account, Contact, Side
from crm.records.book import Book
from crm.scoring.points import LeadScale, score


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom the mail goes to."""

    name: str
    first: str
    email: str

    @classmethod
    def of(cls, who: Contact) -> "Recipient":
        return cls(who.name, _first_name(who.name, who.email), who.email)


def last_with(
    talks: Sequence[Touch], named: Contact | None, account: Account, book: Book
) -> tuple[Touch | None, Contact | None]:
    """The last conversation and whom it was with: the person who was named, else anybody who did not opt out.

    A mail never gives one person back what another one said.
    """
    for touch in talks:
        who = partner(touch, account, book)
        if who is None and named and touch.side is Side.THEM and plain(touch.who) in (plain(named.name), named.email):
            who = named  # who writes to us and is no contact
        if who and named in (None, who) and may_get_mail(who, book):
            return touch, who
    anybody = [named] if named else book.contacts_of(account.id)
    return None, next((c for c in anybody if c.name and may_get_mail(c, book)), None)


def partner(touch: Touch, account: Account, book: Book) -> Contact | None:
    """The person at the account who spoke; for a note of ours, the first one who is on its record."""
    there = book.contacts_of(account.id)
    if touch.side is Side.THEM:
        said = speaker(touch.who, touch.activity, book)
        return next((c for c in there if plain(said) in (plain(c.name), plain(c.email))), None)
    return next((c for i in touch.activity.contact_ids for c in there if c.id == i), None)


def named_in(text: str, people: Sequence[Contact]) -> Contact | None:
    """The one person there whose first or last name the question holds."""
    words = set(words_of(text))
    found = [c for c in people if any(len(part) > 2 and part in words for part in words_of(c.name))]
    return found[0] if len(found) == 1 else None


def stranger_in(text: str, account: Account, book: Book) -> str:
    """The reader who was named when nobody there is called so: "to Bettina Kraus at Norvik"; nothing otherwise."""
    words, asks, place = tokens(text), word_list("asks"), word_list("asking")["place"]
    firm, known = set(words_of(account.name)), set(_names_of(account, book))
    common = common_words()

    def is_name(at: int) -> bool:
        word = words[at].plain if at < len(words) else ""
        means = word in known or word in firm or word in asks["senior"] or common.is_ordinary(word)
        return word.isalpha() and not means

    for at, before in enumerate(words[:-1], 1):
        if before.plain not in asks["addressed"]:
            continue
        first = at + (words[at].plain in asks["titles"])
        last = next(n for n in range(first, len(words) + 1) if not is_name(n))
        at_the_firm = last + 1 < len(words) and words[last].plain in place and words[last + 1].plain in firm
        if first < last and (at_the_firm or all(w.capital for w in words[first:last])):
            return text[words[first].start : words[last - 1].end]
    return ""


def _names_of(account: Account, book: Book) -> Iterator[str]:
    """Words of the names of their people and of ours."""
    for name in (*(c.name for c in book.contacts_of(account.id)), *(r.name for r in book.reps)):
        yield from words_of(name)


def may_get_mail(contact: Contact, book: Book) -> bool:
    """Nobody who opted out under this address, on whichever row of theirs it stands."""
    mail = contact.email.casefold()
    rows = (one for c in book.contacts for one in c.everyone)
    return not any(c.opted_out and (c is contact or (mail and c.email.casefold() == mail)) for c in rows)


def opted_out(account: Account, book: Book) -> list[str]:
    """Who at the account asked not to get mail."""
    return [c.name for c in book.contacts_of(account.id) if not may_get_mail(c, book)]


def formally(wish: MailWish, who: Contact) -> bool:
    """A name in full for somebody senior, or where a formal tone is asked for."""
    senior = asked_for(who.title, "senior")
    return wish.tone == "professional" or (senior and wish.tone != "friendly")


def hot(who: Contact, book: Book, scale: LeadScale, as_of: date) -> bool:
    """Whether they are a lead in the best band of the scale: then the mail asks for this week."""
    best = max(scale.bands)
    mail = plain(who.email)
    return bool(mail) and any(
        score(lead, scale, as_of).score.value >= best for lead in book.leads if plain(lead.email) == mail
    )


def _first_name(name: str, email: str) -> str:
    """Without a title before it: Dr. Katrin Hollerbach is Katrin. The whole name where only its first letter is known.

    VASSEUR Hélène is Hélène, and so is Vasseur Hélène whose address is helene.vasseur@.
    """
    parts = [part for part in name.split() if plain(part).rstrip(".") not in word_list("asks")["titles"]]
    if not parts:
        return name
    family_first = _is_family(parts[0]) and not _is_family(parts[-1])
    first = parts[-1] if family_first or _turned(parts, email) else parts[0]
    return first if len(first.rstrip(".")) > 1 else name


def _is_family(part: str) -> bool:
    """In capitals, as forms want a family name."""
    return len(part) > SIGN and part.isupper()


def _turned(parts: Sequence[str], email: str) -> bool:
    """Whether the address has the last word of the name first, or its letter before the other word."""
    mailbox = [word for word in re.split(r"[._-]", plain(email.partition("@")[0])) if word]
    if len(mailbox) < 2 or len(parts) < 2:
        return False
    first, last = plain(parts[0]), plain(parts[-1])
    return mailbox[0] in (last, last[:1]) and mailbox[-1] == first
