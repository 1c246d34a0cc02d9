"""Periods in seven languages, counted from a Friday, 30 October 2026."""

from datetime import date

import pytest

from agents.reading.periods import period_of, pieces_of, places_of

TODAY = date(2026, 10, 30)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("last 90 days", "2026-08-01", "2026-10-30"),
        ("all year", "2026-01-01", "2026-10-30"),
        ("das ganze Jahr", "2026-01-01", "2026-10-30"),
        ("en todo el año", "2026-01-01", "2026-10-30"),
        ("de toute l'année", "2026-01-01", "2026-10-30"),
        ("in the past 3 weeks", "2026-10-09", "2026-10-30"),
        ("for the last 4 full weeks", "2026-09-28", "2026-10-25"),
        ("los últimos 3 meses completos", "2026-07-01", "2026-09-30"),
        ("may to september this yr", "2026-05-01", "2026-09-30"),
        ("from mon 31 aug to sun 11 oct 2026", "2026-08-31", "2026-10-11"),
        ("von Mo 5. Oktober bis So 11. Oktober 2026", "2026-10-05", "2026-10-11"),
        ("le sam 3 octobre 2026", "2026-10-03", "2026-10-03"),
        ("jul-sep 2025", "2025-07-01", "2025-09-30"),
        ("wins in Nov 25", "2025-11-01", "2025-11-30"),
        ("wins on Nov 25", "2025-11-25", "2025-11-25"),
        ("erste Hälfte Juni", "2026-06-01", "2026-06-15"),
        ("depuis début juillet", "2026-07-01", "2026-10-30"),
        ("negli ultimi 30 giorni", "2026-09-30", "2026-10-30"),
        ("les 3 derniers mois", "2026-07-30", "2026-10-30"),
        ("während der letzten zwei Wochen", "2026-10-16", "2026-10-30"),
        ("en los últimos tres meses", "2026-07-30", "2026-10-30"),
        ("depuis 3 mois", "2026-07-30", "2026-10-30"),
        ("seit drei Monaten", "2026-07-30", "2026-10-30"),
        ("desde hace 2 semanas", "2026-10-16", "2026-10-30"),
        ("since March", "2026-03-01", "2026-10-30"),
        ("between the 1st and the 15th of October", "2026-10-01", "2026-10-15"),
        ("zwischen dem 1. und 15. Oktober", "2026-10-01", "2026-10-15"),
        ("entre el 1 y el 15 de octubre", "2026-10-01", "2026-10-15"),
        ("tra l'1 e il 15 ottobre", "2026-10-01", "2026-10-15"),
        ("before Christmas", None, "2025-12-24"),
        ("seit Weihnachten", "2025-12-25", "2026-10-30"),
        ("avant Noël", None, "2025-12-24"),
        ("before the end of the year", None, "2026-12-31"),
        ("by year end", None, "2026-12-31"),
        ("by the end of the month", None, "2026-10-31"),
        ("bis Jahresende", None, "2026-12-31"),
        ("d'ici la fin de l'année", None, "2026-12-31"),
        ("antes de fin de año", None, "2026-12-31"),
        ("entro fine anno", None, "2026-12-31"),
        ("avant fin septembre", None, "2026-09-30"),
        ("en lo que va de año", "2026-01-01", "2026-10-30"),
        ("Ende September", "2026-09-01", "2026-09-30"),
        ("in May by rep", "2026-05-01", "2026-05-31"),
        ("a partir de junio", "2026-06-01", "2026-10-30"),
        ("sinds maart", "2026-03-01", "2026-10-30"),
        ("since the beginning of the year", "2026-01-01", "2026-10-30"),
        ("Q3 2025", "2025-07-01", "2025-09-30"),
        ("Q3'25", "2025-07-01", "2025-09-30"),
        ("2e trimestre 2026", "2026-04-01", "2026-06-30"),
        ("drittes Quartal 2025", "2025-07-01", "2025-09-30"),
        ("primo trimestre", "2026-01-01", "2026-03-31"),
        ("this quarter", "2026-10-01", "2026-12-31"),
        ("ce trimestre", "2026-10-01", "2026-12-31"),
        ("same quarter last year", "2025-10-01", "2025-12-31"),
        ("first half of 2026", "2026-01-01", "2026-06-30"),
        ("last week", "2026-10-19", "2026-10-25"),
        ("letzten Monat", "2026-09-01", "2026-09-30"),
        ("el mes pasado", "2026-09-01", "2026-09-30"),
        ("na semana passada", "2026-10-19", "2026-10-25"),
        ("vorige maand", "2026-09-01", "2026-09-30"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("in the last month", "2026-09-30", "2026-10-30"),
        ("yesterday", "2026-10-29", "2026-10-29"),
        ("hier on a eu quoi", "2026-10-29", "2026-10-29"),
        ("last Friday", "2026-10-23", "2026-10-23"),
        ("in May", "2026-05-01", "2026-05-31"),
        ("since summer", "2026-06-01", "2026-10-30"),
        ("depuis l'automne dernier", "2025-09-01", "2026-10-30"),
        ("seit dem Frühjahr", "2026-03-01", "2026-10-30"),
        ("desde el otoño pasado", "2025-09-01", "2026-10-30"),
        ("no inverno passado", "2025-12-01", "2026-02-28"),
        ("dall'estate scorsa", "2026-06-01", "2026-10-30"),
        ("last winter", "2025-12-01", "2026-02-28"),
        ("what happened last winter at Norvik", "2025-12-01", "2026-02-28"),
        ("between spring and autumn 2025", "2025-03-01", "2025-11-30"),
        ("qui a répondu en mai", "2026-05-01", "2026-05-31"),
        ("in septmber", "2026-09-01", "2026-09-30"),
        ("in November", "2025-11-01", "2025-11-30"),  # the one that has been
        ("in 2025", "2025-01-01", "2025-12-31"),
        ("am 3. Mai 2026", "2026-05-03", "2026-05-03"),
        ("between 1 June and 15 July", "2026-06-01", "2026-07-15"),
        ("2025-06-01 to 2025-07-01", "2025-06-01", "2025-07-01"),
        ("dal 3 al 9 marzo", "2026-03-03", "2026-03-09"),
        ("vom 1. bis 15. Juni", "2026-06-01", "2026-06-15"),
        ("from November to February", "2025-11-01", "2026-02-28"),
        ("between March and May 2025", "2025-03-01", "2025-05-31"),
        ("what did they say between May and July", "2026-05-01", "2026-07-31"),
        ("was haben sie zwischen Mai und Juli gesagt", "2026-05-01", "2026-07-31"),
        ("what did they say in June and July about the price", "2026-06-01", "2026-07-31"),
        ("calls in March, April or May", "2026-03-01", "2026-05-31"),
        ("Anrufe im Juni oder Juli pro Mitarbeiter", "2026-06-01", "2026-07-31"),
        ("qui a répondu en mai ou juin", "2026-05-01", "2026-06-30"),
        ("chi ha risposto a marzo o maggio", "2026-03-01", "2026-05-31"),
        ("chamadas em maio ou junho", "2026-05-01", "2026-06-30"),
        ("in June, may I ask", "2026-06-01", "2026-06-30"),
        ("calls in May 2025 and June", "2025-05-01", "2026-06-30"),
        ("until end of May", None, "2026-05-31"),
        ("before March", None, "2026-02-28"),
        ("3 months ago", "2026-07-01", "2026-07-31"),
        ("during the second quarter of 2026", "2026-04-01", "2026-06-30"),
        ("vor 3 Wochen", "2026-10-05", "2026-10-11"),
        ("il y a deux semaines", "2026-10-12", "2026-10-18"),
        ("this month against last month", "2026-09-01", "2026-10-31"),
        ("deals per week last month", "2026-09-01", "2026-09-30"),
        ("forecast for next quarter", "2027-01-01", "2027-03-31"),
    ],
)
def test_a_period_is_counted_from_the_newest_day(text: str, start: str | None, end: str | None) -> None:
    found = period_of(text, TODAY)
    assert found is not None
    assert (found.start and found.start.isoformat(), found.end and found.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "may I ask who they are",
        "combien d'affaires ont été perdues",
        "qui a été contacté",
        "deals in real estate",
        "Mirelli ci ha mai risposto?",
        "wie funktioniert das hier",
        "who should I call first today",
        "who deserves a call today",
        "qui mérite un appel aujourd'hui ?",
        "wen sollten wir heute anrufen",
        "prepare my meeting tomorrow",
        "propose a call next week",
        "the last call with them",
        "deals over 2000 euros",
        "silent for more than 60 days",
        "calls per month",
        "are we an actual partner",
        "last 99999 days",
        "",
        "the price of the winter jackets",
        "year end figures",
        "calls on Christmas day",
    ],
)
def test_what_is_no_stretch_of_history_gives_no_period(text: str) -> None:
    assert period_of(text, TODAY) is None


def test_the_period_keeps_the_words_it_was_asked_in() -> None:
    found = period_of("Did they answer since March, or not?", TODAY)
    assert found is not None
    assert found.words == "since March"


def test_places_tell_where_time_is_spoken_of() -> None:
    text = "who answered last week and in May?"
    assert [text[a:b] for a, b in places_of(text, TODAY)] == ["last week", "May"]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("meetings next week", ["2026-11-02 2026-11-08"]),
        ("llamadas de mañana", ["2026-10-31 2026-10-31"]),
        ("calls this month vs last", ["2026-10-01 2026-10-31", "2026-09-01 2026-09-30"]),
        ("anrufe diese woche gegen letzte", ["2026-10-26 2026-11-01", "2026-10-19 2026-10-25"]),
        ("reply time per rep, oct", ["2026-10-01 2026-10-31"]),
        ("who answered last", []),
    ],
)
def test_figures_know_what_lies_ahead_and_what_was_said_once(text: str, spans: list[str]) -> None:
    found = pieces_of(text, TODAY, coming=True)
    assert [f"{p.start} {p.end}" for _, _, p in found] == spans


def test_the_same_week_last_year_begins_on_a_monday() -> None:
    found = [p for _, _, p in pieces_of("calls last week against the same week last year", date(2026, 10, 30))]
    assert [(p.start, p.end) for p in found] == [
        (date(2026, 10, 19), date(2026, 10, 25)),
        (date(2025, 10, 20), date(2025, 10, 26)),
    ]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("scheduled after today", date(2026, 10, 31), None),
        ("après aujourd'hui", date(2026, 10, 31), None),
        ("nach heute", date(2026, 10, 31), None),
        ("después de hoy", date(2026, 10, 31), None),
        ("dopo oggi", date(2026, 10, 31), None),
        ("depois de hoje", date(2026, 10, 31), None),
        ("after this quarter", date(2027, 1, 1), None),
        ("after yesterday", TODAY, TODAY),
        ("dated from tomorrow on", date(2026, 10, 31), None),
        ("de mañana en adelante", date(2026, 10, 31), None),
        ("riunioni da domani in poi", date(2026, 10, 31), None),
        ("de amanhã em diante", date(2026, 10, 31), None),
        ("calls from May onwards", date(2026, 5, 1), TODAY),
        ("before today", None, date(2026, 10, 29)),
        ("bis heute", None, TODAY),
        ("since yesterday", date(2026, 10, 29), TODAY),
        ("vor heute", None, date(2026, 10, 29)),
    ],
)
def test_before_and_after_today_are_stretches_without_it(text: str, start: date | None, end: date | None) -> None:
    named = [period for *_, period in pieces_of(text, TODAY, coming=True)]
    assert [(p.start, p.end) for p in named] == [(start, end)]
