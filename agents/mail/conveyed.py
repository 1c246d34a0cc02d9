"""What a mail conveys because it was asked to: the asker's words beside the language of the mail."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from agents.dialogue.dictated import Dictated
from agents.dialogue.mail_wish import MailWish
from agents.reading.language import language_after
from agents.reading.tokens import plain, tokens, words_of
from agents.reading.wordlists import word_list
from crm.nouns import Account, Period, Question, Scope
from crm.records.book import Book
from crm.wording import languages


def names_at(account: Account, book: Book) -> frozenset[str]:
    """Words of the names of the company and of its people."""
    names = (account.name, *(c.name for c in book.contacts_of(account.id)))
    return frozenset(word for name in names for word in words_of(name))


def period_of_log(scope: Scope, wish: MailWish) -> Period | None:
    """The period asked about; a day that stands in what the mail is to say is none."""
    words = scope.period.words if scope.period else ""
    told = " ".join(plain(say.words) for say in wish.say)
    return None if words and plain(words) in told else scope.period


def conveyed(wish: MailWish, question: Question, language: str) -> list[Dictated]:
    """What the mail is to hold, each with whether it is in another language than the mail."""
    asked = question.language
    spoken = [language_after(say.words, asked) for say in wish.say]
    framed = [say.kind != "plain" and asked != language for say in wish.say]
    return [
        say.abroad() if other or tongue != language else say
        for say, tongue, other in zip(wish.say, spoken, framed, strict=True)
    ]


def conveyed_notices(say: Sequence[Dictated], reader: str, language: str, playbook: Path) -> Iterator[str]:
    """What whoever reads the draft has to look at in words that were taken as they were given."""
    spoken = languages(playbook)
    for one in say:
        if one.foreign:
            yield f"“{one.words}” stands in the mail as you gave it: the mail is in {spoken[language].name}."
        meant = word_list("dictating")["others"] | set(words_of(reader))
        others = [w for w in tokens(one.words) if w.plain in meant]
        if others and not one.foreign:
            yield f"“{one.words}” stands in the mail as you gave it: “{others[0].text}” may have to be “you”."
