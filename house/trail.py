"""Verbs of the audit trail: look at it, check it, take it along."""

from pathlib import Path

from crm.access import Right
from crm.records.hash_chain import Verified
from crm.records.trail_entry import Entry, Row, Sought, What
from house.rights import needs, who
from wiring import Parts


class Trailing(Parts):
    """Tells who did what."""

    @needs(Right.MANAGE)
    def trail(self, where: Sought = Sought()) -> list[Row]:  # noqa: B008
        """What was done, the newest first."""
        return self.chain.rows(where)

    @needs(Right.MANAGE)
    def trail_verified(self) -> Verified:
        """Whether any row was altered, taken out or cut off, and which is the first."""
        return self.chain.verify()

    @needs(Right.MANAGE)
    def trail_csv(self, out: Path, where: Sought = Sought()) -> int:  # noqa: B008
        """The rows that are meant, as a file; how many. That it was taken is a row as well."""
        count = self.chain.write_csv(out, where)
        self.chain.put(Entry(who(self), What.EXPORT, after=f"{count} rows of the trail to {out.name}"))
        return count
