"""Which way a mail went: as the CRM says, else by who wrote its newest words."""

from sqlalchemy import Case, Text, case, cast

from crm.nouns import Direction, Kind, Side
from crm.records.db import activities

_TOLD = cast(activities.c.messages, Text)
_SILENT = (activities.c.direction == Direction.UNKNOWN.value) & (activities.c.kind == Kind.EMAIL.value)
DIRECTION: Case[str] = case(
    (_SILENT & _TOLD.startswith(f'[["{Side.US.value}"'), Direction.OUTBOUND.value),
    (_SILENT & _TOLD.startswith(f'[["{Side.THEM.value}"'), Direction.INBOUND.value),
    else_=activities.c.direction,
)
