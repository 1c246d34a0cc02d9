"""The Accounts tab: who really answers, account by account; beside the list, the page of the one that is open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm.engagement.health import Band
from crm.engagement.portfolio import AccountPage
from ui import portfolio
from ui.viewer import opened_record
from ui.wire import on, run_js

if TYPE_CHECKING:
    from house import House

EVERY, EVERYBODY = "Any health", "Any owner"
NOTHING_OPEN = (
    '<div class="empty hint"><h3>One account</h3><p>Choose an account: its timeline shows which touches were '
    "conversations and which were only chasing, who answers, and what is open.</p></div>"
)
ASKS = (
    ("Have we really talked?", "When did we last really talk to {account}?"),
    ("Summary", "Give me a summary of {account}"),
    ("Draft a mail", "Draft a follow-up email to {account}"),
)
OPEN_ACCOUNT = """
element.addEventListener('click', event => {
  const button = event.target.closest('tr')?.querySelector('.open-account');
  if (button) trigger('click', {account: button.dataset.account});
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
    """What the window connects: buttons that ask about the open account, and what draws the list anew."""

    asks: tuple[tuple[Any, str], ...]
    opened: Any
    draw: Callable[..., list[Any]]
    inputs: tuple[Any, ...]
    outputs: tuple[Any, ...]


def accounts_tab(house: "House") -> AccountsTab:
    """Draws the tab and attaches its listeners."""
    import gradio as gr

    opened = gr.State("")
    with gr.Row(elem_classes="desk"):
        with gr.Column(scale=7, min_width=360, elem_classes="viewer"):
            with gr.Row(elem_classes="filters"):
                search = gr.Textbox(
                    elem_id="find-account", label="Search", placeholder="Name, owner, industry …", max_lines=1, scale=3
                )
                band = gr.Dropdown(
                    [EVERY, portfolio.AT_RISK, *Band], value=EVERY, label="Health", elem_id="health", scale=2
                )
                owner = gr.Dropdown([EVERYBODY], value=EVERYBODY, label="Owner", elem_id="owner", scale=2)
            listed = gr.HTML(elem_id="accounts", js_on_load=OPEN_ACCOUNT, apply_default_css=False)
        with gr.Column(scale=5, min_width=360, elem_classes="viewer"):
            head = gr.HTML(NOTHING_OPEN, elem_id="account", apply_default_css=False)
            with gr.Row(visible=False, elem_classes="asks") as buttons:
                asks = tuple((gr.Button(name, size="sm"), question) for name, question in ASKS)
            line = gr.HTML(elem_id="timeline", js_on_load=OPEN_DOT, apply_default_css=False)
            record = gr.HTML(elem_id="touch", apply_default_css=False)
            rest = gr.HTML(elem_id="who", apply_default_css=False)

    def draw(text: str, health: str, rep: str, account_id: str) -> list[Any]:
        return listing(house, text, health, rep, account_id)

    def choose(text: str, health: str, rep: str, where: gr.EventData) -> list[Any]:
        page = house.account_page(where.account)
        shown = page_of(page) if page else (NOTHING_OPEN, "", "")
        listed = listing(house, text, health, rep, where.account)
        return [*listed, where.account, gr.Row(visible=bool(page)), *shown, ""]

    def touch(where: gr.EventData) -> str:
        return opened_record(house, where.activity)

    wanted, drawn = [search, band, owner], [listed, owner]
    for change in (search.change, band.change, owner.change):
        on(change, draw, [*wanted, opened], drawn)
    chosen = on(listed.click, choose, wanted, [*drawn, opened, buttons, head, line, rest, record])
    run_js(chosen.then, SHOW_PAGE)
    on(line.click, touch, [], [record])
    return AccountsTab(asks, opened, draw, (*wanted, opened), tuple(drawn))


def listing(house: "House", text: str, health: str, owner: str, opened: str) -> list[Any]:
    """The list under the filters, and the owners to choose from."""
    import gradio as gr

    rows = house.accounts()
    wanted = portfolio.matching(rows, text, "" if health == EVERY else health, "" if owner == EVERYBODY else owner)
    owners = sorted({row.account.owner for row in rows if row.account.owner})
    return [
        portfolio.account_list(wanted, len(rows), opened),
        gr.Dropdown(choices=[EVERYBODY, *owners], value=owner if owner in owners else EVERYBODY),
    ]


def page_of(page: AccountPage) -> tuple[str, str, str]:
    """The page of one account: its head, its timeline, who is there and what is on sale."""
    return portfolio.account_head(page), portfolio.timeline(page), portfolio.people(page) + portfolio.deals(page)


def question_about(house: "House", question: str, account_id: str) -> str:
    """The question with the account's name in it."""
    account = house.book.account_by_id.get(account_id)
    return question.format(account=account.name) if account else ""
