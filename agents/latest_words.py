"""What was said last, where a question names no topic: "what did Norvik say?", "what's new?"."""

from dataclasses import replace
from datetime import date, timedelta

from agents.base import Toolbox
from agents.read_log import ReadLog
from agents.reading.tokens import plain, words_of
from agents.reading.wordlists import word_list
from agents.whose_log import where_of
from crm.engagement.timeline import Touch, conversations
from crm.nouns import Brief, Period, Question, Scope, Side

MOST, MOST_OF_ALL = 6, 12  # conversations that are quoted, the newest ones, of one account, of all
NEWS = 7  # days up to the newest one, where nobody says since when


def names_no_topic(topic: list[str]) -> bool:
    """Whether nothing is left of a question but when and that something was said."""
    asks = word_list("asks")
    said = asks["newest"] | asks["newest_adverb"] | asks["newest_too"] | asks["lately"]
    return all(plain(word) in said for word in topic)


def news_asked(text: str) -> bool:
    """ "What's new?", "any replies today?": of nobody by name; `text` is without names and times."""
    words, asks = set(words_of(text)), word_list("asks")
    return bool(words & asks["news"]) and words <= asks["news"] | asks["news_too"]


def news(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    """The newest conversations of all accounts in the time asked about, else in the last days."""
    if scope.period is None and scope.as_of:
        scope = replace(scope, period=Period(scope.as_of - timedelta(days=NEWS - 1), scope.as_of, ""))
    return latest_words(question, scope, tools)


def latest_words(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    """The newest conversations, each by the words that tell of it, and how many older ones there are."""
    read = ReadLog.of(question, scope, tools, where_of(scope))
    until = scope.as_of or date.max
    since = scope.period.start if scope.period and scope.period.start else date.min
    talks = [t for t in conversations(read.log.activities, read.log.labels, until) if t.day >= since]
    most = MOST if read.about else MOST_OF_ALL
    told = [read.shown.touch(_noted(talk), tools.book) for talk in talks[:most]]
    facts = {"talks": read.sentences(told), "older": len(talks[most:])}
    return read.brief("latest_words", facts, "engagement_check", "account_summary", "email_draft")


def _noted(talk: Touch) -> Touch:
    """A conversation of which we made a note is told by the note, also where its title proves that there was one."""
    note = next((m.text for m in talk.activity.messages if m.text.strip()), "")
    return talk if talk.side is Side.THEM or not note else replace(talk, text=note)
