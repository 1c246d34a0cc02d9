"""Puts the doors to a chat model one behind the other: mask, remember, fall back, count.

What is remembered and what is counted lies behind the mask: it names nobody.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crm.active import Active
from crm.engagement.batch_asking import BatchAsking, Counter
from crm.engagement.judge import Cascade
from crm.engagement.verdict_cache import RememberedJudge
from crm.errors import BadSetting, MissingPart
from crm.known_names import Names
from crm.llm import LLM, Falling, open_llm
from crm.llm.batch import open_batches
from crm.prices import Prices, money
from crm.privacy import Habits, Masking, unmasked
from crm.records.book import Book
from crm.records.model_calls import Metered, spent_on
from crm.records.reply_cache import Remembering, Replies
from crm.records.reply_cache_store import RedisReplies, StoreReplies
from crm.records.store import Store
from settings import Settings

GOOGLE = "google_genai"
log = logging.getLogger(__name__)


def open_model(settings: Settings, store: Store, playbook: Path, names: Callable[[], Names]) -> LLM | None:
    """The model that the settings ask for, or None when templates write. Nothing is sent yet.

    Raises BadSetting once its vendor has switched it off, or when a budget cannot be kept for want of a price.
    """
    active = Active.read(playbook)
    name = model_name(settings, active)
    if not name:
        return None
    door: LLM = _counted(name, name, settings, store, playbook)
    if settings.llm_fallback:
        door = Falling(door, _counted(settings.llm_fallback, name, settings, store, playbook))
    door = Remembering(door, open_replies(settings, store))
    return Masking(door, names, Habits.read(playbook).note) if settings.mask == "on" else door


def model_name(settings: Settings, active: Active) -> str:
    """The "provider:model" in use; empty when there is none."""
    match settings.llm:
        case "none":
            return ""
        case "auto":
            return active.model if settings.google_api_key.get_secret_value() else ""
        case chosen:
            return chosen


def open_batch_asking(
    settings: Settings, store: Store, playbook: Path, cascade: Cascade, names: Callable[[], Names]
) -> BatchAsking:
    """The vendor's batch mode for the model in use. Raises BadSetting when there is none."""
    judge = next((one for one in cascade.judges if isinstance(one, RememberedJudge)), None)
    if judge is None:
        raise BadSetting("Batch mode asks a model, and none is set: see CRM_LLM and GOOGLE_API_KEY.")
    name, prices, habits = model_name(settings, Active.read(playbook)), Prices.read(playbook), Habits.read(playbook)
    queue = open_batches(name, settings.google_api_key.get_secret_value(), settings.llm_base_url)
    masking = Masking(judge.asked.llm, names, habits.note)
    hide = masking.hidden if settings.mask == "on" else unmasked
    counter = Counter(prices.of(name, datetime.now(UTC).date()), prices.batch_share, settings.budget)
    return BatchAsking(judge, queue, hide, store, counter)


def open_replies(settings: Settings, store: Store) -> Replies:
    """Where replies are remembered."""
    keep = timedelta(hours=settings.cache_hours)
    return RedisReplies.open(settings.cache_url, keep) if settings.cache_url else StoreReplies(store, keep)


def known_names(book: Book, playbook: Path) -> Names:
    """Everybody in the book, as they are looked for in a prompt."""
    contacts = (one for contact in book.contacts for one in contact.everyone)
    people = (one.name for some in (contacts, book.leads, book.reps) for one in some)
    return Habits.read(playbook).names(people, (one.name for account in book.accounts for one in account.everyone))


def masking_told(settings: Settings, llm: LLM | None, names: Names) -> str:
    """What leaves, for the doctor."""
    if llm is None:
        return "nothing is sent to a model"
    if settings.mask == "off":
        return "CRM_MASK=off: names, addresses and numbers are sent to the model as they are"
    return f"masked before they leave: addresses, numbers, links, {len(names.parts):,} words of names"


def budget_told(settings: Settings, store: Store) -> str:
    """What models cost today, for the doctor."""
    today = spent_on(store, datetime.now(UTC).date())
    of = f" of {money(settings.budget)}" if settings.budget else ", no limit"
    return f"today (UTC) {money(today.dollars)}{of}: {today.told()}"


def replies_told(settings: Settings, store: Store) -> str:
    """Where replies are remembered, for the doctor. Raises MissingPart when Redis does not answer."""
    replies = open_replies(settings, store)
    if isinstance(replies, RedisReplies) and not replies.answers():
        raise MissingPart(f"{settings.cache_url} does not answer; until it does, every prompt is sent anew.")
    return f"remembered for {settings.cache_hours:g} hours in {settings.cache_url or 'the store'}"


def _counted(name: str, primary: str, settings: Settings, store: Store, playbook: Path) -> LLM:
    """One model with its price. The key is Google's alone; another address serves the vendor that it was set for."""
    today = datetime.now(UTC).date()
    if notice := Active.read(playbook).notice(name, today):
        log.warning(notice)
    prices = Prices.read(playbook)
    if settings.budget and prices.of(name, today) is None:
        raise BadSetting(
            f"CRM_BUDGET cannot be kept for {name}: it has no price. Add it to playbook/prices.yaml, or set it to 0."
        )
    vendor = name.partition(":")[0]
    key = settings.google_api_key.get_secret_value() if vendor == GOOGLE else ""
    url = settings.llm_base_url if vendor == primary.partition(":")[0] else ""
    llm = open_llm(name, key, url, settings.llm_timeout_s)
    return Metered(llm, store, lambda day: prices.of(name, day), settings.budget)
