"""A sentence against the part of a record that it tells."""

import pytest

from agents.polarity import negated, turned

YARD = "Our kiln schedule is the bottleneck, not the yard."
UNION = "The pilot saved us two clerks, but the union wants nothing automatic on the quay."
RENEWAL = "Ohne Preisgarantie verlängern wir nicht."
COUNCIL = "Sans l'accord du conseil, je ne peux rien engager avant janvier."


@pytest.mark.parametrize(
    ("sentence", "record", "language", "opposite"),
    [
        ("The yard is the bottleneck.", YARD, "en", True),
        ("The kiln schedule is the bottleneck, rather than the yard.", YARD, "en", False),
        ("The yard is not the bottleneck.", YARD, "en", False),
        ("The pilot saved two clerks.", UNION, "en", False),
        ("The union wants everything automatic on the quay.", UNION, "en", True),
        ("They have four boats and no booking desk.", "We have four boats, and no booking desk.", "en", False),
        ("The booking desk is theirs.", "We have four boats.", "en", False),
        ("The test ran with an error.", "The test ran without an error.", "en", True),
        ("There was no error in the test.", "The test ran without an error.", "en", False),
        ("They cannot sign until legal agrees.", "We cannot sign without legal, who agrees in May.", "en", False),
        ("Verlängert wird nur mit Preisgarantie.", RENEWAL, "de", False),
        ("Auch ohne Preisgarantie verlängern wir.", RENEWAL, "de", True),
        ("Il manque l'accord du conseil.", COUNCIL, "fr", False),
        ("Rien ne peut être engagé avant janvier.", COUNCIL, "fr", False),
        ("Je peux engager avant janvier.", COUNCIL, "fr", True),
    ],
)
def test_a_part_is_compared_with_the_part_it_tells(sentence: str, record: str, language: str, opposite: bool) -> None:
    assert turned(sentence, [record], language) is opposite


def test_who_speaks_says_nothing_of_what_is_told() -> None:
    record, sentence = "Nous ne voulons pas de formation sur site.", "Luc Verdier veut une formation sur site."
    assert turned(sentence, [record], "fr", frozenset({"luc", "verdier"}))


def test_a_record_in_another_language_is_not_compared() -> None:
    assert not turned("The yard is the bottleneck.", [RENEWAL], "en")


def test_both_ways_of_denying_count() -> None:
    assert negated("no contract", "en")
    assert negated("ohne Vertrag", "de")
    assert not negated("avec un contrat", "fr")
