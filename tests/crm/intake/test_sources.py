"""Rows of every source as records: kinds, directions, outcomes, durations, dates, ids, what is kept beside."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from crm.intake.cells import Form
from crm.intake.columns import columns
from crm.intake.csv_repair import Row
from crm.intake.sources import Draft, Source
from crm.nouns import Direction, Kind

AT = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)
CALL = {"hs_object_id": "7", "hs_call_title": "Call", "hs_call_body": "Spoke.", "hs_call_duration": "61500"}
TASK = {"Id": "00T1a000002ABCD", "Subject": "Call", "Description": "Spoke.", "ActivityDate": "2026-03-02"}
SEED = {"hs_object_id": "5", "crm_subject": "s", "crm_description": "b", "crm_subtype": "Email"}


def draft_of(cells: Mapping[str, str], number: int = 1) -> Draft:
    header = tuple(cells)
    source = Source(Form(columns().recognise(header), header))
    return source.draft(Row(number + 1, number, tuple(cells.values())))


def activity_of(cells: Mapping[str, str]) -> dict[str, Any]:
    draft = draft_of(cells)
    assert draft.raw is not None
    names = ("kind", "raw_subject", "raw_body", "direction", "outcome", "duration_s", "at", "owner")
    return {name: getattr(draft.raw, name) for name in names} | {"id": draft.id, "native_id": draft.native_id}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param(SEED, {"id": "csv:5", "kind": Kind.EMAIL, "raw_subject": "s", "raw_body": "b"}, id="seed"),
        pytest.param(SEED | {"crm_subtype": "Fax"}, {"kind": Kind.OTHER}, id="unknown subtype"),
        pytest.param(SEED | {"crm_subtype": ""}, {"kind": Kind.OTHER}, id="no subtype"),
        pytest.param(SEED | {"crm_subtype": " CALL "}, {"kind": Kind.CALL}, id="subtype in capitals"),
        pytest.param(SEED | {"crm_subtype": "Meeting"}, {"kind": Kind.EVENT}, id="meeting is an event"),
        pytest.param(SEED | {"hs_object_id": "5.0"}, {"id": "csv:5", "native_id": "5.0"}, id="id as 5.0"),
        pytest.param(SEED | {"hs_object_id": "1e5"}, {"id": "csv:100000", "native_id": "1e5"}, id="id as 1e5"),
        pytest.param(SEED | {"hs_object_id": ""}, {"id": "csv:0459471003818cfc", "native_id": "1"}, id="id is empty"),
        pytest.param(SEED | {"hs_object_id": "nan"}, {"id": "csv:f773348cb4ea720d", "native_id": "1"}, id="id is nan"),
        pytest.param(SEED | {"date": "2026-03-02 14:05"}, {"at": AT}, id="iso date"),
        pytest.param(SEED | {"date": "1772460300000"}, {"at": AT}, id="epoch"),
        pytest.param(SEED | {"date": "soon"}, {"at": None}, id="nonsense date"),
        pytest.param(
            {
                "hs_object_id": "9",
                "hs_timestamp": "1772460300000",
                "hs_email_subject": "Re: Dock",
                "hs_email_text": "Yes please",
                "hs_email_html": "<p>Yes please</p>",
                "hs_email_direction": "INCOMING_EMAIL",
                "hs_email_status": "SENT",
                "hs_email_from_email": "Sigrid.Aas@norvik.example",
                "hs_email_to_email": "a@us.example;b@us.example",
            },
            {"id": "hubspot:9", "direction": Direction.INBOUND, "raw_body": "Yes please", "outcome": "SENT", "at": AT},
            id="hubspot email in",
        ),
        pytest.param(
            {"hs_object_id": "9", "hs_email_subject": "x", "hs_email_direction": "EMAIL", "hs_email_html": "<b>hi</b>"},
            {"direction": Direction.OUTBOUND, "raw_body": "<b>hi</b>", "kind": Kind.EMAIL},
            id="hubspot email out, html only",
        ),
        pytest.param(
            {"hs_object_id": "9", "hs_email_subject": "x", "hs_email_direction": "FORWARDED_EMAIL"},
            {"direction": Direction.UNKNOWN},
            id="hubspot forwarded email",
        ),
        pytest.param(CALL, {"kind": Kind.CALL, "duration_s": 62}, id="hubspot milliseconds"),
        pytest.param(
            CALL | {"hs_call_disposition": "B2CF5968-551E-4856-9783-52B3DA59A7D0", "hs_call_status": "COMPLETED"},
            {"outcome": "Left voicemail"},
            id="hubspot disposition",
        ),
        pytest.param(CALL | {"hs_call_status": "NO_ANSWER"}, {"outcome": "NO_ANSWER"}, id="hubspot status"),
        pytest.param(CALL | {"hs_call_direction": "INBOUND"}, {"direction": Direction.INBOUND}, id="hubspot call in"),
        pytest.param(
            {
                "hs_object_id": "8",
                "hs_meeting_title": "Demo",
                "hs_meeting_body": "Agenda",
                "hs_internal_meeting_notes": "They came.",
                "hs_meeting_start_time": "2026-03-02T14:05:00Z",
                "hs_meeting_end_time": "2026-03-02T14:35:00Z",
                "hs_meeting_outcome": "NO_SHOW",
            },
            {
                "kind": Kind.EVENT,
                "raw_body": "Agenda\n\nThey came.",
                "outcome": "NO_SHOW",
                "at": AT,
                "duration_s": 1800,
            },
            id="hubspot meeting",
        ),
        pytest.param(
            {"hs_object_id": "3", "hs_task_subject": "Do", "hs_task_body": "it", "hs_task_status": "NOT_STARTED"},
            {"kind": Kind.TASK, "outcome": "NOT_STARTED"},
            id="hubspot task",
        ),
        pytest.param(
            {"hs_object_id": "3", "hs_engagement_type": "CALL", "hs_call_title": "Hi", "hs_email_subject": ""},
            {"kind": Kind.CALL, "raw_subject": "Hi"},
            id="hubspot mixed",
        ),
        pytest.param(
            TASK | {"TaskSubtype": "Task", "Type": "Call", "CallDurationInSeconds": "90", "CallType": "Outbound"},
            {
                "kind": Kind.CALL,
                "duration_s": 90,
                "direction": Direction.OUTBOUND,
                "id": "salesforce:00T1a000002ABCDEA4",
                "native_id": "00T1a000002ABCD",
            },
            id="salesforce call",
        ),
        pytest.param(TASK | {"TaskSubtype": "ListEmail"}, {"kind": Kind.EMAIL}, id="salesforce list mail"),
        pytest.param(TASK | {"TaskSubtype": "LinkedIn"}, {"kind": Kind.OTHER}, id="salesforce linkedin"),
        pytest.param(TASK, {"kind": Kind.TASK, "at": datetime(2026, 3, 2, tzinfo=UTC)}, id="salesforce task"),
        pytest.param(
            TASK | {"Status": "Completed", "CallDisposition": "Spoke to Ana"},
            {"outcome": "Spoke to Ana"},
            id="salesforce disposition before status",
        ),
        pytest.param(
            {
                "Id": "00U1",
                "Subject": "Demo",
                "StartDateTime": "2026-03-02T14:05:00.000+0000",
                "DurationInMinutes": "30",
            },
            {"kind": Kind.EVENT, "at": AT, "duration_s": 1800},
            id="salesforce event",
        ),
        pytest.param(
            {"Id": "02s1", "Subject": "x", "HtmlBody": "<p>y</p>", "Incoming": "true", "FromAddress": "a@b.example"},
            {"kind": Kind.EMAIL, "direction": Direction.INBOUND, "raw_body": "<p>y</p>"},
            id="salesforce email in",
        ),
        pytest.param(
            {"Id": "02s1", "Subject": "x", "TextBody": "y", "Incoming": "False"},
            {"direction": Direction.OUTBOUND, "raw_body": "y"},
            id="salesforce email out",
        ),
    ],
)
def test_activities_of_every_source(cells: dict[str, str], expected: dict[str, Any]) -> None:
    found = activity_of(cells)
    assert {name: found[name] for name in expected} == expected


def test_subject_and_body_are_not_touched() -> None:
    found = activity_of(SEED | {"crm_subject": "  Re:  x ", "crm_description": "\n a\r\n\tb \n"})
    assert (found["raw_subject"], found["raw_body"]) == ("  Re:  x ", "\n a\r\n\tb \n")


def test_who_is_on_an_activity_is_kept() -> None:
    draft = draft_of(
        {
            "hs_object_id": "9",
            "hs_email_subject": "x",
            "hs_email_from_email": "Ann@x.example",
            "hs_email_to_email": "b@y.example; C@y.example",
            "associations.contacts": "11;12.0",
            "associations.companies": "77",
        }
    )
    assert draft.raw is not None
    assert (draft.raw.from_address, draft.raw.to_addresses) == ("ann@x.example", ("b@y.example", "c@y.example"))
    assert draft.refs.addresses == ("ann@x.example", "b@y.example", "c@y.example")
    assert draft.refs.contact_ids == ("hubspot:11", "hubspot:12")
    assert draft.refs.account_id == "hubspot:77"


def test_columns_nobody_knows_and_cells_that_make_no_sense_are_kept_raw() -> None:
    draft = draft_of(SEED | {"date": "sometime in May", "Mood": " good ", "Empty": ""})
    assert draft.extra == {"date": "sometime in May", "Mood": " good "}


def test_of_two_columns_for_one_thing_the_unused_is_kept() -> None:
    draft = draft_of(TASK | {"Status": "Completed", "CallDisposition": "Spoke to Ana"})
    assert draft.extra["Status"] == "Completed"


def test_html_beside_a_text_is_kept() -> None:
    draft = draft_of({"hs_object_id": "9", "hs_email_text": "hi", "hs_email_html": "<i>hi</i>"})
    assert draft.extra["@html"] == "<i>hi</i>"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param(
            {
                "account": "Acme",
                "sector": "software",
                "year_established": "1996",
                "revenue": "1100.04",
                "employees": "2822",
                "office_location": "Kenya",
                "subsidiary_of": "Bluth",
            },
            {
                "name": "Acme",
                "industry": "software",
                "region": "Kenya",
                "size": 2822,
                "revenue": 1100.04,
                "parent": "Bluth",
            },
            id="maven account",
        ),
        pytest.param(
            {"Id": "001", "Name": "Norvik", "AnnualRevenue": "88500000", "Website": "https://www.norvik.example/en"},
            {"revenue": 88.5, "domain": "norvik.example", "size": None},
            id="salesforce account: revenue in millions",
        ),
        pytest.param(
            {"hs_object_id": "1", "name": "Norvik", "domain": "Norvik.example", "numberofemployees": "420.0"},
            {"domain": "norvik.example", "size": 420},
            id="hubspot company",
        ),
        pytest.param(
            {
                "Id": "003",
                "AccountId": "001",
                "FirstName": "Ann",
                "LastName": "Bo",
                "Email": "A@b.example",
                "Title": "CFO",
            },
            {"name": "Ann Bo", "email": "a@b.example", "title": "CFO", "opted_out": False},
            id="salesforce contact",
        ),
        pytest.param(
            {"hs_object_id": "4", "firstname": "", "lastname": "", "email": "x@y.example", "hs_email_optout": "TRUE"},
            {"name": "x@y.example", "opted_out": True},
            id="hubspot contact without a name",
        ),
        pytest.param(
            {
                "opportunity_id": "1C1",
                "sales_agent": "Moe",
                "product": "GTXPro",
                "account": "",
                "deal_stage": "Engaging",
            }
            | {"engage_date": "2017-01-02", "close_date": "", "close_value": ""},
            {"won": None, "amount": None, "account_name": "", "currency": "USD", "owner": "Moe", "closed_at": None},
            id="maven open deal",
        ),
        pytest.param(
            {"opportunity_id": "1C1", "deal_stage": "Lost", "close_value": "0", "engage_date": "2017-01-02"},
            {"won": False, "amount": 0.0, "created_at": datetime(2017, 1, 2, tzinfo=UTC)},
            id="maven lost deal",
        ),
        pytest.param(
            {
                "Id": "006",
                "Name": "Dock",
                "StageName": "Signed",
                "Amount": "1,200",
                "IsWon": "true",
                "IsClosed": "true",
            },
            {"won": True, "stage": "Signed", "amount": 1200.0},
            id="salesforce won by its flag",
        ),
        pytest.param(
            {"Id": "006", "Name": "Dock", "StageName": "Gone", "IsWon": "false", "IsClosed": "true"},
            {"won": False},
            id="salesforce lost by its flag",
        ),
        pytest.param(
            {"hs_object_id": "1", "dealname": "Dock", "dealstage": "closedwon", "closedate": "1772460300000"},
            {"won": True, "name": "Dock", "closed_at": AT},
            id="hubspot deal",
        ),
        pytest.param(
            {
                "Id": "00Q",
                "FirstName": "Ann",
                "LastName": "Bo",
                "Company": "X",
                "Title": "CEO",
                "LeadSource": "Web",
                "CreatedDate": "2026-03-02",
            },
            {"name": "Ann Bo", "job_title": "CEO", "created_at": datetime(2026, 3, 2, tzinfo=UTC)},
            id="salesforce lead",
        ),
        pytest.param(
            {"id": "L1", "name": "Ann", "company": "X", "company_size": "51-200", "Create Date": "2026-03-02"},
            {"company_size": "51-200", "created_at": datetime(2026, 3, 2, tzinfo=UTC)},
            id="lead",
        ),
        pytest.param(
            {"sales_agent": "Ann", "manager": "Bo", "regional_office": "East"},
            {"name": "Ann", "manager": "Bo", "region": "East"},
            id="maven rep",
        ),
        pytest.param(
            {"product": "GTX Pro", "series": "GTX", "sales_price": "4821"},
            {"name": "GTX Pro", "series": "GTX", "price": 4821.0},
            id="maven product",
        ),
    ],
)
def test_the_other_records_of_every_source(cells: dict[str, str], expected: dict[str, Any]) -> None:
    found = draft_of(cells).columns
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("cells", "full"),
    [
        ({"account": "Acme", "sector": "x"}, "maven:Acme"),
        ({"sales_agent": "Ann", "manager": "Bo"}, "maven:Ann"),
        ({"name": "Ann", "email": "ann@us.example", "manager": "", "region": ""}, "demo:ann@us.example"),
    ],
)
def test_a_table_without_ids_is_known_by_what_stands_in_for_one(cells: dict[str, str], full: str) -> None:
    assert draft_of(cells).id == full


def test_a_row_that_cannot_be_a_record_says_why() -> None:
    draft = draft_of({"account": " ", "sector": "x"})
    assert draft.refused == "This row has no name: one of accounts needs it."


def test_the_hash_covers_what_the_row_says_and_not_how() -> None:
    def hash_of(cells: dict[str, str]) -> str:
        return draft_of(cells).row_hash()

    again = dict(reversed(list(SEED.items())))
    assert hash_of(SEED) == hash_of(again) == hash_of({name.upper(): cell for name, cell in SEED.items()})
    for name in SEED:
        assert hash_of(SEED | {name: "Call"}) != hash_of(SEED)
    assert hash_of(SEED | {"Mood": "good"}) != hash_of(SEED)
