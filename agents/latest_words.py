"""What was said last, where a question names no topic: "what did Norvik say?", "what was discussed with Marit?"."""

from dataclasses import replace
from datetime import date

from agents.base import Toolbox
from agents.read_log import ReadLog
from agents.reading.tokens import plain
from agents.reading.wordlists import word_list
from agents.whose_log import where_of
from crm.engagement.timeline import Touch, conversations
from crm.nouns import Brief, Question, Scope, Side

MOST = 6  # conversations that are quoted, the newest ones


def names_no_topic(topic: list[str]) -> bool:
    """Whether nothing is left of a question but when and that something was said."""
    asks = word_list("asks")
    said = asks["newest"] | asks["newest_adverb"] | asks["newest_too"] | asks["lately"]
    return all(plain(word) in said for word in topic)


def latest_words(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    """The newest conversations, each by the words that tell of it, and how many older ones there are."""
    read = ReadLog.of(question, scope, tools, where_of(scope))
    until = scope.as_of or date.max
    since = scope.period.start if scope.period and scope.period.start else date.min
    talks = [t for t in conversations(read.log.activities, read.log.labels, until) if t.day >= since]
    facts = {
        "talks": [read.shown.touch(_noted(talk), tools.book) for talk in talks[:MOST]],
        "older": len(talks[MOST:]),
    }
    return read.brief("latest_words", facts, "engagement_check", "account_summary", "email_draft")


def _noted(talk: Touch) -> Touch:
    """A conversation of which we made a note is told by the note, also where its title proves that there was one."""
    note = next((m.text for m in talk.activity.messages if m.text.strip()), "")
    return talk if talk.side is Side.THEM or not note else replace(talk, text=note)
