"""Which types of accounts a question wants or leaves out, and what it says apart from them."""

from dataclasses import dataclass, replace

from crm.insight.frame import OF, Field, QueryFrame, Where
from crm.insight.question.refusal import CannotSay


@dataclass(frozen=True, slots=True)
class TypesAsked:
    """Which types a question wants. `rest` is the question without them, every other word at its place.

    `bare` is the question without the accounts themselves: "open deals of partners" are "open deals", of these.
    `kept` are the types of each word that names some, `left_out` those to be left out; `missing` are words for types
    that no account has, `wanted` whether one of these is asked for. `alone`: the question says nothing else. `joined`:
    several are asked for beside each other.
    """

    rest: str
    bare: str = ""
    kept: tuple[tuple[str, ...], ...] = ()
    left_out: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    wanted: bool = False
    alone: bool = False
    joined: bool = False

    def __bool__(self) -> bool:
        return bool(self.kept or self.left_out or self.missing)

    @property
    def values(self) -> tuple[str, ...]:
        """All types that are wanted; none where any is."""
        return tuple(dict.fromkeys(v for values in self.kept for v in values if v not in self.left_out))

    def holds(self, type_: str) -> bool:
        """Whether an account of the type is asked for."""
        return not self.wanted and (type_ in self.values if self.kept else type_ not in self.left_out)

    def on(self, frame: QueryFrame) -> QueryFrame:
        """The frame of the rest, of these accounts. Raises CannotSay."""
        if not (self.kept or self.left_out):
            return frame
        if Field.ACCOUNT_TYPE not in OF[frame.about]:
            raise CannotSay(f"{frame.about} have no {Field.ACCOUNT_TYPE} here")
        told = tuple(c for c in frame.where if not (isinstance(c, Where) and c.field is Field.ACCOUNT_TYPE))
        said = Where(Field.ACCOUNT_TYPE, self.values or self.left_out, negated=not self.kept)
        group = frame.group
        if self.joined and not (group or frame.versus or frame.each or frame.change or frame.top):
            group = (Field.ACCOUNT_TYPE,)
        return replace(frame, where=(*told, said), group=group)
