"""What a person thinks of an answer: a thumb, and after a thumb down the words they may add."""

from typing import TYPE_CHECKING, Any

from crm.records.conversations import Thumb
from ui.listeners import on
from ui.show import written

if TYPE_CHECKING:
    from house import House

LISTEN = """
const rate = event => {
  const thumb = event.target.closest && event.target.closest('#chat a.thumb');
  if (!thumb || (event.type === 'keydown' && event.key !== ' ')) return;
  event.preventDefault();
  const [turn, value] = thumb.hash.replace('#rate-', '').split('-');
  trigger('like', {turn: Number(turn), value});
};
document.addEventListener('click', rate);
document.addEventListener('keydown', rate);
element.addEventListener('submit', event => {
  event.preventDefault();
  const box = event.target.querySelector('input');
  trigger('submit', {turn: Number(event.target.dataset.turn), comment: box.value});
});
new MutationObserver(() => element.querySelector('input')?.focus()).observe(element, {childList: true, subtree: true});
"""


class Rating:
    """Stands below the chat; empty until a thumb goes down."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house = house
        self.asked = gr.HTML(elem_id="why", js_on_load=LISTEN, apply_default_css=False)

    def attach(self, talk: Any, chat: Any) -> None:
        """The same thumb again takes it back."""
        import gradio as gr

        def rate(now: Any, where: gr.EventData, request: gr.Request) -> list[Any]:
            thumb = Thumb(where.value)
            if not 0 <= where.turn < len(now.turns) or now.busy:
                return [gr.skip()] * 3
            if now.opinions.get(where.turn, (Thumb.NONE, ""))[0] is thumb:
                thumb = Thumb.NONE
            return kept(now, where.turn, thumb, "", request.username or "")

        def comment(now: Any, where: gr.EventData, request: gr.Request) -> list[Any]:
            told = kept(now, where.turn, Thumb.DOWN, str(where.comment), request.username or "")
            return [*told[:2], ""]

        def kept(now: Any, turn: int, thumb: Thumb, said: str, owner: str) -> list[Any]:
            self.house.rate(owner, now.id, turn, thumb, said)
            rated = now.rated(turn, thumb, said)
            return [rated, rated.bubbles(), why(turn) if thumb is Thumb.DOWN else ""]

        changed = [talk, chat, self.asked]
        on(self.asked.like, rate, [talk], changed)
        on(self.asked.submit, comment, [talk], changed)


def why(turn: int) -> str:
    """One line to say what was wrong."""
    return (
        f'<form class="why" data-turn="{turn}"><label>{written("rating.why")}'
        f'<input type="text" maxlength="500" autocomplete="off"></label>'
        f'<button type="submit">{written("rating.send")}</button></form>'
    )
