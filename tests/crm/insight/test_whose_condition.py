"""To what a condition belongs: the thing beside it, the records that are counted, or nobody can tell."""

import pytest

from crm.insight.frame_words import in_words
from crm.insight.read import FigureReader
from tests.reading_figures import frame, refusal

READ = {
    "share of deals without an account that are won": "share of deals that are won, without account",
    "deals except lost ones and Hanna's": "number of deals, state not lost, rep not Hanna Lindqvist",
    "open deals by product, ignoring blank reps and blank accounts": (
        "number of deals, state open, with rep, with account, by product"
    ),
    "accounts by rep excluding those without calls": "number of accounts, with activities type call, by rep",
    "Dock's share of won deals": "share of deals that are Dock, state won",
    "what percentage of won deals was for Dock or Plan": "share of deals that are Dock or Plan, state won",
    "percentage of open deals without a close date": ("share of deals that are without a day of closing, state open"),
    "share of connected calls longer than 5 minutes": (
        "share of activities that are duration in seconds above 300, outcome connected, type call"
    ),
    "open deals per Shipping account": "number of deals, state open, industry Shipping, by account",
    "won deals for each Nordics rep": "number of deals, state won, rep region Nordics, by rep",
    "how many mails from Norvik Maritime": (
        "number of activities, type email, direction inbound, account Norvik Maritime"
    ),
    "calls to Norvik Maritime": "number of activities, type call, direction outbound, account Norvik Maritime",
    "won deals by rep, smallest first": "number of deals, state won, by rep, the lowest first",
    "deals by stage (Won, Proposal etc.)": "number of deals, by stage",
}
REFUSED = (
    "open deals excluding Dock and those older than 90 days",
    "deals by rep, leaving out those without an account and those from Hanna",
    "accounts by industry, ignoring accounts without employees",
    "how many accounts sent us more than 5 mails",
    "how many accounts received mails this month",
    "how many contacts do accounts with more than 2 open deals have",
    "how many accounts with fewer than 3 contacts were called",
    "which reps have accounts with more than 4 open deals",
    "how many accounts won at least 2 deals in May and none in June",
    "Hanna's share of unanswered calls",
    "share of open deals still in Proposal or Prospecting",
    "share of won deals that were closed",
    "share of accounts with more than 2 open deals that have no won deal",
    "what percentage of our accounts with won deals is in Haulage",
    "share of open deals that are overdue",
    "share of open deals in Proposal older than 90 days",
    "share of Dock deals won within 60 days",
    "what share of deals is won, and what share lost",
    "which reps average more than 50k EUR per deal",
    "reps with an average call longer than 3 minutes",
    "which products have an average deal size between 40k and 60k EUR",
    "won deals by rep, only those with more than 10",
    "how many accounts did Hanna or Claire call",
    "accounts with a call and a meeting by Hanna",
    "deals for Dock or without an account",
    "accounts with at least 3 deals for Dock and Plan",
    "accounts with at least 3 deals that are not lost",
    "accounts with at least 3 contacts without an email",
    "accounts with at least two won deals, one of them for Dock",
    "how many different contacts did we never call",
    "how many more minutes was Hanna on calls than Claire",
    "average days since the last call by account",
    "won deals, lost ones included",
    "deals between twenty and thirty thousand EUR",
    "won deals by rep alphabetically",
)


@pytest.mark.parametrize(("question", "words"), READ.items())
def test_it_is_read(reader_of_four: FigureReader, question: str, words: str) -> None:
    assert in_words(frame(reader_of_four, question)) == words


@pytest.mark.parametrize("question", REFUSED)
def test_it_is_refused(reader_of_four: FigureReader, question: str) -> None:
    assert refusal(reader_of_four, question)
