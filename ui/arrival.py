"""A visitor arrives at an address: what it names is open, and says so when it is not there."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm.errors import MissingPart
from ui.accounts import AccountsTab, account_of
from ui.address import ARRIVED, CAUGHT_UP, Address
from ui.listeners import arriving, on, run_js, visitor
from ui.rights import open_to
from ui.show import words
from ui.sources_pane import nothing_open, opened_record
from ui.tongue import label, said

if TYPE_CHECKING:
    from house import House
    from ui.chat import AskTab


# By its button, as a person would: what a place fetches when it is opened, it fetches. A tab that is not for all is
# shown a moment after the others; on a narrow page it has only a button with its name, in the menu beside the tabs.
TURN = """(told) => {
  if (!told) return;
  const [tab, name] = told.split('\\n');
  let theirs = false;  // whoever has clicked a tab since is not taken back
  const chosen = event => {
    theirs ||= event.isTrusted && !!event.target.closest('#places [role=tab], #places .overflow-dropdown button');
  };
  document.addEventListener('click', chosen, true);
  const turn = tries => {
    const hidden = [...document.querySelectorAll('#places .overflow-dropdown button')];
    const button = document.querySelector(`#places [role=tab][data-tab-id="${CSS.escape(tab)}"]`)
      || hidden.find(b => b.textContent.trim() === name);
    const there = theirs || button?.classList.contains('selected') || !tries;
    if (there) return document.removeEventListener('click', chosen, true);
    button?.click();  // a tab that is drawn and does not listen yet is clicked again
    setTimeout(() => turn(tries - 1), button ? 400 : 100);
  };
  turn(30);
}"""


@dataclass(frozen=True, slots=True)
class Places:
    """What an address may open: the tabs, and the two of them that hold something to open."""

    tabs: Any
    where: Any
    asking: "AskTab"
    accounts: AccountsTab


def attach_arrival(house: "House", places: Places) -> None:
    """When the page opens, and when another tab is chosen: the address follows."""
    import gradio as gr

    asking, accounts = places.asking, places.accounts
    tabs = {tab.id for tab in places.tabs.children}

    def arrive(search: str) -> list[Any]:
        address = Address.read(search)
        ask, record, account, tab = [gr.skip()] * len(asking.arrival), nothing_open(), accounts.open(""), address.tab
        try:
            if address.conversation:
                ask, tab = asking.arrived(visitor(), address.conversation), "ask"
            elif address.account:
                account, tab = accounts.open(account_of(house, address.account)), "accounts"
            elif address.activity:
                record, tab = _record(house, address.activity), "ask"
        except MissingPart as err:
            record, tab = _missing(str(err)), "ask"
        if not open_to(house, tab):
            record, tab = _missing(said("common.not_yours")), "ask"
        turned_to = f"{tab}\n{said(f'places.{tab}')}" if tab in tabs else ""
        return [turned_to, *ask, record, *account]

    def turned(tab: gr.SelectData, talk: Any, account: str) -> str:
        which = places.tabs.children[tab.index].id
        if which == "ask":
            return str(Address(conversation=talk.id)) or "?"
        return str(Address(account=account) if which == "accounts" and account else Address(tab=which))

    turn = gr.Textbox(visible="hidden", label=label("common.address"))
    filled = [turn, *asking.arrival, asking.record, *accounts.page]
    arrived = arriving(arrive, filled, [places.where], js=ARRIVED)
    asking.follow(arrived.then)
    asking.leave()
    run_js(arrived.then, TURN, [turn])
    followed = on(places.tabs.select, turned, [asking.talk, accounts.opened], [places.where])
    run_js(followed.then, CAUGHT_UP)


def _record(house: "House", named: str) -> str:
    found = house.store.find(named)
    if len(found) != 1:
        raise MissingPart(said("record.not_there"))
    return opened_record(house, found[0].id)


def _missing(told: str) -> str:
    return f'<p class="notice" role="alert">{words(told)}</p>{nothing_open()}'
