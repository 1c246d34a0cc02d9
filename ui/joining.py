"""Below an account: that another one is the same company, what joining the two does, and the way back."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from crm.access import Right
from crm.intake.joining import Joinable
from ui.address import Address
from ui.listeners import on
from ui.rights import may
from ui.show import words, written
from ui.tongue import label, said

if TYPE_CHECKING:
    from crm.nouns import Account, Contact
    from house import House

TAKE_APART = """
element.addEventListener('click', event => {
  const button = event.target.closest('[data-joined]');
  if (button) trigger('click', {joined: button.dataset.joined});
});
"""


class JoiningAccounts:
    """What was joined into the open account; the account that is to be one with it."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house = house
        self.joined = gr.HTML(elem_id="joined", js_on_load=TAKE_APART, apply_default_css=False)
        with gr.Accordion(label("accounts.join_title"), open=False, visible=False, elem_id="joining") as self.place:
            self.other = gr.Dropdown([], value=None, label=label("accounts.join_other"), elem_id="join-other")
            self.stays = gr.Radio([], label=label("accounts.join_stays"), visible=False, elem_id="join-stays")
            self.told = gr.HTML(elem_id="join-told", apply_default_css=False)
            self.go = gr.Button(label("accounts.join_go"), size="sm", visible=False, elem_id="join-go")

    @property
    def shown(self) -> list[Any]:
        """What `opened` fills."""
        return [self.joined, self.place, self.other, *self._chosen]

    @property
    def _chosen(self) -> list[Any]:
        """What follows the choice of the other account."""
        return [self.stays, self.told, self.go]

    def opened(self, account_id: str) -> list[Any]:
        """All of it for this account, closed; nothing for none, or for whoever may not join."""
        import gradio as gr

        can = bool(account_id) and may(self.house, Right.IMPORT)
        joined = self._joined(account_id) if can else ""
        return [joined, gr.Accordion(visible=can, open=False), gr.Dropdown(value=None), *_nothing_chosen()]

    def attach(self, opened: Any, where: Any) -> list[Any]:
        """Choosing, joining, taking apart; gives the events after which the data are others."""
        import gradio as gr

        both = [opened, self.other]
        on(self.place.expand, self._offered, [opened], [self.other])
        on(self.other.input, self._choose, both, self._chosen)
        on(self.stays.input, self._told, [*both, self.stays], [self.told])

        def apart(clicked: gr.EventData, account_id: str) -> str:
            name = self.house.take_apart(Joinable.ACCOUNT, clicked.joined)
            gr.Info(words(said("accounts.join_apart_done", name=name)))  # the note renders HTML
            return self._joined(account_id)

        heard = {"queue": True, "show_progress": "full"}
        gone = on(self.joined.click, apart, [opened], [self.joined], **heard)
        return [on(self.go.click, self._join, [*both, self.stays], [opened, where], **heard), gone]

    def _joined(self, account_id: str) -> str:
        """Each account that was joined in, with the button that takes it out again."""
        account = self.house.book.account_by_id.get(account_id)
        return joined_in(account.joined if account else ())

    def _offered(self, account_id: str) -> Any:
        """The other accounts by name; two of one name are told apart by their domain or id."""
        import gradio as gr

        others = [a for a in self.house.book.accounts if a.id != account_id]
        names = Counter(a.name for a in others)
        called = {a.id: a.name if names[a.name] == 1 else f"{a.name} ({a.domain or a.id})" for a in others}
        ordered = sorted(called, key=lambda i: called[i].casefold())
        return gr.Dropdown(choices=[(called[i], i) for i in ordered], value=None)

    def _choose(self, account_id: str, other_id: str | None) -> list[Any]:
        """Which name stays is asked; that of the open account unless somebody says otherwise."""
        import gradio as gr

        book = self.house.book.account_by_id
        if not other_id or account_id not in book:
            return _nothing_chosen()
        choices = [(book[i].name, i) for i in (account_id, other_id)]
        stays = gr.Radio(choices=choices, value=account_id, visible=True)
        return [stays, self._told(account_id, other_id, account_id), gr.Button(visible=True)]

    def _told(self, account_id: str, other_id: str, stays: str) -> str:
        """What will happen, in a sentence."""
        told = self.house.joining(Joinable.ACCOUNT, *_ordered(account_id, other_id, stays))
        moves = {"activities": told.activities, "deals": told.deals, "contacts": told.contacts}
        sentence = written("accounts.join_told", joined=told.joined, into=told.into, **moves)
        return f'<p class="summary" role="status">{sentence}</p>'

    def _join(self, account_id: str, other_id: str, stays: str) -> list[Any]:
        """Joins them; the account that stays is the open one."""
        import gradio as gr

        told = self.house.join(Joinable.ACCOUNT, *_ordered(account_id, other_id, stays))
        gr.Info(words(said("accounts.join_done", joined=told.joined, into=told.into)))
        return [stays, str(Address(account=stays))]


def joined_in(records: "Iterable[Account | Contact]") -> str:
    """What was joined in, each with the button that takes it out again."""
    apart = written("accounts.join_apart")
    lines = (
        f'<p class="hint">{written("accounts.join_in", name=one.name)} '
        f'<button type="button" class="apart" data-joined="{words(one.id)}">{apart}</button></p>'
        for one in records
    )
    return "".join(lines)


def _ordered(account_id: str, other_id: str, stays: str) -> tuple[str, str]:
    """The one that goes, the one that stays."""
    return (account_id, other_id) if stays == other_id else (other_id, account_id)


def _nothing_chosen() -> list[Any]:
    import gradio as gr

    return [gr.Radio(visible=False), "", gr.Button(visible=False)]
