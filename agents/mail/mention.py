"""What a mail should bring up besides: the words that were asked for, with what its reader said about it."""

from dataclasses import dataclass

from agents.base import Toolbox
from agents.mail.grounds import quotable
from agents.numbered_evidence import Exhibits, Said, sentences_in
from agents.reading.tokens import plain, words_of
from agents.whose_log import speaker
from crm.engagement.timeline import their_messages
from crm.nouns import Contact, Engagement, Filter, Side

STEM = 5  # letters that two forms of a word share
MENTIONED = 5  # records looked at for what they said about something


@dataclass(frozen=True, slots=True)
class Mention:
    """What the mail should bring up too; `said` are their words about it, when they said any."""

    words: str
    said: Said | None


def mention(words: str, quoted: str, reader: Contact, shown: Exhibits, tools: Toolbox) -> Mention | None:
    """The reader's own sentence about it, from a conversation, where there is one that the mail does not quote already.

    What a colleague of theirs said stays out: it may have been said in confidence.
    """
    wanted = {w[:STEM] for w in words_of(words) if len(w) >= STEM}
    if not words or wanted & {w[:STEM] for w in words_of(quoted)}:
        return None
    where = Filter(account_id=reader.account_id, side=Side.THEM, engagement=Engagement.ENGAGED)
    for hit in tools.search.find(words, where, MENTIONED).hits:
        for message in their_messages(hit.activity):
            for sentence in sentences_in(message.text):
                stems = {w[:STEM] for w in words_of(sentence)}
                who = speaker(message.author or message.address, hit.activity, tools.book)
                if wanted & stems and quotable(sentence) and plain(who) in (plain(reader.name), plain(reader.email)):
                    return Mention(words, shown.add(hit.activity, sentence, who, message.side, message.at))
    return Mention(words, None)
