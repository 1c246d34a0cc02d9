"""Tables of one kind of activity: mailboxes, call lists and meeting lists need no column that says so."""

from pathlib import Path

import pytest

from crm.errors import BadFile
from crm.intake.headers import Headers, remember
from crm.intake.ingest import Plan, ingest
from crm.intake.preview import preview
from crm.intake.survey import survey
from crm.intake.tables import open_table
from crm.nouns import Direction, Kind
from crm.records.store import Store

MAILBOX = """Date,From,To,Cc,Subject,Body,Folder
02.03.2026 09:10,Una Berg <una@ourselves.example>,Ana Ruiz <ana@quarry.example>,,Offer,Shall I send it?,Sent Items
03.03.2026 08:00,Ana Ruiz <ana@quarry.example>,Una Berg <una@ourselves.example>,,Re: Offer,Please do.,Inbox
04.03.2026 08:00,Bo <bo@quarry.example>,Una Berg <una@ourselves.example>,,Visit,Noon suits.,Projects
"""
CALLS = """When;Who called;Company;Person;Phone;Minutes;What happened
03/03/2026 11:00;Paul Ek;Quarry;Ana Ruiz;+47 555 01 00;6;She takes fourteen seats
04/03/2026 11:00;Paul Ek;Quarry;Ana Ruiz;+47 555 01 00;0;no answer
;;;;;;
"""
JOURNAL = """Date;Client;Contact;Note
03/03/2026;Quarry;Ana Ruiz;She takes fourteen seats
"""


def test_a_mailbox_holds_emails_and_its_folders_say_which_way(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "mailbox.csv"
    file.write_text(MAILBOX, encoding="utf-8")
    done = ingest(file, store)
    assert (done.record, done.stored) == ("activities", 3)
    assert [(a.kind, a.direction) for a in store.activities()][::-1] == [
        (Kind.EMAIL, Direction.OUTBOUND),
        (Kind.EMAIL, Direction.INBOUND),
        (Kind.EMAIL, Direction.UNKNOWN),
    ]
    assert "No column tells what kind of activity a row is: all of them are read as emails." in done.notices
    assert "Folder: “Projects” tell no direction of 1 rows." in done.notices


def test_a_call_list_holds_calls_with_their_minutes_and_an_empty_line_is_none(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(CALLS, encoding="utf-8")
    done = ingest(file, store)
    assert (done.stored, done.refused, done.adds_up) == (2, 1, True)
    assert [refusal.reason for refusal in done.first_refusals(9)] == ["This row is empty."]
    assert [(a.kind, a.duration_s, a.owner) for a in store.activities()][::-1] == [
        (Kind.CALL, 360, "Paul Ek"),
        (Kind.CALL, 0, "Paul Ek"),
    ]


@pytest.mark.parametrize("source", ["auto", "csv"])
def test_a_mixed_journal_without_its_kinds_is_none_of_them(store: Store, tmp_path: Path, source: str) -> None:
    file = tmp_path / "journal.csv"
    file.write_text(JOURNAL, encoding="utf-8")
    with pytest.raises(BadFile, match="crm_subtype is missing"):
        ingest(file, store, Plan(source))
    remember(store, open_table(file).header, "activities", "Client", "account")
    with pytest.raises(BadFile, match=r"said: kind|crm_subtype"):
        ingest(file, store, Plan(source, said=Headers.read(store)))


def test_a_person_says_that_they_are_calls_and_what_else_is_said_is_of_these(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "journal.csv"
    file.write_text(JOURNAL.replace("Contact", "Wen"), encoding="utf-8")
    assert preview(file, store, record="calls").record == "activities"
    remember(store, open_table(file).header, "calls", "Wen", "contact_names")
    remember(store, open_table(file).header, "activities", "Note", "")  # said later, where "calls" was not chosen again
    remember(store, open_table(file).header, "activities", "Note", "body")
    done = ingest(file, store, Plan(said=Headers.read(store)))
    assert done.stored == 1
    (read,) = store.activities()
    assert (read.kind, read.text) == (Kind.CALL, "She takes fourteen seats")


def test_kinds_that_nobody_knows_are_told(tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Date,Type,Direction,Note\n2026-03-03,Pigeon,north,One\n2026-03-04,Call,in,Two\n", encoding="utf-8")
    assert [told for told in survey(file).notices if "“" in told] == [
        "Type: “Pigeon” name no kind that is known; 1 rows are “other”.",
        "Direction: “north” tell no direction of 1 rows.",
    ]


FRENCH = """Date;Type;Client;Interlocuteur;Commercial;Durée;Objet;Compte rendu
03/03/2026;Appel sortant;Quarry;Ana Ruiz;Una Berg;12;Palettes;Elle prend quatorze palettes
04/03/2026;Mail reçu;Quarry;Ana Ruiz;Una Berg;;Palettes;Oui, quatorze pour jeudi
05/03/2026;Pigeonnage;Quarry;Ana Ruiz;Una Berg;;Palettes;Sans nouvelles
"""


def test_a_word_may_tell_kind_and_direction_at_once(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "echanges.csv"
    file.write_text(FRENCH, encoding="utf-8")
    done = ingest(file, store)
    assert done.stored == 3
    assert [(a.kind, a.direction, a.duration_s) for a in store.activities()][::-1] == [
        (Kind.CALL, Direction.OUTBOUND, 720),
        (Kind.EMAIL, Direction.INBOUND, None),
        (Kind.OTHER, Direction.UNKNOWN, None),
    ]
    assert "Type: “Pigeonnage” name no kind that is known; 1 rows are “other”." in done.notices


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Site visit", Kind.EVENT),
        ("Voice mail", Kind.CALL),
        ("Visite client", Kind.EVENT),
        ("Verpasster Anruf", Kind.CALL),
        ("Phone note", Kind.CALL),
        ("Mail or call", Kind.OTHER),
        ("Pigeon post", Kind.OTHER),
    ],
)
def test_one_word_of_several_names_the_kind(store: Store, tmp_path: Path, word: str, kind: Kind) -> None:
    file = tmp_path / "log.csv"
    file.write_text(f"Date,Type,Note,Done by\n2026-03-03,{word},Two,Ida Holm\n", encoding="utf-8")
    ingest(file, store)
    assert [(a.kind, a.owner) for a in store.activities()] == [(kind, "Ida Holm")]
