"""What the address bar says: it opens an account, an activity, a conversation or a place, and follows what is open."""

from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import parse_qs, urlencode

from ui.listeners import run_js
from ui.show import words, written
from ui.tongue import label

NAMES = ("conversation", "account", "activity", "tab")
ARRIVED = "() => location.search"
# Whatever else stands in the address, such as a theme, stays. Back and forward open what they name.
FOLLOW = """(where) => {
  const now = new URLSearchParams(location.search), next = new URLSearchParams(where);
  for (const name of ["conversation", "account", "activity", "tab"]) now.delete(name);
  for (const [name, value] of next) now.set(name, value);
  const search = now.size ? "?" + now : "";
  if (search !== location.search) history.pushState(null, "", location.pathname + search);
}"""
# The address follows a tab once the server has said where it leads: until then it is behind.
CAUGHT_UP = "() => { setTimeout(() => { window.addressBehind = false; }, 100); }"
LISTEN = """
if (!window.addressHeard) {
  window.addressHeard = true;
  addEventListener("popstate", () => location.reload());
  document.addEventListener("click", event => {
    const tab = event.target.closest && event.target.closest("#places [role=tab], #places .overflow-dropdown button");
    if (tab && !tab.classList.contains("selected")) window.addressBehind = true;
  }, true);
  document.addEventListener("click", async event => {
    const button = event.target.closest && event.target.closest(".copy-link");
    if (!button) return;
    event.preventDefault();
    await navigator.clipboard.writeText(location.origin + location.pathname + button.dataset.link);
    const told = button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = told; }, 1600);
  });
}
"""


@dataclass(frozen=True, slots=True)
class Address:
    """What an address asks for; each may be empty."""

    conversation: str = ""
    account: str = ""
    activity: str = ""
    tab: str = ""

    @classmethod
    def read(cls, search: str) -> Self:
        """From what stands after the path: `?account=demo:a1`. What it does not know it leaves alone."""
        asked = parse_qs(search.lstrip("?"))
        return cls(**{name: asked[name][-1] for name in NAMES if name in asked})

    def __str__(self) -> str:
        told = {name: value for name in NAMES if (value := getattr(self, name))}
        return f"?{urlencode(told)}" if told else ""


def bar() -> Any:
    """What the window writes the address into; the browser follows it."""
    import gradio as gr

    gr.HTML(js_on_load=LISTEN, visible="hidden", elem_id="copying")
    where = gr.Textbox(visible="hidden", elem_id="where", label=label("common.address"))
    run_js(where.change, FOLLOW, [where])
    return where


def copy_link(address: Address) -> str:
    """A button that puts the full address on the clipboard."""
    copied = written("common.copied")
    told = written("common.copy_link")
    link = words(str(address))
    return f'<button type="button" class="copy-link" data-link="{link}" data-copied="{copied}">{told}</button>'
