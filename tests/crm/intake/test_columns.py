"""Which source and table a header is, whatever its case, spaces and underscores."""

from pathlib import Path

import pytest

from crm.errors import BadFile, BadPlaybook, BadSetting
from crm.intake.columns import SourcePage, columns
from crm.playbook import read_yaml

SEED = "hs_object_id,crm_subject,crm_description,crm_subtype"
LEADS = "id,name,email,company,industry,job_title,company_size,location,last_contact,notes"
HEADERS = [
    (
        "Record ID,Activity type,Activity date,Subject,Body preview,Associated Company,Call outcome",
        "hubspot all activities activities",
    ),
    (
        "Activity ID,Task Subtype,Date,Subject,Full Comments,Company / Account,Contact,Assigned,Call Result,Status",
        "salesforce report of activities activities",
    ),
    ("crm_subject,crm_description,crm_subtype", "csv seed activities"),
    (SEED, "csv seed activities"),
    ("CRM Subject,crm-description,CrmSubtype,HS OBJECT ID", "csv seed activities"),
    (SEED + ",human_label,language,why", "csv seed activities"),
    (LEADS, "csv leads leads"),
    (
        SEED + ",activity_date,direction,outcome,duration_s,owner,contact_emails,account",
        "demo activities activities",
    ),
    ("account_id,name,industry,region,employees,revenue,owner,domain,parent", "demo accounts accounts"),
    ("contact_id,account_id,name,email,title,phone,owner,opted_out", "demo contacts contacts"),
    (
        "deal_id,account_id,name,stage,amount,currency,product,owner,created_date,close_date",
        "demo deals deals",
    ),
    (LEADS + ",status,owner", "demo leads leads"),
    ("name,email,manager,region", "demo reps reps"),
    (
        "account,sector,year_established,revenue,employees,office_location,subsidiary_of",
        "maven accounts accounts",
    ),
    (
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
        "maven sales_pipeline deals",
    ),
    ("sales_agent,manager,regional_office", "maven sales_teams reps"),
    ("product,series,sales_price", "maven products products"),
    ("hs_object_id,hs_timestamp,hs_email_subject,hs_email_text,hs_email_direction", "hubspot emails activities"),
    ("Record ID,Email subject,Email body,Activity date", "hubspot emails activities"),
    ("hs_object_id,hs_call_title,hs_call_body,hs_call_disposition,hs_call_duration", "hubspot calls activities"),
    ("hs_object_id,hs_meeting_title,hs_meeting_body,hs_meeting_start_time", "hubspot meetings activities"),
    ("hs_object_id,hs_task_subject,hs_task_body,hs_task_status", "hubspot tasks activities"),
    (
        "hs_object_id,hs_engagement_type,hs_email_subject,hs_email_text,hs_call_body",
        "hubspot all engagements activities",
    ),
    ("hs_object_id,dealname,amount,dealstage,pipeline,closedate,createdate", "hubspot deals deals"),
    ("hs_object_id,firstname,lastname,email,jobtitle,company", "hubspot contacts contacts"),
    ("hs_object_id,name,domain,industry,annualrevenue,numberofemployees", "hubspot companies accounts"),
    (
        "Id,Subject,Description,Type,TaskSubtype,Status,ActivityDate,WhoId,WhatId,AccountId",
        "salesforce Task activities",
    ),
    ("Id,Subject,Description,StartDateTime,EndDateTime,WhoId,AccountId", "salesforce Event activities"),
    (
        "Id,ActivityId,FromAddress,ToAddress,Subject,TextBody,HtmlBody,Incoming,MessageDate",
        "salesforce EmailMessage activities",
    ),
    ("Id,Name,Industry,AnnualRevenue,NumberOfEmployees,Website", "salesforce Account accounts"),
    ("Id,AccountId,Name,StageName,Amount,Probability,CloseDate,IsClosed,IsWon", "salesforce Opportunity deals"),
    ("Id,FirstName,LastName,Company,Title,Email,Status,LeadSource,HasOptedOutOfEmail", "salesforce Lead leads"),
    ("Id,AccountId,FirstName,LastName,Email,Title", "salesforce Contact contacts"),
]


@pytest.mark.parametrize(("header", "table"), HEADERS)
def test_a_header_is_recognised(header: str, table: str) -> None:
    layout = columns().recognise(tuple(header.split(",")))
    assert f"{layout.source} {layout.name} {layout.record}" == table
    assert layout.unknown == ()


@pytest.mark.parametrize(("header", "table"), HEADERS)
def test_the_order_of_columns_does_not_matter(header: str, table: str) -> None:
    layout = columns().recognise(tuple(reversed(header.split(","))))
    assert f"{layout.source} {layout.name} {layout.record}" == table


def test_unknown_columns_are_listed_and_kept() -> None:
    layout = columns().recognise((*SEED.split(","), "Mood of the day", ""))
    assert layout.unknown == ("Mood of the day", "column 6")
    assert layout.kept == (4, 5)


def test_what_is_known_to_be_of_no_use_is_neither_listed_nor_kept() -> None:
    layout = columns().recognise((*SEED.split(","), "human_label", "language", "why"))
    assert (layout.unknown, layout.kept) == ((), ())


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("crm_subject,crm_subtype", "column crm_description is missing"),
        ("crm_subject,crm_description", "column crm_subtype is missing"),
        ("Id,Description,TaskSubtype,WhoId,ActivityDate", "column Subject is missing"),
        ("red,green,blue", "None of these columns is known: red, green, blue"),
    ],
)
def test_a_missing_column_is_named(header: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        columns().recognise(tuple(header.split(",")))


def test_activities_may_have_no_subject_and_columns_named_in_french() -> None:
    assert columns().recognise(("hs_object_id", "crm_description", "crm_subtype")).record == "activities"
    french = (
        "ID de l'enregistrement",
        "Type d'activité",
        "Objet",
        "Corps de l'e-mail",
        "Entreprise associée",
        "Humeur",
    )
    layout = columns().recognise(french)
    assert (layout.record, layout.unknown) == ("activities", ("Humeur",))


def test_a_source_that_is_given_wins_over_the_one_that_is_found() -> None:
    header = tuple((SEED + ",activity_date,direction,outcome,duration_s,owner,contact_emails,account").split(","))
    assert columns().recognise(header, "csv").source == "csv"
    assert columns().recognise(("Id", "Subject", "Description", "Type"), "salesforce", "activities").name == "Task"


def test_a_kind_that_is_given_must_fit() -> None:
    with pytest.raises(BadFile, match="missing, without which these are no accounts"):
        columns().recognise(tuple(SEED.split(",")), record="accounts")
    with pytest.raises(BadSetting, match="Allowed are auto, csv, hubspot"):
        columns().recognise(tuple(SEED.split(",")), "zoho")
    with pytest.raises(BadSetting, match="No column map of auto holds invoices"):
        columns().recognise(tuple(SEED.split(",")), record="invoices")


def test_a_map_for_a_field_that_records_do_not_have_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "crm.yaml"
    page.write_text("source: x\nlayouts: [{name: a, record: reps, needs: [name], fields: {name: [n], colour: [c]}}]\n")
    with pytest.raises(BadPlaybook, match=r"crm\.yaml.*a: reps have no colour"):
        read_yaml(page, SourcePage)


def test_a_column_of_two_names_is_known_by_either() -> None:
    found = columns().recognise(("Activity type", "Activity date", "Subject", "Body / notes", "Associated company"))
    assert found.columns["body"] == (3,)
    assert found.unknown == ()
