"""A LangChain chat model behind the door: whatever it does wrong comes out as one sentence, in bounded time."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crm.errors import BadSetting, LLMNonsense, MissingPart
from crm.llm.door import Call, T
from crm.llm.faults import WHOLE, Fault, understood, unfinished

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

HURRIED_S = 4.0  # how long somebody who waits for words waits longer because the vendor asks to
PATIENT_S = 20.0  # the same for a form: a batch of verdicts
SOON_S = 0.5  # before another try when the vendor names no time
LETTERS = 4  # characters of a token, roughly, where a broken answer tells no count


def open_llm(name: str, api_key: str, base_url: str = "", timeout_s: float = 30.0, retries: int = 1) -> "ChatModel":
    """A model by its LangChain name, such as "google_genai:gemini-3.5-flash-lite". Nothing is sent yet."""
    from langchain.chat_models import init_chat_model

    # One attempt each: the clients wait as long as they please between theirs, and not as long as the vendor asks.
    # No temperature: Gemini 3.5 and later set their own, and warn about any other.
    options: dict[str, Any] = {"timeout": timeout_s, "max_retries": 1}
    if api_key:
        options["api_key"] = api_key
    if base_url:
        options["base_url"] = base_url
    try:
        return ChatModel(name, init_chat_model(name, **options), timeout_s, retries)
    except ImportError as err:
        raise MissingPart(f"The package for {name} is not installed: {err}") from err
    except ValueError as err:
        raise BadSetting(f"CRM_LLM={name} cannot be opened: {err}") from err


@dataclass(frozen=True, slots=True)
class ChatModel:
    """No stream lasts longer than about three time-outs. A fault that may pass is tried again before the first word."""

    name: str
    model: "BaseChatModel"
    timeout_s: float
    retries: int = 1
    rest: Callable[[float], None] = field(default=time.sleep, repr=False)

    def stream(self, prompt: str, call: Call | None = None) -> Iterator[str]:
        """The words as they come. Words that came before a fault have been yielded when it is raised."""
        used = call if call is not None else Call()
        tries = self.retries
        while True:
            came = 0
            try:
                for words in self._streamed(prompt, used):
                    came += len(words.strip())
                    yield words
                return
            except _Failed as failed:
                if came:
                    _guess(used, prompt, came)
                if came or not tries or not _worth_another_try(failed.fault, HURRIED_S):
                    raise failed.fault.error() from failed
                tries -= 1
                self.rest(_wait_s(failed.fault))

    def fill(self, prompt: str, shape: type[T], call: Call | None = None) -> T:
        """`shape` filled in by the model, validated."""
        used = call if call is not None else Call()
        tries = self.retries
        while True:
            try:
                return self._filled(prompt, shape, used)
            except _Failed as failed:
                if not tries or not _worth_another_try(failed.fault, PATIENT_S):
                    raise failed.fault.error() from failed
                tries -= 1
                self.rest(_wait_s(failed.fault))

    def _streamed(self, prompt: str, used: Call) -> Iterator[str]:
        deadline = time.monotonic() + 2 * self.timeout_s
        ended = ""
        came = False
        used.model = self.name
        try:
            for chunk in self.model.stream(prompt):
                if time.monotonic() > deadline:
                    raise _Failed(Fault(f"{self.name} took too long."))
                ended = _finish(chunk.response_metadata) or ended
                _count(used, getattr(chunk, "usage_metadata", None))
                if words := str(chunk.text):
                    came = came or bool(words.strip())
                    yield words
        except _Failed:
            raise
        except Exception as err:
            raise _Failed(understood(self.name, err)) from err
        if not came or ended not in WHOLE:
            raise _Failed(unfinished(self.name, ended, came))

    def _filled(self, prompt: str, shape: type[T], used: Call) -> T:
        used.model = self.name
        try:
            both = self.model.with_structured_output(shape, include_raw=True).invoke(prompt)
        except Exception as err:
            raise _Failed(understood(self.name, err)) from err
        if not isinstance(both, dict):
            raise LLMNonsense(f"{self.name} answered without the form it was asked to fill.")
        _count(used, getattr(both["raw"], "usage_metadata", None))
        if isinstance(both["parsed"], shape):
            return both["parsed"]
        wrong = both["parsing_error"]
        if wrong is not None:
            raise _Failed(understood(self.name, wrong)) from wrong
        raise LLMNonsense(f"{self.name} answered without the form it was asked to fill.")


def _worth_another_try(fault: Fault, longest_s: float) -> bool:
    return fault.again and _wait_s(fault) <= longest_s


def _wait_s(fault: Fault) -> float:
    """Seconds to wait before another try: as long as the vendor asks."""
    return fault.wait_s if fault.wait_s is not None else SOON_S


class _Failed(Exception):  # carries what was understood of it
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.sentence)
        self.fault = fault


def _count(used: Call, told: Mapping[str, Any] | None) -> None:
    """What the vendor says it used; in a stream each piece tells its own share."""
    if told:
        used.tokens_in += int(told.get("input_tokens") or 0)
        used.tokens_out += int(told.get("output_tokens") or 0)


def _guess(used: Call, prompt: str, came: int) -> None:
    """A broken stream is paid for too, and may not have told its count."""
    used.tokens_in = used.tokens_in or len(prompt) // LETTERS
    used.tokens_out = used.tokens_out or came // LETTERS


def _finish(metadata: dict[str, object]) -> str:
    blocked = metadata.get("prompt_feedback")
    if isinstance(blocked, dict) and blocked.get("block_reason"):
        return "SAFETY"
    return str(metadata.get("finish_reason") or metadata.get("stop_reason") or "")
