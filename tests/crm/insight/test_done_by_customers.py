"""Which way a mail went where a customer is named as the one who sent or got it."""

import pytest

from crm.insight.frame import Field, Where
from crm.insight.read import FigureReader
from tests.reading_figures import frame, refusal


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("how many emails has Norvik Maritime sent us", "inbound"),
        ("emails sent by Norvik Maritime", "inbound"),
        ("emails sent to Hanna by Norvik Maritime", "inbound"),
        ("emails to us from Norvik Maritime", "inbound"),
        ("calls made by Norvik Maritime", "inbound"),
        ("wie viele Mails wurden von Norvik Maritime gesendet", "inbound"),
        ("Mails von Norvik Maritime", "inbound"),
        ("email inviate da Norvik Maritime", "inbound"),
        ("correos enviados por Norvik Maritime", "inbound"),
        ("cuántos correos nos ha enviado Norvik Maritime", "inbound"),
        ("cuántos correos nos envió Norvik Maritime", "inbound"),
        ("combien de mails nous a envoyés Norvik Maritime", "inbound"),
        ("wie viele Mails hat uns Norvik Maritime geschickt", "inbound"),
        ("Mails, die wir von Norvik Maritime bekommen haben", "inbound"),
        ("combien de mails avons-nous envoyés à Norvik Maritime", "outbound"),
        ("correos que hemos enviado a Norvik Maritime", "outbound"),
        ("emails we sent Norvik Maritime", "outbound"),
        ("emails received by Norvik Maritime", "outbound"),
        ("emails received from Norvik Maritime", "inbound"),
        ("emails sent to Norvik Maritime", "outbound"),
        ("mails from us to Norvik Maritime", "outbound"),
    ],
)
def test_who_sent_it_tells_the_way(reader_of_four: FigureReader, question: str, way: str) -> None:
    found = frame(reader_of_four, question)
    assert [c.values for c in found.where if isinstance(c, Where) and c.field is Field.DIRECTION] == [(way,)]


def test_who_cancelled_is_not_on_record(reader_of_four: FigureReader) -> None:
    assert "cancelled" in refusal(reader_of_four, "meetings cancelled by Norvik Maritime")


def test_of_a_colleague_it_says_whose_they_are(reader_of_four: FigureReader) -> None:
    assert not any(
        isinstance(c, Where) and c.field is Field.DIRECTION for c in frame(reader_of_four, "Anrufe von Hanna").where
    )


@pytest.mark.parametrize(
    "question",
    ["Mails von Hanna an Norvik Maritime", "llamadas a Norvik Maritime", "calls by Hanna to Norvik Maritime"],
)
def test_to_whom_it_went_tells_the_way(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert [c.values for c in found.where if isinstance(c, Where) and c.field is Field.DIRECTION] == [("outbound",)]


def test_with_a_customer_is_either_way(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "calls with Norvik Maritime")
    assert not any(isinstance(c, Where) and c.field is Field.DIRECTION for c in found.where)
