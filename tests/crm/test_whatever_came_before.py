"""Speed is bought with memory of what was read before; it may change nothing that is said."""

import csv
import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from crm.engagement.features import Features, features
from crm.engagement.learned import LearnedJudge
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.text_folding import STOP, folded, tokens, typed
from crm.engagement.training_rows import Material
from crm.engagement.vectors import BLANK, Vectors
from crm.nouns import Activity, Kind
from crm.threads import clean, people, signature, wrote_heads
from crm.threads.thread import Ours, RawActivity, activity

ROOT = Path(__file__).parents[2]
LABELLED = ROOT / "data" / "labelled"
KINDS = {"Email": Kind.EMAIL, "Call": Kind.CALL, "Event": Kind.EVENT, "Meeting": Kind.EVENT, "Task": Kind.TASK}


@pytest.fixture(scope="module")
def raws() -> list[RawActivity]:
    """Some labelled rows, each mail quoted once more below an answer, so that much comes back."""
    with (LABELLED / "activities_C2.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:150]
    found = []
    for number, row in enumerate(rows):
        kind, body = KINDS.get(row["crm_subtype"], Kind.OTHER), row["crm_description"]
        found.append(RawActivity(str(number), "csv", kind, row["crm_subject"], body))
        quoted = "\n".join(f"> {line}" for line in body.split("\n"))
        answer = f"Yes, {number} will do.\n\nOn Mon, Mar 2, 2026 at 10:15 AM Jane Doe <jane@x.example> wrote:\n{quoted}"
        found.append(RawActivity(f"{number}-a", "csv", Kind.EMAIL, f"Re: {row['crm_subject']}", answer))
    return found


@pytest.fixture(scope="module")
def rules() -> RuleJudge:
    return RuleJudge.ready(ROOT / "playbook")


def parsed(raws: Sequence[RawActivity]) -> list[Activity]:
    return [activity(raw, Ours()) for raw in raws]


def forget() -> None:
    for remembering in (clean._remembered, people._remembered, signature._remembered, wrote_heads._told):
        remembering.cache_clear()


def test_a_thread_is_read_alike_after_whatever_was_read_before(raws: list[RawActivity]) -> None:
    forget()
    first = parsed(raws)
    again = parsed(raws)
    shuffled = random.Random(3).sample(raws, len(raws))
    forget()
    other_way = {one.native_id: one for one in parsed(shuffled)}
    assert again == first
    assert [other_way[one.native_id] for one in first] == first


def test_features_are_alike_in_batches_of_any_size(raws: list[RawActivity], rules: RuleJudge) -> None:
    at_once = [features(one, rules.lexicon) for one in parsed(raws)]
    parts = [raws[start : start + 7] for start in range(0, len(raws), 7)]
    in_parts = [features(one, rules.lexicon) for part in parts for one in parsed(part)]
    assert in_parts == at_once


def test_a_text_is_cut_into_the_same_words_whatever_was_cut_before(raws: list[RawActivity]) -> None:
    odd = "Q3/4 at 10:30, 1.000,50 or n/a: he_said\n\nyes…no \u2028 b/c 3pm (v2.1)|" + "x" * 90 + ".\u00bd\r\nend"
    for text in (odd, *(folded(raw.raw_body) for raw in raws)):
        pieces = [STOP if token in ".!?;:\n|•·–—>" else token for token in typed(text.lower())]
        assert tokens(text) == pieces
        assert tokens(text) == pieces


def test_the_small_model_says_the_same_of_one_record_as_of_a_batch(raws: list[RawActivity], learned: Path) -> None:
    judge = LearnedJudge.ready(Material(LABELLED, learned))
    some = parsed(raws[:40])
    assert judge.judge(some) == [verdict for one in some for verdict in judge.judge([one])]


def named(seen: Features, votes: Sequence[str]) -> set[str]:
    """The columns of a record by their names, spelt out."""
    channel = next(flag for flag in seen.flags if flag.startswith("channel:"))[8:]
    crossed = ("no:", "subject:", "body:", "outcome:", "last:", "has:", "tag:", "top:", "rule:", "says:")
    found = set()
    for flag in (*seen.flags, *votes):
        found |= {flag, f"blank|{channel}|{flag}"} if BLANK in seen.flags else {flag}
        if flag.startswith(crossed) or not set(":>") & set(flag):
            found.add(f"{channel}|{flag}")
    letters = {"them": "t", "machine": "m", "outcome": "o", "leftover": "l", "subject": "s", "note": "n"}
    letters |= {"us": "u", "us_below": "u", "unknown": "x", "unknown_below": "x"}
    for zone, words in seen.words:
        for one, other in pairwise((*words, STOP)) if zone in letters else ():
            found |= {f"={one[:5]}", f"{letters[zone]}_{one[:5]}"} if one != STOP else set()
            found |= {f"{letters[zone]}_{one[:5]} {other[:5]}"} if STOP not in (one, other) else set()
    return found


def test_columns_are_found_as_if_by_their_names(raws: list[RawActivity], rules: RuleJudge) -> None:
    seen = [features(one, rules.lexicon) for one in parsed(raws)]
    votes = [tuple(f"rule:{rule.name}" for rule in rules.vote(each).spoke) for each in seen]
    vectors = Vectors.fitted(list(zip(seen, votes, strict=True)))
    names = tuple(vectors.columns)
    for each, spoke in zip(seen, votes, strict=True):
        table = vectors.table([(each, spoke)])
        numbers, values = table.numbers.tolist(), table.values.tolist()
        found = {names[number] for number in numbers if not names[number].startswith("#")}
        assert found == named(each, spoke) & vectors.columns.keys()
        assert len(numbers) == len(values) == len(set(numbers))
