"""What a person sees when something goes wrong: a named error's own sentence, else a reference to the log.

Every listener runs inside `guarded`; what works in a thread of its own tells its faults by `sentence` or `spoken`.
"""

import functools
import html
import inspect
import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from crm.errors import CrmError
from crm.nouns import Answer
from ui.tongue import heard, said

log = logging.getLogger(__name__)


def sentence(err: Exception) -> str:
    """What to tell about it. A bug goes to the log with its trace, under the reference that is told."""
    if isinstance(err, CrmError):
        return heard(str(err))
    reference = secrets.token_hex(2)
    log.error("something broke, reference %s", reference, exc_info=err)
    return said("faults.broke", reference=reference)


def guarded(act: Callable[..., Any]) -> Callable[..., Any]:
    """The listener, with whatever goes wrong in it shown as a note in the window."""
    if inspect.isgeneratorfunction(act):

        @functools.wraps(act)
        def growing(*args: Any, **named: Any) -> Iterator[Any]:
            with _shown():
                yield from act(*args, **named)

        return growing

    @functools.wraps(act)
    def once(*args: Any, **named: Any) -> Any:
        with _shown():
            return act(*args, **named)

    return once


def spoken(answers: Iterator[Answer]) -> Iterator[Answer]:
    """The growing answers; when one breaks off, what was said so far ends with the reason in a notice."""
    last = Answer("")
    try:
        for last in answers:
            yield last
    except Exception as err:  # noqa: BLE001 - the door: whatever broke becomes a sentence in the chat
        told = sentence(err)
        yield replace(last, text=last.text or told, notices=(*last.notices, told) if last.text else (), done=True)


@contextmanager
def _shown() -> Iterator[None]:
    from gradio import Error

    try:
        yield
    except Error:
        raise
    except Exception as err:
        told = html.escape(sentence(err))  # the note renders HTML
        raise Error(told, duration=None, print_exception=False) from err
