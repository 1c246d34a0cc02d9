"""Who was there, as recorders and calendars list it."""

import pytest

from crm.engagement.attendees import present
from crm.engagement.phrase_finder import lexicon


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Participants: Mia Holm (Tessera), Ola Lund (Tessera)\nDuration: 22 min", "one"),
        ("Participants: Mia Holm (Tessera), Kari Moe (Bergen Fisk)", "more"),
        ("Participants: Kari Moe (Bergen Fisk), Jan Moe (Bergen Fisk), Mia Holm", "more"),
        ("Joined: K. Moe (external) 00:38:12; M. Holm (organizer) 00:40:03; J. Moe (external) 00:37:50", "more"),
        ("Participants: 2. M. Holm (internal) 00:21:40; O. Lund (internal) 00:19:02.", "one"),
        ("Teilnehmer: Mia Holm (Tessera), Ola Lund (Tessera)", "one"),
        ("Attendees: Kari Moe (accepted), Mia Holm (organizer)", ""),
        ("Participants: Mia, Ola", ""),
        ("Mia (Tessera) met Ola (Tessera)", ""),
    ],
)
def test_who_was_there(text: str, there: str) -> None:
    assert present(text, lexicon().present_labels) == there
