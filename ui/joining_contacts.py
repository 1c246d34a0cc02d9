"""Below an account: that two of its contacts are one person, what joining them does, and the way back."""

from typing import TYPE_CHECKING, Any

from crm.access import Right
from crm.intake.joining import Joinable
from ui.joining import TAKE_APART, joined_in
from ui.listeners import on
from ui.rights import may
from ui.show import words, written
from ui.tongue import label, said

if TYPE_CHECKING:
    from crm.nouns import Contact
    from house import House

FEWEST = 2  # contacts of which two may be one


class JoiningContacts:
    """What was joined into contacts of the open account; the two that are to be one."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house = house
        self.joined = gr.HTML(elem_id="joined-contacts", js_on_load=TAKE_APART, apply_default_css=False)
        with gr.Accordion(label("accounts.same_title"), open=False, visible=False, elem_id="same") as self.place:
            self.one, self.into = (
                gr.Dropdown([], value=None, label=label(f"accounts.same_{name}"), elem_id=f"same-{name}")
                for name in ("one", "into")
            )
            self.told = gr.HTML(elem_id="same-told", apply_default_css=False)
            self.go = gr.Button(label("accounts.join_go"), size="sm", visible=False, elem_id="same-go")

    @property
    def shown(self) -> list[Any]:
        """What `opened` fills."""
        return [self.joined, self.place, self.one, self.into, self.told, self.go]

    def opened(self, account_id: str) -> list[Any]:
        """All of it for this account, closed; nothing for none, or for whoever may not join."""
        import gradio as gr

        can = bool(account_id) and may(self.house, Right.IMPORT)
        contacts = self.house.book.contacts_of(account_id) if can else []
        choices: list[tuple[str, Any]] = [(called(c), c.id) for c in contacts]
        return [
            joined_in(one for contact in contacts for one in contact.joined),
            gr.Accordion(visible=len(contacts) >= FEWEST, open=False),
            *(gr.Dropdown(choices=choices, value=None) for _ in range(2)),
            *self._chosen(None, None),
        ]

    def attach(self, opened: Any) -> list[Any]:
        """Choosing, joining, taking apart; gives the events after which the data are others."""
        import gradio as gr

        both = [self.one, self.into]
        for dropdown in both:
            on(dropdown.input, self._chosen, both, [self.told, self.go])

        def apart(clicked: gr.EventData, account_id: str) -> list[Any]:
            name = self.house.take_apart(Joinable.CONTACT, clicked.joined)
            gr.Info(words(said("accounts.same_apart_done", name=name)))  # the note renders HTML
            return self.opened(account_id)

        def join(one: str, into: str, account_id: str) -> list[Any]:
            told = self.house.join(Joinable.CONTACT, one, into)
            gr.Info(words(said("accounts.same_done", joined=told.joined, into=told.into)))
            return self.opened(account_id)

        heard = {"queue": True, "show_progress": "full"}
        gone = on(self.joined.click, apart, [opened], self.shown, **heard)
        return [on(self.go.click, join, [*both, opened], self.shown, **heard), gone]

    def _chosen(self, one: str | None, into: str | None) -> list[Any]:
        """What will happen once two different ones are chosen, in a sentence."""
        import gradio as gr

        if not one or not into or one == into:
            return ["", gr.Button(visible=False)]
        told = self.house.joining(Joinable.CONTACT, one, into)
        joined, stays = (called(self.house.book.contact_by_id[i]) for i in (one, into))
        sentence = written("accounts.same_told", joined=joined, into=stays, activities=told.activities)
        return [f'<p class="summary" role="status">{sentence}</p>', gr.Button(visible=True)]


def called(contact: "Contact") -> str:
    """Two of one name are told apart by their addresses."""
    return f"{contact.name}, {contact.email}" if contact.email else contact.name
