"""Rows that look like a real export's: some 800 characters on average, a quarter of them duplicates, threads quoted.

The labelled texts are varied by a seeded dice, so that no other two texts are alike: digits change, words are put
in, mails are quoted below each other. Nobody labelled the result, so nothing but speed is measured on it.
"""

import csv
import random
import re
from collections.abc import Iterator
from pathlib import Path

LABELLED = Path(__file__).parents[2] / "data" / "labelled"
HEADER = ("hs_object_id", "crm_subject", "crm_description", "crm_subtype")
DUPLICATES = 0.24
_QUOTED = (0, 3, 7, 11, 15)  # mails below a mail
_HEAD = "On Mon, Mar 2, 2026 at 10:15 AM Jane Doe <jane@norvik.example> wrote:"
_SYLLABLES = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "wu", "za", "pe", "do", "ga", "hi", "jo"]
_BETWEEN_WORDS = re.compile(r"(?<=[a-z]) (?=[a-z])")


def write(path: Path, count: int, seed: int = 5) -> float:
    """Writes so many rows in the seed format; the mean length of their texts."""
    length = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number, row in zip(range(count), _rows(random.Random(seed)), strict=False):
            writer.writerow((1_000_000 + number, *row))
            length += len(row[1])
    return length / count


def _rows(dice: random.Random) -> Iterator[tuple[str, str, str]]:
    """Subject, text and kind, without end."""
    labelled = [row for path in sorted(LABELLED.glob("activities_*.csv")) for row in _read(path)]
    made: list[tuple[str, str, str]] = []
    while True:
        if made and dice.random() < DUPLICATES:
            yield dice.choice(made)
            continue
        subject, text, kind = dice.choice(labelled)
        if kind == "Email" and text:
            below = [dice.choice(labelled)[1][:700] for _ in range(dice.choice(_QUOTED))]
            text += "".join("\n\n" + _HEAD + "\n> " + one.replace("\n", "\n> ") for one in below if one)
        made.append((_varied(subject, dice), _varied(text, dice), kind))
        yield made[-1]


def _varied(text: str, dice: random.Random) -> str:
    def between(_: re.Match[str]) -> str:
        return f" {''.join(dice.choices(_SYLLABLES, k=3))} " if dice.random() < 0.05 else " "

    return _BETWEEN_WORDS.sub(between, re.sub(r"\d", lambda _: str(dice.randrange(10)), text))


def _read(path: Path) -> list[tuple[str, str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["crm_subject"], row["crm_description"], row["crm_subtype"]) for row in csv.DictReader(file)]
