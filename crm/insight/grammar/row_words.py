"""Words that split rows, or only seem to: "list the ...", "stage by stage", "across all products", "biggest first"."""

from dataclasses import replace
from itertools import pairwise

from crm.insight.frame import Field
from crm.insight.grammar.parts import Parts, is_noun, is_plural
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import unfit

ENDS = ({"most", "least"}, {"largest", "smallest"})
HIGH = ("most", "largest", "longest", "oldest", "slowest")  # extremes of the upper end


def take_bare_reasons(parts: Parts) -> None:
    """ "Our loss reasons in Q3": nothing else is counted, so that the lost deals of each are."""
    reasons = [a for a in parts.all("field") if a.value == Field.LOSS_REASON]
    told = {"about", "condition", "how", "by", "per", "which", "who", "extreme", "with", "not", "name", "value", "rate"}
    if len(reasons) == 1 and not told & {a.kind for a in parts.atoms}:
        parts.atoms.insert(parts.place(reasons[0]), Atom("by", "by", "by", reasons[0].start))


def take_whatever(parts: Parts) -> None:
    """ "Across all products", "regardless of stage": what follows neither splits nor leaves anything out."""
    for atom in parts.all("whatever"):
        after = parts.at(parts.place(atom) + 1)
        parts.drop(atom)
        if after is not None and is_noun(after):
            parts.drop(after)


def take_all_together(parts: Parts) -> None:
    """ "Open deals, all reps together": one figure of them all, where no row is split by them."""
    for together in parts.all("together"):
        place = parts.place(together)
        noun, pause = parts.at(place - 1) if place else None, parts.at(place - 2) if place > 1 else None
        apart = pause is not None and pause.kind == "comma"
        last = parts.at(place + 1) is None or parts.atoms[place + 1].kind == "comma"
        if noun is None or noun.kind != "field" or not is_plural(noun) or not (apart and last):
            continue
        if not any(a is not noun and a.value == noun.value for a in parts.atoms):
            del parts.atoms[place - 2 : place + 1]


def take_whole_of_every(parts: Parts) -> None:
    """ "Of every deal decided so far, what share ...": of all of them, none by itself."""
    for among in parts.all("among"):
        every, noun = parts.at(parts.place(among) + 1), parts.at(parts.place(among) + 2)
        if every is not None and every.kind == "by" and noun is not None and noun.kind == "about":
            parts.drop(every)


def take_kinds_across(parts: Parts) -> None:
    """ "How many different industries across our accounts": of all of them, not by account."""
    for across in [a for a in parts.all("by") if a.text.lower() in parts.words.shades.across]:
        place = parts.place(across)
        how, kind, noun = parts.at(place - 2), parts.at(place - 1), parts.at(place + 1)
        counted = how is not None and how.value in ("number", "distinct") and kind is not None and kind.kind == "field"
        if counted and noun is not None and parts.all("about") == [noun]:
            parts.drop(across)


def take_compared_all(parts: Parts) -> None:
    """ "Compare the offices on revenue" is by office, where none is named."""
    comparing = parts.words.shades.comparing
    for versus in [a for a in parts.all("versus") if a.text.lower().startswith(comparing)]:
        noun, behind = parts.at(parts.place(versus) + 1), parts.at(parts.place(versus) + 2)
        named = behind is not None and (bool(behind.names) or behind.kind == "value")
        alone = len(parts.all("versus", "than")) == 1
        if noun is not None and noun.kind == "field" and is_plural(noun) and alone and not named:
            parts.atoms[parts.place(versus)] = replace(versus, kind="by", value="by", text="by")


def take_split_behind(parts: Parts) -> None:
    """ "Lead status split", "stage breakdown of open deals" are by it; elsewhere the word says no more."""
    for split in parts.all("split"):
        noun = parts.at(parts.place(split) - 1)
        if noun is not None and noun.kind == "field" and not parts.all("by"):
            parts.atoms.insert(parts.place(noun), Atom("by", "by", "by", noun.start))
        parts.splitting = split.text
        parts.drop(split)


def take_one_by_one(parts: Parts) -> None:
    """ "Stage by stage", "étape par étape" are by stage."""
    for by in parts.all("by"):
        place = parts.place(by)
        before, after = parts.at(place - 1), parts.at(place + 1)
        named = before is not None and after is not None and before.kind == after.kind == "field"
        if named and before is not None and after is not None and before.value == after.value:
            parts.drop(before)


def take_listed(parts: Parts) -> None:
    """ "List the accounts with ...", "..., with the number for each": the rows are asked, not how many they are."""
    parts.listing = parts.naming = bool(parts.all("listing"))
    parts.ranking = any(a.text.lower().startswith(parts.words.shades.ranking) for a in parts.all("listing"))
    parts.drop_all(parts.all("listing"))
    for number in parts.all("how"):
        place = parts.place(number)
        each, behind = parts.at(place + 1), parts.at(place + 2)
        last = each is not None and each.kind == "by" and behind is None
        if (
            number.value == "number"
            and last
            and each is not None
            and any(a.kind == "about" for a in parts.atoms[:place])
        ):
            parts.listing = True
            parts.drop_all([number, each])


def take_largest_first(parts: Parts) -> None:
    """ "Accounts per sector, biggest sector first", "from highest to lowest": so they come anyhow."""
    _take_order(parts)
    if parts.atoms and parts.atoms[-1].kind == "first":
        noun = is_noun(parts.at(len(parts.atoms) - 2))
        size = parts.at(len(parts.atoms) - (3 if noun else 2))
        if size is not None and size.kind == "extreme" and size.value in HIGH:
            del parts.atoms[-3 if noun else -2 :]


def _take_order(parts: Parts) -> None:
    """ "By product, from highest to lowest" puts rows in order; "the largest and the smallest" are two figures.

    Raises CannotSay where the two ends are of an age, by which no rows are ordered.
    """
    for first, last in pairwise(parts.atoms):
        ends = [str(a.value) for a in (first, last) if a.kind == "extreme"]
        if len(ends) < 2 or not parts.all("by", "per") or (ends[0] in HIGH) is (ends[1] in HIGH):
            continue
        if set(ends) not in ENDS:
            raise unfit(last.text)  # "by stage, from oldest to newest"
        place = parts.place(first)
        if ends[0] not in HIGH:
            parts.atoms.insert(place, Atom("ascending", "ascending", first.text, first.start))
        parts.drop_all([first, last])
