"""A logged mail of ours whose form tells only to which address it went was sent; other heads leave that open."""

import pytest

from crm.engagement.features import features
from crm.engagement.phrase_finder import lexicon
from crm.nouns import Kind
from crm.threads.thread import Ours, RawActivity, activity

OURS = Ours(frozenset({"tollarne.example"}), frozenset({"pia lund"}))
FORM = "To: {to}\nCC: \nBCC: \nAttachment: \n\nSubject: Liners\n{body}Not sure you saw the last one.\n\nPia Lund\nSales"


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        (FORM.format(to="kim@hallbeck.example", body="Body:\n"), True),
        (FORM.format(to="Kim Aldous", body="Body:\n"), False),
        (FORM.format(to="kim@hallbeck.example", body="\n"), False),
        ("From: Pia Lund\n" + FORM.format(to="kim@hallbeck.example", body="Body:\n"), False),
        (FORM.format(to="pia.lund@tollarne.example", body="Body:\n").replace("Pia Lund\nSales", "Kim"), False),
    ],
)
def test_a_form_with_an_address_alone_tells_that_a_mail_went_out(text: str, sent: bool) -> None:
    raw = RawActivity("1", "salesforce", Kind.EMAIL, "Email: Liners", text)
    assert ("outbound" in features(activity(raw, OURS), lexicon()).flags) is sent
