"""One import opened: its ledger, its refused rows to take away, the way back by a second click."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from crm.intake.made_rows import COMPANIES
from ui.company_choice import CompanyChoice, wanted
from ui.download import Saving
from ui.ledger import ledger_card, refusals_table
from ui.listeners import arriving, on
from ui.possible_duplicates import PossibleDuplicates
from ui.show import hint, written
from ui.tongue import label, said

if TYPE_CHECKING:
    from crm.intake.free_mail import FreeMail
    from crm.intake.import_history import Past
    from crm.intake.ledger import Intake
    from crm.intake.named_companies import Company
    from crm.intake.our_side_guess import Likely
    from crm.intake.taken_for import Taken
    from house import House

REFUSED_SHOWN = 50
COMPANIES_SHOWN = 5
ADDRESSES_SHOWN = 3
TAKEN_SHOWN = 5
LOADED_BESIDE = ("contacts", "deals")  # the companies of the activities loaded before may have no accounts yet
NONE = 0  # the number of no import


class LedgerPane:
    """What stands beside the drop zone. `shown` is what `opened` and `closed` fill."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house = house
        self.import_id, self.likely = gr.State(NONE), gr.State("")
        self.card = gr.HTML(elem_id="ledger", apply_default_css=False)
        self.choice = CompanyChoice()

    def draw(self) -> None:
        """What stands below the ledger."""
        import gradio as gr

        self.refused = gr.Dataframe(
            column_widths=["12%", "88%"],
            interactive=False,
            wrap=True,
            visible=False,
            label=label("imports.refused"),
            elem_id="refused",
            buttons=[],
        )
        self.choice.draw()
        with gr.Row(elem_classes="acts"):
            self.save = gr.Button(label("imports.save"), visible=False, elem_id="refused-save")
            self.ours = gr.Button(visible=False, elem_id="call-ours", variant="primary")
            self.disown = gr.Button(visible=False, elem_id="disown")
            self.add = gr.Button(label("imports.add"), visible=False, elem_id="add-companies", variant="primary")
            self.undo = gr.Button(label("imports.undo"), visible=False, elem_id="undo")
            self.sure = gr.Button(label("imports.sure"), visible=False, elem_id="undo-sure", variant="stop")
            self.keep = gr.Button(label("imports.keep"), visible=False, elem_id="undo-keep")
        self.saving = Saving("imports.save")
        self.duplicates = PossibleDuplicates(self.house, "import-duplicates", opened=True)

    @property
    def shown(self) -> list[Any]:
        return [self.card, *self._acts]

    @property
    def _acts(self) -> list[Any]:
        return [
            self.import_id,
            self.likely,
            self.refused,
            self.save,
            self.ours,
            self.disown,
            self.add,
            *self.choice.shown,
            self.undo,
            self.sure,
            self.keep,
            *self.duplicates.shown,
        ]

    def attach(self) -> tuple[Any, ...]:
        """Asks once more before anything is undone; gives what changes the data.

        That is undoing, adding, telling our side, telling which accounts are one.
        """
        arriving(intro, [self.card])
        asked = [self.undo, self.sure, self.keep]
        on(self.undo.click, lambda: _buttons(undo=False, sure=True), [], asked)
        on(self.keep.click, lambda: _buttons(undo=True, sure=False), [], asked)
        self.saving.attach(self.save.click, self.taken, [self.import_id])
        self.choice.attach()
        added = on(self.add.click, self._added, self.choice.asked, self.shown)
        told = on(self.ours.click, self._ours_told, [self.import_id, self.likely], self.shown)
        on(self.disown.click, self._disowned, [self.import_id, self.likely], self.shown)
        undone = on(self.sure.click, self._undone, [self.import_id], self.shown)
        return undone, added, told, self.duplicates.attach()

    def give_way(self, trigger: Any) -> None:
        """Something else is shown in the ledger's place: nothing may be done about the import any more."""
        on(trigger, lambda: self.closed("")[1:], [], self._acts)

    def opened(self, intake: "Intake", can_go: bool, called_ours: str = "") -> list[Any]:
        """Ledger, refused rows with their download, undo where there is something to take back.

        What may be there under two names is asked about here as well, for an import is where it comes from.

        `called_ours` is a domain that was just called ours, which can be taken back here.
        """
        import gradio as gr

        refused, heads = intake.refused > 0, [said("imports.line"), said("imports.reason")]
        homeless = intake.record == "activities" and intake.unmatched > 0
        left_over = intake.record == "accounts" and intake.file_name == COMPANIES
        asked = homeless or left_over or intake.record in LOADED_BESIDE
        likely = self.house.likely_ours() if intake.record == "activities" or left_over else None
        found = self.house.companies_named() if asked else []
        named = [one for one in found if likely is None or one.domain != likely.domain]
        lacking = lacks_told(named, likely, self.house) if homeless or likely else ""
        lacking += taken_told(self.house.taken_for(intake.import_id))
        lacking += free_mail_told(self.house.free_mail(intake.import_id)) if homeless else ""
        return [
            ledger_card(intake) + (companies_left(named) if left_over else companies_told(named)) + lacking,
            intake.import_id,
            likely.domain if likely else called_ours,
            gr.Dataframe(value={"headers": heads, "data": refusals_table(intake, REFUSED_SHOWN)}, visible=refused),
            gr.Button(visible=refused),
            gr.Button(said("imports.ours_yes", domain=likely.domain) if likely else "", visible=bool(likely)),
            gr.Button(said("imports.ours_no", domain=called_ours) if called_ours else "", visible=bool(called_ours)),
            gr.Button(visible=bool(named)),
            *self.choice.opened(named, chosen=not left_over and self._is_news(intake)),
            *_buttons(undo=can_go, sure=False),
            *(self.duplicates.drawn() if can_go else self.duplicates.hidden()),
        ]

    def taken(self, import_id: int) -> list[str]:
        """The refused rows of the import as text to save, with the file's name; written when it is asked for."""
        with TemporaryDirectory(prefix="refused-") as folder:
            path = self.house.refused_csv(import_id, Path(folder) / f"refused-{import_id}.csv")
            return [path.read_bytes().decode("utf-8"), path.name]

    def closed(self, card: str) -> list[Any]:
        """Words in the ledger's place, and nothing to do about them."""
        import gradio as gr

        return [
            card,
            NONE,
            "",
            *[gr.update(visible=False)] * 5,
            *self.choice.closed(),
            *_buttons(undo=False, sure=False),
            *self.duplicates.hidden(),
        ]

    def _is_news(self, intake: "Intake") -> bool:
        """Whether no accounts were made of names since: what somebody left out is not chosen for them again."""
        made = (past.intake for past in self.house.made_of_names())
        return all(one.file_name != COMPANIES or one.import_id < intake.import_id for one in made)

    def _added(self, *choice: Any) -> Iterator[list[Any]]:
        import gradio as gr

        names = wanted(*choice)
        if not names:
            gr.Info(said("imports.none_chosen"))
            yield [gr.skip()] * len(self.shown)
            return
        yield self.closed(f'<p class="count" role="status">{written("imports.adding")}</p>')
        card, *acts = self.opened(self.house.add_companies(names), can_go=True)
        yield [card + f'<p class="notice" role="status">{written("imports.added")}</p>', *acts]

    def _ours_told(self, import_id: int, domain: str) -> Iterator[list[Any]]:
        yield self.closed(f'<p class="count" role="status">{written("imports.reading_again")}</p>')
        self.house.call_ours(domain)
        yield self.opened(self.house.ledger(import_id), can_go=True, called_ours=domain)

    def _disowned(self, import_id: int, domain: str) -> Iterator[list[Any]]:
        yield self.closed(f'<p class="count" role="status">{written("imports.reading_again")}</p>')
        self.house.disown(domain)
        yield self.opened(self.house.ledger(import_id), can_go=True)

    def _undone(self, import_id: int) -> Iterator[list[Any]]:
        if import_id == NONE:
            return
        yield self.closed(f'<p class="count" role="status">{written("imports.undoing")}</p>')
        of_activities = self.house.ledger(import_id).record == "activities"
        touched = self.house.undo_import(import_id)
        left = left_told(self.house.made_of_names()) if of_activities else ""
        yield self.closed(f'<p class="notice" role="status">{written("imports.undone", n=touched)}</p>{left}')


def companies_told(named: "Sequence[Company]") -> str:
    """What an export of activities alone lacks: accounts of the companies that it names."""
    if not named:
        return ""
    names = [company.name for company in named[:COMPANIES_SHOWN]]
    some = ", ".join([*names, *(["…"] if len(named) > COMPANIES_SHOWN else [])])
    how = "domains" if all(company.name == company.domain for company in named) else "companies"
    return f'<p class="notice" role="status">{written(f"imports.{how}", n=len(named), names=some)}</p>'


def companies_left(named: "Sequence[Company]") -> str:
    """What was not made an account when the others were."""
    return f'<p class="count" role="status">{written("imports.left_over", n=len(named))}</p>' if named else ""


def left_told(made: "Sequence[Past]") -> str:
    """What the undoing of activities leaves: accounts and contacts that were made of the names in them."""
    if not made:
        return ""
    names = ", ".join(f"“{past.intake.file_name}”" for past in made)
    return f'<p class="notice" role="status">{written("imports.still_there", n=len(made), names=names)}</p>'


def lacks_told(named: "Sequence[Company]", likely: "Likely | None", house: "House") -> str:
    """What cannot be told from what is here, with what would tell it: a word about our side, or more columns."""
    told = []
    if likely:
        said_of = {"domain": likely.domain, "n": likely.records, "total": likely.of}
        told.append(written("imports.whose", **said_of))
    elif not named and not house.book.accounts:
        told.append(written("imports.no_companies"))
    if house.hardly_dated():
        told.append(written("imports.no_dates"))
    return "".join(f'<p class="notice" role="status">{notice}</p>' for notice in told)


def taken_told(found: "Sequence[Taken]") -> str:
    """Which names found an account that is called otherwise: somebody who knows them should see it."""
    told = (written("imports.taken", n=one.records, name=one.name, account=one.account) for one in found[:TAKEN_SHOWN])
    return "".join(f'<p class="count">{line}</p>' for line in told)


def free_mail_told(found: "FreeMail") -> str:
    """Who writes from an address that tells no company, with what would give their mails a home."""
    if not found.records:
        return ""
    more = ["…"] if len(found.addresses) > ADDRESSES_SHOWN else []
    some = ", ".join([*found.addresses[:ADDRESSES_SHOWN], *more])
    return f'<p class="notice" role="status">{written("imports.free_mail", n=found.records, addresses=some)}</p>'


def intro() -> str:
    """What the ledger will show."""
    return hint(said("imports.none_title"), said("imports.none"))


def _buttons(undo: bool, sure: bool) -> list[Any]:
    import gradio as gr

    return [gr.Button(visible=undo), gr.Button(visible=sure), gr.Button(visible=sure)]
