"""The Accounts page as HTML: escaped, countable, filtered by words."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from crm.engagement.health import Band, Health
from crm.engagement.overview import Pulse
from crm.engagement.portfolio import AccountPage, AccountRow, Moment
from crm.nouns import Account, Activity, Deal, Engagement, Kind, Message, Period, Side, Verdict
from ui.portfolio import AT_RISK, SHOWN, account_head, account_list, deals, matching, money, timeline

HOSTILE = "<img src=x onerror=alert(1)>"
PULSE = Pulse("a1", 10, 4, 5, 1, date(2026, 10, 20), date(2026, 10, 28), 2)
ROW = AccountRow(
    Account("a1", "Norvik Maritime", "Shipping", "Nordics", owner="Hanna Lindqvist"), PULSE, 10,
    (Deal("d1", "a1", "Norvik", "Dock", "Proposal", 34_000.0, "EUR"),), {"EUR": 34_000.0},
    Health(Band.TALKING, ("last two-way contact 10 days ago",), False),
)  # fmt: skip
MAIL = Activity("demo:7", "7", "demo", Kind.EMAIL, HOSTILE, "", HOSTILE, at=datetime(2026, 10, 20, tzinfo=UTC))
AS_OF = date(2026, 10, 30)
SURE = Verdict(Engagement.ENGAGED, 0.9, "", "yes", "model")
GUESSED = replace(SURE, confidence=0.6, undecided=True)
PAGE = AccountPage(ROW, (Moment(MAIL, SURE),), (), (), AS_OF)


def test_a_row_tells_who_when_and_how_much() -> None:
    drawn = account_list([ROW], 1, AS_OF)
    for told in (
        "Norvik Maritime",
        "20 Oct 2026",
        "10 days ago",
        "4 of 10",
        "34,000 EUR",
        "talking",
        "1 of 1 accounts",
        "to the newest record, 30 Oct 2026",
    ):
        assert told in drawn
    assert "4 conversations, 5 one-way, 1 undecided" in drawn


def test_a_long_list_says_what_it_leaves_out() -> None:
    rows = [replace(ROW, account=replace(ROW.account, id=f"a{i}")) for i in range(SHOWN + 5)]
    drawn = account_list(rows, len(rows), AS_OF)
    assert drawn.count('class="open-account"') == SHOWN
    assert f"the first {SHOWN} are shown" in drawn


def test_nothing_of_a_record_is_live() -> None:
    hostile = replace(ROW, account=replace(ROW.account, name=HOSTILE, owner=HOSTILE))
    for drawn in (account_list([hostile], 1, AS_OF), account_head(replace(PAGE, row=hostile)), timeline(PAGE)):
        assert "<img" not in drawn
        assert "&lt;img" in drawn


def test_a_note_without_a_title_is_told_by_its_first_words() -> None:
    note = Message(Side.US, "", "", None, "Rang Stu, five doors are too many, maybe three.", 0, (0, 47))
    call = replace(MAIL, kind=Kind.CALL, subject="Call", raw_subject="Call", messages=(note,))
    assert "Call, Rang Stu, five doors are too many" in timeline(replace(PAGE, moments=(Moment(call, SURE),)))
    blank = replace(call, subject="", raw_subject="", messages=())
    assert "Call, No subject" in timeline(replace(PAGE, moments=(Moment(blank, SURE),)))


def test_a_dot_opens_its_record() -> None:
    assert 'data-activity="demo:7"' in timeline(PAGE)
    assert "conversations (1)" in timeline(PAGE)


def test_a_guess_is_no_conversation_and_says_so() -> None:
    drawn = timeline(replace(PAGE, moments=(Moment(MAIL, GUESSED),)))
    assert "conversations (0)" in drawn
    assert "undecided (1)" in drawn
    assert "only a guess" in drawn


def test_a_mail_of_ours_says_of_which_day_the_words_are_that_it_quotes() -> None:
    ours = Message(Side.US, "Hanna", "", MAIL.at, "Any news?", 0, (0, 9))
    theirs = Message(Side.THEM, "Arne", "", datetime(2026, 9, 4, tzinfo=UTC), "We take two.", 1, (10, 22))
    quoting = replace(MAIL, messages=(ours, theirs))
    drawn = timeline(replace(PAGE, moments=(Moment(quoting, SURE),)))
    assert drawn.count("quotes their words of 4 Sep 2026") == 3  # the dot's name, its title, the list
    assert ">Sep 2026</text>" in drawn  # the line begins when they spoke
    answering = replace(MAIL, messages=(theirs, ours))
    assert "quotes" not in timeline(replace(PAGE, moments=(Moment(answering, SURE),)))


def test_what_the_dots_show_is_a_list_too() -> None:
    drawn = timeline(PAGE)
    assert drawn.count('data-activity="demo:7"') == 2
    assert "The entry as a list" in drawn


def test_the_filters_narrow() -> None:
    risky = replace(ROW, health=Health(Band.SILENT, (), True))
    assert matching([ROW, risky], "nor ship", "", "") == [ROW, risky]
    assert matching([ROW, risky], "verdier", "", "") == []
    assert matching([ROW, risky], "", AT_RISK, "") == [risky]
    assert matching([ROW, risky], "", "talking", "Hanna Lindqvist") == [ROW]
    assert matching([ROW, risky], "", "", "Somebody Else") == []


def test_types_have_a_column_and_a_filter_where_accounts_have_types() -> None:
    supplier = replace(ROW, account=replace(ROW.account, id="a2", name="Tanner", type="Supplier <raw>"))
    drawn = account_list([ROW, supplier], 2, AS_OF)
    assert "<th>Type</th>" in drawn
    assert "<td>Supplier &lt;raw&gt;</td></tr>" in drawn
    assert "Supplier &lt;raw&gt; · Shipping" in account_head(replace(PAGE, row=supplier))
    assert matching([ROW, supplier], "", "", "", "Supplier <raw>") == [supplier]
    assert matching([ROW, supplier], "supplier", "", "") == [supplier]
    assert "<th>Type</th>" not in account_list([ROW], 1, AS_OF)


def test_currencies_are_never_added_up() -> None:
    assert money({"USD": 8_000.0, "EUR": 120_000.0}) == "120,000 EUR + 8,000 USD"


def test_records_without_a_day_are_listed_and_open() -> None:
    mail = replace(MAIL, at=None)
    drawn = timeline(replace(PAGE, moments=(), undated=(Moment(mail, SURE),)))
    assert "<svg" not in drawn
    assert f'class="dot engaged" data-activity="{mail.id}"' in drawn
    assert "1 record without a date" in drawn
    assert "1 record without a date" in timeline(replace(PAGE, undated=(Moment(mail, None),)))


def test_in_a_period_the_list_tells_who_talked_then() -> None:
    then = Pulse("a1", 3, 1, 2, 0, date(2026, 8, 4), date(2026, 9, 1))
    quiet = Pulse("a2", 0, 0, 0, 0, None, None)
    unsure = Pulse("a3", 2, 0, 1, 1, None, date(2026, 9, 1))
    rows = [
        replace(ROW, within=pulse, account=replace(ROW.account, id=pulse.account_id)) for pulse in (then, quiet, unsure)
    ]
    drawn = account_list(rows, 3, AS_OF, period=Period(date(2026, 7, 1), date(2026, 9, 30)))
    for told in (
        "1 Jul 2026 – 30 Sep 2026: 1 talked with us, 0 were only written to or called, 1 cannot be decided",
        "<td>4 Aug 2026</td>",
        "1 of 3",
        "<td>no record</td>",
        "<td>cannot be decided</td>",
        "<th>Health, today</th>",
    ):
        assert told in drawn
    assert "20 Oct 2026" not in drawn


def test_a_deal_tells_when_it_may_close_or_why_it_was_lost() -> None:
    june = datetime(2026, 6, 2, tzinfo=UTC)
    dock = Deal("d1", "a1", "Norvik", "Dock", "Proposal", expected_close_at=datetime(2026, 12, 11, tzinfo=UTC))
    ramp = Deal("d2", "a1", "Norvik", "Ramp", "Lost", closed_at=june, won=False, loss_reason=HOSTILE)
    gate = Deal("d3", "a1", "Norvik", "Gate", "Signed", closed_at=june, won=True)
    plan = Deal("d4", "a1", "Norvik", "Plan", "Lost", won=False, loss_reason="Price")
    drawn = deals(replace(PAGE, deals=(dock, ramp, gate, plan)))
    assert "Proposal, open, expected to close on 11 Dec 2026" in drawn
    assert "lost, 2 Jun 2026: &lt;img src=x onerror=alert(1)&gt;" in drawn
    assert "Signed, won, 2 Jun 2026<" in drawn
    assert "lost, Price" in drawn


def test_what_lies_ahead_is_counted_apart() -> None:
    planned = replace(MAIL, at=datetime.combine(AS_OF + timedelta(days=9), time(9), UTC))
    drawn = timeline(replace(PAGE, moments=(*PAGE.moments, Moment(planned, SURE))))
    assert "1 still ahead" in drawn
    assert "conversations (1)" in drawn
    assert drawn.count('ahead"') == 1
    assert "still ahead" not in timeline(PAGE)
