"""Which accounts may be one company, which contacts one person, and a person's answer to that."""

from typing import TYPE_CHECKING, Any

from crm.access import Right
from crm.intake.joining import Joinable
from crm.nouns import Account, Contact
from ui.joining_contacts import called
from ui.listeners import on
from ui.rights import may
from ui.show import words, written
from ui.tongue import said

if TYPE_CHECKING:
    from crm.intake.possible_duplicates import PossibleDuplicate
    from house import House

MOST_SHOWN = 20  # pairs at a time: the next ones come once these are answered
ANSWER = """
element.addEventListener('click', event => {
  const button = event.target.closest('[data-answer]');
  if (!button) return;
  const {kind, joined, into} = button.closest('li').dataset;
  trigger('click', {answer: button.dataset.answer, kind, joined, into});
});
"""


class PossibleDuplicates:
    """The pairs that a person is asked about; nothing where there are none, or for whoever may not join.

    It stands above the accounts, and unfolded (`opened`) where an import has just brought the pairs.
    """

    def __init__(self, house: "House", name: str = "duplicates", opened: bool = False) -> None:
        import gradio as gr

        self.house = house
        with gr.Accordion("", open=opened, visible=False, elem_id=name) as self.place:
            self.asked = gr.HTML(
                elem_id=f"{name}-pairs", elem_classes="pairs", js_on_load=ANSWER, apply_default_css=False
            )

    @property
    def shown(self) -> list[Any]:
        """What `drawn` fills."""
        return [self.place, self.asked]

    def drawn(self) -> list[Any]:
        """The pairs as they are now."""
        import gradio as gr

        pairs = self.house.possible_duplicates() if may(self.house, Right.IMPORT) else []
        title = said("accounts.duplicates", n=len(pairs))
        return [gr.Accordion(label=title, visible=bool(pairs)), self._listed(pairs) if pairs else ""]

    def hidden(self) -> list[Any]:
        """Nobody is asked."""
        import gradio as gr

        return [gr.Accordion(visible=False), ""]

    def attach(self) -> Any:
        """Hears the answers; gives the event after which the data are others."""
        import gradio as gr

        def answered(clicked: gr.EventData) -> list[Any]:
            kind = Joinable(clicked.kind)
            if clicked.answer == "two":
                self.house.keep_apart(kind, clicked.joined, clicked.into)
                return self.drawn()
            told = self.house.join(kind, clicked.joined, clicked.into)
            done = "accounts.join_done" if kind is Joinable.ACCOUNT else "accounts.same_done"
            gr.Info(words(said(done, joined=told.joined, into=told.into)))  # the note renders HTML
            return self.drawn()

        return on(self.asked.click, answered, [], self.shown, queue=True, show_progress="full")

    def _listed(self, pairs: "list[PossibleDuplicate]") -> str:
        lines = "".join(map(self._line, pairs[:MOST_SHOWN]))
        return f'<p class="hint">{written("accounts.duplicates_say")}</p><ul>{lines}</ul>'

    def _line(self, pair: "PossibleDuplicate") -> str:
        there = self.house.joining(pair.kind, pair.joined.id, pair.into.id).activities
        here = self.house.joining(pair.kind, pair.into.id, pair.joined.id).activities
        fields = {"joined": _called(pair.joined), "into": _called(pair.into), "there": there, "here": here}
        if isinstance(pair.into, Contact):
            account = self.house.book.account_by_id[pair.into.account_id or ""].name
            told = written("accounts.duplicate_people", **fields, account=account)
        else:
            told = written("accounts.duplicate_companies", **fields)
        one, two = written("accounts.duplicate_one", name=pair.into.name), written("accounts.duplicate_two")
        ids = f'data-joined="{words(pair.joined.id)}" data-into="{words(pair.into.id)}"'
        return (
            f'<li data-kind="{pair.kind.value}" {ids}>{told} '
            f'<button type="button" class="apart" data-answer="one">{one}</button> '
            f'<button type="button" class="apart" data-answer="two">{two}</button></li>'
        )


def _called(record: Account | Contact) -> str:
    return called(record) if isinstance(record, Contact) else record.name
