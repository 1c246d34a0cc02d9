"""Which of the companies that activities name become accounts: a box for each, found by name where they are many."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ui.listeners import on
from ui.show import written
from ui.tongue import label, said

if TYPE_CHECKING:
    from crm.intake.named_companies import Company

LISTED = 100  # boxes at once: the others are found by name, so that neither the page nor a Tab key gets lost in them
FEW = 10  # among which nobody needs to search


class CompanyChoice:
    """The boxes with what narrows them and what they come to. `left_out` are the names that are not chosen."""

    def draw(self) -> None:
        """All of it, unseen until there are companies to choose from."""
        import gradio as gr

        self.found, self.left_out = gr.State(()), gr.State(frozenset())
        with gr.Column(visible=False, elem_id="companies") as self.place:
            with gr.Row(visible=False, elem_classes="filters") as self.narrowing:
                self.find = gr.Textbox(label=label("imports.find"), elem_id="find-company", max_lines=1, min_width=160)
                self.least = gr.Number(
                    1, precision=0, minimum=1, label=label("imports.least"), elem_id="least-activities", min_width=120
                )
            with gr.Row(elem_classes="acts"):
                self.every = gr.Button(label("imports.choose_all"), size="sm", elem_id="companies-all")
                self.none = gr.Button(label("imports.choose_none"), size="sm", elem_id="companies-none")
            self.boxes = gr.CheckboxGroup([], label=label("imports.choose"), elem_id="companies-boxes")
            self.told = gr.HTML(elem_id="companies-told", apply_default_css=False)

    @property
    def shown(self) -> list[Any]:
        """What `opened` and `closed` fill."""
        return [self.place, self.narrowing, self.find, self.least, self.boxes, self.told, self.found, self.left_out]

    @property
    def asked(self) -> list[Any]:
        """What `wanted` is given."""
        return [self.boxes, self.found, self.left_out, self.find, self.least]

    def attach(self) -> None:
        """Boxes, all and none of those that are searched for; searching itself chooses nothing."""
        sought = [self.found, self.left_out, self.find, self.least]
        for narrowed in (self.find.change, self.least.change):
            on(narrowed, _boxes, sought, [self.boxes], trigger_mode="always_last")
        counted = [self.left_out, self.told]
        on(self.boxes.input, _ticked, self.asked, counted, trigger_mode="always_last")
        for button, choose in ((self.every, True), (self.none, False)):
            on(button.click, partial(_all, choose), sought, [self.boxes, *counted])

    def opened(self, found: "Sequence[Company]", chosen: bool) -> list[Any]:
        """The companies to choose from, all chosen but senders of newsletters alone; none, if they were left out."""
        import gradio as gr

        left_out = frozenset(c.name for c in found if c.only_automatic or not chosen)
        return [
            gr.Column(visible=bool(found)),
            gr.Row(visible=len(found) > FEW),
            "",
            1,
            _boxes(found, left_out, "", 1),
            _told(found, left_out),
            tuple(found),
            left_out,
        ]

    def closed(self) -> list[Any]:
        """Nothing to choose from."""
        return self.opened((), chosen=True)


def wanted(
    boxes: Sequence[str], found: "Sequence[Company]", left_out: frozenset[str], find: str, least: float | None
) -> list[str]:
    """The names that are chosen, by the boxes as they are at this moment."""
    left_out = _left(boxes, found, left_out, find, least)
    return [company.name for company in found if company.name not in left_out]


def _matching(found: "Sequence[Company]", find: str | None, least: float | None) -> "list[Company]":
    needle = (find or "").strip().casefold()
    return [c for c in found if needle in c.name.casefold() and c.records >= (least or 1)]


def _boxes(found: "Sequence[Company]", left_out: Collection[str], find: str, least: float | None) -> Any:
    import gradio as gr

    listed = _matching(found, find, least)[:LISTED]
    chosen = [c.name for c in listed if c.name not in left_out]
    return gr.CheckboxGroup(choices=[(_called(c), c.name) for c in listed], value=chosen)


def _ticked(
    boxes: Sequence[str], found: "Sequence[Company]", left_out: frozenset[str], find: str, least: float | None
) -> list[Any]:
    left_out = _left(boxes, found, left_out, find, least)
    return [left_out, _told(found, left_out)]


def _all(
    choose: bool, found: "Sequence[Company]", left_out: frozenset[str], find: str, least: float | None
) -> list[Any]:
    """All that are searched for, also those that have no box on the page."""
    meant = frozenset(c.name for c in _matching(found, find, least))
    left_out = left_out - meant if choose else left_out | meant
    return [_boxes(found, left_out, find, least), left_out, _told(found, left_out)]


def _left(
    boxes: Sequence[str], found: "Sequence[Company]", left_out: frozenset[str], find: str, least: float | None
) -> frozenset[str]:
    """What is left out once the boxes say so; those of another search, still on their way, say nothing."""
    listed = {c.name for c in _matching(found, find, least)[:LISTED]}
    return (left_out - listed) | (listed - set(boxes)) if listed.issuperset(boxes) else left_out


def _called(company: "Company") -> str:
    """The name with how many activities have it, and how many of these no person wrote."""
    told = said("imports.box", n=company.records, name=company.name)
    if company.only_automatic:
        return said("imports.box_automatic", box=told)
    return said("imports.box_partly", box=told, automatic=company.automatic) if company.automatic else told


def _told(found: "Sequence[Company]", left_out: Collection[str]) -> str:
    """What will be made, in a sentence; what is not chosen by itself, and where the others are, if there are many."""
    if not found:
        return ""
    chosen = sum(c.name not in left_out for c in found)
    rest = len(found) - chosen
    key = "make_none" if not chosen else "make_some" if rest else "make_all"
    lines = [written(f"imports.{key}", n=chosen, total=len(found), rest=rest)]
    if any(c.only_automatic and c.name in left_out for c in found):
        lines.append(written("imports.why_not"))
    if len(found) > LISTED:
        lines.append(written("imports.listed", most=LISTED, total=len(found)))
    return f'<p class="summary" role="status">{lines[0]}</p>' + "".join(f'<p class="hint">{x}</p>' for x in lines[1:])
