"""A log of a few lines, read by eye."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from crm.engagement.timeline import Timeline, conversations, is_outreach, timeline
from crm.nouns import Activity, Direction, Engagement, Kind, Label, Message, Side, Verdict

AS_OF = date(2026, 10, 30)


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"2026-{day}T10:00+00:00")


def theirs(text: str, day: str = "", depth: int = 0) -> Message:
    return Message(Side.THEM, "Sigrid Aas", "sigrid@norvik.example", at(day) if day else None, text, depth, (0, 0))


def ours(text: str, depth: int = 0) -> Message:
    return Message(Side.US, "Hanna", "", None, text, depth, (0, 0))


def act(n: int, day: str, kind: Kind = Kind.EMAIL, *messages: Message, way: Direction = Direction.UNKNOWN) -> Activity:
    when = at(day) if day else None
    return Activity(f"t:{n}", str(n), "t", kind, f"Subject {n}", "", f"Subject {n}", (), messages, way, "", None, when)


def labelled(*pairs: tuple[Activity, str]) -> dict[str, Label]:
    return {
        a.id: Label(a.id, "", "p", Verdict(Engagement(label), 0.9, "", "She said yes", "rule:x"), at("10-01"))
        for a, label in pairs
        if label
    }


def judged(*pairs: tuple[Activity, str]) -> Timeline:
    return timeline([a for a, _ in pairs], labelled(*pairs), AS_OF)


OUT = Direction.OUTBOUND
SENT = [(act(n, f"05-0{n}", Kind.EMAIL, ours(f"Hello {n}"), way=OUT), "NOT ENGAGED") for n in range(1, 5)]


def test_the_last_two_way_contact_is_their_newest_words_in_a_conversation() -> None:
    line = judged(
        (act(1, "03-01", Kind.EMAIL, theirs("First answer")), "ENGAGED"),
        (act(2, "04-01", Kind.EMAIL, theirs("Second answer")), "ENGAGED"),
        (act(3, "05-01", Kind.EMAIL, theirs("I am out of office")), "NOT ENGAGED"),
    )
    assert line.two_way
    assert (line.two_way.text, line.two_way.who, line.two_way.day) == ("Second answer", "Sigrid Aas", date(2026, 4, 1))
    assert line.inbound
    assert line.inbound.text == "I am out of office"


def test_a_reply_that_is_quoted_again_counts_on_the_day_it_was_written() -> None:
    reply = "Ring me in week 35, before that I have no time at all for this, sorry."
    line = judged(
        (act(1, "03-01", Kind.EMAIL, theirs(reply)), "ENGAGED"),
        (act(2, "05-01", Kind.EMAIL, ours("Any news?"), theirs(reply, depth=1), way=OUT), "ENGAGED"),
    )
    assert line.two_way
    assert (line.two_way.activity.id, line.two_way.day) == ("t:1", date(2026, 3, 1))


def test_a_reply_that_stands_only_in_a_quotation_has_its_own_date() -> None:
    quoted = act(2, "05-01", Kind.TASK, ours("Any news?"), theirs("52 to 31 minutes", "04-20", 1), way=OUT)
    line = judged((quoted, "ENGAGED"))
    assert line.two_way
    assert line.two_way.day == date(2026, 4, 20)


def test_what_only_quotes_words_from_before_the_period_is_one_way() -> None:
    quoted = act(2, "05-01", Kind.EMAIL, ours("Any news?"), theirs("52 to 31 minutes", "04-20", 1), way=OUT)
    sure = labelled((quoted, "ENGAGED"))[quoted.id]
    for label in (sure, replace(sure, verdict=replace(sure.verdict, undecided=True))):
        line = timeline([quoted], {quoted.id: label}, AS_OF, date(2026, 5, 1))
        assert (line.two_way, line.inbound, line.undecided) == (None, None, ())
        assert line.counts[Engagement.NOT_ENGAGED] == 1


def test_a_guessed_conversation_counts_as_undecided() -> None:
    call = act(1, "03-01", Kind.CALL, ours("Spoke?"))
    sure = labelled((call, "ENGAGED"))[call.id]
    line = timeline([call], {call.id: replace(sure, verdict=replace(sure.verdict, undecided=True))}, AS_OF)
    assert [a.id for a in line.undecided] == [call.id]
    assert line.counts == {Engagement.ENGAGED: 0, Engagement.NOT_ENGAGED: 0, Engagement.ND: 1}


def test_a_call_note_is_proved_by_the_words_of_its_verdict() -> None:
    line = judged((act(1, "03-01", Kind.CALL, ours("37 min. She said yes"), way=OUT), "ENGAGED"))
    assert line.two_way
    assert (line.two_way.text, line.two_way.who, line.two_way.side) == ("She said yes", "", Side.US)


def test_one_way_messages_since_the_last_answer_are_a_chase() -> None:
    line = judged((act(9, "04-30", Kind.EMAIL, theirs("Yes")), "ENGAGED"), *SENT)
    assert line.since
    assert (line.since.count, line.since.first, line.since.last) == (4, date(2026, 5, 1), date(2026, 5, 4))
    assert line.since.kinds == (("email", 4),)
    assert line.before == ()


def test_an_answer_ends_a_chase() -> None:
    line = judged(*SENT, (act(9, "05-20", Kind.EMAIL, theirs("Yes")), "ENGAGED"))
    assert line.since is None
    assert [run.count for run in line.before] == [4]


def test_one_message_is_no_chase() -> None:
    assert judged(SENT[0]).since is None


def test_the_next_meeting_lies_after_today_and_still_stands() -> None:
    off = act(1, "11-05", Kind.EVENT)
    line = judged(
        (act(2, "10-30", Kind.EVENT), ""),
        (Activity(**{f: getattr(off, f) for f in off.__slots__} | {"outcome": "CANCELED"}), ""),
        (act(3, "11-12", Kind.EVENT), "ENGAGED"),
        (act(4, "11-20", Kind.EVENT), ""),
    )
    assert line.meeting
    assert line.meeting.id == "t:3"
    assert line.two_way is None


def test_what_is_doubtful_undated_or_unjudged_is_counted() -> None:
    line = judged(
        (act(1, "03-01"), "ND"),
        (act(2, ""), "NOT ENGAGED"),
        (act(3, "03-03"), ""),
        (act(4, "03-04", Kind.EMAIL, theirs("Yes")), "ENGAGED"),
    )
    assert [a.id for a in line.undecided] == ["t:1"]
    assert (line.undated, line.unjudged) == (1, 1)
    assert line.counts == {Engagement.ENGAGED: 1, Engagement.NOT_ENGAGED: 1, Engagement.ND: 1}


def test_what_counts_as_our_reaching_out() -> None:
    cases: Sequence[tuple[Activity, bool]] = (
        (act(1, "03-01", Kind.EMAIL, ours("Hi")), True),
        (act(2, "03-01", Kind.CALL, way=OUT), True),
        (act(3, "03-01", Kind.TASK, ours("remember to ring")), False),
        (act(4, "03-01", Kind.EMAIL, theirs("Hi")), False),
        (act(5, "03-01", Kind.EMAIL, theirs("Hi"), way=OUT), False),
        (act(6, "03-01", Kind.EVENT, way=OUT), False),
        (act(7, "03-01", Kind.EMAIL, ours("Hi"), way=Direction.INBOUND), False),
    )
    for activity, expected in cases:
        assert is_outreach(activity) is expected, activity.id


def test_an_empty_log_has_nothing() -> None:
    line = timeline([], {}, AS_OF)
    assert (line.two_way, line.inbound, line.outbound, line.meeting, line.since) == (None, None, None, None, None)
    assert sum(line.counts.values()) == 0


def test_nothing_after_today_counts_but_the_meeting() -> None:
    line = judged((act(1, "11-02", Kind.EMAIL, theirs("From the future")), "ENGAGED"))
    assert line.two_way is None
    assert line.inbound is None
    assert (sum(line.counts.values()), line.ahead) == (0, 1)


def test_the_same_words_on_another_day_are_another_reply() -> None:
    reply = "Thanks, this works for us."
    line = judged(
        (act(1, "04-05", Kind.EMAIL, theirs(reply)), "ENGAGED"),
        (act(2, "07-05", Kind.EMAIL, ours("Shall we go on?"), way=OUT), ""),
        (act(3, "07-09", Kind.EMAIL, theirs(reply)), "ENGAGED"),
    )
    assert line.two_way
    assert (line.two_way.activity.id, line.since) == ("t:3", None)


def test_a_mail_that_was_logged_twice_is_one_reply() -> None:
    reply = "Thanks, this works for us."
    twice = [act(n, "04-05", Kind.EMAIL, theirs(reply)) for n in (1, 2)]
    assert len(conversations(twice, labelled(*((a, "ENGAGED") for a in twice)), AS_OF)) == 1
