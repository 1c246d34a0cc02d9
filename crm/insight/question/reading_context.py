"""What a question is read against: the playbook's words, the names and values in the store, the newest day."""

from dataclasses import dataclass
from datetime import date

from crm.insight.frame import OF, TIMES, About, Field, Where
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import CannotSay
from crm.insight.question.stored_names import StoredNames
from crm.insight.question.wordbook import Words


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """For questions about one kind of record."""

    words: Words
    held: StoredNames
    about: About
    as_of: date | None

    def outcomes(self, group: str) -> tuple[str, ...]:
        """The outcomes in the store that belong to a group of the playbook."""
        wanted = set(self.words.outcomes[group])
        values = self.held.values.get((About.ACTIVITIES, Field.OUTCOME), frozenset())
        return tuple(sorted(v for v in values if spelt(v) in wanted)) or tuple(sorted(wanted))

    def named(self, atom: Atom) -> Where | None:
        """All values of the one field that these records have; several spellings of one name are one."""
        usable = [
            (f, v) for f, v in atom.names if f in OF[self.about] and v in self.held.values.get((self.about, f), ())
        ]
        preferred = sorted(usable, key=lambda pair: pair[0] is not self.held.region(self.about))
        if not preferred:
            return None
        first = preferred[0][0]
        return Where(first, tuple(sorted(v for f, v in preferred if f is first)))

    def field(self, name: str) -> Field:
        """The field that a word means for these records. Raises CannotSay where they have none such."""
        wanted = self.held.region(self.about) if name == "region" else Field(name)
        if wanted is Field.ACCOUNT_REGION and self.about is About.LEADS:
            wanted = Field.LOCATION  # a lead belongs to no account yet
        if wanted is Field.TYPE and self.about is About.ACCOUNTS:
            wanted = Field.ACCOUNT_TYPE
        if wanted is Field.ACCOUNT and self.about is About.LEADS:
            wanted = Field.COMPANY
        if wanted in TIMES and wanted not in OF[self.about]:
            raise CannotSay(f"{self.about} carry no date here")
        if wanted not in OF[self.about]:
            raise CannotSay(f"{self.about} have no {name} here")
        if not self.held.has(self.about, wanted):
            raise CannotSay(f"no {name} was imported for {self.about}")
        return wanted


def spelt(outcome: str) -> str:
    """How outcomes of different systems are compared."""
    return outcome.casefold().replace("_", " ").replace("-", " ").strip()
