"""A judge's verdicts remembered in the store, by text and sides: neither is paid for twice under one policy."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from crm.engagement.llm_judge import LLMJudge
from crm.engagement.llm_request import shown_of
from crm.nouns import Activity, Verdict
from crm.records.db import answers
from crm.records.store import CHUNK, Store

_VERDICT = TypeAdapter(Verdict)


@dataclass(frozen=True, slots=True)
class RememberedJudge:
    """Asks another judge only about texts that it has not decided before; what it left open is asked again."""

    asked: LLMJudge
    store: Store

    @property
    def policy(self) -> str:
        return self.asked.policy

    @property
    def trouble(self) -> str:
        """What went wrong last, or nothing."""
        return self.asked.trouble

    def judge(self, batch: Sequence[Activity]) -> list[Verdict | None]:
        keys = [self._key(shown_of(activity)) for activity in batch]
        known = self._recalled(keys)
        new = [(key, activity) for key, activity in zip(keys, batch, strict=True) if key not in known]
        if new:
            said = self.asked.judge([activity for _, activity in new])
            fresh = {key: v for (key, _), v in zip(new, said, strict=True) if v is not None}
            self._put(fresh)
            known |= fresh
        return [known.get(key) for key in keys]

    def new(self, batch: Sequence[Activity]) -> list[Activity]:
        """Those of the batch whose text has no verdict yet: what asking would cost money for."""
        keys = [self._key(shown_of(activity)) for activity in batch]
        known = self._recalled(keys)
        return [activity for key, activity in zip(keys, batch, strict=True) if key not in known]

    def keep(self, verdicts: Mapping[str, Verdict]) -> None:
        """Verdicts by what was shown that were reached in another way than by asking here."""
        self._put({self._key(shown): verdict for shown, verdict in verdicts.items()})

    def _key(self, shown: str) -> str:
        """Of the text and of who wrote which part: one text may be judged otherwise once we know whose it is."""
        asked = "\x1f".join(("verdict", self.policy, shown))
        return hashlib.blake2b(asked.encode(), digest_size=20).hexdigest()

    def _recalled(self, keys: Sequence[str]) -> dict[str, Verdict]:
        found: dict[str, Verdict] = {}
        with self.store.reading() as connection:
            for start in range(0, len(keys), CHUNK):
                query = select(answers.c.key, answers.c.reply).where(answers.c.key.in_(keys[start : start + CHUNK]))
                found.update((key, _VERDICT.validate_json(reply)) for key, reply in connection.execute(query))
        return found

    def _put(self, fresh: dict[str, Verdict]) -> None:
        if not fresh:
            return
        now = datetime.now(UTC)
        rows = [
            {"key": key, "model": self.policy, "reply": _VERDICT.dump_json(verdict), "at": now}
            for key, verdict in fresh.items()
        ]
        with self.store.writing() as connection:
            connection.execute(insert(answers).on_conflict_do_nothing(index_elements=["key"]), rows)
