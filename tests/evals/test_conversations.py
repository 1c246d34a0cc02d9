"""Scripted conversations on the demo CRM: who answers, about whom, until when, and words the answer must hold."""

from datetime import date
from pathlib import Path

import pytest

from agents.assistant import Assistant
from crm.nouns import Answer, Turn
from crm.playbook import Page, read_yaml
from crm.quoting import plain
from tests.evals.demo import said

pytestmark = pytest.mark.eval
DATA = Path(__file__).parent / "data" / "conversations.yaml"
FLOOR = 0.95
NONE = "-"


class Line(Page):
    """One turn; see the head of the file."""

    q: str
    r: str | tuple[str, ...] = ""
    a: str = ""
    c: str = ""
    until: date | str = ""
    says: str = ""


class Script(Page):
    """The whole file."""

    conversations: tuple[tuple[Line, ...], ...]


def expected(lines: tuple[Line, ...]) -> list[Line]:
    """Each line with what it takes over from the one before."""
    full: list[Line] = []
    for line in lines:
        before = full[-1] if full else Line(q="", r="help", a=NONE, c=NONE)
        moved = line.a not in ("", before.a)
        kept = {"r": line.r or before.r, "a": line.a or before.a, "c": line.c or (NONE if moved else before.c)}
        full.append(line.model_copy(update=kept))
    return full


def wrong_in(line: Line, answer: Answer) -> list[str]:
    routes = (line.r,) if isinstance(line.r, str) else line.r
    account = answer.scope.account.name if answer.scope.account else NONE
    found = []
    if answer.route not in routes:
        found.append(f"route {answer.route}, not {' or '.join(routes)}")
    if account != line.a:
        found.append(f"account {account}, not {line.a}")
    if line.c != NONE and (answer.scope.contact.name if answer.scope.contact else NONE) != line.c:
        found.append(f"contact {answer.scope.contact and answer.scope.contact.name}, not {line.c}")
    end = answer.scope.period.end if answer.scope.period else None
    if line.until and (end or NONE) != line.until:
        found.append(f"until {end}, not {line.until}")
    if line.says.casefold() not in plain(answer.text).casefold():
        found.append(f"does not say {line.says!r}: {answer.text[:160]!r}")
    return found


def test_conversations_keep_their_thread(talker: Assistant) -> None:
    scripts = read_yaml(DATA, Script).conversations
    turns, wrong = 0, []
    for number, script in enumerate(scripts, 1):
        history: tuple[Turn, ...] = ()
        for line in expected(script):
            answer = said(talker, line.q, history)
            turns += 1
            if found := wrong_in(line, answer):
                wrong.append(f"  {number}: {line.q!r}: {'; '.join(found)}")
            history = (*history, Turn(line.q, answer))
    print(f"\nconversations: {len(scripts)}, turns right: {turns - len(wrong)} of {turns}")
    print("\n".join(wrong))
    assert len(scripts) >= 40
    assert turns - len(wrong) >= FLOOR * turns
