"""One person's way through the queue of a review: where they are, what they said."""

from dataclasses import dataclass, replace

from crm.engagement.review import Reviewed
from crm.nouns import Engagement
from ui.show import share, words, written
from ui.tongue import said


@dataclass(frozen=True, slots=True)
class Sitting:
    """`at` is the place in the queue, its length once all was seen; `said` are ids with labels, the oldest first."""

    queue: tuple[Reviewed, ...] = ()
    at: int = 0
    said: tuple[tuple[str, Engagement], ...] = ()

    @property
    def now(self) -> Reviewed | None:
        return self.queue[self.at] if self.at < len(self.queue) else None

    def move(self, by: int) -> "Sitting":
        """On or back, never beyond the ends."""
        return replace(self, at=min(max(self.at + by, 0), len(self.queue)))

    def labelled(self, engagement: Engagement) -> "Sitting":
        """What was said about the record at hand, then the next one."""
        if self.now is None:
            return self
        return replace(self.move(1), said=(*self.said, (self.now.activity.id, engagement)))

    def undone(self) -> "Sitting":
        """Without the last thing said, back at its record."""
        if not self.said:
            return self
        places = [n for n, one in enumerate(self.queue) if one.activity.id == self.said[-1][0]]
        return replace(self, at=places[0] if places else self.at, said=self.said[:-1])

    def head(self) -> str:
        """Where one is, and why this record is worth a look, as HTML."""
        if not self.queue:
            return f'<p class="hint">{written("review.nothing")}</p>'
        if self.now is None:
            return f'<p class="summary"><strong>{written("review.last")}</strong> {written("review.go_on")}</p>'
        verdict = self.now.verdict
        told = [said("review.doubt", label=verdict.engagement, share=share(verdict.confidence))]
        if self.now.alike > 1:
            told.append(said("review.alike", n=self.now.alike - 1))
        if self.now.earlier:
            earlier = self.now.earlier
            told.append(said("review.changed", who=earlier.by, label=earlier.verdict.engagement))
        place = said("review.place", at=self.at + 1, of=len(self.queue))
        return f'<p class="summary"><strong>{place}</strong> · {words(" · ".join(told))}</p>'
