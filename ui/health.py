"""The Settings tab: what is in use, how each part is, and a text for whoever helps."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from house import Check
from house.support import Used
from ui.show import words
from ui.wire import on

if TYPE_CHECKING:
    from house import House

CHECKING = '<p class="count" role="status">Asking each part …</p>'
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
  button.textContent = 'Copied';
  setTimeout(() => { button.textContent = 'Copy'; }, 2000);
});
"""


def health_tab(house: "House", place: Any) -> None:
    """Draws the tab and attaches its listeners; `place` is the tab itself, which looks when it is opened."""
    import gradio as gr

    with gr.Row(elem_classes="desk"):
        with gr.Column(scale=1, min_width=320):
            used = gr.HTML(CHECKING, elem_id="in-use", apply_default_css=False)
            support = gr.HTML(elem_id="support", js_on_load=COPY, apply_default_css=False)
        with gr.Column(scale=1, min_width=320):
            parts = gr.HTML(elem_id="parts", apply_default_css=False)
            again = gr.Button("Check again", size="sm", elem_id="check-again")

    def look() -> Iterator[list[Any]]:
        yield [used_card(house.in_use()), CHECKING, ""]
        checks = house.check()
        yield [gr.skip(), parts_card(checks), support_card(house.support_text(checks))]

    on(place.select, look, [], [used, parts, support])
    on(again.click, look, [], [used, parts, support])


def used_card(used: Sequence[Used]) -> str:
    """What is in use, with the setting that changes it."""
    rows = "".join(
        f'<tr class="{"warned" if u.warning else ""}"><th scope="row">{words(u.what)}</th>'
        f"<td>{words(u.told)}{f'<small>{words(u.knob)}</small>' if u.knob else ''}</td></tr>"
        for u in used
    )
    return (
        '<section class="measure"><h3>What is in use</h3><p class="said">Settings are environment variables or lines '
        "in .env; .env.example lists them all. They are read at the start.</p>"
        f'<table class="used">{rows}</table></section>'
    )


def parts_card(checks: Sequence[Check]) -> str:
    """Each part: whether it answers, with its state or what to do."""
    rows = "".join(
        f'<tr class="{"" if c.ok else "warned"}"><th scope="row">{words(c.part)}</th>'
        f'<td><span class="pill {"talking" if c.ok else "silent"}">{"answers" if c.ok else "needs you"}</span></td>'
        f"<td>{words(c.detail)}</td></tr>"
        for c in checks
    )
    bad = sum(not c.ok for c in checks)
    said = (
        "Every part answers." if not bad else f"{bad} of {len(checks)} parts need something: what to do stands beside."
    )
    return (
        f'<section class="measure"><h3>How each part is</h3><p class="said" role="status">{said}</p>'
        f'<table class="used">{rows}</table></section>'
    )


def support_card(text: str) -> str:
    """The text to send to whoever helps."""
    return (
        '<section class="measure"><h3>For whoever helps you</h3><p class="said">Versions and states. No names, '
        f'addresses, domains, folders or words of records.</p><pre tabindex="0">{words(text)}</pre>'
        '<p><button type="button" class="open-record" data-copy>Copy</button></p></section>'
    )
