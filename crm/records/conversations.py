"""Everybody's conversations, each kept for its owner alone.

A conversation that is somebody else's is told apart from one that does not exist by nothing: every query takes
the owner, and both end in the same sentence.
"""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.engine import Connection, RowMapping

from crm.errors import MissingPart
from crm.nouns import Answer, Turn
from crm.records import db
from crm.records.store import Store

NOT_THERE = "There is no such conversation. It may have been deleted."
LONGEST_TITLE = 120  # characters
LISTED = 200


class Thumb(StrEnum):
    """What a person thought of an answer."""

    NONE = ""
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question with its answer, counted from 0; `comment` is what the person said about the answer."""

    number: int
    question: str
    answer: Answer
    at: datetime
    thumb: Thumb = Thumb.NONE
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A whole conversation, the oldest turn first."""

    id: str
    owner: str
    title: str
    started_at: datetime
    at: datetime
    turns: tuple[KeptTurn, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A conversation in a list; `at` is when it was last added to."""

    id: str
    title: str
    at: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one answer was rated, with the question that it answered."""

    conversation_id: str
    number: int
    question: str
    route: str
    thumb: Thumb
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Conversations:
    """The conversations in the store. Every method raises MissingPart for an id that is not this owner's."""

    store: Store

    def begin(self, owner: str, title: str) -> str:
        """A new one's id, which nobody can guess."""
        now, new = datetime.now(UTC), secrets.token_hex(10)
        row = {"id": new, "owner": owner, **_titled(title), "started_at": now, "at": now}
        with self.store.writing() as connection:
            connection.execute(db.conversations.insert().values(row))
        return new

    def put(self, owner: str, conversation_id: str, number: int, turn: Turn) -> None:
        """The turn at this place; whatever stood there or after it goes."""
        now = datetime.now(UTC)
        with self.store.writing() as connection:
            _head(connection, owner, conversation_id)
            later = (db.turns.c.conversation_id == conversation_id) & (db.turns.c.number >= number)
            connection.execute(db.turns.delete().where(later))
            kept = KeptTurn(number, turn.question, turn.answer, now)
            connection.execute(db.turns.insert().values(_row(conversation_id, kept)))
            connection.execute(db.conversations.update().where(_is(owner, conversation_id)).values(at=now))

    def listed(self, owner: str, words: str = "", most: int = LISTED) -> list[Entry]:
        """Newest first; those where every word stands in the title, a question or an answer."""
        conversations, turns = db.conversations.c, db.turns.c
        count = select(func.count()).where(turns.conversation_id == conversations.id).scalar_subquery()
        query = select(db.conversations, count.label("turns")).where(conversations.owner == owner)
        for word in _folded(words).split():
            said = turns.plain.contains(word, autoescape=True) & (turns.conversation_id == conversations.id)
            query = query.where(
                conversations.plain.contains(word, autoescape=True) | select(turns.number).where(said).exists()
            )
        with self.store.reading() as connection:
            rows = connection.execute(query.order_by(conversations.at.desc()).limit(most)).mappings()
            return [Entry(row["id"], row["title"], row["at"], row["turns"]) for row in rows]

    def length(self, owner: str, conversation_id: str) -> int:
        """How many turns it has."""
        with self.store.reading() as connection:
            _head(connection, owner, conversation_id)
            query = select(func.count()).where(db.turns.c.conversation_id == conversation_id)
            return int(connection.execute(query).scalar_one())

    def opened(self, owner: str, conversation_id: str) -> Conversation:
        """The whole of it."""
        with self.store.reading() as connection:
            return _whole(connection, owner, conversation_id)

    def rename(self, owner: str, conversation_id: str, title: str) -> None:
        """Another title; an empty one changes nothing."""
        with self.store.writing() as connection:
            _head(connection, owner, conversation_id)
            if title.strip():
                connection.execute(db.conversations.update().where(_is(owner, conversation_id)).values(_titled(title)))

    def delete(self, owner: str, conversation_id: str) -> Conversation:
        """Takes it out of the store; what was there, for whoever thinks better of it."""
        with self.store.writing() as connection:
            whole = _whole(connection, owner, conversation_id)
            connection.execute(db.turns.delete().where(db.turns.c.conversation_id == conversation_id))
            connection.execute(db.conversations.delete().where(_is(owner, conversation_id)))
        return whole

    def restore(self, owner: str, whole: Conversation) -> None:
        """Puts a deleted one back as it was. Raises MissingPart when it was somebody else's."""
        if whole.owner != owner:
            raise MissingPart(NOT_THERE)
        row = {"id": whole.id, "owner": owner, **_titled(whole.title), "started_at": whole.started_at, "at": whole.at}
        with self.store.writing() as connection:
            if connection.execute(select(db.conversations.c.id).where(db.conversations.c.id == whole.id)).first():
                return
            connection.execute(db.conversations.insert().values(row))
            for turn in whole.turns:
                connection.execute(db.turns.insert().values(_row(whole.id, turn)))

    def rate(self, owner: str, conversation_id: str, number: int, thumb: Thumb, comment: str = "") -> None:
        """What the person thinks of an answer; the last opinion is the one that counts."""
        with self.store.writing() as connection:
            _head(connection, owner, conversation_id)
            turn = (db.turns.c.conversation_id == conversation_id) & (db.turns.c.number == number)
            told = {"thumb": thumb.value, "comment": comment.strip()}
            if not connection.execute(db.turns.update().where(turn).values(told)).rowcount:
                raise MissingPart(NOT_THERE)

    def opinions(self) -> list[Opinion]:
        """Every rated answer, whoever rated it, the newest first: for whoever mends the answers."""
        query = select(db.turns).where(db.turns.c.thumb != "").order_by(db.turns.c.at.desc())
        with self.store.reading() as connection:
            return [_opinion(row) for row in connection.execute(query).mappings()]


def _is(owner: str, conversation_id: str) -> ColumnElement[bool]:
    return (db.conversations.c.id == conversation_id) & (db.conversations.c.owner == owner)


def _head(connection: Connection, owner: str, conversation_id: str) -> RowMapping:
    row = connection.execute(select(db.conversations).where(_is(owner, conversation_id))).mappings().first()
    if row is None:
        raise MissingPart(NOT_THERE)
    return row


def _whole(connection: Connection, owner: str, conversation_id: str) -> Conversation:
    head = _head(connection, owner, conversation_id)
    query = select(db.turns).where(db.turns.c.conversation_id == conversation_id).order_by(db.turns.c.number)
    turns = tuple(_kept(row) for row in connection.execute(query).mappings())
    return Conversation(head["id"], owner, head["title"], head["started_at"], head["at"], turns)


def _kept(row: RowMapping) -> KeptTurn:
    answer = _answers().validate_python(row["answer"])
    return KeptTurn(row["number"], row["question"], answer, row["at"], Thumb(row["thumb"]), row["comment"])


def _opinion(row: RowMapping) -> Opinion:
    route = str(row["answer"].get("route", ""))
    at, thumb = row["at"], Thumb(row["thumb"])
    return Opinion(row["conversation_id"], row["number"], row["question"], route, thumb, row["comment"], at)


def _row(conversation_id: str, turn: KeptTurn) -> dict[str, object]:
    return {
        "conversation_id": conversation_id,
        "number": turn.number,
        "question": turn.question,
        "answer": _answers().dump_json(turn.answer),
        "plain": _folded(f"{turn.question}\n{turn.answer.text}"),
        "thumb": turn.thumb.value,
        "comment": turn.comment,
        "at": turn.at,
    }


def _folded(text: str) -> str:
    """Without case, without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def _titled(title: str) -> dict[str, str]:
    short = short_title(title)
    return {"title": short, "plain": _folded(short)}


def short_title(title: str) -> str:
    """The title as it is kept: on one line, cut where it is too long."""
    told = " ".join(title.split())
    return told if len(told) <= LONGEST_TITLE else f"{told[: LONGEST_TITLE - 1].rstrip()}…"


@cache
def _answers() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)
