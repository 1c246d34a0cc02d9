"""Verbs of the Quality page: figures that were written down, and what the store tells now."""

from sqlalchemy import func, select

from crm.measured import Measured
from crm.records import db
from crm.records.tidiness import Untidy, untidy
from settings import HERE
from wiring import Parts

FIGURES = HERE / "docs" / "quality.json"


class Quality(Parts):
    """How good the answers are, as far as it was measured."""

    def measured(self) -> Measured:
        """The figures that the last evaluations wrote down. Raises BadFile."""
        return Measured.read(FIGURES)

    def untidy(self) -> list[Untidy]:
        """What is missing, doubled, unmatched or cut in the store, counted now."""
        return untidy(self.store)

    def model_replies(self) -> list[tuple[str, int]]:
        """How many replies of each chat model are on record, the busiest first."""
        c = db.answers.c
        query = select(c.model, func.count()).group_by(c.model).order_by(func.count().desc(), c.model)
        with self.store.reading() as connection:
            return [(model, count) for model, count in connection.execute(query)]
