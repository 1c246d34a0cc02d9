"""Whether ordinary words are a name here: "talk to Cheers" and "Cheers, who called" are not the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from agents.reading.names import BREAKS, Sighting
from agents.reading.tokens import Token
from agents.reading.wordlists import word_list

ALL_CAPITALS = 0.6  # of the words: then a capital tells nothing


@dataclass(frozen=True, slots=True)
class Around:
    """What the words around a sighting of ordinary words say about it being a name."""

    words: Sequence[Token]

    def names_company(self, s: Sighting) -> bool:
        """ "to Cheers", "the Open Tech deal": a small word before it, or a capital where none is due."""
        introduced = s.first > 0 and self.words[s.first - 1].plain in word_list("asking")["introducer"]
        if s.whole or s.slips:
            return introduced or self._capital(s) or self._owns(s)
        return self._capital(s) or (introduced and self._ends(s))

    def names_person(self, s: Sighting) -> bool:
        return self._capital(s)

    def _capital(self, s: Sighting) -> bool:
        spoken = [w for w in self.words if w.is_word and w.text[0].isalpha()]
        shouting = sum(w.capital for w in spoken) > ALL_CAPITALS * len(spoken) and len(spoken) > 3
        begins = s.first == 0 or self.words[s.first - 1].text in ".?!:"
        return self.words[s.first].capital and not begins and not shouting

    def _owns(self, s: Sighting) -> bool:
        return s.last + 1 < len(self.words) and self.words[s.last].text in "'’" and self.words[s.last + 1].plain == "s"

    def _ends(self, s: Sighting) -> bool:
        return s.last == len(self.words) or self.words[s.last].text in BREAKS or self._owns(s)
