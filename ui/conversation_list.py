"""The conversations beside the chat: found, opened, renamed, taken away as Markdown, deleted, brought back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crm.records.conversations import Entry
from ui.address import Address, copy_link
from ui.download import Saving, file_name
from ui.listeners import on
from ui.show import words, written
from ui.tongue import day, label, said

if TYPE_CHECKING:
    from house import House

# A row opens; the buttons of the open one do the rest. Renaming happens in the row itself.
LISTEN = """
const rename = row => {
  const button = row.querySelector('.talk'), title = row.querySelector('.title').textContent;
  const box = document.createElement('input');
  box.value = title; box.className = 'rename'; box.maxLength = 120;
  box.setAttribute('aria-label', element.querySelector('[data-do=edit]').textContent);
  button.replaceWith(box); box.focus(); box.select();
  let left = false;
  const leave = keep => {
    if (left) return;
    left = true;
    box.replaceWith(button);
    if (keep && box.value.trim() && box.value !== title) trigger('edit', {id: row.dataset.id, title: box.value});
  };
  box.addEventListener('keydown', event => {
    if (event.key === 'Enter') leave(true);
    if (event.key === 'Escape') leave(false);
  });
  box.addEventListener('blur', () => leave(true));
};
element.addEventListener('click', event => {
  const does = event.target.closest('[data-do]'), row = event.target.closest('[data-id]');
  if (does && does.dataset.do === 'undo') trigger('undo', {});
  else if (does && does.dataset.do === 'edit') rename(row);
  else if (does) trigger(does.dataset.do, {id: row.dataset.id});
  else if (row && event.target.closest('.talk')) {
    document.querySelector('#talks')?.classList.remove('seen');
    trigger('click', {id: row.dataset.id});
  }
});
"""
SHOW = "() => document.querySelector('#talks').classList.toggle('seen')"


class TalkList:
    """The list with what its buttons do, except to open one: that is the chat's."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house = house
        self.deleted = gr.State(None)
        with gr.Column(scale=3, min_width=220, elem_id="talks", elem_classes="talks"):
            self.search = gr.Textbox(
                label=label("talks.search"),
                show_label=False,
                placeholder=label("talks.search"),
                elem_id="find-talk",
                max_lines=1,
            )
            self.listed = gr.HTML(elem_id="talk-list", js_on_load=LISTEN, apply_default_css=False)
            self.saving = Saving("talks.export")

    def drawn(self, owner: str, search: str, opened: str, deleted: str = "") -> str:
        """The list as HTML; `deleted` is the title of the one that can still be brought back."""
        return talk_list(self.house.listed(owner, search), opened, bool(search.strip()), deleted)

    def attach(self, talk: Any, cleared: tuple[Any, list[Any]]) -> None:
        """`cleared` is what empties the chat, with what that fills: the open conversation may be the deleted one."""
        import gradio as gr

        clear, emptied = cleared

        def find(search: str, now: Any, request: gr.Request) -> str:
            return self.drawn(request.username or "", search, now.id)

        def rename(search: str, now: Any, where: gr.EventData, request: gr.Request) -> str:
            owner = request.username or ""
            self.house.retitle(owner, where.id, where.title)
            return self.drawn(owner, search, now.id)

        def export(where: gr.EventData, request: gr.Request) -> list[str]:
            owner = request.username or ""
            title = self.house.conversation(owner, where.id).title
            return [self.house.exported(owner, where.id), f"{file_name(title)}.md"]

        def delete(search: str, now: Any, where: gr.EventData, request: gr.Request) -> list[Any]:
            owner = request.username or ""
            gone = self.house.drop(owner, where.id)
            rest = clear() if now.id == where.id else [gr.skip()] * len(emptied)
            opened = "" if now.id == where.id else now.id
            return [self.drawn(owner, search, opened, gone.title), gone, *rest]

        def undo(search: str, now: Any, gone: Any, request: gr.Request) -> list[Any]:
            owner = request.username or ""
            if gone is not None:
                self.house.bring_back(owner, gone)
            return [self.drawn(owner, search, now.id), None]

        seen = [self.search, talk]
        on(self.search.change, find, seen, [self.listed])
        on(self.listed.edit, rename, seen, [self.listed])
        self.saving.attach(self.listed.download, export)
        on(self.listed.delete, delete, seen, [self.listed, self.deleted, *emptied])
        on(self.listed.undo, undo, [*seen, self.deleted], [self.listed, self.deleted])


def talk_list(entries: Sequence[Entry], opened: str, searched: bool, deleted: str = "") -> str:
    """The list as HTML, with the buttons of the one that is open."""
    rows = "".join(_row(entry, entry.id == opened) for entry in entries)
    if not rows:
        rows = f'<li class="none">{written("talks.no_match" if searched else "talks.none")}</li>'
    gone = ""
    if deleted:
        undo = f'<button type="button" data-do="undo">{written("talks.undo")}</button>'
        gone = f'<p class="notice" role="status">{written("talks.deleted", title=deleted)} {undo}</p>'
    return f'{gone}<ul aria-label="{written("talks.all")}">{rows}</ul>'


def _row(entry: Entry, opened: bool) -> str:
    told = f"{day(entry.at)} · {said('talks.questions', n=entry.turns)}"
    current = ' aria-current="true"' if opened else ""
    does = "".join(
        f'<button type="button" data-do="{event}">{written(f"talks.{name}")}</button>'
        for event, name in (("edit", "rename"), ("download", "export"), ("delete", "delete"))
    )
    more = f'<div class="does">{does}{copy_link(Address(conversation=entry.id))}</div>' if opened else ""
    return (
        f'<li data-id="{words(entry.id)}"><button type="button" class="talk"{current}>'
        f'<span class="title">{words(entry.title)}</span><small>{words(told)}</small></button>{more}</li>'
    )
