"""A drafted mail as a file that a mail program opens for editing."""

import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from crm.quoting import folded, plain

# "**To:** Jo Lind (jo@x.example)", a line "**Subject:** ..." in any language, the words
DRAFT = re.compile(
    r"\s*\*\*[^*\n]{1,24}\*\*[^\S\n]*(?P<to>[^\n]+)\s+\*\*[^*\n]{1,24}\*\*[^\S\n]*(?P<subject>[^\n]+)(?P<body>.*)", re.S
)
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
    found = DRAFT.fullmatch(mail)
    whom = TO.fullmatch(folded(plain(found["to"]))) if found else None
    if found is None or whom is None or not found["body"].strip():
        return None
    body = plain(CITED.sub("", found["body"])).strip()
    return Letter(whom["name"], whom["address"] or "", folded(plain(found["subject"])), body)
