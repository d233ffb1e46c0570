"""Pay, read out of posts written for this test."""

import json
import time
from pathlib import Path

import pytest
from babel.numbers import list_currencies
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.lead import Period, Salary
from bot.leads.post_text import plain_text
from bot.leads.reading.money import currencies, sums
from bot.leads.reading.pay import read_pay
from bot.leads.reading.structure import PostText


def pay(text: str) -> tuple[int | None, int | None, str, str] | None:
    read = read_pay(PostText(text))
    if read is None:
        return None
    assert read.quote in text
    salary = read.value
    return salary.min, salary.max, salary.currency, salary.period.value


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("$120k-$150k", (120_000, 150_000, "USD", "year")),
        ("$120-150K + equity", (120_000, 150_000, "USD", "year")),
        ("$277—$397k", (277_000, 397_000, "USD", "year")),
        ("$95,000 – $120,000 DOE", (95_000, 120_000, "USD", "year")),
        ("$182,300.00 - $291,500.00", (182_300, 291_500, "USD", "year")),
        ("$230~240k", (230_000, 240_000, "USD", "year")),
        ("between $100k and $130k", (100_000, 130_000, "USD", "year")),
        ("US$ 90k to 110k", (90_000, 110_000, "USD", "year")),
        ("140k - 180k USD", (140_000, 180_000, "USD", "year")),
        ("65-80k Euro", (65_000, 80_000, "EUR", "year")),
        ("EUR 60.000 - 75.000", (60_000, 75_000, "EUR", "year")),
        ("70-85k€", (70_000, 85_000, "EUR", "year")),
        ("€58–65k", (58_000, 65_000, "EUR", "year")),
        ("£54,000 to £65,000", (54_000, 65_000, "GBP", "year")),
        ("CHF 120'000-150’000", (120_000, 150_000, "CHF", "year")),
        ("CA$75K to CA$100K", (75_000, 100_000, "CAD", "year")),
        ("$120-$130k CAD", (120_000, 130_000, "CAD", "year")),
        ("$110,000-$150,000(AUD)", (110_000, 150_000, "AUD", "year")),
        ("A$150k", (150_000, 150_000, "AUD", "year")),
        ("S$8k-10k per month", (8_000, 10_000, "SGD", "month")),
        ("12-18 LPA", (1_200_000, 1_800_000, "INR", "year")),
        ("₹20L - ₹35L", (2_000_000, 3_500_000, "INR", "year")),
        ("INR 8,00,000 - 12,00,000", (800_000, 1_200_000, "INR", "year")),
        ("₹1-1.5 crore", (10_000_000, 15_000_000, "INR", "year")),
        ("18 000 - 24 000 PLN net/month", (18_000, 24_000, "PLN", "month")),
        ("20-25k zł per month", (20_000, 25_000, "PLN", "month")),
        ("¥8M-¥12M", (8_000_000, 12_000_000, "JPY", "year")),
        ("45 000 - 60 000 kr/month", (45_000, 60_000, "SEK", "month")),
        ("$22 - $70/hr", (22, 70, "USD", "hour")),
        ("45-70 USD or 180-280 PLN per hour", (45, 70, "USD", "hour")),
        ("hourly rate: $60-90", (60, 90, "USD", "hour")),
        ("$65 an hour", (65, 65, "USD", "hour")),
        ("€500/day", (500, 500, "EUR", "day")),
        ("£550-£600 per day", (550, 600, "GBP", "day")),
        ("€2.5k per month", (2_500, 2_500, "EUR", "month")),
        ("$10k / month", (10_000, 10_000, "USD", "month")),
        ("€48k p.a.", (48_000, 48_000, "EUR", "year")),
        ("€~55k-€~75k", (55_000, 75_000, "EUR", "year")),
        ("EUR +/-120k", (120_000, 120_000, "EUR", "year")),
        ("70-90 kEUR", (70_000, 90_000, "EUR", "year")),
        ("30k - 40k PLN + VAT", (30_000, 40_000, "PLN", "month")),
        ("50-60/hr", (50, 60, "USD", "hour")),
        ("40$-60$/hr (CAD)", (40, 60, "CAD", "hour")),
        ("150k", (150_000, 150_000, "USD", "year")),
    ],
)
def test_pay_is_read_in_full_numbers_with_currency_and_period(written: str, expected: object) -> None:
    assert pay(f"Tern Works | Backend Engineer | Remote | {written}") == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("$120k+", (120_000, None, "USD", "year")),
        ("from €60k", (60_000, None, "EUR", "year")),
        ("starting at $90,000", (90_000, None, "USD", "year")),
        ("€160.000+", (160_000, None, "EUR", "year")),
        ("$200K USD+", (200_000, None, "USD", "year")),
        ("up to £80k", (None, 80_000, "GBP", "year")),
        ("max. $150k", (None, 150_000, "USD", "year")),
        ("$80k-$110k+ (can go higher)", (80_000, 110_000, "USD", "year")),
        ("$150k + 2% equity", (150_000, 150_000, "USD", "year")),
    ],
)
def test_an_open_end_stays_open(written: str, expected: object) -> None:
    assert pay(f"Tern Works | Backend Engineer | Remote | {written}") == expected


def test_the_first_of_several_levels_counts() -> None:
    assert pay("Heron | Engineers\n\n- Junior: €50-60k\n- Senior: €75-90k") == (50_000, 60_000, "EUR", "year")


def test_pay_without_a_currency_takes_that_of_the_place() -> None:
    assert pay("Heron | Engineer | London, UK | Salary 60-75k") == (60_000, 75_000, "GBP", "year")
    assert pay("Heron | Engineer | Berlin | 60-75k + equity") == (60_000, 75_000, "EUR", "year")
    assert pay("Heron | Engineer | Remote (US) | 120-150k") == (120_000, 150_000, "USD", "year")


def test_a_dollar_is_canadian_where_the_post_says_so() -> None:
    text = "Heron | Engineer | Toronto | $110k-$130k\n\nAll salaries are in CAD."
    assert pay(text) == (110_000, 130_000, "CAD", "year")


def test_drawing_by_computer_makes_no_dollar_canadian() -> None:
    text = "Heron | CAD Engineer | Boston | $110k-$130k\n\nComputer-aided design (CAD). Experience in CAD."
    assert pay(text) == (110_000, 130_000, "USD", "year")


def test_thousands_left_out_in_a_salary_are_put_back() -> None:
    assert pay("Heron | Principal Consultant | $132-$165 Salary") == (132_000, 165_000, "USD", "year")


@pytest.mark.parametrize(
    "text",
    [
        "Heron | Engineer | Remote\n\nWe raised $12M from good people.",
        "Heron | Engineer | Remote\n\nWe have raised $500,000 so far and are at $400k ARR.",
        "Heron | Engineer | Remote\n\nA $90 billion market, and 100k users.",
        "Heron | Engineer | Remote\n\nBenefits: 401k, $2,000 learning budget, €40 vouchers a month.",
        "Heron | Engineer | Remote\n\nReferral bonus: $10,000 if your friend joins.",
        "Heron | Engineer | Remote\n\nWe pay $300 for the take-home exercise.",
        "Heron | Engineer | Remote\n\n$5,000 signing bonus. 40 hours a week. 10k stars on GitHub.",
        "Heron | Engineer | Remote\n\nEquity worth $100k in stock options.",
        "Heron | CAD engineer | 10-20 hours/week | 2019-2024 | K8s, S3, H100",
        "Heron | Engineer | Competitive salary + equity",
        "Salaries in SEK | 5 years | 24/7",
        "",
    ],
)
def test_other_money_is_no_pay(text: str) -> None:
    assert pay(text) is None


def test_the_quote_is_the_sum_as_written() -> None:
    read = read_pay(PostText("Heron | Engineer ($100-150/hr) | Remote"))
    assert read is not None
    assert read.quote == "$100-150/hr"


def test_all_currencies_exist() -> None:
    assert set(currencies().rates) <= set(list_currencies())
    assert set(currencies().codes.values()) == set(currencies().rates)


MONEY = st.sampled_from(
    [
        *(
            "$",
            "€",
            "£",
            "k",
            "K",
            "-",
            " to ",
            "+",
            "120",
            "12.5",
            " per hour",
            "/yr",
            " LPA",
            "₹",
            " lakh",
            "kr",
        ),
        *(
            "CAD",
            "salary ",
            "raised ",
            "|",
            "\n",
            " ",
            "٣",
            "½",
            "401k",
            "m",
            "%",
            "(",
            ")",
            "~",
            "0",
            "'",
            "up to ",
        ),
    ]
)


@given(st.lists(MONEY, max_size=40).map("".join))
def test_whatever_is_written_reading_pay_never_fails_and_quotes_the_text(text: str) -> None:
    read = read_pay(PostText(text))
    if read is not None:
        assert read.quote in text
        salary = read.value
        assert isinstance(salary, Salary)
        assert salary.min is not None or salary.max is not None
        assert salary.min is None or salary.max is None or 0 < salary.min <= salary.max
        assert salary.period in Period


@given(low=st.integers(20, 400), more=st.integers(0, 200), sign=st.sampled_from(["$", "€", "£", "CHF "]))
def test_any_range_in_thousands_is_read_back(low: int, more: int, sign: str) -> None:
    code = {"$": "USD", "€": "EUR", "£": "GBP", "CHF ": "CHF"}[sign]
    expected = low * 1000, (low + more) * 1000, code, "year"
    assert pay(f"Heron | Engineer | {sign}{low}k-{low + more}k") == expected
    assert pay(f"Heron | Engineer | {sign}{low}-{low + more}k | Remote") == expected
    assert pay(f"Heron | Engineer | {sign}{low},000 to {sign}{low + more},000") == expected


@pytest.mark.parametrize(
    "piece", ["10k 20k ", "$100k-", "1,11,", "$1 to ", "1111", "up to $", "€ ", "9 000 "]
)
def test_a_hundred_thousand_characters_take_no_time(piece: str) -> None:
    text = PostText(piece * (100_000 // len(piece)))
    assert text.folded
    began = time.process_time()
    read_pay(text)
    assert time.process_time() - began < 1


def test_sums_are_told_apart() -> None:
    found = [(one.low, one.high, one.currency) for one in sums("$5 and €7-9k, 12 usd")]
    assert found == [(5, None, "USD"), (7_000, 9_000, "EUR"), (12, None, "USD")]


def test_the_labelled_posts_are_read_as_people_read_them(shared_data: Path) -> None:
    lines = (shared_data / "hn/leads_labelled.jsonl").read_text("utf-8").splitlines()
    wrong = 0
    for label in map(json.loads, lines):
        read = read_pay(PostText(plain_text(label["text"])))
        found = None
        if read is not None:
            value = read.value
            found = {"min": value.min, "max": value.max, "currency": value.currency, "period": value.period}
        wrong += found != label["salary"]
    assert wrong <= len(lines) * 0.03
