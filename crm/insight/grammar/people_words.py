"""People told by who leads them, companies by whom they belong to, or by how many they employ."""

from dataclasses import replace

from crm.insight.frame import About, Field
from crm.insight.grammar.parts import NAMING, Parts, is_plural, is_typed
from crm.insight.grammar.splits import is_each
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import STAFF_OR_CONTACTS, CannotSay, Rewording

KEPT, EMPLOYED = 10, 100  # as many contacts an account may have; so many people are its staff
LED = (Field.MANAGER, Field.REP_REGION, Field.ACCOUNT_REGION)  # by which a team is told


def take_led(parts: Parts) -> None:
    """ "Every agent under Cara": those whom she leads; "under each manager" is by manager."""
    for under in parts.all("under"):
        after = parts.at(parts.place(under) + 1)
        if after is not None and after.kind == "by" and under.text.lower() in parts.words.shades.below:
            parts.drop(under)
            continue
        led = tuple(n for n in after.names if n[0] is Field.MANAGER) if after is not None else ()
        if led and after is not None:
            parts.atoms[parts.place(after)] = replace(after, names=led)
            parts.drop(under)


def take_each_of_theirs(parts: Parts) -> None:
    """ "Each of Melvin's agents" is by agent, of those whom he leads."""
    for by in parts.all("by"):
        place = parts.place(by)
        leader, people = parts.at(place + 1), parts.at(place + 2)
        leads = leader is not None and any(f is Field.MANAGER for f, _ in leader.names)
        if leads and people is not None and people.value == "rep" and is_plural(people):
            led = tuple(n for n in parts.atoms[place + 1].names if n[0] is Field.MANAGER)
            parts.atoms[place + 1 : place + 3] = [people, replace(parts.atoms[place + 1], names=led)]


def take_teams(parts: Parts) -> None:
    """ "Ingrid's people" are the reps whom she leads; "Ingrid's team" is told by her, "the East team" by its region."""
    for team in parts.all("field"):
        place = parts.place(team)
        before, after = parts.at(place - 1), parts.at(place + 1)
        split = before is not None and before.kind in ("by", "which")
        by = parts.at(place - 2) if place > 1 else None
        if by is not None and by.kind == "by" and is_each(parts, by):
            continue  # "for each Central manager"
        for name in [a for a in (before, after) if team.value == "manager" and a is not None and a.kind == "name"]:
            led = tuple(n for n in name.names if n[0] in LED) if not split else ()
            if led and any(a is team for a in parts.atoms):
                parts.atoms[parts.place(name)] = replace(name, names=led)
                parts.drop(team)
    for people in parts.all("about"):
        before = parts.at(parts.place(people) - 1)
        leads = before is not None and any(f is Field.MANAGER for f, _ in before.names)
        if leads and people.text.lower() in parts.words.shades.people:
            parts.atoms[parts.place(people)] = replace(people, kind="field", value="rep", text="reps")


def take_daughters(parts: Parts) -> None:
    """ "How many subsidiaries does each parent company have": the accounts that have a parent."""
    for daughters in parts.all("field"):
        before, after = parts.at(parts.place(daughters) - 1), parts.at(parts.place(daughters) + 1)
        counted = before is not None and before.value == "number" and (after is None or after.kind in ("by", "with"))
        if counted and daughters.text.lower().startswith(parts.words.shades.daughters):
            given = Atom("with", "with", "with", daughters.start)
            accounts = replace(daughters, kind="about", value=About.ACCOUNTS)
            parts.atoms[parts.place(daughters) : parts.place(daughters) + 1] = [accounts, given, daughters]


def take_daughters_of(parts: Parts) -> None:
    """ "Acme's subsidiaries" are the subsidiaries of Acme."""
    for daughters in parts.all("field"):
        name = parts.at(parts.place(daughters) - 1)
        named = name is not None and name.kind in NAMING and any(f is Field.PARENT for f, _ in name.names)
        if name is not None and named and daughters.text.lower().startswith(parts.words.shades.daughters):
            place = parts.place(name)
            parts.atoms[place : place + 2] = [replace(daughters, start=name.start), name]


def take_sized(parts: Parts) -> None:
    """ "Leads from companies with 1000+ people": a band of sizes is a lead's own, whatever stands around it."""
    for size in parts.all("name"):
        if not any(f is Field.COMPANY_SIZE for f, _ in size.names):
            continue
        place = parts.place(size)
        after = parts.at(place + 1)
        if after is not None and (after.value == "employees" or after.value is About.CONTACTS):
            parts.drop(after)
        if (told := parts.at(place - 1)) is not None and told.kind == "column":
            parts.drop(told)  # "companies with a size of 1000+"
            place -= 1
        before, owner = parts.at(place - 1), parts.at(place - 2)
        if before is not None and before.kind == "with" and owner is not None and owner.value is About.ACCOUNTS:
            parts.drop_all([before, owner])


def take_employed(parts: Parts) -> None:
    """People and staff behind a number are those of a company: "that employ more than 500 people"."""
    for people in [a for a in parts.all("about") if a.text.lower() in parts.words.shades.people]:
        before = parts.at(parts.place(people) - 1)
        told = any(a.value == "employees" for a in parts.atoms[: parts.place(people)])
        asked = parts.all("column") and before is not None and before.value == "number"
        if (told and before is not None and before.kind == "number") or (asked and _employs(parts)):
            parts.drop(people)  # "companies that employ more than 500 people", "how many people do they employ"
        elif before is not None and before.kind == "number" and _of_companies(parts, people):
            _take_staff(parts, people, float(str(before.value)))
    for staff in [a for a in parts.all("column") if a.text.lower() in parts.words.shades.employees]:
        place = parts.place(staff)
        asked = place > 0 and parts.atoms[place - 1].kind == "which"
        if asked and not any(a.value is About.ACCOUNTS for a in parts.atoms):
            parts.atoms[place] = replace(staff, kind="field", value="rep")
    for atom in parts.all("field"):
        before = parts.at(parts.place(atom) - 1)
        if atom.text.lower() in parts.words.shades.staff and before is not None and before.kind == "number":
            parts.atoms[parts.place(atom)] = replace(atom, kind="column", value="employees")


def _of_companies(parts: Parts, people: Atom) -> bool:
    """ "Customers with more than 300 people": companies stand before, and nothing is done by so many."""
    return any(a.value is About.ACCOUNTS for a in parts.atoms[: parts.place(people)]) and not any(
        is_typed(a) or a.value in (About.ACTIVITIES, About.DEALS, About.LEADS) for a in parts.atoms
    )


def _take_staff(parts: Parts, people: Atom, number: float) -> None:
    """Few are our contacts there, hundreds are those whom the company employs. Raises CannotSay between the two."""
    if number >= EMPLOYED:
        parts.atoms[parts.place(people)] = replace(people, kind="column", value="employees")
    elif number > KEPT:
        ends = people.start + len(people.text)
        raise CannotSay(STAFF_OR_CONTACTS, [Rewording(people.start, ends, w) for w in parts.words.shades.people_are])


def _employs(parts: Parts) -> bool:
    return any(a.value == "employees" for a in parts.all("column"))
