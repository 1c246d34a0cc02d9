"""The one rule engine: named voters, written in YAML, that may abstain.

A rule looks at flags and numbers, which the room that uses it reads off its own records. Every rule that
matches votes. When two votes differ, all abstain and the conflict is counted, so the order in a file never
matters. A rule carries its own proof: `hits` it must match and `misses` it must not, tried at load.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pydantic import Field, model_validator

from crm.errors import BadPlaybook
from crm.playbook import Page, read_yaml

Example = Mapping[str, str | int]
GROUP = "@"


class Facts(Protocol):
    """What a rule can see of a record."""

    @property
    def flags(self) -> frozenset[str]: ...
    def number(self, name: str) -> float: ...


class Bounds(Page):
    """A number must lie within, both ends included."""

    at_least: float = float("-inf")
    at_most: float = float("inf")


class When(Page):
    """When a rule speaks: it has all of `all`, one of `any` and of `and_any`, none of `none`, and the numbers fit."""

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    and_any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    numbers: dict[str, Bounds] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _not_empty(self) -> "When":
        if not (self.all or self.any or self.numbers):
            raise ValueError("a rule needs at least one of all, any or numbers; otherwise it matches everything")
        return self


class RulePage(Page):
    """One rule as it stands in the file. `quote` names what proves it, in the words of the room that uses it.

    `trust` is the share of its verdicts that are expected to be right.
    """

    name: str
    says: str
    because: str
    when: When
    quote: tuple[str, ...] = ()
    trust: float = Field(0.97, ge=0.5, le=1.0)
    hits: tuple[dict[str, str | int], ...]
    misses: tuple[dict[str, str | int], ...]


class RulesPage(Page):
    """A file of rules. `groups` name lists of flags, used as `@name`."""

    about: str
    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    rules: tuple[RulePage, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named voter."""

    name: str
    says: str
    because: str
    quote: tuple[str, ...]
    trust: float
    all: frozenset[str]
    any: frozenset[str]
    and_any: frozenset[str]
    none: frozenset[str]
    numbers: tuple[tuple[str, float, float], ...]

    @property
    def needs(self) -> frozenset[str]:
        """Flags of which a record must have at least one for the rule to match; none when numbers alone decide."""
        return self.any or frozenset(sorted(self.all)[-1:])

    def matches(self, facts: Facts) -> bool:
        flags = facts.flags
        return (
            self.all <= flags
            and (not self.any or not self.any.isdisjoint(flags))
            and (not self.and_any or not self.and_any.isdisjoint(flags))
            and self.none.isdisjoint(flags)
            and all(low <= facts.number(name) <= high for name, low, high in self.numbers)
        )


@dataclass(frozen=True, slots=True)
class Vote:
    """What the rules say together: nothing, one thing, or a conflict."""

    spoke: tuple[Rule, ...] = ()

    @property
    def conflict(self) -> bool:
        return len({rule.says for rule in self.spoke}) > 1

    @property
    def says(self) -> str | None:
        return self.spoke[0].says if self.spoke and not self.conflict else None


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a file. Most can only match a record with some flag: the others are not tried on it."""

    rules: tuple[Rule, ...]
    _named: Mapping[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)
    _unnamed: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        named: dict[str, tuple[int, ...]] = {}
        for number, rule in enumerate(self.rules):
            for flag in rule.needs:
                named[flag] = (*named.get(flag, ()), number)
        object.__setattr__(self, "_named", named)
        object.__setattr__(self, "_unnamed", tuple(n for n, rule in enumerate(self.rules) if not rule.needs))

    @classmethod
    def load(cls, path: Path, says: Iterable[str], facts_of: Callable[[Example], Facts] | None = None) -> "Rules":
        """Reads a file and tries every rule on its own examples. Raises BadPlaybook naming the rule and what is wrong.

        `says` are the answers a rule may give. Without `facts_of` the examples are not tried.
        """
        page = read_yaml(path, RulesPage)
        allowed = frozenset(says)
        names = [rule.name for rule in page.rules]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise BadPlaybook(f"{path.name}: two rules are called {', '.join(twice)}. Give each its own name.")
        rules = []
        for rule in page.rules:
            if rule.says not in allowed:
                may = ", ".join(sorted(allowed))
                raise BadPlaybook(f"{path.name}: rule {rule.name} says {rule.says!r}; it may say {may}.")
            if not rule.hits or not rule.misses:
                raise BadPlaybook(f"{path.name}: rule {rule.name} needs at least one hit and one miss as its proof.")
            rules.append(_rule(path, page, rule))
            if facts_of:
                _prove(path, rule, rules[-1], facts_of)
        return cls(tuple(rules))

    def vote(self, facts: Facts) -> Vote:
        """Every rule that matches."""
        named = self._named.keys() & facts.flags
        may = {number for flag in named for number in self._named[flag]}
        return Vote(tuple([self.rules[n] for n in sorted(may.union(self._unnamed)) if self.rules[n].matches(facts)]))


@dataclass(frozen=True, slots=True)
class RuleScore:
    """How one rule did on labelled records: how often it spoke, alone or with others, against others, and rightly."""

    name: str
    says: str
    speaks: int
    agrees: int
    conflicts: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.speaks if self.speaks else 0.0


def report(rules: Rules, votes: Sequence[Vote], truth: Sequence[str]) -> list[RuleScore]:
    """A score for each rule over labelled records; a rule that never spoke is there too, with zeros."""
    spoken: dict[str, list[tuple[Vote, str]]] = {rule.name: [] for rule in rules.rules}
    for vote, label in zip(votes, truth, strict=True):
        for rule in vote.spoke:
            spoken[rule.name].append((vote, label))
    return [_score(rule, spoken[rule.name]) for rule in rules.rules]


def _score(rule: Rule, heard: Sequence[tuple[Vote, str]]) -> RuleScore:
    return RuleScore(
        name=rule.name,
        says=rule.says,
        speaks=len(heard),
        agrees=sum(len(vote.spoke) > 1 and not vote.conflict for vote, _ in heard),
        conflicts=sum(vote.conflict for vote, _ in heard),
        right=sum(label == rule.says for _, label in heard),
    )


def _rule(path: Path, page: RulesPage, rule: RulePage) -> Rule:
    def flags(names: Iterable[str]) -> frozenset[str]:
        found: set[str] = set()
        for name in names:
            if not name.startswith(GROUP):
                found.add(name)
            elif name[1:] in page.groups:
                found |= flags(page.groups[name[1:]])
            else:
                raise BadPlaybook(f"{path.name}: rule {rule.name} uses {name}, but there is no such group.")
        return frozenset(found)

    when = rule.when
    numbers = tuple((name, bounds.at_least, bounds.at_most) for name, bounds in when.numbers.items())
    return Rule(
        rule.name, rule.says, " ".join(rule.because.split()), tuple(rule.quote), rule.trust,
        flags(when.all), flags(when.any), flags(when.and_any), flags(when.none), numbers,
    )  # fmt: skip


def _prove(path: Path, page: RulePage, rule: Rule, facts_of: Callable[[Example], Facts]) -> None:
    for example in page.hits:
        if not rule.matches(facts_of(example)):
            raise BadPlaybook(f"{path.name}: rule {rule.name} should match {_shown(example)}, but does not.")
    for example in page.misses:
        if rule.matches(facts_of(example)):
            raise BadPlaybook(f"{path.name}: rule {rule.name} should not match {_shown(example)}, but does.")


def _shown(example: Example) -> str:
    return "; ".join(f"{key}: {str(value)[:60]!r}" for key, value in example.items())
