"""No file outside the folder for uploads and results can be read through the running server."""

import stat
from pathlib import Path
from urllib.parse import quote

from tests.chaos.server import ROOT, serving

SECRET = "the secret of the data folder"
ROUTES = ("/gradio_api/file=", "/gradio_api/file/", "/file=", "/static/")


def test_no_path_leads_out_of_the_folder_for_files(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for name in ("users.jsonl", "secret.csv"):
        (data / name).write_text(SECRET)
    with serving(data) as server:
        assert server.get("/")[0] in (200, 401)
        files = data / "files"
        assert files.is_dir()
        assert [path for path in (data, *data.rglob("*")) if _open_to_others(path)] == []
        uploads = files / "gradio"  # where Gradio keeps what it may show
        uploads.mkdir(exist_ok=True)
        for place in (files, uploads):
            (place / "link.csv").symlink_to(data / "secret.csv")
            (place / "folder").symlink_to(data)
        store, known = str(data / "crm.sqlite"), str(data / "secret.csv")
        up = "/".join([".."] * 12)
        targets = [
            known,
            store,
            str(data / "users.jsonl"),
            str(ROOT / "app.py"),
            str(ROOT / ".env.example"),
            "/etc/passwd",
            f"{files}/../secret.csv",
            f"{uploads}/../../secret.csv",
            *(f"{place}/{way}" for place in (files, uploads) for way in ("link.csv", "folder/secret.csv")),
            f"{up}{known}",
            f"{up}/etc/passwd",
            "file://" + known,
            known.upper(),
            known.replace("/", "//"),
            f"./{known}",
            known + "%00.csv",
        ]
        for route in ROUTES:
            for target in targets:
                for path in (target, quote(target, safe=""), quote(quote(target, safe=""), safe="")):
                    status, body = server.get(route + quote(path, safe="/%:"))
                    leaks = [
                        what
                        for what in (SECRET.encode(), b"SQLite format 3", b"root:x:", b"def main()")
                        if what in body
                    ]
                    assert (leaks, status == 200 and b"CRM_DATA_DIR" in body) == ([], False), (route, path)


def _open_to_others(path: Path) -> bool:
    """Whether another user of the machine may come to what the server made."""
    planted = path.name in ("users.jsonl", "secret.csv")
    return not planted and bool(path.stat().st_mode & (stat.S_IRWXO if path.is_dir() else stat.S_IRWXO | stat.S_IRWXG))
