"""Gemini's batch mode: many prompts at half the price, answered within a day. Google's own client is spoken here.

https://ai.google.dev/gemini-api/docs/batch-api
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from crm.errors import BadSetting
from crm.llm.door import Call
from crm.llm.faults import understood

if TYPE_CHECKING:
    from google.genai import Client

PROVIDER = "google_genai"
MOST_BYTES = 15_000_000  # of prompts in one job: the vendor takes 20 MB with everything around them
ENDED = frozenset({"SUCCEEDED", "PARTIALLY_SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED"})


@dataclass(frozen=True, slots=True)
class Looked:
    """How a job stands. `replies` are texts by key, as far as there are any; `used` is what they cost in tokens."""

    state: str
    replies: Mapping[str, str]
    used: Call

    @property
    def ended(self) -> bool:
        return self.state in ENDED


@dataclass(frozen=True, slots=True)
class Batches:
    """The vendor's queue of jobs for one model. Its methods raise LLMTrouble."""

    name: str
    client: "Client"

    def submit(self, prompts: Mapping[str, str], shape: type[BaseModel], label: str) -> str:
        """Queues prompts by key, each to be answered with the form; the job's name."""
        form = {"response_mime_type": "application/json", "response_json_schema": shape.model_json_schema()}
        told: list[Any] = [
            {"contents": [{"role": "user", "parts": [{"text": text}]}], "metadata": {"key": key}, "config": form}
            for key, text in prompts.items()
        ]
        try:
            job = self.client.batches.create(model=self._model, src=told, config={"display_name": label})
        except Exception as err:
            raise understood(self.name, err).error() from err
        return str(job.name)

    def find(self, label: str) -> str:
        """The name of the job that was queued under a label; empty when the vendor has none."""
        try:
            jobs = self.client.batches.list(config={"page_size": 100})
            return next((str(job.name) for job in jobs if job.display_name == label and job.name), "")
        except Exception as err:
            raise understood(self.name, err).error() from err

    def look(self, job: str) -> Looked:
        try:
            found = self.client.batches.get(name=job)
        except Exception as err:
            raise understood(self.name, err).error() from err
        state = found.state.name.removeprefix("JOB_STATE_") if found.state else "PENDING"
        replies: dict[str, str] = {}
        used = Call(model=self.name)
        for one in (found.dest.inlined_responses if found.dest else None) or ():
            key = (one.metadata or {}).get("key", "")
            if one.response is None or not key:
                continue
            replies[key] = one.response.text or ""
            usage = one.response.usage_metadata
            used.tokens_in += (usage.prompt_token_count or 0) if usage else 0
            used.tokens_out += (usage.candidates_token_count or 0) + (usage.thoughts_token_count or 0) if usage else 0
        return Looked(state, replies, used)

    @property
    def _model(self) -> str:
        return self.name.partition(":")[2]


def open_batches(name: str, api_key: str, base_url: str = "", timeout_s: float = 60.0) -> Batches:
    """Nothing is sent yet. Raises BadSetting for a model of another vendor."""
    if name.partition(":")[0] != PROVIDER:
        raise BadSetting(f"Batch mode is there for Gemini alone, and CRM_LLM is {name}. Leave --batch out.")
    from google import genai
    from google.genai import types

    options = types.HttpOptions(base_url=base_url or None, timeout=round(timeout_s * 1000))
    return Batches(name, genai.Client(api_key=api_key, http_options=options))


def portions(prompts: Mapping[str, str], most: int = MOST_BYTES) -> Sequence[Mapping[str, str]]:
    """The prompts in as few jobs as the vendor takes."""
    found: list[dict[str, str]] = [{}]
    size = 0
    for key, text in prompts.items():
        length = len(text.encode("utf-8", "surrogatepass"))
        if found[-1] and size + length > most:
            found.append({})
            size = 0
        found[-1][key] = text
        size += length
    return [portion for portion in found if portion]
