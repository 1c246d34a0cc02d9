"""What is ranked, and how much of it is shown: "top 5 accounts", "which rep has the most", "the largest deal"."""

from dataclasses import replace
from itertools import zip_longest

from crm.insight.frame import TIMES, About, Field
from crm.insight.grammar.parts import NAMING, Parts, is_noun, is_plural, is_typed, means_pipeline, says_again
from crm.insight.grammar.splits import is_each
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import CannotSay
from crm.insight.question.wordbook import Entry

SIZED = {"largest": "most", "smallest": "least"}  # ... and of one record: "who has the largest deal"
LASTED = ("oldest", "newest", "longest", "shortest", "slowest", "fastest")
FROM_BELOW = ("least", "newest", "shortest", "fastest")
LISTED = 10  # records that "the oldest deals" shows where no number is said


def take_rank(parts: Parts) -> None:
    """ "top 5 accounts", "the 3 largest open deals", "which rep has the most", "the sector with the highest"."""
    top = parts.take("top")
    if top is not None:
        parts.top, parts.extreme = LISTED, "most"
    for who in parts.all("who"):
        before = parts.at(parts.place(who) - 1)
        if _tells_which(parts, who) or _heads_rank(parts, who):
            parts.drop(who)
            continue
        after = parts.at(parts.place(who) + 1)
        owned = who.text.lower() in parts.words.shades.owning
        if owned and after is not None and after.kind == "field" and not _told_before(parts, who):
            _ask(parts, after)  # "whose team"
            parts.drop(who)
        elif owned and _told_before(parts, who):
            parts.drop(who)  # "deals whose engage date lies before May"
        elif before is not None and (before.kind == "about" or (before.kind in ("but", "and") and parts.all("about"))):
            parts.drop(who)  # "customers who bought", "whom we mailed but who never wrote back"
        else:
            parts.asked, parts.who = "rep", True
            parts.drop(who)
    one_of = any(" " in a.text for a in parts.all("which"))
    for which in parts.all("which"):
        after = parts.at(parts.place(which) + 1)
        if after is not None and after.kind == "rel":
            parts.drop(after)  # "which are the three sectors"
            after = parts.at(parts.place(which) + 1)
        counted = parts.at(parts.place(which) + 2)
        if after is not None and after.kind == "number" and is_noun(counted) and not _tells_time(parts, which, counted):
            parts.top = int(float(str(after.value)))  # "which 3 customers"
            parts.drop(after)
            after = parts.at(parts.place(which) + 1)
        if after is not None and " " in which.text and parts.asked is None:
            after = _owned(parts, after)
        if is_noun(after) and after is not None and parts.asked is None:
            _ask(parts, after)
        parts.drop(which)
    extreme = next(iter(parts.all("extreme")), None)
    if extreme is None and top is None:
        bare = next((a for a in parts.atoms if a.kind == "field"), None)
        if parts.ordered and bare is not None and not parts.groups and parts.asked is None:
            _ask(parts, bare)  # "list sectors by revenue"
        if parts.ordered and not parts.groups and parts.asked is None and not parts.all("list", "about"):
            raise CannotSay("a figure is split by words such as the rep or the stage, not by another number")
        return
    if extreme is not None:
        parts.dear = extreme.text if extreme.text.lower() in parts.words.shades.dear else ""
        parts.sized = str(extreme.value) in SIZED
        parts.extreme = SIZED.get(str(extreme.value), str(extreme.value))
        parts.single = _of_one(parts, extreme)
        _number_beside(parts, extreme)
    if top is not None or parts.top is not None:
        _number_anywhere(parts)
    if parts.asked is None and not parts.groups:
        _ranked_noun(parts, extreme)
    _take_summed(parts)
    parts.asked_many = parts.asked_many and not (one_of and parts.top is None)  # "which of Ana's reps has the most"
    parts.drop_all(parts.all("extreme"))


def take_ordered(parts: Parts) -> None:
    """ "Accounts by revenue", "open deals by value": each of them, in that order."""
    told = parts.all("how", "rate", "per", "long", "days taken", "change", "field", "number")
    if not parts.ordered or parts.groups or parts.asked is not None or parts.extreme or parts.top or told:
        return
    noun = next((a for a in parts.all("about")), None)
    many = (
        noun is not None
        and noun.start >= 0
        and is_noun(noun)
        and is_plural(noun)
        and not means_pipeline(parts.words, noun)
    )
    if noun is not None and many and len(parts.all("about")) == 1 and parts.all("column"):
        _ask(parts, noun)


def take_ranked_by(parts: Parts) -> None:
    """ "Accounts by number of won deals", "reps by calls": a row for each, by how many of these they have."""
    noun, by, counted = parts.at(0), parts.at(1), parts.at(2)
    if noun is None or by is None or counted is None or by.kind != "by" or is_each(parts, by) or not is_plural(noun):
        return
    rows = noun.value is About.ACCOUNTS or (noun.kind == "field" and noun.value not in TIMES)
    behind = [a for a in parts.atoms[2:] if is_typed(a) or a.value is About.DEALS]
    told = parts.all("rate", "column", "per", "extreme", "top", "change", "long", "days taken")
    number = counted.value == "number" or counted in behind or (counted.kind == "condition" and bool(behind))
    if rows and number and behind and not told and len(parts.all("by")) == 1:
        parts.drop(by)
        _ask(parts, noun)
        parts.drop_all(a for a in parts.all("how") if a.value == "number")


def take_listing(parts: Parts) -> None:
    """ "List open deals" asks which they are, as "which deals are open" does; how many, where that is said.

    Raises CannotSay for "rank the open deals", which tells no order.
    """
    told = parts.all("how", "rate", "per", "long", "days taken", "change", "field")
    if not parts.naming or parts.groups or parts.asked is not None or parts.extreme or parts.top or told:
        return
    if parts.ranking:
        raise CannotSay("I do not see by what they are ranked: by number, by value, by win rate")
    noun = next((a for a in parts.all("about")), None)
    if noun is not None and noun.start >= 0 and is_noun(noun) and not means_pipeline(parts.words, noun):
        _ask(parts, noun)


def _owned(parts: Parts, owner: Atom) -> Atom:
    """ "Which of Ingrid's reps", "which of Tom's accounts": what is theirs is asked; reps are those whom she leads."""
    owned = parts.at(parts.place(owner) + 1)
    if owner.kind not in NAMING or owned is None or not (is_noun(owned) and is_plural(owned)):
        return owner
    led = tuple(n for n in owner.names if n[0] is Field.MANAGER)
    if owned.value == "rep" and led:
        parts.atoms[parts.place(owner)] = replace(owner, names=led)
    return owned


def _heads_rank(parts: Parts, who: Atom) -> bool:
    """ "Who are our top five customers": who they are is said behind."""
    behind = [a for a in parts.atoms[parts.place(who) + 1 :] if a.kind != "rel"]
    after = parts.at(parts.place(who) + 1)
    if after is not None and after.text.lower() in parts.words.shades.owned:
        return False  # "who's got the largest pipeline": they have it, and are not it
    if parts.top is None and not (behind and behind[0].kind in ("number", "extreme")):
        return False
    noun = next((a for a in behind if a.kind not in ("number", "extreme")), None)
    return is_noun(noun) and noun is not None and noun.value != "rep"


def _take_summed(parts: Parts) -> None:
    """ "What share comes from the ten best accounts": theirs together, where it is no row of its own for each."""
    share = next((a.start for a in parts.all("how") if a.value == "share"), None)
    before = share is not None and share < parts.asked_at and not parts.groups
    if parts.top is not None and share is not None and (before or parts.together):
        parts.share_summed = True


def _told_before(parts: Parts, who: Atom) -> bool:
    """What is counted stands before: the word leads in what is told of it."""
    return any(a.kind == "about" for a in parts.atoms[: parts.place(who)])


def _shared(parts: Parts) -> bool:
    return any(a.value == "share" for a in parts.all("how"))


def _tells_which(parts: Parts, who: Atom) -> bool:
    """ "Contacts in the north who opted out": the people or companies that are counted stand before."""
    place = parts.place(who) - 1
    relative = who.text.lower() in parts.words.shades.relative_who
    while (before := parts.at(place)) is not None and before.kind in ("name", "value", "condition", "period"):
        if relative and is_typed(before):
            return True  # "les appels en France qui sont sans réponse"
        place -= 1
    if relative and before is not None and before.value in (About.DEALS, About.ACTIVITIES):
        return True
    of_them = before is not None and before.value in (About.ACCOUNTS, About.CONTACTS, About.LEADS)
    after = parts.at(parts.place(who) + 1)
    denied = after is not None and after.kind == "not"
    return of_them or (before is not None and before.kind == "field" and before.value == "rep" and not denied)


def _of_one(parts: Parts, extreme: Atom) -> bool:
    """Whether a size or an age is asked of one record: its noun follows, and is no plural."""
    if str(extreme.value) not in (*SIZED, *LASTED) or _of_doing(parts, extreme):
        return False
    after = (a for a in parts.atoms[parts.place(extreme) + 1 :] if a.kind == "about" or is_typed(a))
    noun = next(after, None) or _decided(parts.at(parts.place(extreme) + 1))
    return noun is not None and not is_plural(noun) and not means_pipeline(parts.words, noun)


def _of_doing(parts: Parts, extreme: Atom) -> bool:
    """ "Who takes longest to win a deal", "braucht am längsten": how long it takes them as a rule, not one record."""
    state = next((a for a in parts.atoms[parts.place(extreme) + 1 :] if _decided(a) is not None), None)
    led_in = state is not None and any(
        extreme.start < at < state.start and at not in parts.within for at in parts.inside
    )
    return str(extreme.value) in LASTED and (led_in or extreme.text.lower().startswith(parts.words.shades.adverbial))


def _decided(atom: Atom | None) -> Atom | None:
    """A win or a loss, where the word stands for the deal."""
    return atom if atom is not None and isinstance(atom.value, Entry) and atom.value.field == "state" else None


def _ask(parts: Parts, noun: Atom) -> None:
    parts.asked = noun.value if isinstance(noun.value, About) else str(noun.value)
    parts.asked_at = noun.start
    after = parts.at(parts.place(noun) + 1)
    owned = after if after is not None and is_noun(after) and after.value == noun.value else noun
    parts.asked_many = is_plural(owned)  # "which managers team" is one team
    parts.drop(noun)


def _number_beside(parts: Parts, extreme: Atom) -> None:
    place = parts.place(extreme)
    for beside in (parts.at(place - 1), parts.at(place + 1)):
        if beside is not None and beside.kind == "number" and parts.top is None:
            parts.top = int(float(str(beside.value)))
            parts.drop(beside)


def _number_anywhere(parts: Parts) -> None:
    number = next((a for a in parts.all("number") if not _is_amount(parts, a)), None)
    if number is not None and parts.top == LISTED and float(str(number.value)) <= 100:
        parts.top = int(float(str(number.value)))
        parts.drop(number)


def _tells_time(parts: Parts, which: Atom, unit: Atom | None) -> bool:
    """ "Deals which took 3 months": behind the records it is told how long, where "which 3 months" stands alone."""
    before = parts.at(parts.place(which) - 1)
    return unit is not None and unit.value in TIMES and before is not None and before.kind == "about"


def _is_amount(parts: Parts, number: Atom) -> bool:
    """ "Top accounts with revenue 5": so much they have, and not so many are asked."""
    column, joint = (parts.at(parts.place(number) - step) for step in (1, 2))
    return column is not None and column.kind == "column" and joint is not None and joint.kind == "with"


def _of_a_time(parts: Parts, extreme: Atom) -> bool:
    """ "The longest sales cycle among won deals": one time is asked, for its noun stands by itself."""
    behind = parts.at(parts.place(extreme) + 1)
    told = extreme if " " in extreme.text else behind if behind is not None and behind.kind == "column" else None
    return str(extreme.value) in LASTED and told is not None and not is_plural(told)


def _is_numbered(parts: Parts, noun: Atom) -> bool:
    """ "The two accounts of the region Italy with the most deals": those of which so many are asked."""
    counted = parts.at(parts.place(noun) - 1)
    return counted is not None and counted.kind == "number"


def _ranked_noun(parts: Parts, extreme: Atom | None) -> None:
    """What is ranked: a noun before "with the highest", or after "top 5" and "largest"."""
    nouns = [a for a, b in zip_longest(parts.atoms, parts.atoms[1:]) if is_noun(a) and not (b and says_again(a, b))]
    if extreme is not None:
        place = parts.place(extreme)
        joint = parts.at(place - 1)
        between = ("rate", "column", "how") if _shared(parts) else ("rate", "column", "how", "condition")
        while joint is not None and joint.kind in between:
            place -= 1  # "le secteur avec le taux de gain le plus élevé", "qui ont perdu le plus"
            joint = parts.at(place - 1)
        nouns_before = [a for a in reversed(parts.atoms[:place]) if is_noun(a)]
        before = next((a for a in nouns_before if _is_numbered(parts, a)), next(iter(nouns_before), None))
        if before is not None and joint is not None and joint.kind in ("with", "rel"):
            if parts.top is None and _is_numbered(parts, before):
                counted = parts.atoms[parts.place(before) - 1]
                parts.top = int(float(str(counted.value)))  # "the 3 customers with the most"
                parts.drop(counted)
            _ask(parts, before)
            return
    after = next((a for a in nouns if extreme is None or a.start > extreme.start), None)
    if after is None:
        return
    alone = after.kind == "about" and extreme is not None and parts.top is None and not parts.ordered
    if alone and extreme is not None and (not is_plural(after) or "how" in parts.kinds() or _of_a_time(parts, extreme)):
        return  # "the largest deal" is a figure, "the most deals" a rank of something else
    parts.top = LISTED if alone else parts.top
    _ask(parts, after)
    parts.asked_many = parts.asked_many or parts.top is not None
