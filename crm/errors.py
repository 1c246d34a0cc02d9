"""The tree of things that go wrong on purpose.

CrmError
├── BadRow          one outside row cannot become a record
├── BadFile         a whole file cannot be read
├── BadPlaybook     a rule, prompt or template fails its own checks
├── BadLabel        a person gave a label that is none of the three
├── BadSetting      a knob has a value that cannot work
├── MissingPart     a part that was asked for is not installed, not there or held by somebody else
├── StoreTrouble    the store is locked, full or read-only
├── NotAllowed      somebody asked for what their role does not hold, or for what is not theirs to see
│   └── NotSignedIn name and password do not fit, or there were too many tries
│       └── TooManyTries  the next try has to wait
├── Stopped         somebody asked a long job to stop
└── LLMTrouble      the model is unreachable, refused, or answered nonsense
    ├── LLMNonsense it answered, but not in the form it was asked for: asking for less may help
    └── BudgetSpent it is not asked: the day's money is spent

Each carries one sentence that a salesperson can read and act on. They are caught at the doors
(ui, cli, api) and nowhere else, unless the catcher has a better way to go on.
"""


class CrmError(Exception):
    """Something went wrong that we can name."""


class BadRow(CrmError):
    """One outside row cannot become a record; the rest of the file can."""


class BadFile(CrmError):
    """The file as a whole cannot be read."""


class BadPlaybook(CrmError):
    """A rule, prompt, template or column map fails its own checks."""


class BadLabel(CrmError):
    """A person gave a label that is none of the three."""


class BadSetting(CrmError):
    """A setting has a value that cannot work."""


class MissingPart(CrmError):
    """A part that was asked for is not installed, not there, or held by another process."""


class StoreTrouble(CrmError):
    """The store is locked, full or read-only; what was acknowledged before is safe."""


class NotAllowed(CrmError):
    """Somebody asked for what their role does not hold, or for what is not theirs to see."""


class NotSignedIn(NotAllowed):
    """Name and password do not fit; or whoever was signed in is not any more."""


class TooManyTries(NotSignedIn):
    """Too many tries by this name or from this address; the next one has to wait `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too many tries. Wait {max(1, round(seconds)):,} seconds, then try again.")
        self.seconds = seconds


class Stopped(CrmError):
    """Somebody asked a long job to stop; what it did is kept, and the next run goes on from there."""


class LLMTrouble(CrmError):
    """The model is unreachable, refused, or answered something unusable. `wait_s`: for how long to leave it alone."""

    def __init__(self, sentence: str, wait_s: float | None = None) -> None:
        super().__init__(sentence)
        self.wait_s = wait_s


class LLMNonsense(LLMTrouble):
    """The model answered, but not in the form it was asked for."""


class BudgetSpent(LLMTrouble):
    """The day's budget for models is spent; nothing more is sent until tomorrow."""
