"""Signing in and out: plain pages that need no script."""

import hashlib
import hmac
import secrets
from html import escape
from math import ceil
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.guard import COOKIE, Doors, caller_of
from crm.errors import NotSignedIn, TooManyTries

FORM_COOKIE = "crm_sign_in"
FORM_LASTS = 3_600  # seconds in which a form may be sent
FIELD = 1_024  # characters of a name or a password that are looked at
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Engaged?</title><link rel="stylesheet" href="/sign-in.css"></head>
<body><main><h1>Engaged?</h1><p>the CRM assistant that shows its proof</p>{body}</main></body></html>"""
FORM = """{problem}<form method="post" action="/sign-in">
<input type="hidden" name="form" value="{form}"><input type="hidden" name="next" value="{next}">
<label for="name">Name</label>
<input id="name" name="name" autocomplete="username" maxlength="1024" required autofocus value="{name}"{wrong}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" required{wrong}>
<button>Sign in</button></form>"""
PROBLEM = '<p class="problem" role="alert" id="problem">{}</p>'
LEAVE = '<p>You are signed in as <strong>{}</strong>.</p><form method="post" action="/sign-out"><button>Sign out\
</button></form><p><a href="/">Back</a></p>'
CSS = """:root{color-scheme:light dark;--line:#767a85;--ink:#1c1f26;--paper:#fff;--accent:#1f5fbf;--bad:#a3211b}
@media(prefers-color-scheme:dark){:root{--line:#8d93a1;--ink:#eceef2;--paper:#15171c;--accent:#7fb0ff;--bad:#ff9a93}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--paper);color:var(--ink);
font:16px/1.5 system-ui,sans-serif}
main{width:min(22rem,90vw)}h1{margin:0;font-size:1.5rem}p{margin:.2rem 0 1.4rem}
label{display:block;margin:.9rem 0 .25rem;font-weight:600}
input{width:100%;box-sizing:border-box;padding:.6rem;font:inherit;color:inherit;background:transparent;
border:1px solid var(--line);border-radius:6px}
button{margin-top:1.3rem;width:100%;padding:.7rem;font:inherit;font-weight:600;border:1px solid var(--accent);
border-radius:6px;background:var(--accent);color:var(--paper);cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}a{color:var(--accent)}
.problem{color:var(--bad);font-weight:600}"""


def pages(doors: Doors) -> APIRouter:
    """The sign-in page, its style, the sign-out page."""
    router = APIRouter(include_in_schema=False)
    key = secrets.token_bytes(32)  # forms end with the process, as sessions do

    @router.get("/sign-in.css")
    def style() -> Response:
        return Response(CSS, media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    @router.get("/sign-in")
    def form(request: Request, next: str = "/") -> Response:
        if doors.people is None or request.scope["caller"] is not None:
            return RedirectResponse(_home(next), 303)
        return _form(request, key, _home(next))

    @router.post("/sign-in")
    def sign_in(
        request: Request,
        name: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        form: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = "/",
    ) -> Response:
        if doors.people is None:
            return RedirectResponse("/", 303)
        where, name = _home(next), name[:FIELD].strip()
        if not hmac.compare_digest(_seal(key, request.cookies.get(FORM_COOKIE, "")).encode(), form.encode()):
            return _form(request, key, where, name, "This form is too old. Please sign in again.", 403)
        address = request.client.host if request.client else ""
        try:
            viewer = doors.people.signed_in(name, password[:FIELD], address)
        except NotSignedIn as err:
            refused = _form(request, key, where, name, str(err), 429 if isinstance(err, TooManyTries) else 403)
            if isinstance(err, TooManyTries):
                refused.headers["Retry-After"] = str(ceil(err.seconds))
            return refused
        answer = RedirectResponse(where, 303)
        answer.delete_cookie(FORM_COOKIE, path="/sign-in")
        session = doors.sessions.open(viewer.name, doors.people.stamp(viewer.name))
        _cookie(answer, request, COOKIE, session, int(doors.sessions.lasts))
        return answer

    @router.get("/sign-out")
    def leaving(request: Request) -> Response:
        if doors.people is None:
            return RedirectResponse("/", 303)
        return HTMLResponse(PAGE.format(title="Sign out", body=LEAVE.format(escape(caller_of(request).viewer.name))))

    @router.post("/sign-out")
    def sign_out(request: Request) -> Response:
        doors.sessions.close(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("/sign-in", 303)
        answer.delete_cookie(COOKIE, path="/")
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer

    return router


def _form(request: Request, key: bytes, where: str, name: str = "", problem: str = "", status: int = 200) -> Response:
    """The form with a seal that only a browser which was shown it can send back."""
    seed = secrets.token_urlsafe(24)
    body = FORM.format(
        problem=PROBLEM.format(escape(problem)) if problem else "",
        form=_seal(key, seed),
        next=escape(where),
        name=escape(name),
        wrong=' aria-invalid="true" aria-describedby="problem"' if problem else "",
    )
    answer = HTMLResponse(PAGE.format(title="Sign in", body=body), status)
    _cookie(answer, request, FORM_COOKIE, seed, FORM_LASTS, path="/sign-in")
    return answer


def _cookie(answer: Response, request: Request, name: str, value: str, lasts: int, path: str = "/") -> None:
    secure = request.url.scheme == "https"
    answer.set_cookie(name, value, lasts, path=path, secure=secure, httponly=True, samesite="lax")


def _seal(key: bytes, seed: str) -> str:
    return (
        hmac.digest(key, seed.encode("utf-8", "surrogatepass"), hashlib.sha256).hex() if seed else secrets.token_hex(32)
    )


def _home(where: str) -> str:
    """A path of this server; whatever else was asked for is its first page."""
    fine = where.startswith("/") and where.isprintable() and where.isascii()
    return where if fine and not where.startswith(("//", "/\\")) and not set(where) & {"\\", "\r", "\n"} else "/"
