"""Which types of accounts a question wants, among those that the address book holds."""

from agents.base import Toolbox
from crm.insight.question.account_types import AccountTypes, account_types
from crm.insight.question.types_asked import TypesAsked

SEARCHED = frozenset({"ask_history", "account_summary", "activity_audit"})
UNTYPED = "The type of account was not looked at here: the records of all accounts were searched."


def types_in(tools: Toolbox) -> AccountTypes:
    """The types of the accounts."""
    held = frozenset(a.type for a in tools.book.accounts if a.type)
    return account_types(tools.playbook, held, bool(tools.book.leads))


def types_asked(text: str, tools: Toolbox) -> TypesAsked:
    """What the text says of types."""
    return types_in(tools).asked(text)


def missing_types(text: str, tools: Toolbox) -> tuple[str, ...]:
    """Says of types that the text names that no account has them."""
    types = types_in(tools)
    asked = types.asked(text)
    if not asked.missing:
        return ()
    if types.held:
        told = types.names(asked)
        return (f"{told[0].upper()}{told[1:]}.",)
    words = ", ".join(f"“{word}”" for word in asked.missing)
    return (f"The accounts carry no type here, so that {words} cannot be told from the others.",)


def untyped(text: str, task: str, tools: Toolbox) -> tuple[str, ...]:
    """Says where an answer was sought among the records of all accounts though only some were asked for."""
    asked = types_asked(text, tools)
    return (UNTYPED,) if task in SEARCHED and types_in(tools).held and asked else ()
