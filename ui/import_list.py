"""The list of past imports: each opens its ledger again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from house.rights import AT_THE_MACHINE
from ui.ledger import source_told
from ui.ledger_pane import NONE, LedgerPane
from ui.listeners import on
from ui.show import moment, words, written
from ui.tongue import figure, said

if TYPE_CHECKING:
    from crm.intake.import_history import Past
    from house import House

DRAWN = 100  # imports that are listed
COUNTS = ("read", "stored", "refused")
OPEN_IMPORT = """
element.addEventListener('click', event => {
  const button = event.target.closest('tr')?.querySelector('[data-import]');
  if (!button) return;
  trigger('click', {number: Number(button.dataset.import)});
  setTimeout(() => document.querySelector('#ledger').scrollIntoView({behavior: 'smooth', block: 'nearest'}), 400);
});
"""


class PastImports:
    """The list, drawn anew whenever it may have grown."""

    def __init__(self, house: "House", pane: LedgerPane) -> None:
        import gradio as gr

        self.house, self.pane = house, pane
        self.list = gr.HTML(elem_id="past-imports", js_on_load=OPEN_IMPORT, apply_default_css=False)

    def attach(self, *grown: Any) -> None:
        """`grown` are the events after which the list is another one."""
        import gradio as gr

        def opened(clicked: gr.EventData) -> list[Any]:
            return self._opened(clicked.number)

        for event in grown:
            on(event, lambda opened: past_list(self.house.past_imports(), opened), [self.pane.import_id], [self.list])
        on(self.list.click, opened, [], [self.list, *self.pane.shown])

    def _opened(self, number: int) -> list[Any]:
        past = self.house.past_imports()
        one = next((p for p in past if p.intake.import_id == number), None)
        listed = past_list(past, number)
        if one is None or one.undone:
            told = written("past.gone") if one is None else words(_undone(one))
            return [listed, *self.pane.closed(f'<p class="notice" role="status">{told}</p>')]
        return [listed, *self.pane.opened(self.house.ledger(number), one.undoable)]


def past_list(past: "Sequence[Past]", opened: int = NONE) -> str:
    """The newest first: what it was, when and by whom, what became of its rows, whether it still counts."""
    if not past:
        return ""
    more = len(past) - DRAWN
    older = f'<p class="count">{written("past.older", n=more)}</p>' if more > 0 else ""
    title = written("past.title")
    count = [one for one in past[:DRAWN] if not one.undone]
    gone = [one for one in past[:DRAWN] if one.undone]
    return (
        f'<section class="past"><h3>{title}</h3>{_table(title, count, opened)}{_folded(gone, opened)}{older}</section>'
    )


def _folded(gone: "Sequence[Past]", opened: int) -> str:
    """What was taken back, out of the way until somebody asks for it."""
    if not gone:
        return ""
    told = written("past.taken_back", n=len(gone))
    unfolded = " open" if any(one.intake.import_id == opened for one in gone) else ""
    return f"<details{unfolded}><summary>{told}</summary>{_table(told, gone, opened)}</details>"


def _table(title: str, past: "Sequence[Past]", opened: int) -> str:
    if not past:
        return ""
    heads = "".join(f'<th scope="col" class="n">{written(f"past.{name}")}</th>' for name in COUNTS)
    rows = "".join(_line(one, one.intake.import_id == opened) for one in past)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{title}">'
        f'<table><thead><tr><th scope="col">{written("past.file")}</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _line(past: "Past", opened: bool) -> str:
    intake = past.intake
    kind = f"{said(f'imports.{intake.record}')}, {source_told(intake.source)}"
    told = " · ".join(words(part) for part in (moment(past.at.astimezone()), kind, _by(past.by)) if part)
    counts = (intake.read, intake.stored, intake.refused)
    cells = "".join(f'<td class="n">{"–" if past.undone else figure(count)}</td>' for count in counts)
    state = _undone(past) if past.undone else "" if intake.finished else said("past.unfinished")
    return (
        f'<tr class="{"opened" if opened else ""}{" undone" if past.undone else ""}"><td><button type="button" '
        f'class="open-account" data-import="{intake.import_id}" aria-pressed="{str(opened).lower()}">'
        f"{words(intake.file_name)}</button><small>{told}</small>"
        f"{f'<small><strong>{words(state)}</strong></small>' if state else ''}</td>{cells}</tr>"
    )


def _undone(past: "Past") -> str:
    when = moment(past.undone_at.astimezone()) if past.undone_at else ""
    by = _by(past.undone_by)
    return said("past.undone_by", when=when, who=by) if by else said("past.undone", when=when)


def _by(who: str) -> str:
    """A name; nothing for whoever sat at the machine, where nobody signs in."""
    return "" if who == AT_THE_MACHINE else who
