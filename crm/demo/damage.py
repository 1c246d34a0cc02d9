"""What happens to a log on its way out of a real CRM: lost words, lost accents, lost links, copies."""

import random
from dataclasses import replace

from crm.demo.rows import ActivityRow

CUT = (2_000, 2_135)  # where real exports were seen to cut a body, characters


def damaged(rows: list[ActivityRow], copies: int, seed: str) -> list[ActivityRow]:
    """The rows with the usual losses, plus `copies` entries that a second sync tool logged again."""
    dice = random.Random(seed)  # noqa: S311 - reproducible, not secret
    hurt = [_lose(row, dice) for row in rows]
    return hurt + [_logged_again(dice.choice(hurt), dice) for _ in range(copies)]


def _lose(row: ActivityRow, dice: random.Random) -> ActivityRow:
    body = row.crm_description
    if dice.random() < 0.04:
        body = "".join(c if c.isascii() else "?" for c in body)
    if dice.random() < 0.03:
        body = body.replace("'", "").replace("’", "")
    if row.direction == "outbound" and dice.random() < 0.03:
        body += "\n\nHi [[Recipient.Name]], unsubscribe: %unsubscribe_url%"
    if dice.random() < 0.03 and body:
        body = "<div>" + body.replace("\n", "<br>") + "</div>"
    limit = dice.randint(*CUT)
    lost_link = dice.random()
    return replace(
        row,
        crm_description=body[:limit],
        account="" if lost_link < 0.25 else row.account,
        contact_emails="" if 0.15 < lost_link < 0.35 else row.contact_emails,
    )


def _logged_again(row: ActivityRow, dice: random.Random) -> ActivityRow:
    return replace(row, contact_emails="" if dice.random() < 0.5 else row.contact_emails)
