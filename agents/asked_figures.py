"""A question about numbers to its frame, by itself or as a change of the figure before."""

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from agents.base import Toolbox, judge_first
from agents.dialogue.follow_up import lean_of
from agents.dialogue.task_phrases import asked_for
from agents.figure_names import named_in
from agents.listed_records import counts_records
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from crm.insight.figures.compute import compute
from crm.insight.frame import OF, About, Field, Figures, How, QueryFrame, Where
from crm.insight.question.wordbook import Entry
from crm.insight.read import FigureReader, Refused
from crm.nouns import Filter, Question, Scope, Turn
from crm.records.book import revision
from crm.records.store import Store

JUDGED_FOR_FIGURES = 10_000  # activities that a figure over labels may wait for, once
FIGURES = "pipeline_insights"
REFINING = 8  # words of a follow-up that only says how the figure before should be another
SPOKEN = 300  # characters: whoever pastes a record asks for no figure
SPLITTING = frozenset({"by", "per", "split"})
UNHELD = frozenset({"rel", "condition", "overdue", "not", "yet", "beyond"})  # behind a noun that no import filled
COMPUTING = frozenset({"how", "rate", "long", "days taken"})
KEPT = 4  # stores whose values are remembered until something is imported


def frame_of(question: Question, scope: Scope, tools: Toolbox) -> QueryFrame | Refused:
    """The question's frame, with the account it leans on and "my" as the rep who asks; or the last one, refined."""
    return _frame_after(_before(question, tools), question, scope, tools)


def refined_frame(question: Question, tools: Toolbox) -> QueryFrame | None:
    """The frame of the figure before as a follow-up changes it: "and by value?", "only US West", "against Q2?"."""
    return _refined(_before(question, tools), question, tools)


def _frame_after(before: QueryFrame | None, question: Question, scope: Scope, tools: Toolbox) -> QueryFrame | Refused:
    refined = _refined(before, question, tools)
    if refined is not None:
        return of_asker(refined, question, tools)
    reader = figures_reader(tools)
    named = list(named_in(question.text, tools, reader))
    frame = reader.read(question.text, named)
    if isinstance(frame, Refused):
        return frame
    if scope.account and question.history and not _names_account(frame, scope.account.name):
        frame = _with(frame, Where(Field.ACCOUNT, (scope.account.name,)))
    return of_asker(frame, question, tools)


def _refined(before: QueryFrame | None, question: Question, tools: Toolbox) -> QueryFrame | None:
    if before is None:
        return None
    reader = figures_reader(tools)
    found = reader.refine(before, question.text, list(named_in(question.text, tools, reader)))
    if found is None and mine_only(question.text) and question.asked_by:
        return before
    return found


def asks_figure(text: str, scope: Scope, tools: Toolbox) -> bool:
    """Whether every word of the text belongs to a figure, and one of them says what is computed, split or ranked.

    Of one account or person only rows are: how often they were met is told with all else about them.
    """
    if len(text) > SPOKEN:
        return False
    reader = figures_reader(tools)
    named = list(named_in(text, tools, reader))
    frame = reader.read(text, named)
    if isinstance(frame, Refused):
        return False
    told = {a.kind for a in reader.lexicon.scan(text, named).atoms}
    ranked = frame.top is not None and not frame.needs_labels
    kept = frame.kept is not None and not frame.needs_labels
    rows = ranked or kept or (bool(frame.group) and bool(told & SPLITTING))
    one = frame.how in (How.MOST, How.LEAST) and "extreme" in told  # "longest call with outcome Connected"
    return rows or ((one or bool(told & COMPUTING)) and not (scope.account or scope.contact))


def asks_records(text: str, tools: Toolbox) -> bool:
    """Whether all of it says which records to show: "show me yesterday's calls", "which meetings are planned?"."""
    words = words_of(text)
    if len(text) > SPOKEN or not words or words[0] not in word_list("asks")["showing"]:
        return False
    reader = figures_reader(tools)
    frame = reader.read(text, list(named_in(text, tools, reader)))
    if isinstance(frame, Refused) or not counts_records(frame) or frame.needs_labels:
        return False
    of_kind = [c for c in frame.where if isinstance(c, Where) and c.field is Field.TYPE]
    return bool(of_kind) and len(frame.where) > len(of_kind)


def asks_unheld(text: str, tools: Toolbox) -> bool:
    """ "Which invoices are overdue", "welche Rechnungen": a list of what no import filled, with no more than its state.

    What else is said of it may stand in a conversation: "which prices did they complain about".
    """
    scan = figures_reader(tools).lexicon.scan(text)
    kinds = [a.kind for a in scan.atoms]
    states = [a for a in scan.atoms if isinstance(a.value, Entry)]
    told = all(a.value.field in (Field.STATE, Field.OUTCOME) for a in states if isinstance(a.value, Entry))
    return kinds[:2] == ["which", "beyond"] and set(kinds[2:]) <= UNHELD and told and not scan.unknown


def asks_of_person(text: str, tools: Toolbox) -> bool:
    """Whether a figure is one of a single colleague: "what does Tom earn" is no question about deals."""
    frame = figures_reader(tools).read(text, list(named_in(text, tools, figures_reader(tools))))
    told = frame.where if isinstance(frame, QueryFrame) and not frame.group else ()
    return any(isinstance(c, Where) and c.field in (Field.REP, Field.MANAGER) for c in told)


def names_a_measure(text: str, tools: Toolbox) -> bool:
    """Whether a word of it says what is computed, or by what it is split: a number, a rate, "by company size"."""
    if len(text) > SPOKEN:
        return False
    atoms = figures_reader(tools).lexicon.scan(text).atoms
    split = any(a.kind == "by" and b.kind == "field" for a, b in pairwise(atoms))
    return split or any(a.kind in ("how", "rate", "per") for a in atoms)


def opens_alone(text: str) -> bool:
    """Whether it opens as a follow-up does, and not with a question's word: "and ...", but no "how many ..."."""
    asks = next(iter(words_of(text)), "") in word_list("asking")["question"]
    about = " ".join(words_of(text)[:2]) in word_list("asking")["proposing"]
    return lean_of(text).opens and (about or not asks)


def mine_only(text: str) -> bool:
    """Whether it only says whose: "just mine", "only my own"."""
    words = words_of(text)
    mine = set(words) & word_list("asks")["mine"]
    return bool(mine) and not set(words) - mine - word_list("asks")["polite"] - word_list("asking")["opener"]


def types_only(text: str, tools: Toolbox) -> bool:
    """Whether it only says of which types of accounts: "only prospects, no suppliers"."""
    asked = figures_reader(tools).types.asked(text)
    return bool(asked) and asked.alone


def _leans_on_figure(question: Question, tools: Toolbox) -> bool:
    """Whether it opens as a follow-up does, or says too little to be a question of its own."""
    if not _up_to_figure(question.history):
        return False
    if opens_alone(question.text) or mine_only(question.text) or types_only(question.text, tools):
        return True
    if len(words_of(question.text)) > REFINING:
        return False
    reader = figures_reader(tools)
    named = list(named_in(question.text, tools, reader))
    by_itself = not isinstance(reader.read(question.text, named), Refused)
    return not by_itself or reader.begins(question.text) in ("by", "versus")


def _before(question: Question, tools: Toolbox) -> QueryFrame | None:
    """The frame of the figure that a follow-up leans on, read again from the questions that led to it."""
    led: list[tuple[Question, Scope]] = []
    while _leans_on_figure(question, tools):
        past = _up_to_figure(question.history)
        question = Question(past[-1].question, past[:-1], question.asked_by, question.language)
        led.append((question, past[-1].answer.scope))
    frame: QueryFrame | None = None
    for asked, scope in reversed(led):
        found = _frame_after(frame, asked, scope, tools)
        frame = None if isinstance(found, Refused) else found
    return frame


def _up_to_figure(history: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The turns up to the newest figure, where since then only its why was asked or a figure was refused."""
    past = history
    while past and past[-1].answer.route == FIGURES and not past[-1].answer.frame:
        past = past[:-1]
    return past if past and past[-1].answer.route == FIGURES else ()


def of_asker(frame: QueryFrame, question: Question, tools: Toolbox) -> QueryFrame:
    """ "My deals" are those of the rep who asks; "my reps" those of the manager."""
    words = words_of(question.text)
    mine, team = word_list("asks")["mine"], word_list("asks")["team"]
    mentioned = asked_for(question.text, "mine")
    owned = mentioned and not any(word in mine and follows in team for word, follows in pairwise(words))
    if mentioned and question.asked_by in {r.manager for r in tools.book.reps}:
        return _with(frame, Where(Field.MANAGER, (question.asked_by,)))
    if owned and question.asked_by in {r.name for r in tools.book.reps}:
        return _with(frame, Where(Field.REP, (question.asked_by,)))
    return frame


def computed(frame: QueryFrame, tools: Toolbox) -> Figures | Refused:
    """The figures of a frame, everything judged first where they stand on verdicts; or why they would mislead."""
    reader = figures_reader(tools)
    if frame.needs_labels and (unjudged := judge_for_figures(tools)):
        return reader.refused(f"{unjudged} activities are not judged yet; run the bulk audit, then ask again")
    found = compute(tools.store, frame)
    if found.mixed and (frame.top or frame.kept):
        return reader.refused("these amounts are in several currencies, which cannot be ranked; name one")
    return found


def figures_reader(tools: Toolbox) -> FigureReader:
    """The reader of what is in the store now."""
    return _reader(tools.store, tools.playbook, revision(tools.store))


@lru_cache(maxsize=KEPT)
def _reader(store: Store, playbook: Path, state: tuple[int, ...]) -> FigureReader:
    return FigureReader.over(store, playbook)


def judge_for_figures(tools: Toolbox) -> int:
    """Judges what has no label yet; how many are left, which would make a figure over labels a near miss."""
    if judge_first(tools, Filter(), JUDGED_FOR_FIGURES) < JUDGED_FOR_FIGURES:
        return 0
    without = QueryFrame(About.ACTIVITIES, where=(Where(Field.LABEL, ()),))
    return int(sum(f.value for f in compute(tools.store, without).rows))


def _names_account(frame: QueryFrame, name: str) -> bool:
    named = [c for c in (*frame.where, *frame.versus) if isinstance(c, Where) and c.field is Field.ACCOUNT]
    return Field.ACCOUNT in frame.group or bool(named)


def _with(frame: QueryFrame, where: Where) -> QueryFrame:
    if where.field not in OF[frame.about] or where in frame.where:
        return frame
    return replace(frame, where=(*frame.where, where))
