"""Articles of one language that are another word in others: "quantos leads o Jonas tem"."""

from crm.insight.frame import Field
from crm.insight.grammar.parts import Parts

ARTICLE = "o"


def drop_articles(parts: Parts) -> None:
    """ "Leads o Jonas tem": an "or" in Italian and Spanish, which joins no lead to a colleague."""
    for article in [a for a in parts.all("or") if a.text.lower() == ARTICLE]:
        place = parts.place(article)
        before, after = parts.at(place - 1) if place else None, parts.at(place + 1)
        person = after is not None and after.kind == "name" and any(f is Field.REP for f, _ in after.names)
        if person and before is not None and before.kind == "about":
            parts.drop(article)
