"""How the outcome of a record is told: NO_ANSWER is a program's way to write, a person's words stay as they are."""


def outcome_told(said: str) -> str:
    """ "NOT_STARTED" as "not started"."""
    return said.replace("_", " ").lower() if said.isupper() else said
