"""Says what a question took from the one before although it does not point there: its account, its time."""

from collections.abc import Iterator

from agents.dialogue.follow_up import lean_of
from agents.scope import Scoper
from crm.nouns import Question, Scope

CARRIED = "“{}” is taken from the question before."


def carried_over(question: Question, scope: Scope, scoper: Scoper) -> Iterator[str]:
    """A notice for each that the question by itself would not have. "And them?" points there, and needs none."""
    lean = lean_of(question.text)
    if not question.history or lean.opens:
        return
    alone = scoper.scope(Question(question.text, asked_by=question.asked_by, language=question.language))
    whom = scope.contact.name if scope.contact else scope.account.name if scope.account else ""
    if whom and not lean.points and not (alone.account or alone.contact or alone.candidates):
        yield CARRIED.format(whom)
    if scope.period and scope.period.words and alone.period is None and not alone.activity_id:
        yield CARRIED.format(scope.period.words)
