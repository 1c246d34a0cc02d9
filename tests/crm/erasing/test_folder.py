"""Uploads that lie about: what names a person goes, and what cannot be looked into."""

from pathlib import Path

import pytest

from crm.erasing.folder import clean

MAIL = b"From: =?utf-8?q?Lena_F=C3=B6rst?= <lena@quarry.example>\nSubject: Seats\n\nF=C3=B6rst takes fourteen.\n"


@pytest.mark.parametrize(
    ("text", "goes"),
    [
        ("kind,note\ncall,Först takes fourteen\n".encode(), True),
        (b"kind,note\ncall,She takes fourteen\n", False),
        (MAIL, True),
        (b"From 1@xxx Tue Mar 03 07:00:00 2026\n" + MAIL, True),
    ],
)
def test_a_mailbox_goes_for_its_words_are_in_codes(tmp_path: Path, text: bytes, goes: bool) -> None:
    upload = tmp_path / "job" / "input.csv"
    upload.parent.mkdir()
    upload.write_bytes(text)
    assert clean(tmp_path, lambda said: "Först" in said) == [upload] * goes
    assert upload.exists() is not goes
