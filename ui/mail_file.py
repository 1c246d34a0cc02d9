"""A drafted mail taken out of the chat, as a file for a mail program."""

from typing import Any

from agents.mail.letter import letter_in
from ui.download import Saving, file_name

LISTEN = """
document.addEventListener('click', event => {
  const link = event.target.closest('#chat a.eml');
  if (!link) return;
  event.preventDefault();
  trigger('download', {turn: Number(link.hash.replace('#eml-', ''))});
});
"""


class Letters:
    """Stands unseen below the chat and hears the links under the drafts."""

    def __init__(self) -> None:
        import gradio as gr

        self.heard = gr.HTML(elem_id="letters", js_on_load=LISTEN, apply_default_css=False)
        self.saving = Saving("rating.eml")

    def attach(self, talk: Any) -> None:
        """A link gives the mail of its turn, as it stands there."""
        import gradio as gr

        def take(now: Any, where: gr.EventData) -> list[str]:
            found = letter_in(now.turns[where.turn].answer.text) if 0 <= where.turn < len(now.turns) else None
            return [found.eml.decode("ascii"), f"{file_name(found.subject)}.eml"] if found else ["", ""]

        self.saving.attach(self.heard.download, take, [talk])
