"""An import's ledger on the page: the sum first, then what else is worth knowing."""

import re
from dataclasses import replace

from crm.intake.ledger import Intake, Refusal
from ui.ledger import ledger_card, refusals_table

INTAKE = Intake(
    import_id=7, file_name="x.csv", source="hubspot", record="activities", read=1_010, stored=950, changed=12,
    duplicate=30, unchanged=21, refused=9, unmatched=14, unknown_columns=("foo<b>", "bar"),
    notices=("Dates were read day first.",), refusals=(Refusal(12, "No date in 'x'."), Refusal(40, "No id.")),
)  # fmt: skip


def test_the_sum_reads_as_a_sum() -> None:
    drawn = re.sub(r"<[^>]+>", " ", ledger_card(INTAKE))
    assert "1,010 rows read = 950 stored + 30 duplicate + 21 unchanged + 9 refused" in " ".join(drawn.split())


def test_remarks_tell_the_rest_and_are_escaped() -> None:
    drawn = ledger_card(INTAKE)
    for told in (
        "Read as activities of HubSpot.",
        "12 stored rows replaced an older version",
        "14 activities match no account",
        "foo&lt;b&gt;, bar",
        "Dates were read day first.",
    ):
        assert told in drawn
    assert "does not add up" not in drawn
    assert "14 of them name no account that is here." in ledger_card(replace(INTAKE, record="deals"))


def test_a_ledger_that_does_not_balance_says_so() -> None:
    wrong = Intake(1, "x.csv", "csv", "leads", 10, 5, 0, 0, 0, 0, 0)
    assert "does not add up" in ledger_card(wrong)


def test_refused_rows_with_line_and_reason() -> None:
    assert refusals_table(INTAKE, 1) == [["12", "No date in 'x'."]]
    assert refusals_table(INTAKE, 50)[1] == ["40", "No id."]
