"""Tables that people keep by themselves: their words for outcomes, kinds and directions."""

from pathlib import Path

import pytest
from sqlalchemy import select

from crm.intake.headers import Headers, remember
from crm.intake.ingest import Plan, ingest
from crm.intake.preview import preview
from crm.intake.tables import open_table
from crm.nouns import Direction, Kind
from crm.records import db
from crm.records.store import Store

IN_HOUSE = """Date;Type;Client;Objet;Commentaire;Résultat
03/05/2026;RDV;Morvan;Contrat;Nadia et le chef de quai;Tenu
04/05/2026;Appel;Morvan;Contrat;;Messagerie
05/05/2026;E-mail;Morvan;Contrat;Voici le devis.;Envoyé
06/05/2026;E-mail;Morvan;Contrat;Merci, bien reçu.;Reçu
07/05/2026;Appel;Morvan;Contrat;Il rappelle;à suivre
"""


def test_what_people_write_for_an_outcome_is_said_as_a_crm_says_it(store: Store, tmp_path: Path) -> None:
    (tmp_path / "suivi.csv").write_text(IN_HOUSE, encoding="cp1252")
    ingest(tmp_path / "suivi.csv", store)
    read = [(a.kind, a.outcome, a.direction) for a in store.activities()][::-1]
    assert read == [
        (Kind.EVENT, "COMPLETED", Direction.UNKNOWN),
        (Kind.CALL, "Left voicemail", Direction.UNKNOWN),
        (Kind.EMAIL, "Envoyé", Direction.OUTBOUND),
        (Kind.EMAIL, "Reçu", Direction.INBOUND),
        (Kind.CALL, "à suivre", Direction.UNKNOWN),
    ]
    with store.reading() as connection:
        extra = connection.execute(select(db.activities.c.extra).order_by(db.activities.c.number)).scalars().all()
    assert extra[0]["Résultat"] == "Tenu"  # as the file has it


TWO_OUTCOMES = """Lfd.Nr;Datum;Firma;Art;Text;Status;Ergebnis
1;04.05.2026;Hartmann;Telefonat;Er will das Angebot;erledigt;erreicht
2;05.05.2026;Hartmann;Telefonat;;offen;nicht erreicht
3;06.05.2026;Hartmann;Termin;;erledigt;stattgefunden
4;07.05.2026;Hartmann;Termin;;offen;abgesagt
5;08.05.2026;Hartmann;E-Mail;Danke;erledigt;
6;09.05.2026;Hartmann;Aufgabe;Nachfassen;erledigt;Rückruf
7;10.05.2026;Hartmann;Telefonat;;verschoben;erledigt
"""


def test_what_happened_is_the_outcome_and_not_whether_it_is_done(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "zwei.csv"
    file.write_text(TWO_OUTCOMES, encoding="utf-8")
    (told,) = [notice for notice in preview(file, store).notices if "outcome" in notice]
    assert "Ergebnis is asked first, then Status;" in told
    assert told in ingest(file, store).notices
    assert [a.outcome for a in store.activities()][::-1] == [
        "Connected", "No answer", "COMPLETED", "CANCELED", "erledigt", "erledigt", "RESCHEDULED",
    ]  # fmt: skip


def test_one_column_that_tells_the_outcome_is_nothing_to_remark(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "eine.csv"
    rows = [";".join(row.split(";")[:-1]) for row in TWO_OUTCOMES.splitlines()]
    file.write_text("\n".join(rows), encoding="utf-8")
    assert not [notice for notice in preview(file, store).notices if "outcome" in notice]
    ingest(file, store)
    assert {a.outcome for a in store.activities()} == {"erledigt", "offen", "RESCHEDULED"}


@pytest.mark.parametrize("owner", ["Bearbeiter", "Sachbearbeiter", "Betreuer"])
def test_a_reference_is_the_id_and_whoever_works_on_it_the_owner(store: Store, tmp_path: Path, owner: str) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(f"Ref;{owner};Art;Text\n4101;Sabine Krüger;Telefonat;Er will es.\n", encoding="utf-8")
    ingest(file, store)
    assert [(a.native_id, a.owner) for a in store.activities()] == [("4101", "Sabine Krüger")]


TIMES = """Nr;Datum;Uhrzeit;Art;Text
1;04.05.2026;14:40;Telefonat;the second
2;04.05.2026;9.12 Uhr;Telefonat;the first
3;05.05.2026;nachmittags;Telefonat;no time
4;06.05.2026 08:00;11:30;Telefonat;a time of its own
5;;10:00;Telefonat;no day
"""


def test_a_column_of_times_sets_activities_of_one_day_in_order(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "zeiten.csv"
    file.write_text(TIMES, encoding="utf-8")
    ingest(file, store)
    assert [(a.raw_body, f"{a.at:%d %H:%M}" if a.at else "") for a in store.activities()] == [
        ("a time of its own", "06 08:00"), ("no time", "05 00:00"), ("the second", "04 14:40"),
        ("the first", "04 09:12"),
        ("no day", ""),
    ]  # fmt: skip
    with store.reading() as connection:
        extra = connection.execute(select(db.activities.c.extra).order_by(db.activities.c.number)).scalars().all()
    kept = [one.get("Uhrzeit") for one in extra]
    assert kept == [None, None, "nachmittags", "11:30", "10:00"]  # what is not in the date is not lost


def test_a_running_number_is_no_id_for_another_list_has_it_too(store: Store, tmp_path: Path) -> None:
    for name, text in (("mai", "Er will es."), ("juni", "Sie nicht.")):
        (tmp_path / f"{name}.csv").write_text(f"Lfd.Nr;Art;Text\n1;Telefonat;{text}\n", encoding="utf-8")
        ingest(tmp_path / f"{name}.csv", store)
    assert len(list(store.activities())) == 2


@pytest.mark.parametrize(("header", "cells"), [("In/Out", ("In", "Out")), ("In/Uit", ("In", "Uit"))])
def test_in_and_out_say_the_direction(store: Store, tmp_path: Path, header: str, cells: tuple[str, str]) -> None:
    rows = "".join(f"{n};Mail;Hallo;{cell}\n" for n, cell in enumerate(cells))
    (tmp_path / "mails.csv").write_text(f"Ref;Type;Notes;{header}\n{rows}", encoding="utf-8")
    ingest(tmp_path / "mails.csv", store)
    assert {a.native_id: a.direction for a in store.activities()} == {"0": "inbound", "1": "outbound"}


TICKED_OFF = """Datum;Art;Firma;Betreff;Text;Status;Ergebnis
04.05.2026;Telefonat;Morvan;Vertrag;Frau Roth will zwei;erledigt;erreicht
05.05.2026;Newsletter;Morvan;Juni;Die neue Baureihe ist da;erledigt;gesendet
06.05.2026;Telefonat;Morvan;Vertrag;Mailbox;offen;
"""


def test_how_it_went_counts_more_than_that_somebody_ticked_it_off(store: Store, tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_text(TICKED_OFF, encoding="cp1252")
    ingest(tmp_path / "export.csv", store)
    assert [(a.kind, a.outcome, a.direction) for a in store.activities()][::-1] == [
        (Kind.CALL, "Connected", Direction.UNKNOWN),
        (Kind.EMAIL, "gesendet", Direction.OUTBOUND),
        (Kind.CALL, "offen", Direction.UNKNOWN),
    ]


def test_a_table_may_hold_its_notes_in_a_column_for_each_kind(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(
        "Ref;Art;Telefonisch;Vor Ort\n1;Telefonat;Er will es.;\n2;Besuch;;Sie zeigte das Lager.\n", encoding="utf-8"
    )
    header = open_table(file).header
    for column in ("Telefonisch", "Vor Ort"):
        remember(store, header, "activities", column, "body")
    ingest(file, store, Plan(said=Headers.read(store)))
    assert {a.native_id: a.raw_body for a in store.activities()} == {"1": "Er will es.", "2": "Sie zeigte das Lager."}


def test_a_kind_that_says_internal_tells_that_it_was_among_ourselves(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "suivi.csv"
    rows = "id;type;date;note\n1;Réunion interne;2026-03-02;point avec Yannick\n2;Réunion;2026-03-03;point avec Ana\n"
    file.write_text(rows, encoding="utf-8")
    ingest(file, store)
    assert {a.native_id: (a.kind, a.outcome) for a in store.activities()} == {
        "1": (Kind.EVENT, "internal"),
        "2": (Kind.EVENT, ""),
    }
