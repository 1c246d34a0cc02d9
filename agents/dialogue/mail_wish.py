"""What kind of mail is wished for, and how it should sound: the request, then each wish since, the last one winning."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from agents.dialogue.dictated import Dictated, dictated
from agents.dialogue.manner import language_asked, length_asked
from agents.dialogue.task_phrases import asked_for
from agents.dialogue.wishes import KINDS, TONES, mentioned, subject_in
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from crm.nouns import Question


@dataclass(frozen=True, slots=True)
class MailWish:
    """Empty words mean that nothing was said about it. `soft` asks not to press; `say` is what the mail is to hold.

    `asked` is the request without that.
    """

    kind: str = ""
    tone: str = ""
    soft: bool = False
    mention: str = ""
    language: str = ""
    length: str = "normal"
    say: tuple[Dictated, ...] = ()
    asked: str = ""


def mail_wish(question: Question, names: Collection[str] = ()) -> MailWish:
    """Read from the request and the wishes; `names` are the plain words of names that may stand there."""
    wish = MailWish()
    for said in (question.text, *question.wishes):
        heard = dictated(said, names)
        wish = _with(wish, heard.rest, said in question.wishes)
        wish = replace(wish, asked=wish.asked or heard.rest)
        if heard.dictated:
            added = said in question.wishes and not wish.say  # to the mail that was drafted already
            kind = wish.kind or ("follow_up" if added else "")
            wish = replace(wish, say=(*wish.say, heard.dictated), kind=kind)
    return wish


def _with(wish: MailWish, said: str, again: bool) -> MailWish:
    soft = asked_for(said, "softer")
    tone = "" if soft else next((t for t in sorted(TONES) if asked_for(said, t)), "")
    calm = "friendly" if soft and wish.tone == "urgent" else wish.tone
    return replace(
        wish,
        kind=_first_kind(said) or wish.kind,
        tone=tone or calm,
        soft=soft or (wish.soft and tone != "urgent"),
        mention=mentioned(said) or subject_in(said) or wish.mention,
        language=language_asked(said) or wish.language,
        length=length_asked(said, again) or wish.length,
    )


def _first_kind(said: str) -> str:
    """The kind that is named first: a follow-up on the proposal is a follow-up."""
    asked = f" {' '.join(words_of(said))} "
    places = [(asked.find(f" {p} "), -len(p), kind) for kind in KINDS for p in word_list("asks")[kind]]
    return min((place for place in places if place[0] >= 0), default=(0, 0, ""))[2]
