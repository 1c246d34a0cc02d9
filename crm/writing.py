"""A brief to words: with a template, or with a model.

Both read files of the playbook whose header names the facts they need; a brief with other facts is refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import yaml
from jinja2 import StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import ValidationError

from crm.active import Active
from crm.errors import BadPlaybook, LLMTrouble
from crm.llm import LLM, Call
from crm.nouns import Brief, Evidence
from crm.playbook import Page
from crm.prices import money
from crm.tongue import Tongue
from crm.wording import Wording, languages, told

DEFAULT = "en"
ALWAYS = frozenset({"ask", "manner"})  # what every template may use beside its facts
IN_PROMPTS = ALWAYS | {"evidence", "language"}
AS_FAR = " The answer is shown as far as it came."
HEAD = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
PARAGRAPH = re.compile(r".+?(?:\n\s*\n|\Z)", re.DOTALL)


class Writer(Protocol):
    """Turns a brief into words, piece by piece. A piece that is an Aside is about the answer, not of it."""

    def write(self, brief: Brief) -> Iterator[str]: ...


class Aside(str):
    """A notice among the words: why they are from a template, or why they end early."""

    __slots__ = ()


class Receipt(Aside):
    """What a model's words cost, for whoever wants to see how an answer came about."""

    __slots__ = ()

    @classmethod
    def of(cls, call: Call) -> "Receipt":
        if call.remembered:
            return cls(f"{call.model}: remembered, nothing was sent")
        return cls(f"{call.model}: {call.tokens_in:,} tokens in, {call.tokens_out:,} out, {money(call.cost)}")


class Header(Page):
    """What stands above a template or prompt: the facts it needs; for a prompt what it was tried with."""

    needs: tuple[str, ...] = ()
    shape: str = "text"
    tried_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One template or prompt, ready to be filled."""

    name: str
    needs: frozenset[str]
    template: Template

    def fill(self, facts: Mapping[str, object], around: Mapping[str, object]) -> str:
        """The words. Raises BadPlaybook when the facts are not exactly those of the header."""
        missing, extra = self.needs - facts.keys(), facts.keys() - self.needs
        if missing or extra:
            wrong = [f"it needs {', '.join(sorted(missing))}"] if missing else []
            wrong += [f"it does not know {', '.join(sorted(extra))}"] if extra else []
            raise BadPlaybook(f"{self.name} does not fit its facts: {'; '.join(wrong)}.")
        try:
            return self.template.render({**facts, **around})
        except TemplateError as err:
            raise BadPlaybook(f"{self.name} cannot be filled: {err.message}") from err


@dataclass(frozen=True)
class TemplateWriter:
    """Fills templates/<task>.<language>.md; English where a language has none."""

    playbook: Path
    _read: dict[tuple[str, str], Sheet] = field(default_factory=dict, repr=False, compare=False)

    def write(self, brief: Brief) -> Iterator[str]:
        sheet = self.sheet(brief.task, brief.manner.language)
        text = sheet.fill(brief.facts, {"ask": brief.ask, "manner": brief.manner})
        yield from PARAGRAPH.findall(re.sub(r"\n{3,}", "\n\n", text).strip())

    def sheet(self, task: str, language: str) -> Sheet:
        """The template for a task, read once. Raises BadPlaybook."""
        path = self.playbook / "templates" / f"{task}.{language}.md"
        if not path.is_file():
            language = DEFAULT
            path = path.with_name(f"{task}.{DEFAULT}.md")
        if (task, language) not in self._read:
            wording = Wording(languages(self.playbook)[language], Tongue.of(self.playbook, language))
            env = ImmutableSandboxedEnvironment(
                undefined=StrictUndefined,
                autoescape=True,
                trim_blocks=True,
                lstrip_blocks=True,
                finalize=wording.shown,
            )
            env.filters.update(wording.filters())
            self._read[task, language] = read_sheet(path, env, ALWAYS)
        return self._read[task, language]


@dataclass(frozen=True)
class ModelWriter:
    """Fills prompts/<task>.<version>.md and streams the model; the template answers when the model does not."""

    llm: LLM
    playbook: Path
    fallback: Writer

    def write(self, brief: Brief) -> Iterator[str]:
        active = Active.read(self.playbook)
        if brief.task in active.template_only:
            yield from self.fallback.write(brief)
            return
        began = False
        call = Call(brief.task)
        try:
            for piece in self.llm.stream(self.prompt(brief, active.prompts.get(brief.task, "v1")), call):
                began = began or bool(piece.strip())
                yield piece
            yield from (Aside(note) for note in call.notes)
        except LLMTrouble as trouble:
            if began:
                yield Aside(f"{trouble}{AS_FAR}")
            else:
                yield Aside(f"{trouble} This answer was written from a template instead.")
                yield from self.fallback.write(brief)
        if call.remembered or call.tokens_in:
            yield Receipt.of(call)

    def prompt(self, brief: Brief, version: str) -> str:
        """What the model is sent: the ask, the facts, and the evidence as numbered data."""
        env = ImmutableSandboxedEnvironment(
            undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_told_once, autoescape=False
        )
        path = self.playbook / "prompts" / f"{brief.task}.{version}.md"
        spoken = languages(self.playbook)
        around = {
            "ask": brief.ask,
            "manner": brief.manner,
            "language": spoken.get(brief.manner.language, spoken[DEFAULT]).name,
            "evidence": _Ready(fenced(brief.evidence)),
        }
        return read_sheet(path, env, IN_PROMPTS).fill(brief.facts, around).strip()


class _Ready(str):
    """Text that is fit for a prompt already."""

    __slots__ = ()


def _told_once(value: object) -> str:
    return value if isinstance(value, _Ready) else told(value)


def prompt_in_use(playbook: Path, task: str) -> Path:
    """The file of the version that playbook/active.yaml names."""
    return playbook / "prompts" / f"{task}.{Active.read(playbook).prompts.get(task, 'v1')}.md"


def form_sheet(prompt: Path) -> Sheet:
    """A prompt that asks a model to fill in a form, for which there is no template. Raises BadPlaybook."""
    env = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, autoescape=False)
    return read_sheet(prompt, env, frozenset())


def read_sheet(path: Path, env: ImmutableSandboxedEnvironment, around: frozenset[str]) -> Sheet:
    """A playbook file as a Sheet. Raises BadPlaybook when its header and its holes disagree."""
    if not path.is_file():
        raise BadPlaybook(f"The playbook has no {path.name}. It should be in {path.parent.name}/.")
    parts = HEAD.match(path.read_text(encoding="utf-8"))
    if parts is None:
        raise BadPlaybook(f"{path.name} has no header: it must begin with --- , its needs, and --- again.")
    try:
        needs = frozenset(Header.model_validate(yaml.safe_load(parts[1]) or {}).needs)
        holes = meta.find_undeclared_variables(env.parse(parts[2])) - around
        template = env.from_string(parts[2])
    except (yaml.YAMLError, ValidationError, TemplateError) as err:
        raise BadPlaybook(f"{path.name} cannot be read: {err}") from err
    if holes != needs:
        wrong = [f"{name} is used but not in needs" for name in sorted(holes - needs)]
        wrong += [f"{name} is in needs but not used" for name in sorted(needs - holes)]
        raise BadPlaybook(f"{path.name}: {'; '.join(wrong)}.")
    return Sheet(path.name, needs, template)


def fenced(evidence: tuple[Evidence, ...]) -> str:
    """The evidence as a prompt shows it: numbered, in fences that its text cannot close."""
    return "\n".join(_fence(e) for e in evidence) or "<records>none</records>"


def _fence(e: Evidence) -> str:
    day = e.at.date().isoformat() if e.at else "undated"
    who = told(e.author).replace('"', "'") or "unknown"
    return f'<record n="{e.number}" date="{day}" who="{who}" side="{e.side}">{told(e.text)}</record>'
