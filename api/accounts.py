"""Endpoints about accounts: all at a glance, one in full."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi import Path as InPath

from api.account_models import AccountIn, AccountLine
from api.dependencies import Reads
from api.paging import Cursor, Limit, Page, Place, page
from api.problems import Trouble
from crm.engagement.health import Band
from crm.engagement.portfolio import AccountRow

routes = APIRouter(prefix="/accounts", tags=["accounts"])
NEWEST = 50  # records that one account's page lists
ENOUGH = 60  # characters of a name that put it in order; its id does the rest


@routes.get("")
def accounts(
    asked: Reads,
    health: Annotated[Band | None, Query(description="only accounts of this health")] = None,
    owner: Annotated[str, Query(max_length=200, description="only this rep's")] = "",
    limit: Limit = 50,
    cursor: Cursor = "",
) -> Page[AccountLine]:
    """Every account, those first where money rests on silence."""
    rows = [
        r
        for r in asked.house.accounts()
        if (health is None or r.health.band is health) and (not owner or r.account.owner == owner)
    ]
    return page(rows, _place, cursor, limit, AccountLine.of)


@routes.get("/{account}")
def account(asked: Reads, account: Annotated[str, InPath(max_length=200, description="an id or a name")]) -> AccountIn:
    """One account: whether it really talks, who answers, what is open, its newest records."""
    house = asked.house
    house.judge_store()
    found = house.account(account)
    shown = house.account_page(found.id)
    if shown is None:
        raise Trouble(404, f"No account is called {account}.")
    return AccountIn.of(shown, house.book, NEWEST)


def _place(row: AccountRow) -> Place:
    """Where an account stands in the list."""
    account = row.account
    return (int(not row.health.at_risk), -(row.days_silent or 0), account.name[:ENOUGH], account.id)
