"""Short questions as they are typed, each with the frame it becomes, in words."""

import pytest

from crm.insight.frame_words import in_words
from crm.insight.read import FigureReader
from tests.reading_figures import frame, refusal

READ = {
    "which industries have an average deal size above 20k": "average value of deals, by industry, more than 20,000",
    "average value per deal by rep": "average value of deals, by rep",
    "average number of employees per account, by industry": "average employees of accounts, by industry",
    "open deals by product, top 2": "number of deals, state open, by product, the highest 2",
    "deal stage split": "number of deals, by stage",
    "upcoming meetings by rep": "number of activities, type event, dated from 2026-10-29 to the newest, by rep",
    "calls in June against the month before": (
        "number of activities, type call, compared: from 2026-06-01 to 2026-06-30 against from 2026-05-01 to 2026-05-31"
    ),
    "calls in June and in the one before": (
        "number of activities, type call, compared: from 2026-06-01 to 2026-06-30 against from 2026-05-01 to 2026-05-31"
    ),
    "by how much did the number of calls change from May to June": (
        "difference of the number of activities, type call, compared: "
        "from 2026-05-01 to 2026-05-31 against from 2026-06-01 to 2026-06-30"
    ),
    "total call minutes per rep": "total duration in seconds of activities, type call, told in minutes, by rep",
    "average length of calls, seconds": "average duration in seconds of activities, type call",
    "share of open deals still in Proposal by rep": "share of deals that are Proposal, state open, by rep",
    "share of outbound calls with outcome connected": (
        "share of activities that are connected, direction outbound, type call"
    ),
    "share of lost deals that were lost within 90 days of being created": (
        "share of deals that are sales cycle in days at most 90, state lost"
    ),
    "accounts with both a won and an open deal for Dock": (
        "number of accounts, with deals state won product Dock, with deals state open product Dock"
    ),
    "accounts with neither a call nor a meeting": "number of accounts, without activities type call or event",
    "accounts with a meeting with outcome completed": ("number of accounts, with activities type event outcome held"),
    "how many different contacts did Hanna call": (
        "number of different contact values of activities, rep Hanna Lindqvist, type call, direction not inbound"
    ),
    "how many days since the last call": "smallest days since then of activities, type call, as of 2026-10-28",
    "Dock's share of won EUR value by quarter": (
        "share of the value of deals that are Dock, state won, currency EUR, by quarter"
    ),
    "the won share of closed deals per rep": "share of deals that are won, state won or lost, by rep",
    "emails by rep, tasks not counted": "number of activities, type email, by rep",
    "reps with total won value above 20k": "total value of deals, state won, by rep, more than 20,000",
    "how many deals did Hanna open in May": (
        "number of deals, rep Hanna Lindqvist, created from 2026-05-01 to 2026-05-31"
    ),
    "how many deals have no account yet": "number of deals, without account",
    "activities by type, biggest type first": "number of activities, by type",
    "industries with at least 2 accounts, and how many": "number of accounts, by industry, at least 2",
    "how many minutes was Hanna on calls": (
        "total duration in seconds of activities, rep Hanna Lindqvist, type call, told in minutes"
    ),
    "shipping and food deals by rep": "number of deals, industry Shipping or Food, by rep",
    "open deals older than one hundred and eighty days": "number of deals, state open, age in days above 180",
    "leads with a company size of 501-1000": "number of leads, company size 501-1000",
    "how many leads have no email": "number of leads, without e-mail address",
    "how many different companies are on our lead list": "number of different company values of leads",
}
REFUSED = {
    "won deals in the Proposal stage": "no deals are won and Proposal at once",
    "deals by product included": "included",
    "accounts that got mails from us but sent none": "sent",
    "Aurora's share of won value by product": "do not know what “Aurora” means",
    "average age of leads": "no age in days was imported for leads",  # none carries its day of creation
}


@pytest.mark.parametrize(("question", "words"), READ.items())
def test_it_is_read(reader_of_four: FigureReader, question: str, words: str) -> None:
    assert in_words(frame(reader_of_four, question)) == words


@pytest.mark.parametrize(("question", "because"), REFUSED.items())
def test_it_is_refused(reader_of_four: FigureReader, question: str, because: str) -> None:
    assert because in refusal(reader_of_four, question)
