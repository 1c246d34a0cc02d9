import csv
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crm.engagement.learned import LEAST_ENGAGED, SURE, LearnedJudge, likeliest
from crm.engagement.model import LABELS, Model
from crm.engagement.training_rows import Material
from crm.errors import BadFile
from crm.nouns import Engagement
from crm.workers import Processes
from tests.crm.engagement.looking import LABELLED, record

NOTES = {
    "ENGAGED": ["Spoke with {}, wants the quote", "{} called back and agreed to the trial", "{} picked up, likes it"],
    "NOT ENGAGED": ["LVM for {}", "no answer from {}", "front desk would not put me through to {}"],
    "ND": ["", "{}?", "see email"],
}
NAMES = ["Kari", "Jan", "Mia", "Ola", "Nils", "Eva", "Tom", "Ida", "Per", "Liv"]


def labelled(folder: Path, names: list[str], name: str = "activities_a.csv") -> Path:
    folder.mkdir(exist_ok=True)
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["hs_object_id", "crm_subject", "crm_description", "crm_subtype", "human_label"])
        number = 0
        for label, notes in NOTES.items():
            for note in notes:
                for person in names:
                    number += 1
                    writer.writerow([number, f"Call {person}", note.format(person), "Call", label])
    return folder


@pytest.fixture
def small(tmp_path: Path) -> LearnedJudge:
    return LearnedJudge.ready(Material(labelled(tmp_path / "labelled", NAMES), tmp_path / "cache"))


@pytest.mark.parametrize(
    ("body", "label"),
    [
        ("Spoke with Berta, wants the quote", Engagement.ENGAGED),
        ("no answer from Berta", Engagement.NOT_ENGAGED),
        ("", Engagement.ND),
    ],
)
def test_it_learns_what_it_is_shown(small: LearnedJudge, body: str, label: Engagement) -> None:
    verdict = small.judge([record("call", "Call Berta", body)])[0]
    assert verdict is not None
    assert (verdict.engagement, verdict.decided_by, verdict.undecided) == (label, "model", False)
    assert verdict.confidence >= SURE


def test_what_reads_as_sure_is_sure(small: LearnedJudge) -> None:
    """80 % beside "no judge is sure" is what a reader takes for a fault: whole percent count, as they are shown."""
    batch = [record("call", f"Call {name}", "Spoke with her, wants the quote") for name in (*NAMES, "Berta", "Rosa")]
    chances = [verdict.confidence for verdict in small.judge(batch) if verdict]
    number, chance = next((n, c) for n, c in enumerate(chances) if round(c, 2) > c)
    for sure, undecided in ((round(chance, 2), False), (round(chance, 2) + 0.01, True)):
        verdict = replace(small, sure=sure).judge([batch[number]])[0]
        assert verdict is not None
        assert verdict.undecided is undecided


def test_a_guess_is_marked_and_says_so(small: LearnedJudge) -> None:
    verdict = small.judge([record("task", "Blue", "seven of them, in the yard, by the old gate")])[0]
    assert verdict is not None
    assert verdict.undecided
    assert verdict.confidence < SURE
    assert verdict.because.startswith("Undecided: no judge is sure.")


def test_it_is_learned_once_and_kept_by_content(tmp_path: Path) -> None:
    folder, cache = labelled(tmp_path / "labelled", NAMES), tmp_path / "cache"
    first = LearnedJudge.ready(Material(folder, cache))
    kept = list(cache.iterdir())
    assert [path.suffix for path in kept] == [".npz"]
    written = kept[0].stat().st_mtime_ns
    again = LearnedJudge.ready(Material(folder, cache))
    assert (again.policy, kept[0].stat().st_mtime_ns) == (first.policy, written)
    one = record("call", "Call Berta", "spoke with Berta, no answer at first")
    assert again.judge([one]) == first.judge([one])
    labelled(folder, NAMES[:-1])
    assert LearnedJudge.ready(Material(folder, cache)).policy != first.policy
    assert len(list(cache.iterdir())) == 2


def test_a_file_can_be_left_out(tmp_path: Path) -> None:
    folder = labelled(labelled(tmp_path / "labelled", NAMES), NAMES[:5], "activities_b.csv")
    whole = LearnedJudge.ready(Material(folder, tmp_path / "cache"))
    without = LearnedJudge.ready(Material(folder, tmp_path / "cache"), without=[folder / "activities_b.csv"])
    alone = tmp_path / "alone"
    labelled(alone, NAMES)
    assert without.policy != whole.policy
    assert without.policy == LearnedJudge.ready(Material(alone, tmp_path / "cache")).policy


def test_other_processes_read_the_files_to_the_same_model(tmp_path: Path) -> None:
    folder = labelled(labelled(tmp_path / "labelled", NAMES), NAMES[:5], "activities_b.csv")
    here = LearnedJudge.ready(Material(folder, tmp_path / "here"))
    there = LearnedJudge.ready(Material(folder, tmp_path / "there", workers=Processes(2)))
    assert there.model.vectors.columns == here.model.vectors.columns
    assert (there.model.weights == here.model.weights).all()


def test_folds_read_each_file_once(tmp_path: Path) -> None:
    folder = labelled(labelled(tmp_path / "labelled", NAMES), NAMES[:5], "activities_b.csv")
    material = Material(folder, tmp_path / "cache").for_folds()
    whole = LearnedJudge.ready(material)
    for path in material.files:
        path.write_text("nothing to learn from any more", encoding="utf-8")
    again = LearnedJudge.ready(material.kept_in(tmp_path / "elsewhere"))
    assert (again.model.weights == whole.model.weights).all()


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 not a zip", b"\x80\x04\x95 a pickle"])
def test_a_damaged_cache_is_learned_anew(tmp_path: Path, damage: bytes) -> None:
    folder, cache = labelled(tmp_path / "labelled", NAMES), tmp_path / "cache"
    before = LearnedJudge.ready(Material(folder, cache))
    path = next(cache.iterdir())
    path.write_bytes(damage)
    one = record("call", "Call Berta", "no answer")
    assert LearnedJudge.ready(Material(folder, cache)).judge([one]) == before.judge([one])
    assert path.read_bytes() != damage


def test_a_cache_that_holds_objects_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    np.savez(
        path,
        names=np.array([{"run": "me"}], dtype=object),
        idf=np.zeros(1),
        weights=np.zeros((1, 3)),
        offsets=np.zeros(3),
    )
    assert Model.load(path) is None


def test_nothing_to_learn_from_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadFile, match="no labelled files"):
        LearnedJudge.ready(Material(tmp_path / "empty", tmp_path))
    folder = labelled(tmp_path / "labelled", NAMES)
    path = folder / "activities_a.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",ND", ",ENGAGED"), encoding="utf-8")
    with pytest.raises(BadFile, match="all three labels"):
        LearnedJudge.ready(Material(folder, tmp_path))


def test_length_alone_decides_nothing(learned: Path) -> None:
    judge = LearnedJudge.ready(Material(LABELLED, learned))
    note = "no answer, left a voicemail. "
    short, long = judge.judge([record("call", "Kari Moe", note), record("call", "Kari Moe", note * 40)])
    assert short is not None
    assert long is not None
    assert short.engagement == long.engagement == Engagement.NOT_ENGAGED


def test_it_asks_without_importing_scikit_learn(tmp_path: Path, small: LearnedJudge) -> None:
    import subprocess
    import sys

    shutil.copytree(tmp_path / "cache", tmp_path / "kept")
    code = (
        "import sys; from pathlib import Path; from crm.engagement.learned import LearnedJudge; "
        "from crm.engagement.training_rows import Material; "
        f"LearnedJudge.ready(Material(Path({str(tmp_path / 'labelled')!r}), Path({str(tmp_path / 'kept')!r}))); "
        "print('sklearn' in sys.modules, 'scipy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]
    )
    assert done.stdout.split() == ["False", "False"]
    assert len(LABELS) == 3


@pytest.mark.parametrize(
    ("engaged", "said"), [(LEAST_ENGAGED, Engagement.ENGAGED), (LEAST_ENGAGED - 0.01, Engagement.NOT_ENGAGED)]
)
def test_engaged_is_said_only_where_more_than_doubt_speaks_for_it(engaged: float, said: Engagement) -> None:
    rest = 1 - engaged
    chances = zip(LABELS, (engaged, rest / 3, 2 * rest / 3), strict=True)
    assert likeliest(chances)[0] is said
