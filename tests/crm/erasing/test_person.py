"""Who is to be forgotten: under every name and address that people said are one person."""

import pytest

from crm.erasing.person import find
from crm.errors import MissingPart
from crm.nouns import Contact
from crm.records.book import Book

JUDITH = Contact("csv:C2", "csv:A1", "Judith", "judith@klo-vision.example")
QUARRY = Contact("csv:C1", "csv:A1", "Judith Quarry", "quarry@yilmaz.example", joined=(JUDITH,))


def book(*contacts: Contact) -> Book:
    return Book((), contacts, (), (), ())


@pytest.mark.parametrize("typed", ["Judith", "csv:C2", "judith@klo-vision.example", "Judith Quarry"])
def test_a_joined_contact_is_forgotten_with_the_one_that_stands_for_it(typed: str) -> None:
    person = find(book(QUARRY), typed)
    assert person.contact_ids == ("csv:C1", "csv:C2")
    assert person.emails == ("judith@klo-vision.example", "quarry@yilmaz.example")
    assert {"Judith", "Judith Quarry"} <= set(person.names)


def test_two_that_nobody_joined_are_asked_apart() -> None:
    other = Contact("csv:C3", "csv:A1", "Judith", "judith@norvik.example")
    with pytest.raises(MissingPart, match="csv:C2, csv:C3"):
        find(book(JUDITH, other), "Judith")
