"""What a person is told when something goes wrong, and what only the log hears."""

import importlib
import logging
import re
from collections.abc import Iterator

import pytest

from crm.errors import StoreTrouble
from crm.nouns import Answer
from ui.faults import guarded, sentence, spoken

gr = importlib.import_module("gradio")  # a heavy package: never by a plain import at module level
SECRET = "ana@client.example"


def test_a_named_error_is_told_in_its_own_sentence() -> None:
    assert sentence(StoreTrouble("The store is locked. Close the other program.")) == (
        "The store is locked. Close the other program."
    )


def test_a_bug_is_told_by_a_reference_that_the_log_explains(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        told = sentence(KeyError(SECRET))
    found = re.search(r"Something broke, reference ([0-9a-f]{4})", told)
    assert found is not None
    assert SECRET not in told
    assert found[1] in caplog.text
    assert caplog.records[0].exc_info is not None


def test_a_listener_shows_a_sentence_without_markup() -> None:
    def listener() -> None:
        raise StoreTrouble("<b>The disk is full.</b>")

    with pytest.raises(gr.Error) as shown:
        guarded(listener)()
    assert shown.value.message == "&lt;b&gt;The disk is full.&lt;/b&gt;"
    assert not shown.value.print_exception


def test_a_growing_listener_shows_what_it_had_then_the_sentence() -> None:
    def listener(n: int) -> Iterator[int]:
        yield n
        raise ZeroDivisionError

    growing = guarded(listener)(7)
    assert next(growing) == 7
    with pytest.raises(gr.Error, match="Something broke, reference"):
        next(growing)


def test_gradios_own_errors_pass_through() -> None:
    def listener() -> None:
        raise gr.Error("as it is", duration=3)

    with pytest.raises(gr.Error) as shown:
        guarded(listener)()
    assert shown.value.duration == 3


def broken(*texts: str) -> Iterator[Answer]:
    for text in texts:
        yield Answer(text)
    raise StoreTrouble("The store is locked.")


def test_an_answer_that_breaks_at_once_is_the_sentence() -> None:
    (only,) = spoken(broken())
    assert (only.text, only.notices, only.done) == ("The store is locked.", (), True)


def test_an_answer_that_breaks_off_keeps_its_words() -> None:
    *_, last = spoken(broken("Half", "Half of it"))
    assert (last.text, last.notices, last.done) == ("Half of it", ("The store is locked.",), True)
