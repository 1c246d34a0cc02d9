"""What Gradio's own elements lack for whoever hears the page or works by keyboard, put right as they appear."""

from typing import Any

# A list whose items are buttons is a group to a screen reader; a title that acts as a button must not hold another
# one; an icon without a name says nothing; the chat takes roles and states out of what it shows.
MEND = """
if (!window.mending) {
  window.mending = true;
  const mend = () => {
    for (const list of document.querySelectorAll('#chat .examples[role=list]')) list.setAttribute('role', 'group');
    for (const title of document.querySelectorAll('.thought-group .title')) {
      const button = title.querySelector('button'), told = title.textContent.trim();
      title.removeAttribute('role');
      title.removeAttribute('tabindex');
      if (button && button.getAttribute('aria-label') !== told) button.setAttribute('aria-label', told);
    }
    for (const thumb of document.querySelectorAll('#chat a.thumb')) {
      thumb.setAttribute('role', 'button');
      thumb.setAttribute('aria-pressed', thumb.classList.contains('pressed'));
    }
    const end = document.querySelector('.top')?.dataset.end || '';
    const more = document.querySelector('.top')?.dataset.more || '';
    for (const menu of document.querySelectorAll('.overflow-menu > button')) menu.setAttribute('aria-label', more);
    for (const icon of document.querySelectorAll('button[aria-label=""]')) icon.setAttribute('aria-label', end);
  };
  let waiting = 0;
  const soon = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(mend); };
  new MutationObserver(soon).observe(document.body, {childList: true, subtree: true, attributeFilter: ['class']});
  soon();
}
"""


def mended() -> Any:
    """Draws nothing; listens for what Gradio draws."""
    import gradio as gr

    return gr.HTML(js_on_load=MEND, visible="hidden", elem_id="mended")
