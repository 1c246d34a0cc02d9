"""The top of the page: the product's name, the state of the data, who writes the words, the other languages."""

from typing import TYPE_CHECKING

from crm.errors import CrmError
from ui.rights import signed_in
from ui.show import share, words, written
from ui.tongue import COOKIE, LANGUAGES, heard, language, said

if TYPE_CHECKING:
    from house import House

NAME = "Engaged?"
# The language is kept in a cookie, and read again with the page, once its address names the tab that was just chosen. A
# server that went away is asked for every few seconds; when it is back the page is opened anew at its address, with
# what was typed and not yet asked.
LISTEN = """
element.addEventListener('click', event => {
  const button = event.target.closest('.tongue');
  if (!button) return;
  document.cookie = 'COOKIE=' + button.dataset.language + '; path=/; max-age=31536000; SameSite=Lax';
  const again = tries => window.addressBehind && tries ? setTimeout(again, 50, tries - 1) : location.reload();
  again(60);
});
const box = () => document.querySelector('#ask textarea');
const typed = sessionStorage.getItem('typed');
sessionStorage.removeItem('typed');
const put = () => {
  if (!box()) { setTimeout(put, 100); return; }
  box().value = typed;
  box().dispatchEvent(new Event('input'));
};
if (typed) put();
let banner = null;
const tell = back => {
  const told = element.querySelector('.top').dataset;
  banner = banner || document.body.appendChild(document.createElement('div'));
  banner.setAttribute('role', 'alert');
  banner.className = back ? 'lost back' : 'lost';
  banner.textContent = back ? told.back : told.lost;
};
const look = async () => {
  const here = await fetch('favicon.ico', {cache: 'no-store'}).then(() => true, () => false);
  if (!here) {
    tell(false);
    if (box()?.value) sessionStorage.setItem('typed', box().value);
  } else if (banner) {
    tell(true);
    setTimeout(() => location.reload(), 1200);
    return;
  }
  setTimeout(look, here ? 5000 : 2000);
};
setTimeout(look, 5000);
""".replace("COOKIE", COOKIE)


def header(house: "House") -> str:
    """The product's name, the state of the data, who writes the words, the other languages."""
    state = house.sync.state if house.sync else None
    bar = ""
    if state is not None and filling(house) and state.total:
        told = written("top.index")
        bar = f'<progress max="{state.total}" value="{state.done}" aria-label="{told}"></progress>'
    others = "".join(
        f'<button type="button" class="tongue" lang="{code}" data-language="{code}">{name}</button>'
        for code, name in LANGUAGES.items()
        if code != language()
    )
    lost, back = written("top.lost"), written("top.back")
    return (
        f'<header class="top" data-lost="{lost}" data-back="{back}" data-end="{written("top.end")}" '
        f'data-more="{written("top.more")}">'
        f'<div class="name"><h1>{NAME}</h1><span>{written("top.promise")}</span></div>'
        f'<div class="state"><span role="status">{words(status(house))}</span>{bar}'
        f'<span class="writer">{words(writer(house))}</span>{others}{_who(house)}</div></header>'
    )


def _who(house: "House") -> str:
    """Who is signed in, with the way out."""
    name = signed_in(house)
    if not name:
        return ""
    told = written("top.signed_in", who=name, role=said(f"top.role_{house.viewer.role}"))
    return f'<span class="who">{told}</span><a class="tongue" href="sign-out">{written("top.sign_out")}</a>'


def status(house: "House") -> str:
    """How much is here, how new it is, how far the index is."""
    if house.loading:
        done, total = house.loading
        return said("top.loading", done=done, total=total)
    as_of = house.as_of()
    told = said("top.activities", n=house.store.count())
    newest = said("top.as_of", day=as_of) if as_of else ""
    demo = f" · {said('top.demo')}" if house.demo_here else ""
    return f"{told}{newest}{demo} · {_index_told(house)}"


def _index_told(house: "House") -> str:
    if house.index_problem:
        return heard(house.index_problem)
    state = house.sync.state if house.sync else None
    if state is None or not state.total:
        return said("top.index_loading") if house.store.count() else said("top.index_empty")
    if state.problem:
        return said("top.index_problem", problem=heard(state.problem))
    if state.done < state.total:
        return said("top.index_filling", share=share(state.done / state.total))
    return said("top.index_complete")


def filling(house: "House") -> bool:
    """Whether the status line is about to change by itself."""
    state = house.sync.state if house.sync else None
    return not house.index_problem and (state is None or state.running)


def writer(house: "House") -> str:
    """Who makes the words of the answers."""
    try:
        return said("top.model", name=house.llm.name) if house.llm else said("top.templates")
    except CrmError as err:
        return heard(str(err))
