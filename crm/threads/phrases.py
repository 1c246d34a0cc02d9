"""The playbook's word lists that threads are split by, read once."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from crm.playbook import Page, read_yaml

RULES = Path(__file__).parents[2] / "playbook" / "rules"


class Speakers(Page):
    """Labels before the colon in a chat, by side; `ours` and `theirs` stand in brackets behind a name there."""

    us: list[str]
    them: list[str]
    machine: list[str]
    nobody: list[str]
    ours: list[str]
    theirs: list[str]


class Roles(Page):
    """What tells a seller's shared mailbox, a mailbox among colleagues, a support agent."""

    mailboxes: frozenset[str]
    ours: frozenset[str]
    words: list[str]


class Sides(Page):
    """`sides.yaml`: who wrote."""

    inbound: list[str]
    outbound: list[str]
    inbound_arrows: list[str]
    outbound_arrows: list[str]
    speakers: Speakers
    fields: list[str]
    channels: list[str]
    shared: list[str]
    internal: list[str]
    roles: Roles
    seller: list[str]
    buyer: list[str]


class Machines(Page):
    """`machines.yaml`: what programs write."""

    senders: list[str]
    subjects: dict[str, list[str]]
    bodies: dict[str, list[str]]
    bulk: list[str]
    imprint: list[str]
    greeting: list[str]
    notice: list[str]
    typed: list[str]
    hosts: list[str]
    wrote: list[str]
    reasons: list[str]
    blank: list[str]
    guest: list[str]
    details: list[str]
    asked: list[str]
    recorded: list[str]
    voicemail: list[str]
    commented: list[str]
    nameless: list[str]


class Boilerplate(Page):
    """`boilerplate.yaml`: what is cut."""

    greetings: list[str]
    closings: list[str]
    devices: list[str]
    banners: list[str]
    disclaimers: list[str]
    optouts: list[str]
    markers: list[str]
    rooms: list[str]
    trackers: list[str]
    requests: list[str]
    original: list[str]
    forwarded: list[str]


class Names(Page):
    """`names.yaml`: words around names."""

    titles: list[str]
    free_mail: frozenset[str]
    companies: list[str]
    common: list[str]
    abbreviations: list[str]
    numbering: list[str]
    exclaimed: list[str]


@cache
def names() -> Names:
    """`names.yaml`, checked."""
    return read_yaml(RULES / "names.yaml", Names)


@cache
def sides() -> Sides:
    """`sides.yaml`, checked."""
    return read_yaml(RULES / "sides.yaml", Sides)


@cache
def machines() -> Machines:
    """`machines.yaml`, checked."""
    return read_yaml(RULES / "machines.yaml", Machines)


@cache
def boilerplate() -> Boilerplate:
    """`boilerplate.yaml`, checked."""
    return read_yaml(RULES / "boilerplate.yaml", Boilerplate)


def holds(phrases: Iterable[str], text: str) -> bool:
    """Whether any of a few phrases is in a short text, at any place."""
    for phrase in phrases:  # noqa: SIM110  # a generator costs more than the search itself
        if phrase in text:
            return True
    return False


def either(phrases: Iterable[str]) -> str:
    """A pattern of any of the phrases, the longest first. Parted by their first sign, most places fail at once."""
    longest = sorted(phrases, key=len, reverse=True)
    signs = dict.fromkeys(phrase[0] for phrase in longest)
    rests = {sign: [re.escape(phrase[1:]) for phrase in longest if phrase[0] == sign] for sign in signs}
    return "|".join(f"{re.escape(sign)}(?:{'|'.join(rest)})" for sign, rest in rests.items())
