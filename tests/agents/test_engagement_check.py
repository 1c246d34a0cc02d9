from datetime import date

import pytest

from agents.base import Toolbox
from agents.engagement_check import Counts, EngagementCheck
from agents.engagement_many import Row, by_day
from crm.engagement import labels
from crm.nouns import Brief, Filter, Period, Question, Scope
from tests.four_accounts import account, contact, told

AS_OF = date(2026, 10, 28)


def gather(tools: Toolbox, name: str = "", period: Period | None = None, ask: str = "Do they talk to us?") -> Brief:
    scope = Scope(account=account(tools, name) if name else None, period=period, as_of=AS_OF)
    return EngagementCheck().gather(Question(ask), scope, tools)


def test_it_states_the_last_word_each_way_and_the_next_meeting(tools: Toolbox) -> None:
    text = told(gather(tools, "Norvik Maritime"), tools)
    assert "**Last two-way contact with Norvik Maritime:** 12 October 2026, Sigrid Aas: “" in text
    assert "It is also their last word." in text
    assert "**Last word from us:** 20 May 2026" in text
    assert "**Next meeting:** 12 November 2026, “Moss: site visit”" in text
    assert "_6 of 6 records considered, as of 28 October 2026._" in text


def test_every_source_is_literally_in_its_record(tools: Toolbox) -> None:
    for evidence in gather(tools, "Norvik Maritime").evidence:
        record = tools.store.activity(evidence.activity_id)
        assert record is not None
        assert evidence.text in record.text or evidence.text in record.raw_body + record.raw_subject


def test_chasing_is_not_called_a_conversation(tools: Toolbox) -> None:
    brief = gather(tools, "Brackwater Foods")
    text = told(brief, tools)
    assert "**No two-way contact with Brackwater Foods on record.**" in text
    assert "4 one-way messages (3 mails, 1 call) from 1 September 2026 to 20 September 2026 without an answer" in text
    assert brief.facts["inbound"] is None


def test_a_period_is_honoured_and_what_lies_before_it_is_told(tools: Toolbox) -> None:
    september = Period(date(2026, 9, 1), date(2026, 9, 30), "in September")
    text = told(gather(tools, "Norvik Maritime", september), tools)
    assert "No two-way contact with Norvik Maritime from 1 September 2026 to 30 September 2026" in text
    assert "The last one before that: 20 May 2026" in text
    assert "_0 of 6 records considered" in text


def test_an_account_without_records_says_so(tools: Toolbox) -> None:
    assert "**There is no activity on record for Harbeck Foods.**" in told(gather(tools, "Harbeck Foods"), tools)


def test_a_person_can_be_asked_about(tools: Toolbox) -> None:
    scope = Scope(contact=contact(tools, "Sigrid Aas"), as_of=AS_OF)
    brief = EngagementCheck().gather(Question("Has Sigrid answered?"), scope, tools)
    assert "**Last two-way contact with Sigrid Aas:** 12 October 2026" in told(brief, tools)


def test_all_accounts_are_sorted_by_how_alive_they_are(tools: Toolbox) -> None:
    text = told(gather(tools, ask="Which accounts have gone quiet?"), tools)
    assert "2 accounts are in conversation, 0 have gone quiet, and with 1 there was never a conversation" in text
    assert "**Never a conversation (records in brackets):** Brackwater Foods (4)." in text


def test_a_silence_that_is_said_to_last_is_the_window(tools: Toolbox) -> None:
    text = told(gather(tools, ask="Who has been quiet for over two months?"), tools)
    assert "(from 28 August 2026 to 28 October 2026)" in text


def test_whoever_waits_for_our_answer_is_listed_where_that_is_asked(tools: Toolbox) -> None:
    text = told(gather(tools, ask="Who is waiting for an answer from us?"), tools)
    assert text.startswith("**Who waits for us** (everything up to 28 October 2026)")
    assert "**Waiting for us, the newest first:**\n- Norvik Maritime (16 days): 12 October 2026, Sigrid Aas: " in text
    assert "Never a conversation" not in text
    assert "To call today" not in text


def test_accounts_we_never_heard_from_come_first_where_they_are_asked_for(tools: Toolbox) -> None:
    text = told(gather(tools, ask="Which accounts did we never hear from?"), tools)
    assert text.index("Never a conversation (records") > text.index("in conversation")
    assert "To call today" not in text


def test_a_list_by_day_is_sorted_by_the_days_that_it_shows() -> None:
    days = (date(2026, 6, 20), date(2026, 6, 28), date(2026, 6, 1))
    rows = [Row(str(day), 1, None, day, None, False, 0, False) for day in days]
    assert [row.last_engaged for row in by_day("talking", rows)] == sorted(days, reverse=True)
    assert [row.last_engaged for row in by_day("quiet", rows)] == sorted(days)


def test_a_rep_s_book_holds_only_their_accounts(tools: Toolbox) -> None:
    text = told(gather(tools, ask="Who of Claire Dumont's accounts answered us?"), tools)
    assert "in Claire Dumont's book" in text
    assert "Transports Verdier" in text
    assert "Norvik" not in text


def test_what_is_told_is_what_is_on_record(tools: Toolbox) -> None:
    brief = gather(tools, "Norvik Maritime")
    counts = labels.counts(tools.store, Filter(account_id=account(tools, "Norvik Maritime").id))
    found = brief.facts["counts"]
    assert isinstance(found, Counts)
    assert list(counts.values()) == [found.engaged, found.not_engaged, found.nd + found.ahead]
    assert (sum(counts.values()), found.ahead) == (6, 1)


def test_a_planned_meeting_is_told_apart_from_what_cannot_be_decided(tools: Toolbox) -> None:
    text = told(gather(tools, "Norvik Maritime"), tools)
    assert "3 of 6 records ENGAGED, 2 NOT ENGAGED, 0 undecided, 1 still ahead" in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "**Dernier échange réel avec Norvik Maritime :** 12 octobre 2026"),
        ("de", "**Letzter beidseitiger Kontakt mit Norvik Maritime:** 12. Oktober 2026"),
    ],
)
def test_it_speaks_other_languages(tools: Toolbox, language: str, words: str) -> None:
    scope = Scope(account=account(tools, "Norvik Maritime"), as_of=AS_OF)
    assert words in told(EngagementCheck().gather(Question("?", language=language), scope, tools), tools)
