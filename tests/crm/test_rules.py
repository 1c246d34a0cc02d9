from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crm.errors import BadPlaybook
from crm.rules import Example, Rules, Vote, report

WEATHER = """
about: what to wear
groups:
  wet: [rain, snow]
rules:
  - name: umbrella
    says: coat
    because: It is wet outside.
    quote: [sky]
    when: {any: ["@wet"], none: [indoors]}
    hits: [{sky: rain}]
    misses: [{sky: sun}, {sky: rain indoors}]
  - name: hot
    says: shirt
    because: It is hot.
    trust: 0.8
    when: {numbers: {degrees: {at_least: 25}}}
    hits: [{degrees: 30}]
    misses: [{degrees: 10}]
  - name: damp_and_mild
    says: coat
    because: It is damp and mild.
    when: {all: [rain], and_any: [wind, fog], numbers: {degrees: {at_least: 5, at_most: 15}}}
    hits: [{sky: rain fog, degrees: 15}]
    misses: [{sky: rain, degrees: 10}, {sky: rain fog, degrees: 16}]
"""


@dataclass(frozen=True)
class Seen:
    flags: frozenset[str]
    numbers: Mapping[str, float] = field(default_factory=dict)

    def number(self, name: str) -> float:
        return self.numbers.get(name, 0.0)


def seen(example: Example) -> Seen:
    return Seen(frozenset(str(example.get("sky", "")).split()), {"degrees": float(example.get("degrees", 0))})


def load(folder: Path, text: str) -> Rules:
    path = folder / "weather.yaml"
    path.write_text(text, encoding="utf-8")
    return Rules.load(path, ("coat", "shirt"), seen)


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    return load(tmp_path, WEATHER)


@pytest.mark.parametrize(
    ("sky", "degrees", "says", "spoke"),
    [
        ("rain", 0, "coat", ["umbrella"]),
        ("snow wind", 0, "coat", ["umbrella"]),
        ("rain fog", 10, "coat", ["umbrella", "damp_and_mild"]),
        ("sun", 25, "shirt", ["hot"]),
        ("sun", 24.9, None, []),
        ("rain indoors", 10, None, []),
        ("rain", 30, None, ["umbrella", "hot"]),
    ],
)
def test_every_matching_rule_votes_and_those_who_differ_abstain(
    rules: Rules, sky: str, degrees: float, says: str | None, spoke: list[str]
) -> None:
    vote = rules.vote(Seen(frozenset(sky.split()), {"degrees": degrees}))
    assert [rule.name for rule in vote.spoke] == spoke
    assert vote.says == says
    assert vote.conflict == (len({rule.says for rule in vote.spoke}) == 2)


def test_the_order_in_the_file_does_not_matter(tmp_path: Path, rules: Rules) -> None:
    backwards = Rules(tuple(reversed(rules.rules)))
    for sky in ("rain", "rain fog", "sun", "snow"):
        for degrees in (0, 10, 30):
            facts = Seen(frozenset(sky.split()), {"degrees": degrees})
            assert backwards.vote(facts).says == rules.vote(facts).says


def test_a_report_counts_each_rule(rules: Rules) -> None:
    days = [("rain", 0, "coat"), ("rain fog", 10, "coat"), ("rain", 30, "shirt"), ("sun", 30, "coat")]
    votes = [rules.vote(Seen(frozenset(sky.split()), {"degrees": degrees})) for sky, degrees, _ in days]
    scores = {s.name: s for s in report(rules, votes, [truth for _, _, truth in days])}
    umbrella, hot, damp = scores["umbrella"], scores["hot"], scores["damp_and_mild"]
    assert (umbrella.speaks, umbrella.agrees, umbrella.conflicts, umbrella.right) == (3, 1, 1, 2)
    assert (hot.speaks, hot.agrees, hot.conflicts, hot.right) == (2, 0, 1, 1)
    assert (damp.speaks, damp.agrees, damp.conflicts, damp.right) == (1, 1, 0, 1)
    assert umbrella.precision == pytest.approx(2 / 3)


def test_a_rule_that_never_speaks_is_in_the_report_with_zeros(rules: Rules) -> None:
    dead = report(rules, [Vote()], ["coat"])
    assert [(s.name, s.speaks, s.precision) for s in dead] == [
        ("umbrella", 0, 0),
        ("hot", 0, 0),
        ("damp_and_mild", 0, 0),
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("hits: [{degrees: 30}]", "hits: [{degrees: 3}]", "rule hot should match degrees: '3'"),
        ("misses: [{degrees: 10}]", "misses: [{degrees: 40}]", "rule hot should not match degrees: '40'"),
        ("misses: [{degrees: 10}]", "misses: []", "rule hot needs at least one hit and one miss"),
        ("says: shirt", "says: hat", "rule hot says 'hat'; it may say coat, shirt"),
        ('any: ["@wet"]', 'any: ["@dry"]', "rule umbrella uses @dry, but there is no such group"),
        ("name: hot", "name: umbrella", "two rules are called umbrella"),
        ("when: {numbers: {degrees: {at_least: 25}}}", "when: {}", "otherwise it matches everything"),
        ("because: It is hot.", "becuase: It is hot.", "rules.1.because: Field required"),
    ],
)
def test_a_slip_in_the_file_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in WEATHER
    with pytest.raises(BadPlaybook) as caught:
        load(tmp_path, WEATHER.replace(old, new, 1))
    assert told in str(caught.value)
    assert "weather.yaml" in str(caught.value)
