"""Every knob: a wrong value is named with what is allowed, and .env.example knows them all."""

from pathlib import Path

import pytest

from crm.errors import BadSetting
from settings import Settings, read_settings

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*(f"CRM_{field.upper()}" for field in Settings.model_fields), "GOOGLE_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("CRM_PORT", "eighty", "CRM_PORT"),
        ("CRM_PORT", "70000", "65535"),
        ("CRM_LLM", "gemini", "auto, none, or provider:model"),
        ("CRM_AUTH", "ana:secret, bo:x", "user add NAME"),
        ("CRM_OWNERSHIP", "on", "CRM_AUTH"),
        ("CRM_DATABASE_URL", "postgresql://crm@db/crm", "only SQLite"),
        ("CRM_DATABASE_URL", "/srv/crm.sqlite", "sqlite:///FILE"),
        ("CRM_SESSION_HOURS", "0", "CRM_SESSION_HOURS"),
        ("CRM_LOG_LEVEL", "loud", "DEBUG, INFO, WARNING, ERROR"),
        ("CRM_WORKERS", "0", "here, a number from 1 to 64, dask, or dask://HOST:PORT"),
        ("CRM_WORKERS", "dask://nowhere", "dask://HOST:PORT"),
        ("CRM_HOST", "0.0.0.0", "CRM_AUTH"),
        ("CRM_HOST", "crm.example", "CRM_AUTH"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting, match=said.replace(".", r"\.")):
        read_settings()


def test_every_wrong_value_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_PORT", "x")
    monkeypatch.setenv("CRM_LLM", "x")
    with pytest.raises(BadSetting) as told:
        read_settings()
    assert "CRM_PORT" in str(told.value)
    assert "CRM_LLM" in str(told.value)


@pytest.mark.parametrize("workers", ["here", "1", "4", "dask", "dask://10.0.0.7:8786", "dask://[::1]:8786"])
def test_who_works_may_be_said_in_four_ways(monkeypatch: pytest.MonkeyPatch, workers: str) -> None:
    monkeypatch.setenv("CRM_WORKERS", workers)
    assert read_settings().workers == workers


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_loopback_needs_no_password(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("CRM_HOST", host)
    assert read_settings().host == host


def test_with_a_password_it_may_be_opened_to_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_HOST", "0.0.0.0")
    monkeypatch.setenv("CRM_AUTH", "/srv/crm/users.jsonl")
    assert read_settings().users_file == Path("/srv/crm/users.jsonl")


def test_passwords_of_the_old_way_are_not_repeated_in_the_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_AUTH", "ana:hushhush")
    with pytest.raises(BadSetting) as told:
        read_settings()
    assert "hushhush" not in str(told.value)


def test_lists_are_read_from_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_OUR_DOMAINS", " Ours.example, other.example ")
    assert read_settings().our_domains == {"ours.example", "other.example"}


def test_an_empty_value_means_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_PORT", "")
    assert read_settings().port == 7860


def test_the_example_file_knows_every_setting_and_no_other() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    written = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    known = {f"CRM_{name.upper()}" for name in Settings.model_fields if name != "google_api_key"}
    assert written == known | {"GOOGLE_API_KEY"}
