"""Tables that people keep by themselves: their words for outcomes, kinds and directions."""

from pathlib import Path

from sqlalchemy import select

from crm.intake.ingest import ingest
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
