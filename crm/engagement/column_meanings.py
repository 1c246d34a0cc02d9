"""What each column of an audit's result holds, in a sentence: for whoever opens the file without having made it."""

from collections.abc import Sequence

OF_VERDICT = {
    "hs_object_id": "The record's id, exactly as it was given.",
    "trueai_engaged": (
        "The verdict: ENGAGED is a real two-way contact, NOT ENGAGED is one-way or no person answered, "
        "ND means that the evidence is not enough to tell."
    ),
    "confidence": "How sure the verdict is, from 0 to 1.",
    "decided_by": (
        "Who gave the verdict: a rule by its name, the small model, the chat model (llm), a person by name, "
        "or refused for a row that cannot be read."
    ),
    "because": "Why, in one sentence.",
    "quote": "The words of the record that prove the verdict.",
}
OF_RECORD = {
    "account": "The company that the activity belongs to, as the file or the CRM names it.",
    "contact": "With whom of the other side it was: by name where one is known, else by mail address.",
    "date": "When it was, with the time of day where the record has one; in UTC where it names no zone.",
    "owner": "Who of our side the record belongs to.",
    "kind": "What the CRM calls it: email, call, event, task or other.",
    "subject": "The record's subject, as it is.",
    "id": "The id that tells it from records of other sources: the source, a colon, the record's own id.",
    "crm_subtype": "What the CRM calls it: email, call, event, task or other.",
    "crm_subject": "The record's subject, as it is.",
    "crm_description": "The record's text, as it is.",
    "account_id": "The id of the account that it belongs to.",
}
KEPT = "Kept from the audited file as it is there."


def meanings(columns: Sequence[str]) -> dict[str, str]:
    """A sentence for each column. Where one behind the verdict's is none of ours, all of those were the input's."""
    behind = [name for name in columns if name not in OF_VERDICT]
    ours = OF_RECORD if OF_RECORD.keys() >= set(behind) else {}
    return {name: OF_VERDICT.get(name) or ours.get(name, KEPT) for name in columns}
