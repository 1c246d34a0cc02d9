"""Sends each distinct text to a judge once, however many rows hold it."""

from collections import OrderedDict, deque
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from crm.nouns import Verdict
from crm.workers import Workers

Item = TypeVar("Item")
REMEMBERED = 50_000  # texts: some 100 MB at the most, whatever the number of rows


@dataclass(slots=True)
class _Text:
    """A text that was sent to the judge; its verdict comes later."""

    verdict: Verdict | None = None


@dataclass
class Once(Generic[Item]):
    """Judges batches through workers, each text once. `judged` counts the texts that were sent.

    `key` says which items are the same text; None for one that nobody needs to judge. `settle` has the last word,
    in this process.
    """

    judge: Callable[[list[Item]], list[Verdict]]
    key: Callable[[Item], Hashable | None]
    workers: Workers
    settle: Callable[[list[Item], list[Verdict]], list[Verdict]] | None = None
    most: int = REMEMBERED
    judged: int = 0

    def over(self, batches: Iterable[list[Item]]) -> Generator[list[tuple[Item, Verdict | None]], None, None]:
        """Each batch with its verdicts, in order; None where there is no key."""
        ahead: deque[tuple[list[tuple[Item, _Text | None]], list[tuple[Item, _Text]]]] = deque()
        known: OrderedDict[Hashable, _Text] = OrderedDict()

        def asked() -> Iterator[list[Item]]:
            for batch in batches:
                new: dict[Hashable, tuple[Item, _Text]] = {}
                told = [(item, self._text(item, known, new)) for item in batch]
                ahead.append((told, list(new.values())))
                yield [item for item, _ in new.values()]

        for verdicts in self.workers.map(self.judge, asked()):
            told, sent = ahead.popleft()
            self.judged += len(sent)
            final = self.settle([item for item, _ in sent], verdicts) if self.settle else verdicts
            for (_, text), verdict in zip(sent, final, strict=True):
                text.verdict = verdict
            yield [(item, text.verdict if text else None) for item, text in told]

    def _text(
        self, item: Item, known: OrderedDict[Hashable, _Text], new: dict[Hashable, tuple[Item, _Text]]
    ) -> _Text | None:
        key = self.key(item)
        if key is None:
            return None
        text = known.get(key)
        if text is None and key in new:
            text = new[key][1]  # forgotten since, within one batch
        if text is None:
            text = known[key] = _Text()
            new[key] = (item, text)
            if len(known) > self.most:
                known.popitem(last=False)  # rows that wait for this text hold it themselves
        return text
