"""Days and dates that are typed in Spanish, whatever language Discord is set to."""

from datetime import date

import pytest

from bot.errors import DateIsOver, NoSuchDate, UnknownDate, UnknownDays, WrongWeekday
from bot.inputs import read_date, read_days, read_minutes, read_range
from bot.leads.settings import read_list, read_weight
from bot.localtime import Weekdays
from bot.routines.date_choices import date_choices
from bot.texts import speaking

FRIDAY = date(2026, 11, 20)
MON, TUE, WED, THU, FRI, SAT, SUN = (Weekdays(1 << number) for number in range(7))

AHEAD = {
    "hoy": "2026-11-20", "mañana": "2026-11-21", "Mañana ": "2026-11-21", "manana": "2026-11-21",
    "pasado mañana": "2026-11-22", "viernes": "2026-11-20", "el viernes": "2026-11-20",
    "próximo viernes": "2026-11-27", "el próximo  viernes": "2026-11-27",
    "el viernes que viene": "2026-11-27",
    "sábado": "2026-11-21", "sab": "2026-11-21", "este domingo": "2026-11-22", "MIÉRCOLES": "2026-11-25",
    "en 3 días": "2026-11-23", "dentro de tres dias": "2026-11-23", "en una semana": "2026-11-27",
    "en 2 semanas": "2026-12-04", "dentro de un mes": "2026-12-20", "la semana que viene": "2026-11-23",
    "la próxima semana": "2026-11-23", "esta semana": "2026-11-20", "próximo mes": "2026-12-01",
    "24 dic": "2026-12-24", "24 de diciembre": "2026-12-24", "el 24 de diciembre": "2026-12-24",
    "24 de diciembre de 2026": "2026-12-24", "24 de diciembre del 2026": "2026-12-24",
    "el jueves 24 de diciembre": "2026-12-24", "jueves 24 dic": "2026-12-24", "diciembre": "2026-12-01",
    "en diciembre": "2026-12-01", "mayo": "2027-05-01", "3 de mayo": "2027-05-03", "el 24": "2026-11-24",
    "primero de enero": "2027-01-01", "2 ago": "2027-08-02", "2 de ago": "2027-08-02", "10 mar": "2027-03-10",
    "setiembre": "2027-09-01",
}  # fmt: skip
BACK = {
    "hoy": "2026-11-20", "ayer": "2026-11-19", "anteayer": "2026-11-18", "antes de ayer": "2026-11-18",
    "hace 3 días": "2026-11-17", "hace una semana": "2026-11-13", "hace dos meses": "2026-09-20",
    "el viernes pasado": "2026-11-13", "el último viernes": "2026-11-13", "el mes pasado": "2026-10-01",
    "3 de marzo": "2026-03-03", "lunes": "2026-11-16",
}  # fmt: skip
DAYS = {
    "todos los días": Weekdays.EVERY_DAY, "Cada día": Weekdays.EVERY_DAY, "a diario": Weekdays.EVERY_DAY,
    "entre semana": Weekdays.WORKING_DAYS, "días laborables": Weekdays.WORKING_DAYS,
    "fines de semana": SAT | SUN, "los fines de semana": SAT | SUN, "lun-vie": Weekdays.WORKING_DAYS,
    "lunes a viernes": Weekdays.WORKING_DAYS, "De lunes a viernes": Weekdays.WORKING_DAYS,
    "lun, mié, vie": MON | WED | FRI, "lun, mié y vie": MON | WED | FRI, "ma ju": TUE | THU,
    "martes y jueves": TUE | THU, "mar, jue, sáb": TUE | THU | SAT, "sábados y domingos": SAT | SUN,
    "los lunes": MON, "viernes a lunes": FRI | SAT | SUN | MON, "do": SUN,
}  # fmt: skip


@pytest.mark.parametrize(("typed", "expected"), AHEAD.items())
def test_dates_to_come(typed: str, expected: str) -> None:
    assert read_date(typed, FRIDAY) == date.fromisoformat(expected)


@pytest.mark.parametrize(("typed", "expected"), BACK.items())
def test_dates_that_were(typed: str, expected: str) -> None:
    assert read_date(typed, FRIDAY, ahead=False) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("31 de febrero", NoSuchDate),
        ("lunes 24 de diciembre", WrongWeekday),
        ("ayer", DateIsOver),
        ("algún día", UnknownDate),
        ("mañana a las 5", UnknownDate),
        ("un", UnknownDate),
    ],
)
def test_what_is_no_date(typed: str, expected: type[Exception]) -> None:
    with pytest.raises(expected):
        read_date(typed, FRIDAY)


def test_an_error_repeats_what_was_typed_and_not_what_was_made_of_it() -> None:
    with pytest.raises(WrongWeekday, match="lunes 24 de diciembre"):
        read_date("lunes 24 de diciembre", FRIDAY)


def test_ranges() -> None:
    monday, friday = date(2026, 11, 23), date(2026, 11, 27)
    assert read_range("el próximo lunes", "viernes", FRIDAY) == (monday, friday)
    assert read_range("la semana que viene", None, FRIDAY) == (monday, date(2026, 11, 29))
    assert read_range("24 de diciembre", "31 de diciembre", FRIDAY)[1] == date(2026, 12, 31)


@pytest.mark.parametrize(("typed", "expected"), DAYS.items())
def test_days_of_the_week(typed: str, expected: Weekdays) -> None:
    assert read_days(typed) == expected


@pytest.mark.parametrize("typed", ["nunca", "lunes a", "y", "lunesa viernes", "lunes-nunca", "de", "mañana"])
def test_what_names_no_days(typed: str) -> None:
    with pytest.raises(UnknownDays):
        read_days(typed)


def test_minutes_and_nothing() -> None:
    assert read_minutes("45 minutos") == 45
    assert read_list("Ninguno") == read_list("en cualquier parte") == ()
    assert read_weight("ninguno") is None


def test_the_dates_to_choose_from_are_in_the_language_of_whoever_chooses() -> None:
    with speaking("es-419"):
        shown = [choice.text for choice in date_choices("", FRIDAY)]
        by_spanish, by_english = date_choices("sem", FRIDAY), date_choices("next w", FRIDAY)
    assert shown[:4] == ["hoy", "mañana", "el próximo lunes", "la próxima semana"]
    assert by_spanish[0].text == by_english[0].text == "la próxima semana"
    assert read_range(by_english[0].value, None, FRIDAY) == (by_english[0].first, by_english[0].last)
    assert date_choices("next w", FRIDAY)[0].text == "next week"


def test_each_date_to_choose_from_can_be_typed_as_it_is_shown() -> None:
    with speaking("es"):
        for first in (None, "hoy"):
            for choice in date_choices("", FRIDAY, first):
                assert choice.first in (read_range(choice.text, None, FRIDAY)[0], choice.last)
                assert date_choices(choice.text, FRIDAY, first)[0].last == choice.last
