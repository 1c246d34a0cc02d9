"""A drafted mail as a file that a mail program opens for editing."""

import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from crm.quoting import folded, plain

HEAD = re.compile(r"\*\*[^*\n]{1,24}\*\*[^\S\n]*(?P<said>[^\n]+)")  # "**To:** Jo Lind (jo@x.example)", in any language
TO = re.compile(r"(?P<name>.*?)(?:\s*\((?P<address>(?a:[\w.+'-]+@[\w-]+(?:\.[\w-]+)+))\))?")
BELOW = re.compile(r"^---\s*$", re.MULTILINE)  # what the mail is built on stands below this line
CITED = re.compile(r"[^\S\n]*\[\d+\]")


@dataclass(frozen=True, slots=True)
class Letter:
    """A drafted mail. `address` is empty where none is on record."""

    name: str
    address: str
    subject: str
    body: str

    @property
    def eml(self) -> bytes:
        """The mail as RFC 5322 text; X-Unsent makes mail programs open it as a draft. It has no sender yet."""
        message = EmailMessage(policy=SMTP)
        if self.address:
            message["To"] = Address(self.name, addr_spec=self.address)
        message["Subject"] = self.subject
        message["X-Unsent"] = "1"
        message.set_content(self.body)
        return message.as_bytes()


def letter_in(answer: str) -> Letter | None:
    """The mail that an answer drafts: two head lines, then its words; None where it drafts none."""
    mail, *_ = BELOW.split(answer, maxsplit=1)
    to = HEAD.match(mail.lstrip())
    subject = HEAD.match(mail.lstrip()[to.end() :].lstrip()) if to else None
    if to is None or subject is None:
        return None
    whom = TO.fullmatch(folded(plain(to["said"])))
    body = mail.lstrip()[to.end() :].lstrip()[subject.end() :]
    if whom is None or not body.strip():
        return None
    return Letter(
        whom["name"], whom["address"] or "", folded(plain(subject["said"])), plain(CITED.sub("", body)).strip()
    )
