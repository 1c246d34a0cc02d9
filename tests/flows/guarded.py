"""A CRM of two reps who must not see each other's accounts: the small one, with canary words in what is Claire's."""

import shutil
from pathlib import Path

from crm.access import Role, Viewer
from crm.intake.ingest import Plan, ingest
from house import House
from settings import Settings
from tests import four_accounts as small

HANNA, CLAIRE = Viewer("Hanna Lindqvist", Role.REP), Viewer("Claire Dumont", Role.REP)
OPS = Viewer("Olu Adeyemi", Role.OPS)

ROWS = Path(__file__).parent / "two_reps"
KINDS = ("accounts", "contacts", "deals", "leads", "activities")
CANARIES = (ROWS / "canaries.txt").read_text().split()


def build(folder: Path, learned: Path, minilm: Path) -> House:
    """The house over it, with the real index, asked for ownership. Models come from the caches of earlier runs."""
    opened = small.build(folder / "small")
    for kind in KINDS:
        ingest(ROWS / f"{kind}.csv", opened.store, Plan("demo", kind, small.OUR_DOMAINS))
    opened.store.engine.dispose()
    data = folder / "data"
    shutil.copytree(learned, data)
    for model in minilm.glob("*.onnx"):
        shutil.copy(model, data)
    (folder / "small" / "crm.sqlite").rename(data / "crm.sqlite")
    house = House(
        Settings(
            data_dir=data,
            llm="none",
            demo=False,
            ownership=True,
            auth=data / "users.jsonl",
            workers="1",
            our_domains=small.OUR_DOMAINS,
            _env_file=None,
        )
    )
    house.sync_now()
    return house
