"""Decides who wrote each message of a thread: us, them, or nobody can tell.

Two questions, answered apart. Which messages are of the same party and which of opposite ones: heads, domains,
greetings and signatures say so. Which party is ours: our own domains and people, the CRM's claim, and, where
both are silent, what only a seller's mail carries. Where the evidence is even, it is left unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from crm.nouns import Direction, Side
from crm.threads import letters, phrases
from crm.threads.parties import Parties, Voice, colleagues
from crm.threads.people import NOBODY, Person, same, under, words

CERTAIN, CLAIMED, STRONG, FAIR, SLIGHT, FAINT = 100.0, 20.0, 8.0, 4.0, 1.5, 1.0
_ENOUGH = FAINT
_ENOUGH_ALONE = FAIR  # one mail with nothing to compare it to needs more


@dataclass(frozen=True, slots=True)
class Ours:
    """What is known of our own side, in lower case: mail domains, names and addresses of our people."""

    domains: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()

    def has(self, who: Person) -> bool:
        """Whether this is one of us."""
        if not who.known or not (self.domains or self.people):
            return False
        domain = who.address.rpartition("@")[2]
        return (
            who.address in self.people
            or (bool(domain) and under(domain, self.domains))
            or (bool(who.name) and who.name.lower() in self.people)
        )


@dataclass(frozen=True, slots=True)
class Claims:
    """What the record says about its newest message.

    `weak` marks an arrow, which tools set loosely. `hidden` says that older mails are not shown; `answered`
    that the newest message is a program's answer to the one below; `addressed` that a logger noted whom the
    newest message went to and not whom it came from, as it does with what goes out. `contacts` are people of theirs.
    """

    direction: Direction = Direction.UNKNOWN
    weak: bool = False
    owner: Person = NOBODY
    ours: Ours = Ours()
    forward: bool = False
    hidden: bool = False
    answered: bool = False
    addressed: bool = False
    internal: bool = False
    contacts: tuple[Person, ...] = ()


def decide(voices: Sequence[Voice], claims: Claims) -> list[Side]:
    """The side of each voice, newest first."""
    if claims.internal or _one_company(voices, claims.ours):
        return [Side.MACHINE if v.machine else Side.US for v in voices]
    votes = [_votes(i, voices, claims) for i in range(len(voices))]
    if len(voices) == 1:
        return [Side.MACHINE if voices[0].machine else _alone(votes[0])]
    roots = Parties.of(voices, _may_be_answer(claims)).roots()
    members: dict[int, list[tuple[int, bool]]] = {}
    for number, (root, turned) in enumerate(roots):
        members.setdefault(root, []).append((number, turned))
    ours = {root: _ours(root, group, votes) for root, group in members.items()}
    return [
        Side.MACHINE if v.machine else _side(ours[root], turned, len(members[root]) == 1)
        for v, (root, turned) in zip(voices, roots, strict=True)
    ]


def _may_be_answer(claims: Claims) -> bool:
    """Forwards go on to others, programs answer what we sent, and tools send our own mail again with a `Re:`."""
    ours = claims.direction is Direction.OUTBOUND and not claims.weak
    return not (claims.forward or claims.answered or ours)


def _alone(vote: float) -> Side:
    if abs(vote) < _ENOUGH_ALONE:
        return Side.UNKNOWN
    return Side.US if vote > 0 else Side.THEM


def _ours(root: int, members: Sequence[tuple[int, bool]], votes: Sequence[float]) -> float:
    """How much the members of a group, with whether each is turned against the first, speak for its being ours."""
    if len(members) == 1:
        return votes[members[0][0]]
    ours = sum([-votes[number] if turned else votes[number] for number, turned in members])
    if root == 0 and not any(turned for _, turned in members):
        ours += STRONG  # only one party ever wrote: it is chasing, and such a log is kept by who chases
    return ours


def _side(ours: float, turned: bool, alone: bool) -> Side:
    """The side that all members of a voice's group speak for together."""
    if alone:
        return _alone(ours)
    if abs(ours) < _ENOUGH:
        return Side.UNKNOWN
    return Side.US if (ours > 0) is not turned else Side.THEM


def _one_company(voices: Sequence[Voice], ours: Ours) -> bool:
    """All addresses are of one company, on both ends: we are always on our own mail, so that company is us."""
    if any(v.machine for v in voices):
        return False
    if _known_among(voices, ours):
        return True
    among = phrases.sides().roles.ours
    if any((p.address.partition("@")[0] or p.name.lower()) in among for v in voices for p in v.to):
        return True
    if not any(p.address for v in voices for p in v.to):
        return False
    domains = {p.domain for v in voices for p in (v.author, *v.to) if p.domain}
    if len(domains) != 1 or (ours.domains and not any(d in ours.domains for d in domains)):
        return False
    return any(v.author.domain and any(colleagues(v.author, p) and p != v.author for p in v.to) for v in voices)


def _known_among(voices: Sequence[Voice], ours: Ours) -> bool:
    """Whether a head shows one of us who wrote to one of us, and nobody else is named anywhere."""
    if not any(ours.has(v.author) and any(map(ours.has, v.to)) for v in voices):
        return False
    return all(ours.has(p) for v in voices for p in (v.author, *v.to) if p.known)


def _votes(number: int, voices: Sequence[Voice], claims: Claims) -> float:
    """How much speaks for this voice being ours; below zero, for being theirs."""
    voice = voices[number]
    if voice.machine:
        return 0.0
    known = _known(voice, voices, claims.ours)
    if abs(known) == CERTAIN:
        return known
    claimed = _claimed(claims) if number == 0 else 0.0
    if abs(claimed) > FAINT:
        return claimed
    vote = claimed + known + CLAIMED * _speaks(claims.owner, voice)
    vote -= STRONG * max((_speaks(who, voice) for who in claims.contacts), key=abs, default=0)
    if claims.ours.people or claims.ours.domains:
        vote -= CLAIMED * any(claims.ours.has(p) for p in voice.to)
        vote += CLAIMED * _signed_by_us(voice, claims.ours)
    if number == 0 and 0 <= voice.found.first("banner", voice.text) < 300:
        vote -= STRONG  # our own gateway marks what comes from outside
    if number == 0 and claims.addressed:
        vote += FAIR
    if number == 1 and claims.answered:
        vote += STRONG  # a program answers only what we sent
    return vote + _style(voice) + _opening(number, voices, claims)


def _known(voice: Voice, voices: Sequence[Voice], ours: Ours) -> float:
    """What our own records say of the author.

    One of us is on all our mail. Where nobody on it is known as ours, the list of ours is not whole, and who is not on
    it may be anybody: theirs still where nobody is told whom it went to, as in a mail that came in.
    """
    author = _addressed(voice.author, voices)
    if ours.has(author):
        return CERTAIN
    if not (ours.domains and author.address):
        return 0.0
    if any(ours.has(who) for v in voices for who in (v.author, *v.to)):
        return -CERTAIN
    return 0.0 if any(who.address for v in voices for who in v.to) else -STRONG


def _addressed(author: Person, voices: Sequence[Voice]) -> Person:
    """The author with an address: mail programs quote `From: Colin Amble` and leave out what the head above tells."""
    if author.address or not author.name:
        return author
    return next((p for v in voices for p in (v.author, *v.to) if p.address and same(author, p)), author)


def _claimed(claims: Claims) -> float:
    """What the CRM says of the newest message."""
    if claims.direction is Direction.UNKNOWN:
        return 0.0
    weight = FAINT if claims.weak else CLAIMED
    return weight if claims.direction is Direction.OUTBOUND else -weight


def _speaks(who: Person, voice: Voice) -> int:
    """1 when this person wrote it, -1 when it was written to this person, else 0."""
    if not who.known:
        return 0
    if same(who, voice.author) if voice.author.known else letters.signs(voice.letter, who):
        return 1
    return -1 if letters.greets(voice.letter, who) or any(same(who, p) for p in voice.to) else 0


def _signed_by_us(voice: Voice, ours: Ours) -> bool:
    """Whether one of ours closes it by first and last name, where no head says who wrote it."""
    name = voice.letter.signed
    return not voice.author.known and len(words(name)) > 1 and ours.has(Person(name))


def _style(voice: Voice) -> float:
    """What only one kind of mail carries: a way out of a list, a shared mailbox, a seller's or a buyer's words."""
    roles, found = phrases.sides().roles, voice.found
    vote = STRONG if len(voice.text) > 120 and found.has("optout") else 0.0
    if voice.author.address:
        vote += FAIR * (voice.author.address.partition("@")[0] in roles.mailboxes)
    vote -= FAIR * any(p.address.partition("@")[0] in roles.mailboxes for p in voice.to)
    vote += FAIR * phrases.holds(roles.words, " ".join((voice.author.name, *voice.letter.tail[:4])).lower())
    return vote + min(2, found.count("seller")) - min(2, found.count("buyer"))


def _opening(number: int, voices: Sequence[Voice], claims: Claims) -> float:
    """In a seller's records the seller opens; but what is itself a reply was no opening, so it tells nothing."""
    if len(voices) < 2 or number != len(voices) - 1 or voices[number].forwarded or voices[number].reply:
        return 0.0
    return FAINT if claims.hidden else SLIGHT
