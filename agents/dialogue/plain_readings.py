"""Readings of what the words alone settle, whatever the router thinks: asides, counts, how to reach somebody."""

from dataclasses import replace
from functools import partial

from agents.asked_figures import (
    asks_figure,
    asks_of_person,
    asks_records,
    asks_unheld,
    mine_only,
    names_a_measure,
    opens_alone,
    refined_frame,
    types_only,
)
from agents.base import Toolbox
from agents.complaints import worried, worry_asked
from agents.contacts import reach_asked, reachable
from agents.dialogue.counting import LISTS, asks_count, counts_in, listing
from agents.dialogue.small_talk import SENDING, answered, aside_in
from agents.dialogue.subject import FROM_RECORDS, spoken_of, stayed
from agents.dialogue.task_phrases import asked_for
from agents.dialogue.turn import COUNT, SLOT, Ask, Understood, sure
from agents.latest_words import news, news_asked
from agents.lost_deals import loss_asked, why_lost
from agents.missed import missed, missed_asked
from agents.open_tasks import open_tasks, tasks_asked
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from agents.router import Route
from agents.their_requests import wanted, wants_asked
from crm.nouns import Answer, Brief, Question, Scope

FIGURES, SUMMARY, HISTORY, LEADS = "pipeline_insights", "account_summary", "ask_history", "lead_priority"
ENGAGEMENT = "engagement_check"
NOTHING_HERE = "out_of_scope"
# Asked in like words, or thought to be about nothing here.
COUNTING = frozenset({LEADS, SUMMARY, HISTORY, ENGAGEMENT, "activity_audit", "help", NOTHING_HERE})
ANOTHER = 0.75  # how sure the router must be of another task than the figure before
CONTACT, PERIOD = "{contact}", "{period}"


def aside(ask: Ask) -> Understood | None:
    """ "Thanks", "send it": answered, and a mail is not sent; the conversation stays where it was."""
    kind = aside_in(ask.typed)
    if not kind:
        return None
    question = replace(ask.question, text=ask.typed)

    def told(_: Toolbox) -> Brief:
        return answered(question, kind)

    return Understood(question, ask.before.scope, sure("out_of_scope" if kind == SENDING else "help"), told=told)


def count(ask: Ask) -> Understood | None:
    """ "How many are there?": of the list before, where nothing else is named and no figure becomes another."""
    if not asks_count(ask.text) or refined_frame(ask.question, ask.tools) is not None:
        return None
    history = listing(ask.question.history)
    last = history[-1].answer if history else Answer("")
    if last.route not in LISTS or not counts_in(ask.again(ask.question, history)):
        return None
    return Understood(ask.question, last.scope, sure(last.route), COUNT)


def figure_changed(ask: Ask) -> Understood | None:
    """ "And by value?": the figure before changes, however little of a question it is by itself."""
    weak = opens_alone(ask.text) or mine_only(ask.text) or types_only(ask.text, ask.tools)
    weak = weak or (ask.route is not None and ask.route.confidence < ANOTHER)
    changed = ask.before.route == FIGURES and weak and refined_frame(ask.question, ask.tools) is not None
    return Understood(ask.question, ask.scope, sure(FIGURES)) if changed else None


def figure(ask: Ask) -> Understood | None:
    """ "Tasks not started, per owner": all of it says what to count, or which records to show, whatever else its words
    remind of, or however it might be cut in two ("what did GTX and MG sell for").

    How many leads of some kind there are is a figure or nothing; which to call is another matter.
    """
    if ask.route is None or ask.scope.activity_id:
        return None
    if not (ask.route.name in COUNTING or ask.route.ask_back or (ask.route.name == FIGURES and ask.route.also)):
        return None
    if ask.route.name == NOTHING_HERE and asks_of_person(ask.text, ask.tools):
        return None
    of_leads = ask.route.name == LEADS and names_a_measure(ask.text, ask.tools)
    if of_leads or asks_figure(ask.text, ask.scope, ask.tools) or asks_records(ask.text, ask.tools):
        return Understood(ask.question, ask.scope, sure(FIGURES))
    return None


def unheld(ask: Ask) -> Understood | None:
    """ "Which invoices are overdue": no list of accounts or leads, but the reason why there is none."""
    if ask.route is None or ask.scope.account or ask.scope.contact or ask.scope.activity_id:
        return None
    return Understood(ask.question, ask.scope, sure(FIGURES)) if asks_unheld(ask.text, ask.tools) else None


def mine(ask: Ask) -> Understood | None:
    """ "Just mine": the same again, of the asker's own."""
    same = mine_only(ask.text) and ask.before.route in FROM_RECORDS
    return Understood(ask.question, ask.scope, sure(ask.before.route)) if same else None


def whom_to_call(ask: Ask) -> Understood | None:
    """ "Whom should I call at Norvik?": a customer's people are no leads, unless leads are named."""
    if ask.route is None or ask.route.name != LEADS or not ask.scope.account:
        return None
    asks = not asked_for(ask.text, "leads")
    return Understood(ask.question, ask.scope, Route(ENGAGEMENT, ask.route.confidence, False)) if asks else None


def reach(ask: Ask) -> Understood | None:
    """ "How do I reach Jo?", "their phone number": by what the CRM knows of the account's people."""
    wanted = reach_asked(plain_words(ask), ask.before.route == SUMMARY)
    if not wanted:
        return None
    scope = _known_there(ask.question, ask.scope)
    return Understood(ask.question, scope, sure(SUMMARY), told=partial(reachable, ask.question, scope, wanted))


def loss(ask: Ask) -> Understood | None:
    """ "Why did we lose them?", "why did they not buy?": by the reasons on the deals, then by what they said."""
    if not loss_asked(plain_words(ask), ask.scope.period.words if ask.scope.period else ""):
        return None
    scope = stayed(ask.question, ask.scope, HISTORY)
    return Understood(ask.question, scope, sure(HISTORY), told=partial(why_lost, ask.question, scope))


def worry(ask: Ask) -> Understood | None:
    """ "Did they ever complain?", "who said no?": by what they said on record; "they" are the company."""
    text = plain_words(ask)
    kind = worry_asked(text, ask.scope.period.words if ask.scope.period else "")
    if not kind:
        return None
    scope = stayed(ask.question, ask.scope, HISTORY)
    named = CONTACT in ask.masked(ask.text) + ask.masked(ask.typed)
    if scope.account and not named and not set(words_of(text)) & word_list("worrying")["one_person"]:
        scope = replace(scope, contact=None)
    return Understood(ask.question, scope, sure(HISTORY), told=partial(worried, ask.question, scope, kind))


def wants(ask: Ask) -> Understood | None:
    """ "What do they want?", "what does Jo need?": their newest questions and requests."""
    if not wants_asked(plain_words(ask), ask.scope.period.words if ask.scope.period else ""):
        return None
    scope = stayed(ask.question, ask.scope, HISTORY)
    return Understood(ask.question, scope, sure(HISTORY), told=partial(wanted, ask.question, scope))


def missing(ask: Ask) -> Understood | None:
    """ "Who did not turn up?", "who did not pick up?": the meetings or calls themselves, and not how many."""
    what = missed_asked(plain_words(ask), ask.scope.period.words if ask.scope.period else "")
    if not what:
        return None
    scope = stayed(ask.question, ask.scope, HISTORY)
    return Understood(ask.question, scope, sure(HISTORY), told=partial(missed, ask.question, scope, what))


def to_do(ask: Ask) -> Understood | None:
    """ "Which tasks are still open?", "my to-do list": the tasks themselves, and not how many."""
    if not tasks_asked(plain_words(ask), ask.scope.period.words if ask.scope.period else ""):
        return None
    scope = stayed(ask.question, ask.scope, HISTORY)
    return Understood(ask.question, scope, sure(HISTORY), told=partial(open_tasks, ask.question, scope))


def news_of_all(ask: Ask) -> Understood | None:
    """ "What's new?", "any replies today?", "what happened last week?": of everybody, for nobody is named."""
    scope = ask.scope
    named = scope.account or scope.contact or scope.candidates or scope.rep or scope.unknown or scope.activity_id
    if named or not news_asked(plain_words(ask)):
        return None
    return Understood(ask.question, scope, sure(ENGAGEMENT), told=partial(news, ask.question, scope))


def plain_words(ask: Ask) -> str:
    """The plain words, without those of names, a company's that nobody knows among them, and of times.

    With a time goes what leads up to it: "who complained in the last three months" is who complained.
    """
    before, when, after = ask.masked(ask.text).partition(PERIOD)
    said = before.split()
    while when and said and said[-1].casefold() in word_list("asks")["before_a_time"]:
        said.pop()
    bare = words_of(SLOT.sub(" ", f"{' '.join(said)} {after}"))
    return " ".join(w for w in bare if w not in words_of(ask.scope.unknown))


def _known_there(question: Question, scope: Scope) -> Scope:
    """The scope with the conversation's account, also where somebody was named whom nobody knows."""
    if scope.account or scope.contact or scope.candidates or scope.rep or not question.history:
        return scope
    return replace(scope, account=spoken_of(question.history).account)
