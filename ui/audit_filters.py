"""The choices that narrow the table of an audit: by label, judge, rule, sureness, type, owner, period, text."""

from collections.abc import Callable
from datetime import date
from typing import Any

from crm.engagement.audit_rows import Outcome, Wish
from crm.nouns import Engagement
from ui.periods import period_of
from ui.show import kind_told, share
from ui.tongue import label, said

RULE = "rule:"
ANY = ""
SURE = ("1", "0.5", "0.7", "0.9")  # below how much
JUDGES = ("rule", "model", "llm", "person")


class Narrowing:
    """The row of choices; drawn where it is made. `as_of` is the newest day in the data."""

    def __init__(self, as_of: Callable[[], date | None]) -> None:
        import gradio as gr

        self.as_of = as_of
        with gr.Row(elem_classes="filters"):
            self.label, self.judge, self.rule = (_choice(name) for name in ("label", "judge", "rule"))
            self.sure = _choice("sure", SURE[0])
            self.kind, self.owner = (_choice(name) for name in ("kind", "owner"))
            self.period = gr.Textbox(
                label=label("auditing.period"),
                placeholder=label("auditing.period_hint"),
                elem_id="audit-period",
                min_width=110,
                max_lines=1,
            )
            self.text = gr.Textbox(label=label("auditing.text"), elem_id="audit-text", min_width=110, max_lines=1)

    @property
    def all(self) -> list[Any]:
        """Every choice, in the order that `wish` takes them."""
        return [self.label, self.judge, self.rule, self.sure, self.kind, self.owner, self.period, self.text]

    @property
    def fixed(self) -> list[Any]:
        """Those whose options are the same for every audit: `begun` fills them."""
        return [self.label, self.judge, self.sure]

    @property
    def found(self) -> list[Any]:
        """Those whose options are what the audit found: `offered` fills them."""
        return [self.rule, self.kind, self.owner]

    def cleared(self, outcome: Outcome) -> dict[Any, Any]:
        """Every choice as it is before anything is chosen, for another result."""
        import gradio as gr

        fixed = zip(self.fixed, begun(), strict=True)
        offered = zip(self.found, self.offered(outcome), strict=True)
        return {**dict(fixed), **dict(offered), **{box: gr.Textbox(value="") for box in (self.period, self.text)}}

    def wish(self, *typed: str) -> Wish:
        """What the choices ask for. Raises BadSetting for a period that nobody understands."""
        verdict, judge, rule, sure, kind, owner, period, text = typed
        when = period_of(period, self.as_of())
        return Wish(
            label=verdict,
            judge=judge,
            decided_by=rule,
            kind=kind,
            owner=owner,
            surest=float(sure),
            text=text or "",
            start=when.start if when else None,
            end=when.end if when else None,
        )

    def offered(self, outcome: Outcome) -> list[Any]:
        """The rules, types and owners of this audit."""
        import gradio as gr

        rules = [(v.removeprefix(RULE), v) for v in outcome.values("decided_by") if v.startswith(RULE)]
        kinds = [(kind_told(v), v) for v in outcome.values("kind")]
        owners = [(v, v) for v in outcome.values("owner")]
        return [gr.Dropdown(choices=[_any(), *choices], value=ANY) for choices in (rules, kinds, owners)]


def begun() -> list[Any]:
    """The options that depend on the language of whoever looks alone."""
    import gradio as gr

    judges = [_any(), *((said(f"auditing.judge_{name}"), name) for name in JUDGES)]
    sures = [(said("auditing.any"), SURE[0]), *((said("auditing.below", share=share(float(s))), s) for s in SURE[1:])]
    return [
        gr.Dropdown(choices=[_any(), *((e.value, e.value) for e in Engagement)], value=ANY),
        gr.Dropdown(choices=judges, value=ANY),
        gr.Dropdown(choices=sures, value=SURE[0]),
    ]


def _choice(name: str, first: str = ANY) -> Any:
    import gradio as gr

    told = label(f"auditing.{name}")
    return gr.Dropdown([first], value=first, label=told, elem_id=f"audit-{name}", min_width=110)


def _any() -> tuple[str, str]:
    return said("auditing.any"), ANY
