"""A dry run of an import, with what its unknown columns mean said by hand."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.intake.columns import AUTO, FIELDS
from crm.intake.preview import Preview
from ui.show import words
from ui.tongue import figure
from ui.wire import on

if TYPE_CHECKING:
    from house import House

LOOKING = '<p class="count" role="status">Looking through the file …</p>'
KEPT = ("kept as it is", "")
CALLED = {
    "native_id": "id",
    "at": "date",
    "body": "text",
    "duration_s": "duration in seconds",
    "account": "account name",
}


class Looking:
    """The button that looks first, the card of what was seen, the choices that name a column."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house = house
        self.go = gr.Button("Look first", elem_id="import-look", min_width=110)

    def draw(self) -> None:
        """What stands below the card."""
        import gradio as gr

        with gr.Row(visible=False, elem_classes="filters", elem_id="naming") as self.place:
            self.column = gr.Dropdown([], label="The column", elem_id="column", min_width=120)
            self.field = gr.Dropdown([], label="means", elem_id="field", min_width=120)
            self.say = gr.Button("Remember", elem_id="remember", min_width=100)

    def attach(self, file: Any, source: Any, kind: Any, card: Any) -> None:
        """Looks when asked to, and again after each thing that was said."""
        asked = [file, source, kind]
        shown = [card, self.place, self.column, self.field]
        on(self.go.click, self._look, asked, shown)
        on(self.say.click, self._said, [*asked, self.column, self.field], shown)
        on(kind.input, _fields, [kind], [self.field])

    def _look(self, file: str | None, source: str, kind: str) -> Iterator[list[Any]]:
        import gradio as gr

        if file is None:
            gr.Info("Drop a file first.")
            yield [gr.skip()] * 4
            return
        yield [LOOKING, *[gr.skip()] * 3]
        yield self._shown(self.house.preview_import(Path(file), source, kind), kind)

    def _said(
        self, file: str | None, source: str, kind: str, column: str | None, field: str | None
    ) -> Iterator[list[Any]]:
        import gradio as gr

        if file is None or not column:
            gr.Info("Choose a column and what it means.")
            yield [gr.skip()] * 4
            return
        yield [LOOKING, *[gr.skip()] * 3]
        path = Path(file)
        record = kind if kind != AUTO else self.house.preview_import(path, source, kind).record
        self.house.name_column(path, record, column, field or "")
        yield self._shown(self.house.preview_import(path, source, kind), record)

    def _shown(self, seen: Preview, kind: str) -> list[Any]:
        import gradio as gr

        record = seen.record if seen.record in FIELDS else kind
        free = [h.name for h in seen.headings if not h.field]
        names = [*free, *(h.name for h in seen.headings if h.field)]
        return [
            preview_card(seen),
            gr.Row(visible=True),
            gr.Dropdown(choices=names, value=free[0] if free else None),
            _fields(record),
        ]


def preview_card(seen: Preview) -> str:
    """What would become of the file, with what each of its columns means."""
    if seen.problem:
        head = (
            f'<p class="notice" role="status">{words(seen.problem)}</p><p class="hint">Choose under “It holds” what '
            "kind of records these are, then say below what the columns mean. It is remembered for every file with the "
            "same columns.</p>"
        )
    else:
        numbers = (
            ("new", seen.new),
            ("changed", seen.changed),
            ("unchanged", seen.unchanged),
            ("duplicate", seen.duplicate),
            ("refused", seen.refused),
        )
        told = ", ".join(f"{figure(n)} {name}" for name, n in numbers if n or name == "new")
        head = (
            f'<p class="summary" role="status"><strong>{figure(seen.read)} {words(seen.record)}</strong> from '
            f"{words(seen.source)}: {told}. Nothing is stored yet.</p>"
        )
    refusals = "".join(f"<li>line {r.line}: {words(r.reason)}</li>" for r in seen.refusals)
    notices = "".join(f"<li>{words(n)}</li>" for n in seen.notices)
    rows = "".join(
        f'<tr><td>{words(h.name)}</td><td class="{"" if h.field else "unknown"}">{words(called(h.field))}</td>'
        f"<td>{words(h.example)}</td></tr>"
        for h in seen.headings
    )
    return (
        f'<section class="ledger" id="preview" aria-label="Dry run"><h3>What the import would do</h3>{head}'
        f"<ul>{notices}{refusals}</ul>"
        '<div class="scroll" tabindex="0" role="region" aria-label="Columns"><table><thead><tr>'
        '<th scope="col">Column</th><th scope="col">means</th><th scope="col">for example</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        "</section>"
    )


def called(field: str) -> str:
    """A field as one calls it."""
    return CALLED.get(field, field.replace("_", " ")) if field else KEPT[0]


def _fields(record: str) -> Any:
    import gradio as gr

    fields = sorted((called(name), name) for name in FIELDS.get(record, ()))
    return gr.Dropdown(choices=[KEPT, *fields], value="")
