"""Every knob, once: the only file that reads the environment."""

import ipaddress
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from crm.errors import BadSetting

HERE = Path(__file__).parent
MOST_PROCESSES = 64


class Settings(BaseSettings):
    """What can be set, each as CRM_<NAME> in the environment or in `.env`; the environment wins."""

    model_config = SettingsConfigDict(
        env_prefix="CRM_", env_file=HERE / ".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    data_dir: Path = Field(HERE / "data" / "store", description="where the store, the index and the caches lie")
    database_url: str = Field("", description="sqlite:///FILE; empty: crm.sqlite in the data folder")
    host: str = Field("127.0.0.1", description="the address to serve on; anything but loopback needs CRM_AUTH")
    port: int = Field(7860, ge=0, le=65535, description="the port to serve on; 0 picks a free one")
    auth: Path | None = Field(None, description="the users file that `python app.py user add` writes")
    session_hours: float = Field(12.0, gt=0, le=24 * 30, description="how long somebody stays signed in")
    token: SecretStr = Field(SecretStr(""), description="who uses `python app.py mcp`, where people sign in")
    ownership: bool = Field(False, description="on: a rep sees only the accounts they own")
    llm: str = Field(
        "auto",
        description="auto (the playbook's model when there is a key), none, or provider:model",
    )
    google_api_key: SecretStr = Field(SecretStr(""), validation_alias="GOOGLE_API_KEY", description="key for Gemini")
    llm_base_url: str = Field("", description="another address that speaks the model's protocol, such as a proxy")
    llm_timeout_s: float = Field(30.0, gt=0, le=600, description="seconds to wait for a model")
    llm_fallback: str = Field("", description="a second model, provider:model, for when the first one fails")
    mask: Literal["on", "off"] = Field(
        "on", description="on: people's names, addresses, numbers and links never leave; off: they do"
    )
    budget: float = Field(0.0, ge=0, description="dollars a day for models; 0 is no limit")
    cache_url: str = Field(
        "", description="where a model's replies are remembered: empty: the store; redis://HOST:PORT"
    )
    cache_hours: float = Field(168.0, gt=0, description="hours for which a model's reply is remembered")
    our_domains: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="our own mail domains, separated by commas; empty: found from the data"
    )
    workers: str = Field(
        "here",
        description="who works on large imports and audits: here (this machine's cores), a number of processes, "
        "dask (a cluster of its own on this machine), or dask://HOST:PORT",
    )
    demo: bool = Field(True, description="load the demo CRM when the store is empty")
    log_level: str = Field("WARNING", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("auth", mode="before")
    @classmethod
    def _file(cls, value: object) -> object:
        if isinstance(value, str) and ":" in value and not Path(value).is_absolute():
            raise ValueError(  # the value itself is never told: it may hold passwords
                "name:password pairs are no longer read. Run `python app.py user add NAME --role admin` for each "
                "person and set CRM_AUTH to the users file that it names"
            )
        return value

    @field_validator("our_domains", mode="before")
    @classmethod
    def _domains(cls, value: object) -> object:
        return frozenset(d.strip().lower() for d in value.split(",") if d.strip()) if isinstance(value, str) else value

    @field_validator("llm")
    @classmethod
    def _model(cls, value: str) -> str:
        if value not in ("auto", "none") and not all(value.partition(":")):
            raise ValueError("allowed are auto, none, or provider:model such as google_genai:gemini-3.5-flash")
        return value

    @field_validator("llm_fallback")
    @classmethod
    def _second(cls, value: str) -> str:
        if value and not all(value.partition(":")):
            raise ValueError("write it as provider:model, such as google_genai:gemini-3.5-flash")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if value and not value.startswith("sqlite:///"):
            raise ValueError("only SQLite can hold the store: allowed are nothing (crm.sqlite), or sqlite:///FILE")
        return value

    @field_validator("cache_url")
    @classmethod
    def _cache(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("allowed are nothing (the store), or redis://HOST:PORT")
        return value

    @field_validator("workers", mode="before")
    @classmethod
    def _workers(cls, value: object) -> str:
        told = str(value).strip().lower()
        place = told.removeprefix("dask://")
        host, _, port = place.rpartition(":")
        if told in ("here", "dask") or (told.isdigit() and 1 <= int(told) <= MOST_PROCESSES):
            return told
        if place != told and host and port.isdigit():
            return told
        raise ValueError(f"allowed are here, a number from 1 to {MOST_PROCESSES}, dask, or dask://HOST:PORT")

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        allowed = ("DEBUG", "INFO", "WARNING", "ERROR")
        if value.upper() not in allowed:
            raise ValueError(f"allowed are {', '.join(allowed)}")
        return value.upper()

    @model_validator(mode="after")
    def _guarded(self) -> "Settings":
        if self.auth is None and not _loopback(self.host):
            raise ValueError(
                f"CRM_HOST={self.host} would open the CRM to the network without a password: run "
                "`python app.py user add NAME --role admin` and set CRM_AUTH to the users file, or serve on 127.0.0.1"
            )
        if self.ownership and self.auth is None:
            raise ValueError("CRM_OWNERSHIP=on needs CRM_AUTH: who owns what counts only where people sign in")
        return self

    @property
    def users_file(self) -> Path:
        """Where people are kept, whether they have to sign in yet or not."""
        return self.auth or self.data_dir / "users.jsonl"

    @property
    def store_url(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'crm.sqlite'}"


def read_settings() -> Settings:
    """The settings as they are now. Raises BadSetting with every wrong one and what it may be."""
    try:
        return Settings()
    except ValidationError as err:
        raise BadSetting("\n".join(_told(e["loc"], e["msg"]) for e in err.errors())) from err


def _told(where: tuple[int | str, ...], message: str) -> str:
    message = message.removeprefix("Value error, ")
    if not where:
        return message
    name = str(where[0]).upper()
    return f"{name if name == 'GOOGLE_API_KEY' else 'CRM_' + name}: {message}"


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
