"""The one door to a chat model. LangChain is spoken here only.

A model is two things: words that stream, or a filled form. Whatever a vendor may do wrong comes out as one
LLMTrouble with a sentence, in bounded time.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pydantic import BaseModel

from crm.errors import BadSetting, LLMNonsense, LLMTrouble, MissingPart

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

T = TypeVar("T", bound=BaseModel)
WHOLE = ("STOP", "stop", "end_turn")  # how Google, OpenAI and Anthropic say that an answer is complete
UNREADABLE = "answered something that cannot be read."
SAID_BY_STATUS = {
    400: "did not accept the request",
    401: "refused the key: check GOOGLE_API_KEY",
    403: "refused the key: check GOOGLE_API_KEY",
    404: "does not exist (any more): check the name in CRM_LLM",
    408: "took too long",
    429: "has had too many requests; try again in a minute, or raise its quota",
    504: "took too long",
}


class LLM(Protocol):
    """A chat model. `name` is "provider:model"; both methods raise LLMTrouble and nothing else."""

    @property
    def name(self) -> str: ...

    def stream(self, prompt: str) -> Iterator[str]: ...

    def fill(self, prompt: str, shape: type[T]) -> T: ...


def open_llm(name: str, api_key: str, base_url: str = "", timeout_s: float = 30.0, retries: int = 1) -> LLM:
    """A model by its LangChain name, such as "google_genai:gemini-3.5-flash-lite". Nothing is sent yet."""
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {
        "api_key": api_key,
        "timeout": timeout_s,
        "max_retries": retries + 1,
        "temperature": 0.2,
    }
    if base_url:
        options["base_url"] = base_url
    try:
        return ChatModel(name, init_chat_model(name, **options), timeout_s)
    except ImportError as err:
        raise MissingPart(f"The package for {name} is not installed: {err}") from err
    except ValueError as err:
        raise BadSetting(f"CRM_LLM={name} cannot be opened: {err}") from err


@dataclass(frozen=True, slots=True)
class ChatModel:
    """A LangChain chat model behind our door. No stream lasts longer than about three time-outs."""

    name: str
    model: "BaseChatModel"
    timeout_s: float

    def stream(self, prompt: str) -> Iterator[str]:
        """The words as they come. Words that came before a fault have been yielded when it is raised."""
        deadline = time.monotonic() + 2 * self.timeout_s
        ended = ""
        came = False
        try:
            for chunk in self.model.stream(prompt):
                if time.monotonic() > deadline:
                    raise LLMTrouble(f"{self.name} took too long.")
                ended = _finish(chunk.response_metadata) or ended
                if words := str(chunk.text):
                    came = True
                    yield words
        except LLMTrouble:
            raise
        except Exception as err:
            raise LLMTrouble(_sentence(self.name, err)) from err
        if not came or ended not in WHOLE:
            raise LLMTrouble(_unfinished(self.name, ended, came))

    def fill(self, prompt: str, shape: type[T]) -> T:
        """`shape` filled in by the model, validated."""
        try:
            filled = self.model.with_structured_output(shape).invoke(prompt)
        except Exception as err:
            said = _sentence(self.name, err)
            raise (LLMNonsense if said.endswith(UNREADABLE) else LLMTrouble)(said) from err
        if not isinstance(filled, shape):
            raise LLMNonsense(f"{self.name} answered without the form it was asked to fill.")
        return filled


def _finish(metadata: dict[str, object]) -> str:
    blocked = metadata.get("prompt_feedback")
    if isinstance(blocked, dict) and blocked.get("block_reason"):
        return "SAFETY"
    return str(metadata.get("finish_reason") or metadata.get("stop_reason") or "")


def _unfinished(name: str, ended: str, came: bool) -> str:
    if ended in ("SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "RECITATION"):
        return f"{name} declined to answer ({ended.lower().replace('_', ' ')})."
    if ended in ("MAX_TOKENS", "length", "max_tokens"):
        return f"{name} stopped at its length limit."
    return f"{name} broke off before the end." if came else f"{name} sent an empty answer."


def _sentence(name: str, err: BaseException) -> str:
    """What went wrong, told by the status code or the kind of error anywhere in its chain of causes."""
    for cause in _chain(err):
        status = getattr(cause, "code", None)
        if isinstance(status, int) and status in SAID_BY_STATUS:
            return f"{name} {SAID_BY_STATUS[status]}."
        if isinstance(status, int) and status >= 500:
            return f"{name} is having trouble on its side (error {status}); try again later."
        if isinstance(cause, TimeoutError) or "Timeout" in type(cause).__name__:
            return f"{name} took too long."
        if isinstance(cause, OSError) or "Connect" in type(cause).__name__ or "Protocol" in type(cause).__name__:
            return f"{name} cannot be reached; check the network and CRM_LLM_BASE_URL."
    if any(isinstance(cause, ValueError) for cause in _chain(err)):
        return f"{name} {UNREADABLE}"
    return f"{name} failed ({type(err).__name__})."


def _chain(err: BaseException | None) -> Iterator[BaseException]:
    while err is not None:
        yield err
        err = err.__cause__ or err.__context__
