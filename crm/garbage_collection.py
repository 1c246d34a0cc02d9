"""How often Python looks for garbage that refers to itself: seldom, for records make hardly any."""

import gc

SELDOM = (100_000, 20, 20)  # as often as Python does costs 8 % of a batch, and a third of an account's summary


def collect_seldom() -> None:
    """For this process: what is loaded already is looked at no more, what comes is looked at seldom."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
