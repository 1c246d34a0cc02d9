"""What a vendor may do wrong, as one sentence each, with the wait that it asks for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crm.errors import LLMNonsense, LLMTrouble

WHOLE = ("STOP", "stop", "end_turn")  # how Google, OpenAI and Anthropic say that an answer is complete
UNREADABLE = "answered something that cannot be read."
BUSY = frozenset({408, 429, 500, 502, 503, 504})  # faults that may pass by themselves
SAID_BY_STATUS = {
    400: "did not accept the request",
    401: "refused the key: check GOOGLE_API_KEY",
    403: "refused the key: check GOOGLE_API_KEY",
    404: "does not exist (any more): check the name in CRM_LLM",
    408: "took too long",
    429: "has had too many requests; try again in a minute, or raise its quota",
    504: "took too long",
}
_SECONDS = re.compile(r"\A(\d+(?:\.\d+)?)s?\Z")


@dataclass(frozen=True, slots=True)
class Fault:
    """A vendor's exception, understood. `again`: it may pass by itself; `wait_s`: how long the vendor says to wait."""

    sentence: str
    again: bool = False
    wait_s: float | None = None

    def error(self) -> LLMTrouble:
        if self.sentence.endswith(UNREADABLE):
            return LLMNonsense(self.sentence)
        return LLMTrouble(self.sentence, wait_s=self.wait_s)


def understood(name: str, err: BaseException) -> Fault:
    """What went wrong, told by the status code or the kind of error anywhere in its chain of causes."""
    for cause in _chain(err):
        status = _status(cause)
        if status in SAID_BY_STATUS:
            return Fault(f"{name} {SAID_BY_STATUS[status]}.", status in BUSY, _asked_wait(cause))
        if status >= 500:
            said = f"{name} is having trouble on its side (error {status}); try again later."
            return Fault(said, True, _asked_wait(cause))
        if isinstance(cause, TimeoutError) or "Timeout" in type(cause).__name__:
            return Fault(f"{name} took too long.")
        if isinstance(cause, OSError) or "Connect" in type(cause).__name__ or "Protocol" in type(cause).__name__:
            return Fault(f"{name} cannot be reached; check the network and CRM_LLM_BASE_URL.")
    if any(isinstance(cause, ValueError) for cause in _chain(err)):
        return Fault(f"{name} {UNREADABLE}")
    return Fault(f"{name} failed ({type(err).__name__}).")


def unfinished(name: str, ended: str, came: bool) -> Fault:
    """An answer that ended in another way than a whole one does."""
    if ended in ("SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "RECITATION"):
        return Fault(f"{name} declined to answer ({ended.lower().replace('_', ' ')}).")
    if ended in ("MAX_TOKENS", "length", "max_tokens"):
        return Fault(f"{name} stopped at its length limit.")
    return Fault(f"{name} broke off before the end." if came else f"{name} sent an empty answer.")


def _status(cause: BaseException) -> int:
    """Google says `code`, OpenAI and Anthropic `status_code`; 0 where there is none."""
    found = (getattr(cause, name, None) for name in ("code", "status_code"))
    return next((status for status in found if isinstance(status, int)), 0)


def _asked_wait(cause: BaseException) -> float | None:
    """Seconds: from the body's RetryInfo (google.rpc), else from the Retry-After header."""
    told = [detail.get("retryDelay") for detail in _details(getattr(cause, "details", None))]
    headers = getattr(getattr(cause, "response", None), "headers", None)
    if headers is not None:
        told.append(headers.get("retry-after"))
    found = (_SECONDS.match(text) for text in told if isinstance(text, str))
    return next((float(match[1]) for match in found if match), None)


def _details(body: object) -> Iterator[Mapping[str, object]]:
    inner = body.get("error", body) if isinstance(body, Mapping) else None
    listed = inner.get("details") if isinstance(inner, Mapping) else None
    if isinstance(listed, list):
        yield from (detail for detail in listed if isinstance(detail, Mapping))


def _chain(err: BaseException | None) -> Iterator[BaseException]:
    while err is not None:
        yield err
        err = err.__cause__ or err.__context__
