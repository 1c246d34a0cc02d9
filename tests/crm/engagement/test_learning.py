"""Learning from corrections: lessons that can be taken back, old and new compared on rows neither has seen."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crm.engagement import lessons
from crm.engagement.corrections import correct, take_back
from crm.engagement.learned import LearnedJudge
from crm.engagement.learning import Compared, Learned, Pair, compare, learn
from crm.engagement.measure import Outcome
from crm.engagement.training_rows import Material
from crm.errors import MissingPart
from crm.nouns import Activity, Engagement
from crm.records.store import Store
from tests.crm.engagement.looking import LABELLED
from tests.crm.engagement.made import ENGAGED, ND, NOT_ENGAGED, activity, put

ROWS = 60  # of each of two files: a training takes a moment


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    folder = tmp_path_factory.mktemp("material")
    for name in ("activities_B.csv", "activities_C1.csv"):
        with (LABELLED / name).open(encoding="utf-8", newline="") as file:
            rows = [row for _, row in zip(range(ROWS + 1), csv.reader(file), strict=False)]
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return Material(folder, folder / "cache")


def nobody_looks(done: int, of: int) -> None:
    assert 0 < done <= of


NOTES = [activity(str(n), f"Berth {n}: the harbour master nodded, quay {n % 3} it is.") for n in range(9)]


def corrected(store: Store, label: Engagement = ENGAGED) -> list[Activity]:
    accounts = [replace(note, account_id=f"csv:A{number % 3}") for number, note in enumerate(NOTES)]
    put(store, accounts)
    for note in accounts:
        correct(store, note, label, by="ana")
    return accounts


def test_a_lesson_is_what_people_say_today_of_the_texts_of_today(store: Store) -> None:
    corrected(store)
    correct(store, NOTES[1], ND, by="ben")
    take_back(store, NOTES[2], "ana")
    put(store, [activity("3", "Something else.")])
    said = {record.activity_id: record.label for record in lessons.corrected(store)}
    assert said == {f"csv:{n}": ND if n == 1 else ENGAGED for n in range(9) if n not in (2, 3)}


def test_lessons_are_kept_in_order_and_taken_back_one_by_one(store: Store) -> None:
    corrected(store)
    records = lessons.corrected(store)
    assert lessons.taught(store) == ()
    first, second = lessons.put(store, records[:2]), lessons.put(store, records)
    assert lessons.all_lessons(store) == [first, second]
    assert [label for _, label in lessons.taught(store)] == [ENGAGED] * 9
    assert lessons.drop(store) == first
    assert lessons.in_use(store) == first
    assert lessons.drop(store) is None
    with pytest.raises(MissingPart, match="nothing to take back"):
        lessons.drop(store)


def test_a_text_that_is_gone_teaches_nothing(store: Store) -> None:
    corrected(store)
    lessons.put(store, lessons.corrected(store))
    put(store, [activity("0", "Something else.")])
    assert [a.id for a, _ in lessons.taught(store)] == [f"csv:{n}" for n in range(1, 9)]


def test_learning_teaches_and_unlearning_gives_the_same_judge_back(store: Store, material: Material) -> None:
    corrected(store)
    probe = activity("new", "Berth 77: the harbour master nodded, quay 1 it is.")
    before = LearnedJudge.ready(material)
    learned = learn(store, material, nobody_looks)
    assert learned.in_use
    assert learned.records == 9
    after = LearnedJudge.ready(material, extra=lessons.taught(store))
    assert after.policy != before.policy
    chances = [dict(judge.view(probe).probabilities)[ENGAGED] for judge in (before, after)]
    assert chances[1] > max(chances[0], 0.5)
    with pytest.raises(MissingPart, match="Nothing was corrected since"):
        learn(store, material, nobody_looks)
    lessons.drop(store)
    again = LearnedJudge.ready(material, extra=lessons.taught(store))
    assert (again.policy, again.view(probe)) == (before.policy, before.view(probe))


def test_without_corrections_there_is_nothing_to_learn(store: Store, material: Material) -> None:
    with pytest.raises(MissingPart, match="Nobody has corrected anything yet"):
        learn(store, material, nobody_looks)


def test_both_are_asked_about_every_file_and_every_account_that_they_did_not_see(
    store: Store, material: Material
) -> None:
    known = corrected(store)
    on_files, on_corrections = compare(material, (), [(a, ENGAGED) for a in known], nobody_looks)
    assert (len(on_files.pairs), len(on_corrections.pairs)) == (2 * ROWS, 9)
    assert {pair.new.truth for pair in on_files.pairs} == set(Engagement)
    assert "120 rows, none of them seen in training" in on_files.to_text()


def test_a_correction_with_the_words_of_a_labelled_row_does_not_give_it_away(material: Material) -> None:
    with (material.labelled / "activities_B.csv").open(encoding="utf-8", newline="") as file:
        copies = [
            (activity(f"copy{n}", row["crm_description"], row["crm_subject"]), Engagement(row["human_label"]))
            for n, row in enumerate(csv.DictReader(file))
        ]
    one_file = Material(material.labelled, material.cache)
    on_files, _ = compare(one_file, (), copies, nobody_looks)
    assert [pair.old for pair in on_files.pairs[:ROWS]] == [pair.new for pair in on_files.pairs[:ROWS]]
    assert [pair.old for pair in on_files.pairs[ROWS:]] != [pair.new for pair in on_files.pairs[ROWS:]]


def pair(old: Engagement, new: Engagement) -> Pair:
    return Pair(Outcome(ENGAGED, old, 0.9), Outcome(ENGAGED, new, 0.9))


@pytest.mark.parametrize(
    ("mended", "broken", "luck", "worse"),
    [(0, 0, 1.0, False), (5, 0, 0.0625, False), (0, 5, 0.0625, False), (0, 6, 0.03125, True), (6, 0, 0.03125, False)],
)
def test_only_what_is_hardly_luck_is_called_worse(mended: int, broken: int, luck: float, worse: bool) -> None:
    pairs = [pair(ND, ENGAGED)] * mended + [pair(ENGAGED, NOT_ENGAGED)] * broken + [pair(ENGAGED, ENGAGED)] * 20
    found = Compared("labelled files", tuple(pairs))
    assert (found.mended, found.broken, found.luck, found.worse) == (mended, broken, luck, worse)


def test_what_came_of_it_is_told() -> None:
    bad = Compared("labelled files", (pair(ENGAGED, ND),) * 9)
    told = Learned(3, (bad, Compared("corrections", ())), in_use=False).to_text()
    assert "mends 0 and breaks 9" in told
    assert "the old one stays in use" in told
    assert "corrections: no rows" in told
