"""The Accounts tab: who really answers, account by account; beside the list, the page of the one that is open."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.access import Right
from crm.engagement.health import Band
from crm.engagement.portfolio import AccountPage
from crm.errors import MissingPart
from ui import portfolio
from ui.address import Address
from ui.correcting import Correcting
from ui.joining import JoiningAccounts
from ui.joining_contacts import JoiningContacts
from ui.listeners import arriving, on, run_js
from ui.periods import ANY, offered, period_of
from ui.possible_duplicates import PossibleDuplicates
from ui.rights import may
from ui.show import hint, written
from ui.sources_pane import opened_record, still_there
from ui.taking import Taking
from ui.tongue import label, said

if TYPE_CHECKING:
    from house import House

EVERY = ""
ASKS = ("talked", "summary", "draft")
# The row is marked at once, before the server has made the account's page.
OPEN_ACCOUNT = """
const mark = (row, opened) => {
  row.classList.toggle('opened', opened);
  row.querySelector('.open-account').setAttribute('aria-pressed', String(opened));
};
element.addEventListener('click', event => {
  const row = event.target.closest('tr'), button = row?.querySelector('.open-account');
  if (!button) return;
  element.querySelectorAll('tr.opened').forEach(other => mark(other, false));
  mark(row, true);
  trigger('click', {account: button.dataset.account});
});
"""
OPEN_DOT = """
const open = event => {
  const dot = event.target.closest('.dot');
  if (!dot || (event.type === 'keydown' && event.key !== 'Enter' && event.key !== ' ')) return;
  event.preventDefault();
  trigger('click', {activity: dot.dataset.activity});
};
element.addEventListener('click', open);
element.addEventListener('keydown', open);
"""
SHOW_PAGE = """() => {
  if (innerWidth <= 900) document.querySelector('#account')?.scrollIntoView({behavior: 'smooth'});
}"""


@dataclass(frozen=True, slots=True)
class AccountsTab:
    """What the window connects.

    `asks` are buttons with the name of what they ask about the open account; `open` fills `page` with one account;
    `changed` are the events after which the data are others.
    """

    asks: tuple[tuple[Any, str], ...]
    opened: Any
    open: Callable[[str], list[Any]]
    page: tuple[Any, ...]
    changed: tuple[Any, ...]


def accounts_tab(house: "House", place: Any, where: Any, revised: Any) -> AccountsTab:
    """Draws the tab and attaches its listeners; `place` is the tab itself, which lists the accounts when it is opened.

    The address in `where` follows the account that is open; `revised` is the event after which the data are others.
    """
    return _Tab(house).attach(place, where, revised)


class _Tab:
    """The tab's components with what they do."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house, self.opened = house, gr.State("")
        with gr.Row(elem_classes="desk"):
            with gr.Column(scale=7, min_width=340, elem_classes="viewer"):
                self._draw_list()
            with gr.Column(scale=5, min_width=340, elem_classes="viewer"):
                self._draw_page()

    def _draw_list(self) -> None:
        import gradio as gr

        with gr.Row(elem_classes="filters"):
            self.search = gr.Textbox(
                elem_id="find-account",
                label=label("accounts.search"),
                placeholder=label("accounts.search_hint"),
                max_lines=1,
                scale=3,
            )
            self.band, self.owner = (
                gr.Dropdown([EVERY], value=EVERY, label=label(f"accounts.{name}"), elem_id=name, scale=2)
                for name in ("health", "owner")
            )
            # No list of many accounts without types needs to choose among them.
            self.type = gr.Dropdown(
                [EVERY], value=EVERY, label=label("accounts.type"), elem_id="account-type", scale=2, visible=False
            )
            self.period = gr.Dropdown(
                [ANY], value=ANY, label=label("pipeline.period"), elem_id="period", scale=2, allow_custom_value=True
            )
        self.duplicates = PossibleDuplicates(self.house)
        self.listed = gr.HTML(elem_id="accounts", js_on_load=OPEN_ACCOUNT, apply_default_css=False)
        self.taking = Taking("accounts", ("xlsx", "csv"), visible=not self.house.settings.auth)

    def _draw_page(self) -> None:
        import gradio as gr

        self.head = gr.HTML(elem_id="account", apply_default_css=False)
        with gr.Row(visible=False, elem_classes="asks") as self.buttons:
            self.asks = tuple((gr.Button(label(f"accounts.ask_{name}"), size="sm"), name) for name in ASKS)
        self.line = gr.HTML(elem_id="timeline", js_on_load=OPEN_DOT, apply_default_css=False)
        self.record = gr.HTML(elem_id="touch", apply_default_css=False)
        self.mended = Correcting(self.house, "touch-mend").follow(self.record)
        self.rest = gr.HTML(elem_id="who", apply_default_css=False)
        self.same = JoiningContacts(self.house)
        self.joining = JoiningAccounts(self.house)

    def attach(self, place: Any, where: Any, revised: Any) -> AccountsTab:
        """Searching, opening an account and one of its records, taking the list away."""
        import gradio as gr

        wanted = [self.search, self.band, self.owner, self.type, self.period]
        drawn = [self.listed, self.band, self.owner, self.type]
        page = [self.opened, self.buttons, self.head, self.line, self.rest]
        page += [*self.same.shown, *self.joining.shown, self.record]

        def choose(clicked: gr.EventData) -> list[Any]:
            return [*self._page(clicked.account), str(Address(account=clicked.account))]

        def touch(clicked: gr.EventData) -> str:
            return opened_record(self.house, clicked.activity)

        arriving(_begin, [*drawn, self.period])
        if self.house.settings.auth:
            arriving(lambda: gr.Row(visible=may(self.house, Right.EXPORT)), [self.taking.row])
        chosen_by = [self.band.input, self.owner.input, self.type.input, self.period.input]
        asked = partial(gr.on, [place.select, self.search.change, *chosen_by])
        on(asked, self._draw, [*wanted, self.opened], drawn, trigger_mode="always_last")  # a slow one is not last
        chosen = on(self.listed.click, choose, [], [*page, where])
        run_js(chosen.then, SHOW_PAGE)
        on(self.line.click, touch, [], [self.record])
        counted = [self.listed, self.head, self.line, self.rest]
        for mended in self.mended:
            on(mended.then, self._counted_again, [*wanted, self.opened], counted)
        self.revised = len(drawn) + len(page)
        on(revised, self._revised, [*wanted, self.opened, self.record], [*drawn, *page])
        for turned in (place.select, revised):
            on(turned, self.duplicates.drawn, [], self.duplicates.shown)
        self.taking.attach(self._taken, wanted)
        answered = self.duplicates.attach()
        on(answered.then, self._draw, [*wanted, self.opened], drawn)  # also where no account is open
        joined = [*self.same.attach(self.opened), *self.joining.attach(self.opened, where), answered]
        return AccountsTab(self.asks, self.opened, self._page, tuple(page), tuple(joined))

    def _draw(self, text: str, health: str, rep: str, kind: str, when: str, account_id: str) -> list[Any]:
        return listing(self.house, Chosen(text, health, rep, kind, when), account_id)

    def _counted_again(self, text: str, health: str, rep: str, kind: str, when: str, account_id: str) -> list[Any]:
        """The list and the open account with a corrected record counted as what it is now."""
        listed, *_ = listing(self.house, Chosen(text, health, rep, kind, when), account_id)
        page = self.house.account_page(account_id)
        return [listed, *(page_of(page) if page else (nothing_open(), "", ""))]

    def _revised(self, text: str, health: str, rep: str, kind: str, when: str, account_id: str, card: str) -> list[Any]:
        """The list and the open account after an import or an undo; what is not there any more is closed.

        Where none is open, the list waits until somebody turns to it: counting takes a moment.
        """
        import gradio as gr

        if not account_id:
            return [gr.skip()] * self.revised
        *page, _ = self._page(account_id)
        return [
            *listing(self.house, Chosen(text, health, rep, kind, when), account_id),
            *page,
            still_there(self.house, card),
        ]

    def _page(self, account_id: str) -> list[Any]:
        import gradio as gr

        page = self.house.account_page(account_id) if account_id else None
        shown = page_of(page) if page else (nothing_open(), "", "")
        found = page.row.account.id if page else ""
        return [found, gr.Row(visible=bool(page)), *shown, *self.same.opened(found), *self.joining.opened(found), ""]

    def _taken(self, form: str, text: str, health: str, rep: str, kind: str, when: str) -> Path:
        period = period_of(when, self.house.as_of())
        rows = portfolio.matching(self.house.accounts(period), text or "", health, rep, kind)
        return self.house.accounts_file(rows, form, period)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the boxes above the list hold; one that is not drawn yet holds nothing at all."""

    text: str | None
    health: str
    owner: str
    type: str
    when: str


def listing(house: "House", chosen: Chosen, opened: str) -> list[Any]:
    """The list under the filters; the healths, owners and types to choose from."""
    import gradio as gr

    as_of = house.as_of()
    period = period_of(chosen.when, as_of)
    rows = house.accounts(period)
    owners, types = (
        sorted({told for row in rows if (told := getattr(row.account, name))}) for name in ("owner", "type")
    )
    owner = chosen.owner if chosen.owner in owners else EVERY
    type_ = chosen.type if chosen.type in types and len(types) > 1 else EVERY
    wanted = portfolio.matching(rows, chosen.text or "", chosen.health, owner, type_)
    bands = [(said(f"accounts.{band.name.lower()}"), band.value) for band in Band]
    healths = [(said("accounts.any_health"), EVERY), (said("accounts.at_risk"), portfolio.AT_RISK), *bands]
    return [
        portfolio.account_list(wanted, len(rows), as_of, opened, 0 if rows else house.store.count(), period),
        gr.Dropdown(choices=healths, value=chosen.health),
        gr.Dropdown(choices=[(said("accounts.any_owner"), EVERY), *((o, o) for o in owners)], value=owner),
        gr.Dropdown(
            choices=[(said("accounts.any_type"), EVERY), *((t, t) for t in types)], value=type_, visible=len(types) > 1
        ),
    ]


def _begin() -> list[Any]:
    """What stands there before the list is drawn, in the language of whoever looks."""
    import gradio as gr

    counting = f'<p class="count" role="status">{written("accounts.counting")}</p>'
    boxes = [
        gr.Dropdown(choices=[(said(f"accounts.any_{n}"), EVERY)], value=EVERY) for n in ("health", "owner", "type")
    ]
    return [counting, *boxes, gr.Dropdown(choices=offered(), value=ANY)]


def nothing_open() -> str:
    """What stands in the page's place before an account is chosen."""
    return hint(said("accounts.one_title"), said("accounts.one"))


def page_of(page: AccountPage) -> tuple[str, str, str]:
    """The page of one account: its head, its timeline, who is there and what is on sale."""
    return portfolio.account_head(page), portfolio.timeline(page), portfolio.people(page) + portfolio.deals(page)


def account_of(house: "House", named: str) -> str:
    """The id of the account that an address names, by id or by name. Raises MissingPart."""
    book = house.book
    if named in book.account_by_id:
        return book.account_by_id[named].id
    wanted = named.strip().casefold()
    same = [a.id for a in book.accounts if wanted in {one.name.casefold() for one in a.everyone}]
    if len(same) != 1:
        raise MissingPart(said("accounts.not_there"))
    return same[0]


def question_about(house: "House", asked: str, account_id: str) -> str:
    """The question of a button with the account's name in it."""
    account = house.book.account_by_id.get(account_id)
    return said(f"accounts.question_{asked}", account=account.name) if account else ""
