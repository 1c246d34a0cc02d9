"""Errors as problem details (RFC 9457): one form for everything that an API answers instead of a result."""

import logging
import secrets
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from crm.errors import (
    BadFile,
    BadLabel,
    BadRow,
    BadSetting,
    CrmError,
    LLMTrouble,
    MissingPart,
    NotAllowed,
    Stopped,
    StoreTrouble,
)

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
STATUS: Mapping[type[CrmError], int] = {
    NotAllowed: 403,
    MissingPart: 404,
    Stopped: 409,
    BadFile: 422,
    BadRow: 422,
    BadLabel: 422,
    BadSetting: 422,
    LLMTrouble: 502,
    StoreTrouble: 503,
}


class Mistake(BaseModel):
    """One thing that is wrong with a request: where, and what."""

    where: str
    what: str


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    title: str = Field(description="the kind of problem, the same for every problem of its status")
    status: int
    detail: str = Field(description="a sentence that says what to do")
    mistakes: list[Mistake] = Field([], description="each wrong part of the request, where parts are wrong")


class Trouble(Exception):
    """A problem of the border itself: a wrong cursor, a key used twice, a body too large."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


def problem(
    status: int, detail: str, mistakes: Sequence[Mistake] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """A problem as a response."""
    told = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, mistakes=list(mistakes))
    named = dict(headers or {})
    if status == HTTPStatus.UNAUTHORIZED:
        named["WWW-Authenticate"] = "Bearer"
    return Response(told.model_dump_json(), status, named, MEDIA_TYPE)


def handled(app: FastAPI) -> None:
    """Teaches an app to answer every error as a problem."""

    @app.exception_handler(CrmError)
    def named(request: Request, err: CrmError) -> Response:
        return problem(status_of(err), str(err))

    @app.exception_handler(Trouble)
    def border(request: Request, err: Trouble) -> Response:
        return problem(err.status, err.detail)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, err: RequestValidationError) -> Response:
        mistakes = [Mistake(where=".".join(map(str, e["loc"])), what=e["msg"]) for e in err.errors()]
        return problem(422, "The request is not of the form that the API's description asks for.", mistakes)

    @app.exception_handler(HTTPException)
    def refused(request: Request, err: HTTPException) -> Response:
        return problem(err.status_code, str(err.detail), headers=err.headers)

    @app.exception_handler(Exception)
    def broken(request: Request, err: Exception) -> Response:
        return problem(500, reference(err))


def status_of(err: CrmError) -> int:
    """The status for a named error, by the nearest of its kinds."""
    return next((STATUS[kind] for kind in type(err).__mro__ if kind in STATUS), 500)


def reference(err: Exception) -> str:
    """A bug as a sentence; its trace goes to the log under the reference that is told."""
    number = secrets.token_hex(2)
    log.error("something broke, reference %s", number, exc_info=err)
    return f"Something broke, reference {number}. The log holds the details under that reference."
