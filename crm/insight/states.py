"""The states of deals, as conditions."""

from crm.insight.frame import Field, Where

WON = Where(Field.STATE, ("won",))
LOST = Where(Field.STATE, ("lost",))
OPEN = Where(Field.STATE, ("open",))
CLOSED = Where(Field.STATE, ("won", "lost"))
