"""Verbs of learning from people's corrections."""

from datetime import date

from crm.access import Right
from crm.engagement import lessons
from crm.engagement.drift import Drift
from crm.engagement.drift_reference import drift_of
from crm.engagement.learning import Learned, learn
from crm.engagement.lessons import Lesson
from crm.engagement.review import Reviewed, queue
from crm.nouns import Filter, Period
from crm.records.trail_entry import Entry, What
from house.judging import Judging
from house.progress import Watch, steps, unwatched
from house.rights import needs, who


class Learning(Judging):
    """Trains anew, compares, goes back."""

    @needs(Right.CORRECT)
    def learn(self, watch: Watch = unwatched, anyway: bool = False) -> Learned:
        """Trains anew with people's corrections; in use unless it is surely worse. Raises MissingPart.

        Both models are compared on rows that neither has seen, which takes a minute or two.
        """
        told = steps(watch)
        learned = learn(self.store, self.material, told, anyway)
        outcome = "in use" if learned.in_use else "not in use: it is surely worse"
        self.chain.put(Entry(who(self), What.LEARN, after=f"a new model, {outcome}"))
        if learned.in_use:
            self.change_judges()
            self.cascade  # noqa: B018 - trained here, not under the next question
        return learned

    @needs(Right.CORRECT)
    def unlearn(self) -> Lesson | None:
        """The model before the last lesson is in use again; the lesson that counts now. Raises MissingPart."""
        with self.chain.together() as pen:
            lesson = lessons.drop(self.store)
            pen.write(Entry(who(self), What.LEARN, after="back to the model before"))
        self.change_judges()
        return lesson

    @needs(Right.CORRECT)
    def review(self, k: int) -> list[Reviewed]:
        """The records that a person should look at next, the most useful first; the store is judged before."""
        self.judge_store()
        return queue(self.store, k)

    @needs(Right.CORRECT)
    def drift(self, since: date | None = None) -> Drift:
        """The newest activities against what the judges learned from; the store is judged before."""
        self.judge_store()
        where = Filter(period=Period(since, None)) if since else Filter()
        return drift_of(self.store, self.material, where)
