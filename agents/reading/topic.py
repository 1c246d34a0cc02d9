"""What a question is about, once whom and when it is about are taken away."""

from agents.reading.domain_names import said_names
from agents.reading.tokens import tokens, words_of
from agents.reading.wordlists import small_words, word_list
from crm.nouns import Scope
from crm.threads import phrases


def topic_of(text: str, names: str, scope: Scope) -> list[str]:
    """The words of a question that are neither small words, nor about speaking, nor the name or period asked about."""
    account = scope.account
    called = " ".join((names, *(said_names(account.name, account.domain) if account else ())))
    known = set(words_of(called)) | set(words_of(scope.period.words if scope.period else ""))
    titles = set(phrases.names().titles if scope.contact else ())  # "what did Mrs Held say"
    skipped = known | small_words() | word_list("asks")["speaking"] | titles
    return [t.text for t in tokens(text) if t.is_word and t.plain not in skipped and len(t.plain) > 1]
