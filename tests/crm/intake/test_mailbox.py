"""Mailboxes and single mails: read as the table of mails that an export to CSV would be."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from crm.intake import mailbox
from crm.intake.ingest import activities_in, ingest
from crm.intake.mail_parts import COLUMNS
from crm.intake.mailbox import Mailbox, is_mailbox
from crm.intake.parsing import mentioned
from crm.intake.preview import preview
from crm.intake.tables import open_table
from crm.nouns import Direction, Kind, Side
from crm.records.store import Store
from crm.threads.thread import Ours

OURS = Ours(frozenset({"ourselves.example"}))
LINE = b"From 18600001@xxx Tue Mar 03 07:00:00 +0000 2026\n"
REPLY = b"""Message-ID: <b2@quarry.example>
X-Gmail-Labels: =?utf-8?q?Posteingang=2CGe=C3=B6ffnet?=
Date: Tue, 3 Mar 2026 08:00:00 +0100
From: =?iso-8859-1?q?Jos=E9?= Ruiz <ana@quarry.example>
To: Una Berg <una@ourselves.example>,
 bo@ourselves.example
Cc: Kai <kai@quarry.example>
Subject: =?utf-8?q?Re=3A_Offre_for_the_?=
 =?utf-8?b?csOpZ2lvbg==?=

Please send the contract by Friday, we take all fourteen seats.
>From our side nothing else is needed.

From what I hear the yard is open.
"""


def box(path: Path, *mails: bytes, line: bytes = LINE) -> Path:
    path.write_bytes(b"".join(line + mail.rstrip(b"\n") + b"\n\n" for mail in mails))
    return path


def cells(path: Path, number: int = 1) -> dict[str, str]:
    """One mail's cells by column."""
    rows = list(open_table(path).rows())
    assert not rows[number - 1].broken
    return dict(zip(COLUMNS, rows[number - 1].cells, strict=True))


def mail(text: str = "We take fourteen seats.", **heads: str) -> bytes:
    said = {"Message-ID": "<a1@quarry.example>", "From": "Ana <ana@quarry.example>", "To": "una@ourselves.example",
            "Date": "Tue, 3 Mar 2026 08:00:00 +0000", "Subject": "Seats"}  # fmt: skip
    said |= {name.replace("_", "-"): value for name, value in heads.items()}
    return "".join(f"{name}: {value}\n" for name, value in said.items() if value).encode() + b"\n" + text.encode()


def test_a_mail_is_read_with_its_encoded_headers_folded_lines_and_escaped_words(tmp_path: Path) -> None:
    found = cells(box(tmp_path / "takeout.mbox", REPLY, mail()))
    assert found == {
        "Message-ID": "b2@quarry.example",
        "Date": "2026-03-03 08:00:00+01:00",
        "From": "José Ruiz <ana@quarry.example>",
        "To": "Una Berg <una@ourselves.example>, bo@ourselves.example",
        "Cc": "Kai <kai@quarry.example>",
        "Bcc": "",
        "Subject": "Re: Offre for the région",
        "Body": "Please send the contract by Friday, we take all fourteen seats.\n"
        "From our side nothing else is needed.\n\nFrom what I hear the yard is open.",
        "HTML": "",
        "Folder": "Posteingang,Geöffnet",
        "Attachments": "",
    }
    assert [row.line for row in open_table(tmp_path / "takeout.mbox").rows()] == [1, 17]


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_a_mailbox_and_a_mail_are_known_by_their_bytes(tmp_path: Path, ending: bytes) -> None:
    one = tmp_path / "x.csv"
    for text in (mail(), LINE + mail(), b"\xef\xbb\xbf" + mail(), b"From - Tue Mar  3 08:00:00 2026\n" + mail()):
        one.write_bytes(text.replace(b"\n", ending))
        assert is_mailbox(one)
        assert isinstance(open_table(one), Mailbox)
        assert cells(one)["Subject"] == "Seats"


@pytest.mark.parametrize(
    "text",
    [
        "From,To,Date,Subject,Body\nana@quarry.example,una@ourselves.example,3.3.2026,Seats,Yes\n",
        "From address;To address\nana@quarry.example;una@ourselves.example\n",
        "Note: a list\nDate: 3.3.2026\nwhat;who\n\nYes;Ana\n",
        "From 2026 on: x\nkind,body\ncall,Yes\n",
        "",
    ],
)
def test_a_table_is_no_mailbox_whatever_its_columns_are_called(tmp_path: Path, text: str) -> None:
    path = tmp_path / "table.mbox"
    path.write_text(text, encoding="utf-8")
    assert not is_mailbox(path)
    assert not is_mailbox(tmp_path / "nowhere.mbox")


def test_words_in_any_charset_are_read(tmp_path: Path) -> None:
    head = "Message-ID: <{}@x.example>\nFrom: a@quarry.example\nSubject: {}\nContent-Type: text/plain{}\n{}\n"
    eight = head.format("1", "s", "; charset=iso-8859-1", "Content-Transfer-Encoding: 8bit\n").encode()
    unknown = head.format("2", "=?x-nobody?q?caf=C3=A9?=", "; charset=x-nobody", "").encode()
    wrong = head.format("3", "s", "; charset=us-ascii", "").encode()
    raw = head.format("4", "Rück", "", "").encode("cp1252")
    path = box(
        tmp_path / "a.mbox",
        eight + b"Gr\xfc\xdfe",
        unknown + "naïve".encode(),
        wrong + "Größe".encode(),
        raw + b"D\xfcnn",
    )
    assert [cells(path, n)["Body"] for n in (1, 2, 3, 4)] == ["Grüße", "naïve", "Größe", "Dünn"]
    assert [cells(path, n)["Subject"] for n in (2, 4)] == ["café", "Rück"]


def test_plain_text_goes_before_html_and_files_are_named(tmp_path: Path) -> None:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = "ana@quarry.example", "Plans", "<p@quarry.example>"
    made.set_content("See the plans.")
    made.add_alternative("<p>See the <b>plans</b>.</p>", subtype="html")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Pläne.pdf")
    made.add_attachment("not the mail's words", filename="notes.txt")
    (tmp_path / "one.eml").write_bytes(made.as_bytes())
    found = cells(tmp_path / "one.eml")
    assert (found["Body"], found["HTML"], found["Attachments"]) == ("See the plans.", "", "Pläne.pdf, notes.txt")

    only = EmailMessage()
    only["From"], only["Subject"] = "ana@quarry.example", "Plans"
    only.set_content("<p>See the <b>plans</b>.</p>", subtype="html")
    (tmp_path / "two.eml").write_bytes(only.as_bytes())
    found = cells(tmp_path / "two.eml")
    assert (found["Body"], found["HTML"]) == ("", "<p>See the <b>plans</b>.</p>")

    bare = EmailMessage()
    bare["From"], bare["Subject"] = "ana@quarry.example", "Plans"
    bare.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Plan.pdf")
    (tmp_path / "three.eml").write_bytes(bare.as_bytes())
    assert cells(tmp_path / "three.eml")["Body"] == "[Attachment: Plan.pdf]"


def test_a_mail_without_a_date_has_that_of_its_arrival(tmp_path: Path) -> None:
    arrived = mail(Date="", Received="from a by b; Wed, 4 Mar 2026 10:00:00 +0100")
    path = box(tmp_path / "a.mbox", mail(Date=""), mail(Date="someday"), arrived)
    assert [cells(path, n)["Date"] for n in (1, 2, 3)] == [
        "2026-03-03 07:00:00+00:00",
        "2026-03-03 07:00:00+00:00",
        "2026-03-04 10:00:00+01:00",
    ]
    (tmp_path / "b.eml").write_bytes(mail(Date=""))
    assert cells(tmp_path / "b.eml")["Date"] == ""


def test_a_mailbox_is_imported_like_any_file(store: Store, tmp_path: Path) -> None:
    sent = mail("Shall I send it?", From="Una <una@ourselves.example>", To="ana@quarry.example", X_Gmail_Labels="Sent")
    path = box(
        tmp_path / "All mail.mbox",
        sent,
        REPLY,
        mail(Message_ID="", X_Gmail_Labels="Projects"),
        mail(Message_ID="<d@ourselves.example>", X_Gmail_Labels="Drafts"),
        b"Message-ID: <e@x.example>\nDate: Tue, 3 Mar 2026 08:00:00 +0000\nMIME-Version: 1.0\n\n",
    )
    told = preview(path, store)
    assert (told.source, told.record, told.read, told.new, told.refused) == ("mailbox", "activities", 5, 3, 2)
    done = ingest(path, store)
    assert (done.source, done.read, done.stored, done.refused, done.adds_up) == ("mailbox", 5, 3, 2, True)
    assert [(refusal.line, refusal.reason) for refusal in done.first_refusals(9)] == [
        (36, "This is a draft, which was never sent."),
        (46, "This mail has no sender, no subject and no text."),
    ]
    assert done.unknown_columns == () == done.notices
    found = {a.native_id: (a.kind, a.direction) for a in store.activities()}
    assert found == {
        "a1@quarry.example": (Kind.EMAIL, Direction.OUTBOUND),
        "b2@quarry.example": (Kind.EMAIL, Direction.INBOUND),
        "3": (Kind.EMAIL, Direction.UNKNOWN),  # without an id of its own
    }
    again = ingest(path, store)
    assert (again.stored, again.unchanged) == (0, 3)


@pytest.mark.parametrize(
    ("heads", "text"),
    [
        ({"Auto_Submitted": "auto-replied (rejected)"}, "Ich melde mich im Mai wieder. Gruss Ana"),
        ({"Auto_Submitted": "auto-generated"}, "Status: shipped to the yard on Monday."),
        ({"Precedence": "bulk"}, "The yard opens on 5 September, sausages for all."),
        (
            {"List_Unsubscribe": "<https://quarry.example/out>"},
            "Hello\n\nOur new cranes are here. " + "Look at them! " * 20,
        ),
        (
            {"Content_Type": "multipart/report; report-type=delivery-status; boundary=x"},
            "--x\nContent-Type: text/plain\n\nNiemand da.\n"
            "--x\nContent-Type: message/delivery-status\n\nStatus: 5.1.1\n--x--\n",
        ),
    ],
)
def test_what_only_the_headers_tell_of_a_program_is_not_lost(tmp_path: Path, heads: dict[str, str], text: str) -> None:
    def sides(name: str, **said: str) -> list[Side]:
        path = tmp_path / name
        path.write_bytes(mail(text, **said))
        (read,) = activities_in(path, OURS)
        assert read.activity
        return [message.side for message in read.activity.messages]

    assert sides("program.eml", **heads) == [Side.MACHINE]
    if "Content_Type" not in heads:
        assert sides("person.eml") == [Side.THEM]
        assert sides("human.eml", Auto_Submitted="no", Precedence="list", List_Post="<mailto:all@quarry.example>",
                     List_Unsubscribe="<mailto:out@quarry.example>") == [Side.THEM]  # fmt: skip


def test_a_word_typed_into_a_calendar_s_answer_stays_a_person_s(tmp_path: Path) -> None:
    answer = EmailMessage()
    answer["From"], answer["Subject"], answer["Auto-Submitted"] = "ana@quarry.example", "Kraan", "auto-generated"
    answer.set_content("I come ten minutes late, start without me please.")
    answer.add_alternative(b"BEGIN:VCALENDAR\n", maintype="text", subtype="calendar", params={"method": "REPLY"})
    (tmp_path / "a.eml").write_bytes(answer.as_bytes())
    (read,) = activities_in(tmp_path / "a.eml", OURS)
    assert read.activity
    assert [(m.side, m.text) for m in read.activity.messages] == [
        (Side.THEM, "I come ten minutes late, start without me please."),
        (Side.MACHINE, "Content-Type: text/calendar; method=reply"),
    ]


def test_a_mail_that_cannot_be_read_is_refused_alone(store: Store, tmp_path: Path) -> None:
    odd = mail(Content_Type="text/plain;name*")  # on which the library's own reader falls over
    strange = mail(
        "x", Content_Type='multipart/mixed; boundary="\x00', Date="Tue, 99 Foo 99999", From="<<>>,=?utf-8?b?%%?="
    )
    done = ingest(box(tmp_path / "a.mbox", odd, strange, mail(Message_ID="<c@quarry.example>")), store)
    assert (done.read, done.stored, done.adds_up) == (3, 2, True)
    assert [(refusal.line, refusal.reason) for refusal in done.refusals] == [
        (1, "This mail cannot be read (IndexError). Open it in its mail program and save it anew.")
    ]


def test_of_a_large_attachment_only_the_beginning_is_held(tmp_path: Path) -> None:
    coded = b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\n"
    top = mail("", Content_Type="multipart/mixed; boundary=x").rstrip(b"\n")
    part = b"\n\n--x\nContent-Type: text/plain\n\nThe plans are attached.\n"
    part += b"--x\nContent-Type: application/zip; name=plans.zip\nContent-Transfer-Encoding: base64\n\n" + coded * (
        3 * mailbox.MOST_CODED
    )
    last = b"--x\nContent-Type: application/pdf; name=last.pdf\n\nx\n--x--\n"
    path = box(tmp_path / "a.mbox", top + part + last)
    with path.open("rb") as file:
        (kept,) = mailbox._mails(file)
    assert len(kept.text) < path.stat().st_size // 2
    found = cells(path)
    assert (found["Body"], found["Attachments"]) == ("The plans are attached.", "plans.zip, last.pdf")


@pytest.mark.parametrize(
    ("heads", "text"),
    [
        ({"X_Failed_Recipients": "ida@quarry.example"}, "The address was not found.\n"),
        (
            {"Content_Type": "multipart/report; report-type=delivery-status; boundary=x"},
            "--x\nContent-Type: text/plain\n\nNiemand da.\n--x\nContent-Type: message/delivery-status\n\n"
            "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ida@quarry.example\nStatus: 5.1.1\n--x--\n",
        ),
    ],
)
def test_a_bounce_tells_whom_the_mail_did_not_reach(tmp_path: Path, heads: dict[str, str], text: str) -> None:
    path = tmp_path / "bounce.eml"
    path.write_bytes(mail(text, **heads))
    (read,) = activities_in(path, OURS)
    assert read.activity
    assert "ida@quarry.example" in mentioned(read.activity.raw_body, ())
