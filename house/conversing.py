"""Verbs of conversations: begun, kept turn by turn, listed, taken away."""

from collections.abc import Iterator, Sequence

from agents.dialogue.memory import remembered
from agents.reading.language import language_of
from agents.reading.wordlists import by_language
from crm.access import Right
from crm.nouns import Answer, Question, Turn
from crm.quoting import plain
from crm.records.conversations import Conversation, Conversations, Entry, KeptTurn, Opinion, Thumb, short_title
from house.answering import Answering
from house.rights import needs

UNFINISHED = Answer("")


class Conversing(Answering):
    """Keeps what people talked about. Every verb takes whose it is, and raises MissingPart for anybody else's."""

    @property
    def _conversations(self) -> Conversations:
        """Theirs lie in the whole store: a narrowed one is read only, and the owner is in every query."""
        return Conversations(self.whole_store)

    def _whose(self, owner: str) -> str:
        """Who is signed in, whatever they say."""
        return self.viewer.name or owner

    @needs(Right.ASK)
    def conversed(self, owner: str, text: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        """The growing answer to a question, after the turns before it."""
        yield from self.turn(Question(text, remembered(history), self._whose(owner)))

    @needs(Right.ASK)
    def begin(self, owner: str, question: str) -> str:
        """The id of a new conversation, named by its first question until that is answered."""
        return self._conversations.begin(self._whose(owner), question)

    @needs(Right.ASK)
    def asked(self, owner: str, conversation_id: str, number: int, question: str) -> None:
        """A question on record before it is answered: whatever breaks, it is not lost."""
        self._conversations.put(self._whose(owner), conversation_id, number, Turn(question, UNFINISHED))

    @needs(Right.ASK)
    def answered(self, owner: str, conversation_id: str, number: int, turn: Turn) -> None:
        """The turn on record; the first one names the conversation, unless somebody has named it since it began."""
        kept, owner = self._conversations, self._whose(owner)
        kept.put(owner, conversation_id, number, turn)
        if number == 0 and kept.opened(owner, conversation_id).title == short_title(turn.question):
            kept.rename(owner, conversation_id, title_of(turn))

    @needs(Right.ASK)
    def conversation(self, owner: str, conversation_id: str) -> Conversation:
        """The whole of one."""
        return self._conversations.opened(self._whose(owner), conversation_id)

    @needs(Right.ASK)
    def turns_of(self, owner: str, conversation_id: str) -> int:
        """How many turns one has."""
        return self._conversations.length(self._whose(owner), conversation_id)

    @needs(Right.ASK)
    def listed(self, owner: str, words: str = "") -> list[Entry]:
        """Newest first."""
        return self._conversations.listed(self._whose(owner), words)

    @needs(Right.ASK)
    def exported(self, owner: str, conversation_id: str) -> str:
        """One as Markdown, each answer with its sources."""
        return markdown(self._conversations.opened(self._whose(owner), conversation_id))

    @needs(Right.ASK)
    def rate(self, owner: str, conversation_id: str, number: int, thumb: Thumb, comment: str = "") -> None:
        """What a person thinks of an answer."""
        self._conversations.rate(self._whose(owner), conversation_id, number, thumb, comment)

    @needs(Right.ASK)
    def retitle(self, owner: str, conversation_id: str, title: str) -> None:
        """Another name for one."""
        self._conversations.rename(self._whose(owner), conversation_id, title)

    @needs(Right.ASK)
    def drop(self, owner: str, conversation_id: str) -> Conversation:
        """Takes one away; what is given back, `bring_back` takes."""
        return self._conversations.delete(self._whose(owner), conversation_id)

    @needs(Right.ASK)
    def bring_back(self, owner: str, whole: Conversation) -> None:
        """Undoes `drop`."""
        self._conversations.restore(self._whose(owner), whole)

    @needs(Right.AUDIT)
    def opinions(self) -> list[Opinion]:
        """Every rated answer, the newest first."""
        return self._conversations.opinions()


def title_of(first: Turn) -> str:
    """The account with what was asked about it; else the question itself."""
    account = first.answer.scope.account
    subjects = by_language("subjects")
    subject = subjects.get(language_of(first.question), subjects["en"]).get(first.answer.route, "")
    return f"{account.name}: {subject}" if account and subject else first.question


def markdown(conversation: Conversation) -> str:
    """A conversation to read elsewhere: questions as headings, notices and sources below each answer."""
    days = f"{conversation.started_at:%Y-%m-%d %H:%M} – {conversation.at:%Y-%m-%d %H:%M} UTC"
    return "\n\n".join([f"# {_line(conversation.title)}", days, *map(_turn, conversation.turns)]) + "\n"


def _turn(turn: KeptTurn) -> str:
    answer = turn.answer
    sources = [f"- [{s.number}] {s.activity_id}: “{_line(s.quote)}”" for s in answer.sources]
    thumb = {Thumb.UP: "👍", Thumb.DOWN: "👎"}.get(turn.thumb, "")
    rated = " ".join(part for part in (thumb, _line(turn.comment)) if part)
    parts = [
        f"## {_line(turn.question)}",
        plain(answer.text),
        *(f"> {_line(notice)}" for notice in answer.notices),
        "\n".join(sources),
        rated,
    ]
    return "\n\n".join(part for part in parts if part)


def _line(text: str) -> str:
    return " ".join(text.split())
