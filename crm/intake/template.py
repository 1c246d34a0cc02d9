"""A file to fill in for each kind of record: the columns that are known, with a row that shows how."""

import csv
from pathlib import Path

from crm.intake.headers import layout

KINDS = ("activities", "accounts", "contacts", "deals", "leads")
EXAMPLES = {
    "native_id": "1001", "subject": "Gate in Larvik", "body": "Called Sigrid. She wants the offer before Friday.",
    "kind": "Call", "at": "2026-03-14", "direction": "outbound", "outcome": "connected", "duration_s": "240",
    "owner": "Hanna Lindqvist", "from_address": "hanna@ours.example", "to_addresses": "sigrid@norvik.example",
    "contact_emails": "sigrid@norvik.example", "contact_names": "Sigrid Aas", "account_id": "A001",
    "account": "Norvik Maritime",
    "name": "Norvik Maritime", "first_name": "Sigrid", "last_name": "Aas", "email": "sigrid@norvik.example",
    "company": "Norvik Maritime", "type": "Customer", "industry": "Shipping", "region": "Nordics", "size": "420",
    "revenue": "88.5", "domain": "norvik.example", "title": "Head of Logistics", "phone": "+47 555 01 23",
    "opted_out": "no", "stage": "Proposal", "amount": "34000", "currency": "EUR", "product": "Dock",
    "created_at": "2026-02-01", "expected_close_at": "2026-06-30", "job_title": "Head of Logistics",
    "company_size": "200-500", "closed_at": "", "loss_reason": "", "location": "Larvik",
    "status": "working", "last_contact": "2026-03-14", "notes": "Met at the harbour fair.",
}  # fmt: skip


def write_template(record: str, out: Path) -> None:
    """Writes the columns of such records with one example. Raises BadSetting."""
    page = layout(record)
    taken = {field: names[0] for field, names in page.fields.items() if field in EXAMPLES and names}
    cells = {name: EXAMPLES[field] for field, name in taken.items()}  # a column that two fields share stands once
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(cells))
        writer.writeheader()
        writer.writerow(cells)
