"""Every [n] exists, every number, day, name and quote is in the brief: what is not is taken out, and said.

The same checker reads words from a template and words from a model. Links, images and HTML never pass.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from agents.brief_contents import NUMBER, Holdings, days_in, digits, loose
from agents.claims import comparable, cut_off, foreign, orders, promises, recited, stray_address
from agents.cliches import cliche_in
from agents.dialogue.dictated import Dictated
from agents.polarity import turned
from agents.prompt_injection import claims_to_have_acted, speaks_to_program
from agents.reading.tokens import tokens, words_of
from agents.template_words import template_text, template_words
from crm.nouns import Brief, Source
from crm.quoting import folded, neutral, plain
from crm.threads import abbreviations

SELF_EVIDENT = frozenset(
    {
        "ask_back",
        "contact_details",
        "counted",
        "doubles",
        "explained",
        "help",
        "in_columns",
        "not_sent",
        "out_of_scope",
        "refused",
        "thanks",
        "unknown_account",
    }
)
CAPITALISES_NOUNS = frozenset({"de"})
COMPUTED = ("considered", "existing", "records", "refused")  # facts that tell what a figure stands on
LETTERS = frozenset({"email_draft"})  # where no phrase may stand that could stand in any mail
NAMES_LABELS = frozenset({"activity_audit", "explained", "pipeline_insights"})  # "verdict: ENGAGED", "label ENGAGED"
LABEL = re.compile(r"\b(?:NOT )?ENGAGED\b")
SHOWN = 3  # of what was taken out, how much a notice names
CITED = re.compile(r"(?<!\\)\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\](?!\()")
QUOTED = re.compile(r"“[^”\n]*”|«[^»\n]*»|„[^“”\n]*[“”]|\"[^\"\n]*\"")
MARKER = re.compile(r"^\s*(?:[-*+]|\d{1,2}[.)]|#{1,6}|>)\s+")
IMAGE = re.compile(r"(?<!\\)!\[[^\]\n]*\](?:\([^)\n]*\)?|\[[^\]\n]*\]?)")
LINK = re.compile(r"(?<!\\)\[([^\]\n]+)\]\([^)\n]*\)?")
REFERENCE = re.compile(r"^\s*(?<!\\)\[[^\]\n]+\]:\s*\S+.*$", re.MULTILINE)
HTML = re.compile(r"(?<!\\)<(?:!--.*?(?:-->|\Z)|/?[a-zA-Z][^>\n]*(?:>|\Z))", re.DOTALL)
ADDRESS = re.compile(r"(?:https?|ftp|data|javascript|mailto):\S+|www\.\S+", re.IGNORECASE)
STARTS_ANEW = frozenset(":.!?…([*_“«„\"'-–—•/")


@cache
def _sentence() -> re.Pattern[str]:
    stop = rf"(?<!\d)(?!{abbreviations.stop()}\s+\S)\.|[!?…]"
    return re.compile(rf".+?(?:(?:{stop})+[\"”»)*_]*(?:\s*\[[\d, ]+\])*(?=\s+[^\sa-zà-ÿ]|\s*$)|$)\s*")


@dataclass(frozen=True, slots=True)
class Checked:
    """Words that hold, the sources they cite, and what had to be done to them."""

    text: str
    sources: tuple[Source, ...]
    notices: tuple[str, ...]


def check(text: str, brief: Brief) -> Checked:
    """The words of an answer, reduced to what the brief supports."""
    return Checker(brief, Holdings.of(brief)).check(text)


def settled(text: str) -> str:
    """The part of a growing answer that later words will not change: its complete sentences."""
    end = max((m.end() for m in re.finditer(r"\n|[.!?…][\"”»)*_]*(?:\s*\[[\d, ]+\])*\s", text)), default=0)
    return text[:end]


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks one brief's words, as often as they grow."""

    brief: Brief
    holdings: Holdings
    _looked_up: dict[str, str] = field(default_factory=dict, repr=False, compare=False)  # what is wrong, by sentence

    def check(self, text: str) -> Checked:
        harmless, disarmed = _disarmed(text, self.holdings)
        taken: list[str] = []
        empty: list[str] = []
        lines = [self._line(line, taken, empty) for line in harmless.split("\n")]
        kept = re.sub(r"\n{3,}", "\n\n", "\n".join(line for line in lines if line is not None)).strip()
        numbers = sorted({int(n) for m in CITED.finditer(kept) for n in m[1].split(",")})
        by_number = {e.number: e for e in self.brief.evidence}
        sources = tuple(Source(n, by_number[n].activity_id, by_number[n].text) for n in numbers)
        notices = (*_empty_told(empty), *self._notices(taken, disarmed, bool(sources)))
        return Checked(kept, sources, notices)

    def _line(self, line: str, taken: list[str], empty: list[str]) -> str | None:
        """The line with its supported sentences; None when nothing of it is left."""
        marker = MARKER.match(line)
        start = marker.end() if marker else 0
        kept = []
        sentences = list(_sentences(line[start:]))
        for sentence in sentences:
            if phrase := self._cliche(sentence):
                empty.append(phrase)
            elif wrong := self._known(sentence):
                taken.append(wrong)
            else:
                kept.append(self._cited(sentence))
        if sentences and not kept:
            return None
        return (line[:start] + "".join(kept)).rstrip()

    def _cliche(self, sentence: str) -> str:
        """In a mail: the phrase that could stand in any mail; what somebody said is quoted all the same."""
        return cliche_in(QUOTED.sub(" ", self._not_dictated(plain(sentence)))) if self.brief.task in LETTERS else ""

    def _not_dictated(self, words: str) -> str:
        """Without what the asker told a mail to say: it is theirs to promise and to know."""
        for part in self._dictated:
            words = re.sub(re.escape(part), " … ", words, flags=re.IGNORECASE)
        return words

    @property
    def _dictated(self) -> Sequence[str]:
        """Its sentences, the longest first."""
        said = self.brief.facts.get("say", ())
        given = [one.words for one in said if isinstance(one, Dictated)] if isinstance(said, (list, tuple)) else []
        parts = {part.strip(" .!?…") for words in given for part in _sentences(folded(words))}
        return sorted(filter(None, parts), key=len, reverse=True)

    def _known(self, sentence: str) -> str:
        """What is wrong with a sentence, looked up once: a growing answer brings it again with every sentence more."""
        if sentence not in self._looked_up:
            self._looked_up[sentence] = self._wrong(sentence)
        return self._looked_up[sentence]

    def _wrong(self, sentence: str) -> str:
        """The first thing in a sentence that the brief does not hold, or nothing."""
        cited = frozenset(int(n) for m in CITED.finditer(sentence) for n in m[1].split(","))
        shown = frozenset(e.number for e in self.brief.evidence)
        if cited and not cited & shown:
            return f"[{min(cited)}]"
        words = self._not_dictated(plain(CITED.sub("", sentence)))
        cited &= shown
        records = self.holdings.cited_texts(cited)
        for quote in (q[1:-1] for q in QUOTED.findall(words)):
            if not self.holdings.has_quote(quote, cited) and not self._owns(quote):
                return f"“{quote}”"
            if (cited or not self.holdings.is_fact(quote)) and cut_off(quote, records):
                return f"“{quote}”, which the record negates"
        bare = QUOTED.sub(" “” ", words)
        return self._figure(bare, cited) or self._stranger(bare, cited) or self._claim(bare, cited, records)

    def _figure(self, words: str, cited: frozenset[int]) -> str:
        """A day or a number that stands neither in the cited records nor in the facts."""
        beside = self.holdings.beside(cited)
        days, rest = days_in(words)
        for day in days:
            if not beside.has_day(day):
                return f"{day.day}/{day.month}" + (f"/{day.year}" if day.year else "")
        known = beside.numbers | self._own_words()
        return next((m.group() for m in NUMBER.finditer(rest) if digits(m.group()) not in known), "")

    def _stranger(self, words: str, cited: frozenset[int]) -> str:
        """A name that is not in the cited records or the facts: a capital where the language has none."""
        fresh = True  # whether a capital is only the beginning of a sentence
        run = 0
        known = self.holdings.beside(cited).words | self._own_words()
        for token in tokens(days_in(words)[1]):
            if not token.is_word:
                fresh = fresh or token.text in STARTS_ANEW
                continue
            unknown = token.capital and len(token.text) > 1 and token.plain not in known
            run = run + 1 if unknown else 0
            alone = self.brief.manner.language not in CAPITALISES_NOUNS and not fresh
            if unknown and (alone or run >= 2 or token.plain in self.holdings.people):
                return token.text
            fresh = False
        return ""

    def _claim(self, words: str, cited: frozenset[int], records: Sequence[str]) -> str:
        """What a sentence claims beyond its records: the opposite, a promise, something else, an order."""
        if self._is_order(words):
            return "an instruction to a program"
        if recited(words) and not self._owns(words):
            return "what the model was told to do"
        if not cited and claims_to_have_acted(words) and not self._owns(words):
            return "a claim to have done something"
        if stray := stray_address(words, self.holdings.texts.values()):
            return f"“{stray}”"
        if promise := promises(words, [*records, *self._dictated], self._own_text()):
            return f"“{promise}”"
        if not cited or "“”" in words or self._owns(words):
            return ""  # a quote was compared letter by letter
        language = self.brief.manner.language
        if turned(words, records, language, self.holdings.people):
            return "what it says is the opposite of its record"
        if not comparable(records, language):
            return ""
        known = self._own_words() | self.holdings.bags[0].words | self.holdings.people
        strange = foreign(days_in(words)[1], known, self.holdings.beside(cited).words)
        return "nothing of it is in its record" if strange else ""

    def _is_order(self, words: str) -> bool:
        told = LABEL.sub("", words) if self.brief.task in NAMES_LABELS else words
        return orders(told) or (speaks_to_program(words) and not self._owns(words))

    def _owns(self, words: str) -> bool:
        """Whether the task's own template writes these words."""
        said = " ".join(words_of(words))
        return bool(said) and f" {said} " in self._own_text()

    def _own_text(self) -> str:
        return template_text(self.brief.task, self.brief.manner.language)

    def _own_words(self) -> frozenset[str]:
        return template_words(self.brief.task, self.brief.manner.language)

    def _cited(self, sentence: str) -> str:
        """The sentence with only those numbers that exist, each in its own brackets."""
        known = {e.number for e in self.brief.evidence}

        def keep(match: re.Match[str]) -> str:
            return "".join(f"[{n}]" for n in (int(part) for part in match[1].split(",")) if n in known)

        return CITED.sub(keep, sentence)

    def _notices(self, taken: list[str], disarmed: bool, has_sources: bool) -> Iterator[str]:
        if taken:
            named = ", ".join(neutral(t) for t in dict.fromkeys(taken[:SHOWN]))
            count = "One sentence was" if len(taken) == 1 else f"{len(taken)} sentences were"
            yield f"{count} taken out, because the records do not support: {named}."
        if disarmed:
            yield "A link, an image or HTML was taken out of the answer."
        computed = any(self.brief.facts.get(name) for name in COMPUTED)
        if not has_sources and not computed and self.brief.task not in SELF_EVIDENT:
            yield "No record stands behind this answer."


def _empty_told(empty: list[str]) -> Iterator[str]:
    if empty:
        named = ", ".join(f"“{phrase}”" for phrase in dict.fromkeys(empty[:SHOWN]))
        count = "One sentence was" if len(empty) == 1 else f"{len(empty)} sentences were"
        yield f"{count} left out that could stand in any mail: {named}."


def _sentences(line: str) -> Iterator[str]:
    """A line cut into sentences; full stops inside quotation marks do not end one."""
    masked = QUOTED.sub(lambda m: "“" + "x" * (len(m.group()) - 2) + "”", line)
    for match in _sentence().finditer(masked):
        yield line[match.start() : match.end()]


def _disarmed(text: str, holdings: Holdings) -> tuple[str, bool]:
    """Text without anything a browser would fetch or follow, and whether there was any."""
    harmless = HTML.sub("", IMAGE.sub("", text))
    harmless = LINK.sub(r"\1", REFERENCE.sub("", harmless))

    def address(match: re.Match[str]) -> str:
        said = match.group()
        return neutral(said) if any(loose(said) in t for t in holdings.texts.values()) else "(link removed)"

    harmless = ADDRESS.sub(address, harmless)
    return re.sub(r"(?<!\\)\$", r"\\$", harmless), harmless != text
