"""The Settings tab: what is in use, how each part is, and a text for whoever helps."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from house import Check
from house.support import Used
from ui.listeners import arriving, on
from ui.show import words, written
from ui.tongue import entries, heard, label, named, said

if TYPE_CHECKING:
    from house import House

COPY = """
element.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const text = element.querySelector('pre').textContent;
  try { await navigator.clipboard.writeText(text); }
  catch {
    const range = document.createRange();
    range.selectNodeContents(element.querySelector('pre'));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    document.execCommand('copy');
  }
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = button.dataset.copy; }, 2000);
});
"""


def health_tab(house: "House", place: Any) -> None:
    """Draws the tab and attaches its listeners; `place` is the tab itself, which looks when it is opened."""
    import gradio as gr

    with gr.Row(elem_classes="desk"):
        with gr.Column(scale=1, min_width=320):
            used = gr.HTML(elem_id="in-use", apply_default_css=False)
            support = gr.HTML(elem_id="support", js_on_load=COPY, apply_default_css=False)
        with gr.Column(scale=1, min_width=320):
            parts = gr.HTML(elem_id="parts", apply_default_css=False)
            again = gr.Button(label("health.again"), size="sm", elem_id="check-again")

    def look() -> Iterator[list[Any]]:
        yield [used_card(house.in_use()), _checking(), ""]
        checks = house.check()
        yield [gr.skip(), parts_card(checks), support_card(house.support_text(checks))]

    arriving(_checking, [used])
    on(place.select, look, [], [used, parts, support])
    on(again.click, look, [], [used, parts, support])


def used_card(used: Sequence[Used]) -> str:
    """What is in use, with the setting that changes it."""
    rows = "".join(
        f'<tr class="{"warned" if u.warning else ""}"><th scope="row">{words(named("used", u.what))}'
        f"{_explained('used_is', u.what)}</th>"
        f"<td>{words(heard(u.told))}{f'<small>{words(u.knob)}</small>' if u.knob else ''}</td></tr>"
        for u in used
    )
    return (
        f'<section class="measure"><h3>{written("health.used")}</h3><p class="said">{written("health.where")}</p>'
        f'<table class="used">{rows}</table></section>'
    )


def parts_card(checks: Sequence[Check]) -> str:
    """Each part: whether it answers, with its state or what to do."""
    state = {True: written("health.answers"), False: written("health.needs_you")}
    rows = "".join(
        f'<tr class="{"" if c.ok else "warned"}"><th scope="row">{words(named("part", c.part))}'
        f"{_explained('part_is', c.part)}</th>"
        f'<td><span class="pill {"talking" if c.ok else "silent"}">{state[c.ok]}</span></td>'
        f"<td>{words(heard(c.detail))}</td></tr>"
        for c in checks
    )
    bad = sum(not c.ok for c in checks)
    told = written("health.some_bad", n=bad, total=len(checks)) if bad else written("health.all_well")
    return (
        f'<section class="measure"><h3>{written("health.parts")}</h3><p class="said" role="status">{told}</p>'
        f'<table class="used">{rows}</table></section>'
    )


def support_card(text: str) -> str:
    """The text to send to whoever helps."""
    return (
        f'<section class="measure"><h3>{written("health.support")}</h3>'
        f'<p class="said">{written("health.support_holds")}</p><pre tabindex="0">{words(text)}</pre>'
        f'<p><button type="button" class="open-record" data-copy="{written("health.copy")}" '
        f'data-copied="{written("common.copied")}">{written("health.copy")}</button></p></section>'
    )


def _explained(place: str, name: str) -> str:
    """What a part does, for people who did not build it; nothing where its name says it."""
    key = f"{place}.{name.lower().replace(' ', '_')}"
    return f"<small>{words(said(key))}</small>" if key in entries("en") else ""


def _checking() -> str:
    return f'<p class="count" role="status">{written("health.checking")}</p>'
