"""What people said in an account's log that binds or worries: their sentences, told by the playbook's phrases."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial

from agents.base import Log
from agents.numbered_evidence import PASSAGE, Exhibits, Said, lines_in, sentences_in
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from agents.whose_log import speaker
from crm.engagement.timeline import is_conversation
from crm.nouns import Activity, Kind, Message, Side
from crm.records.book import Book
from crm.threads.untrusted import without_orders

Sides = Collection[Side]
QUESTION = 3  # words of one that asks for something


@dataclass(frozen=True, slots=True)
class Statements:
    """The sentences of one log; those that are told are shown, each once.

    With `every_note` our notes count whether or not they are of a talk.
    """

    log: Log
    shown: Exhibits
    book: Book
    every_note: bool = False

    def of(self, group: str, sides: Sides, most: int) -> list[Said]:
        """The first `most` that hold a phrase of a group of words/outlook.yaml, in the order of the log."""
        return self.telling(partial(holds_words, group), sides, most)

    def telling(self, tells: Callable[[str], bool], sides: Sides, most: int) -> list[Said]:
        """The first `most` whose plain words `tells` finds to be of the kind; no questions, no orders to a program."""
        return self._first(lambda words, sentence: not _asks(sentence) and tells(words), sides, most)

    def saying(self, tells: Callable[[str], bool], sides: Sides, most: int) -> list[Said]:
        """The first `most` that `tells` finds to be of the kind as they stand, with their stops."""
        return self._first(lambda _, sentence: tells(sentence), sides, most)

    def asking(self, needs: Callable[[str], bool], chat: Callable[[str], bool], sides: Sides, most: int) -> list[Said]:
        """The first `most` that ask something, or whose plain words `needs` finds to; `chat` asks nothing."""

        def asked(words: str, sentence: str) -> bool:
            return (_asks(sentence) and _question(words) and not chat(words)) or needs(words)

        return self._first(asked, sides, most)

    def _first(self, tells: Callable[[str, str], bool], sides: Sides, most: int) -> list[Said]:
        """The first `most` sentences that tell, by their plain words and as they stand."""
        found: list[Said] = []
        told: set[str] = set()
        for activity, message in self._binding(sides):
            note = activity.kind is not Kind.EMAIL and message.side is not Side.THEM
            for sentence in (lines_in if note else sentences_in)(message.text):  # notes end without a stop
                key = " ".join(words_of(sentence))
                if len(sentence) > PASSAGE or key in told or not tells(key, sentence):
                    continue
                if without_orders(sentence) != sentence:
                    continue
                told.add(key)
                found.append(self._shown(activity, message, sentence))
                if len(found) == most:
                    return found
        return found

    def _binding(self, sides: Sides) -> Iterator[tuple[Activity, Message]]:
        """What they wrote in conversations; what we wrote in any mail, for a promise binds us unanswered too."""
        for activity in self.log.activities:
            in_talk = is_conversation(self.log.labels.get(activity.id))
            for message in activity.messages:
                ours = message.side is Side.US and (self.every_note or activity.kind is Kind.EMAIL)
                counts = in_talk or ours
                if counts and message.side in sides and message.text.strip():
                    yield activity, message

    def _shown(self, activity: Activity, message: Message, sentence: str) -> Said:
        ours = message.side is Side.US
        who = message.author if ours else speaker(message.author or message.address, activity, self.book)
        return self.shown.add(activity, sentence, who or activity.owner, message.side, message.at)


def _asks(sentence: str) -> bool:
    return sentence.endswith("?")


def _question(words: str) -> bool:
    """More than "really?"; a letter that was lost in decoding, as in "jeg er p?", asks nothing."""
    *before, last = words.split() or [""]
    return len(before) + 1 >= QUESTION and (len(last) > 1 or last.isdigit())


def holds(text: str, group: str) -> bool:
    """Whether the text holds a phrase of the playbook's words/outlook.yaml; what `<group>_not` lists is passed over."""
    return holds_words(group, " ".join(words_of(text)))


def holds_words(group: str, words: str) -> bool:
    """The same of plain words."""
    lists, said = word_list("outlook"), f" {words} "
    here = [f" {phrase} " for phrase in lists[group] if f" {phrase} " in said]
    for phrase in lists.get(f"{group}_not", ()) if here else ():
        said = said.replace(f" {phrase} ", " … ")
    return any(phrase in said for phrase in here)
