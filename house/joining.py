"""Verbs that make two accounts one company, two contacts one person, and take them apart again."""

from crm.access import Right
from crm.errors import MissingPart
from crm.intake.joining import Joinable, Joining, join, joining, keep_apart, take_apart
from crm.intake.possible_duplicates import PossibleDuplicate, possible_duplicates
from crm.nouns import Account
from crm.records.trail_entry import Entry, What
from house.rights import needs, who
from wiring import Parts


class JoiningRecords(Parts):
    """Hears from a person which records are of the same."""

    @needs(Right.IMPORT)
    def joining(self, kind: Joinable, joined_id: str, into_id: str) -> Joining:
        """What joining the one into the other would do; nothing happens. Raises MissingPart, BadSetting."""
        return joining(self.store, kind, joined_id, into_id)

    @needs(Right.IMPORT)
    def join(self, kind: Joinable, joined_id: str, into_id: str) -> Joining:
        """The other stands for both from now on, also in later imports. Raises MissingPart, BadSetting."""
        with self.chain.together() as pen:
            told = joining(self.store, kind, joined_id, into_id)
            join(self.store, kind, joined_id, into_id, who(self))
            pen.write(Entry(who(self), What.JOIN, joined_id, told.joined, told.into))
        self._follow()
        return told

    @needs(Right.IMPORT)
    def take_apart(self, kind: Joinable, joined_id: str) -> str:
        """What was joined is one of its own again, with all that was its own; its name. Raises MissingPart."""
        with self.chain.together() as pen:
            name = take_apart(self.store, kind, joined_id)
            pen.write(Entry(who(self), What.TAKE_APART, joined_id, after=name))
        self._follow()
        return name

    @needs(Right.IMPORT)
    def possible_duplicates(self) -> list[PossibleDuplicate]:
        """The accounts that may be one company, the contacts that may be one person; nobody said yet."""
        return possible_duplicates(self.store, self.book)

    @needs(Right.IMPORT)
    def keep_apart(self, kind: Joinable, one_id: str, other_id: str) -> None:
        """The two are not one: nobody is asked about them again. Raises MissingPart, BadSetting."""
        with self.chain.together() as pen:
            names = keep_apart(self.store, kind, one_id, other_id, who(self))
            pen.write(Entry(who(self), What.KEEP_APART, one_id, *names))

    @needs(Right.IMPORT)
    def joined_account(self, typed: str) -> Account:
        """The account of an id or an exact name that was joined into another. Raises MissingPart."""
        wanted = typed.strip().casefold()
        joined = [one for account in self.book.accounts for one in account.joined]
        found = [one for one in joined if wanted in (one.id.casefold(), one.name.casefold())]
        if len(found) > 1:
            raise MissingPart(f"{typed} is the name of several accounts. Say which: {', '.join(a.id for a in found)}.")
        if not found:
            raise MissingPart(f"{typed} is not joined into another.")
        return found[0]

    def _follow(self) -> None:
        """The index comes after the store, as after an import."""
        if self.sync is not None:
            self.sync.wake()
