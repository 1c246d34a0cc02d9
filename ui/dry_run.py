"""A dry run of an import, with what its unknown columns mean said by hand."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crm.errors import BadFile
from crm.intake.columns import AUTO, FIELDS, record_of
from crm.intake.preview import Preview
from ui.dropped import Dropped, Part
from ui.ledger import source_told
from ui.listeners import on
from ui.show import words, written
from ui.tongue import amid, figure, heard, label, named, said

if TYPE_CHECKING:
    from house import House


SHOWN = 5  # components that a look fills: the card and `naming`
BECOME = ("new", "changed", "unchanged", "duplicate", "refused")  # what a row would be


class Looking:
    """The button that looks first, the card of what was seen, the choices that name a column."""

    def __init__(self, house: "House", dropped: Dropped) -> None:
        import gradio as gr

        self.house, self.dropped = house, dropped
        self.go = gr.Button(label("looking.go"), elem_id="import-look", min_width=110)

    def draw(self) -> None:
        """What stands below the card."""
        import gradio as gr

        with gr.Row(visible=False, elem_classes="filters", elem_id="naming") as self.place:
            self.column = gr.Dropdown([], label=label("looking.column"), elem_id="column", min_width=120)
            self.field = gr.Dropdown([], label=label("looking.means"), elem_id="field", min_width=120)
            self.say = gr.Button(label("looking.remember"), elem_id="remember", min_width=100)
            self.meant = gr.State({})  # the field that each column means now

    @property
    def naming(self) -> list[Any]:
        return [self.place, self.column, self.field, self.meant]

    def attach(self, source: Any, kind: Any, card: Any) -> None:
        """Looks when asked to, and again after each thing that was said."""
        asked = [*self.dropped.asked, source, kind]
        shown = [card, *self.naming]
        on(self.go.click, self._look, asked, shown)
        on(self.say.click, self._said, [*asked, self.column, self.field], shown)
        on(kind.input, _fields, [kind, self.column, self.meant], [self.field])
        on(self.column.input, _meaning, [self.column, self.meant], [self.field])

    def _look(self, files: Sequence[str] | None, which: str | None, source: str, kind: str) -> Iterator[list[Any]]:
        import gradio as gr

        parts = self.dropped.meant(files, which)
        if not parts:
            gr.Info(said("imports.no_file"))
            yield [gr.skip()] * SHOWN
            return
        yield [_looking(), *[gr.skip()] * (SHOWN - 1)]
        if len(parts) == 1:
            yield self.shown(self._seen(parts[0], source, kind), kind)
            return
        seen = []
        for part in parts:
            try:
                seen.append((part, self._seen(part, source, kind)))
            except BadFile as err:  # the others can be read all the same
                seen.append((part, Preview(part.name, kind, source, (), problem=str(err))))
        yield [several_card(seen), gr.Row(visible=False), *[gr.skip()] * (SHOWN - 2)]

    def _seen(self, part: Part, source: str, kind: str) -> Preview:
        return self.house.preview_import(self.dropped.file_of(part), source, kind)

    def _said(
        self,
        files: Sequence[str] | None,
        which: str | None,
        source: str,
        kind: str,
        column: str | None,
        field: str | None,
    ) -> Iterator[list[Any]]:
        import gradio as gr

        parts = self.dropped.meant(files, which)
        if len(parts) != 1 or not column or field is None:
            gr.Info(said("looking.choose"))
            yield [gr.skip()] * SHOWN
            return
        yield [_looking(), *[gr.skip()] * (SHOWN - 1)]
        path = self.dropped.file_of(parts[0])
        record = kind if kind != AUTO else self.house.preview_import(path, source, kind).record
        self.house.name_column(path, record, column, field)
        yield self.shown(self.house.preview_import(path, source, kind), record)

    def shown(self, seen: Preview, kind: str) -> list[Any]:
        """The card of what was seen; then what fills `naming`."""
        import gradio as gr

        record = seen.record if seen.record in FIELDS else kind
        free = [h.name for h in seen.headings if not h.field]
        names = [*free, *(h.name for h in seen.headings if h.field)]
        column = free[0] if free else None
        meant = {h.name: h.field for h in seen.headings}
        return [
            preview_card(seen),
            gr.Row(visible=True),
            gr.Dropdown(choices=names, value=column),
            _fields(record, column, meant),
            meant,
        ]


def preview_card(seen: Preview) -> str:
    """What would become of the file, with what each of its columns means."""
    refusals = "".join(
        f"<li>{written('looking.refusal', line=r.line, reason=heard(r.reason))}</li>" for r in seen.refusals
    )
    notices = "".join(f"<li>{words(heard(n))}</li>" for n in seen.notices)
    rows = "".join(
        f'<tr><td>{words(h.name)}</td><td class="{"" if h.field else "unknown"}">{words(called(h.field))}</td>'
        f"<td>{words(h.example)}</td></tr>"
        for h in seen.headings
    )
    return (
        f'<section class="ledger" id="preview" aria-label="{written("looking.title")}">'
        f"<h3>{written('looking.title')}</h3>{_would_do(seen)}<ul>{notices}{refusals}</ul>"
        f'<div class="scroll" tabindex="0" role="region" aria-label="{written("looking.columns")}"><table><thead><tr>'
        f'<th scope="col">{written("looking.column")}</th><th scope="col">{written("looking.means")}</th>'
        f'<th scope="col">{written("looking.example")}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        "</section>"
    )


def several_card(seen: Sequence[tuple[Part, Preview]]) -> str:
    """What would become of each of several parts; what their columns mean is seen once one of them is chosen."""
    each = "".join(f"<h4>{words(part.name)}</h4>{_would_do(one, 'imports.part_say')}" for part, one in seen)
    return (
        f'<section class="ledger" id="preview" aria-label="{written("looking.title")}">'
        f"<h3>{written('looking.title')}</h3>{each}</section>"
    )


def _would_do(seen: Preview, say: str = "looking.say") -> str:
    """What would become of the rows; or why nothing can be imported yet, with what to do, as `say` has it."""
    if seen.problem:
        return f'<p class="notice" role="status">{words(heard(seen.problem))}</p><p class="hint">{written(say)}</p>'
    counts = [(name, int(getattr(seen, name))) for name in BECOME]
    told = ", ".join(f"{figure(n)} {said(f'looking.{name}')}" for name, n in counts if n or name == BECOME[0])
    what = f"<strong>{figure(seen.read)} {words(amid(said(f'imports.{seen.record}')))}</strong>"
    source = written("looking.from", source=source_told(seen.source))
    return f'<p class="summary" role="status">{what} {source} {words(told)}. {written("looking.not_yet")}</p>'


def _looking() -> str:
    return f'<p class="count" role="status">{written("looking.looking")}</p>'


def called(field: str) -> str:
    """A field as one calls it."""
    return named("field", field) if field else said("looking.kept")


def _fields(record: str, column: str | None, meant: Mapping[str, str]) -> Any:
    """What a column of such records may mean, with what this one means now."""
    import gradio as gr

    allowed, now = FIELDS.get(record_of(record), ()), _now(column, meant)
    fields = sorted((called(name), name) for name in allowed)
    return gr.Dropdown(choices=[(called(""), ""), *fields], value="" if now and now not in allowed else now)


def _meaning(column: str | None, meant: Mapping[str, str]) -> Any:
    """What the column means now, chosen in the list of what it may mean."""
    import gradio as gr

    return gr.update(value=_now(column, meant))


def _now(column: str | None, meant: Mapping[str, str]) -> str | None:
    """The field that the column means; while none is chosen, nothing is said of any."""
    return meant.get(column, "") if column else None
