"""Resources as files: written and read again as they were, and refused with every line that is wrong."""

import csv
import io
import tomllib
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inputs import clean_text
from bot.resources.catalogue import Fault, FileFaulty, disagreements
from bot.resources.entry import Entry, Step, topics
from bot.resources.exchange import LARGEST, MOST_ENTRIES, as_csv, as_toml, read_file
from bot.resources.reading import KEYS
from bot.search.facets import Cost, Kind, Level

PLAIN = Entry(
    title="First Steps",
    address="https://www.example.org/steps?a=1&b=2",
    good_for="Takes an invented beginner by the hand.",
    kind=Kind.COURSE,
    level=Level.BEGINNER,
    topics=("python", "machine-learning"),
    cost=Cost.FREEMIUM,
    minutes=90,
    maths=False,
    step=Step.LEARN,
    author="Ada Example",
    also=("steps one", "fs"),
    asks=("where to begin",),
)
BARE = replace(
    PLAIN,
    title="42",
    address="https://example.com/",
    minutes=None,
    author="",
    also=(),
    asks=(),
    maths=True,
)
HEADER = "title,address,good_for,kind,level,topics,cost,hours,maths,step,author,also,asks\n"
REST = "Takes a beginner by the hand.,course,beginner,python,free,1.5,no,learn,,,"
ROW = f"First Steps,https://example.org/steps,{REST}\n"
TOO_MANY = "line 1: these are 2001 resources, and 2000 is the most"

_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(
    lambda text: clean_text(text).replace("\n", " ").strip()
)
_hostile = st.sampled_from(
    [
        '=cmd|" /C calc"!A0',
        "'=x",
        "''+1",
        "@SUM(A1)",
        "-2",
        "; ;",
        "\\;",
        "a\\",
        '"""',
        "'''",
        ",",
        "1.5",
        "yes",
    ]
)
_lines = _texts | _hostile


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Any resource that can be kept; good_for is long enough."""
    return Entry(
        title=draw(_lines.filter(bool)),
        address=f"https://example.org/{draw(st.integers(0, 10**9))}",
        good_for=clean_text("Good for this: " + draw(_lines)),
        kind=draw(st.sampled_from(Kind)),
        level=draw(st.sampled_from(Level)),
        topics=tuple(draw(st.lists(st.sampled_from(sorted(topics())), min_size=1, max_size=6, unique=True))),
        cost=draw(st.sampled_from(Cost)),
        minutes=draw(st.none() | st.integers(1, 400 * 60)),
        maths=draw(st.booleans()),
        step=draw(st.sampled_from(Step)),
        author=draw(_lines),
        also=tuple(draw(st.lists(_lines.filter(bool), max_size=6, unique=True))),
        asks=tuple(draw(st.lists(_lines.filter(bool), max_size=12, unique=True))),
    )


def faults(name: str, text: str | bytes) -> list[str]:
    with pytest.raises(FileFaulty) as refused:
        read_file(name, text.encode() if isinstance(text, str) else text)
    return [str(fault) for fault in refused.value.faults]


@given(
    st.lists(entries(), min_size=1, max_size=3).filter(lambda made: not [*disagreements([*enumerate(made)])])
)
def test_what_is_written_is_read_as_it_was(made: list[Entry]) -> None:
    assert read_file("own.toml", as_toml(made)) == made
    assert read_file("own.csv", as_csv(made)) == made


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_toml_that_another_reader_understands(text: str) -> None:
    (table,) = tomllib.loads(as_toml([replace(PLAIN, title=text, also=(text, "x"))]).decode())["resource"]
    assert (table.get("title", ""), table["also"]) == (text, [text, "x"])


def test_hours_of_any_number_of_minutes_come_back() -> None:
    made = [replace(PLAIN, title=str(n), address=f"https://a.example/{n}", minutes=n) for n in range(1, 1500)]
    assert [entry.minutes for entry in read_file("a.csv", as_csv(made))] == list(range(1, 1500))


def test_toml_is_written_as_people_would() -> None:
    assert as_toml([PLAIN, BARE]).decode() == (
        '[[resource]]\ntitle = "First Steps"\naddress = "https://www.example.org/steps?a=1&b=2"\n'
        'good_for = "Takes an invented beginner by the hand."\nkind = "course"\nlevel = "beginner"\n'
        'topics = ["python", "machine-learning"]\ncost = "freemium"\nhours = 1.5\nmaths = false\n'
        'step = "learn"\nauthor = "Ada Example"\nalso = ["steps one", "fs"]\n'
        'asks = ["where to begin"]\n\n'
        '[[resource]]\ntitle = "42"\naddress = "https://example.com/"\n'
        'good_for = "Takes an invented beginner by the hand."\nkind = "course"\nlevel = "beginner"\n'
        'topics = ["python", "machine-learning"]\ncost = "freemium"\nmaths = true\nstep = "learn"\n'
    )


def test_csv_is_what_spreadsheets_open() -> None:
    text = as_csv([PLAIN]).decode("utf-8-sig")
    assert as_csv([PLAIN]).startswith(b"\xef\xbb\xbf")
    assert text.split("\r\n") == [
        ",".join(KEYS),
        "First Steps,https://www.example.org/steps?a=1&b=2,Takes an invented beginner by the hand.,course,"
        "beginner,python; machine-learning,freemium,1.5,no,learn,Ada Example,steps one; fs,where to begin",
        "",
    ]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@x", " =1", "＝1", "'=1"])
def test_no_cell_is_a_formula(formula: str) -> None:
    written = as_csv([replace(PLAIN, title=formula, also=(formula,))]).decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(written, newline="")))
    assert row["title"] == f"'{formula}"
    assert row["also"] == f"'{formula}"


def test_nothing_is_written_as_a_way_to_begin() -> None:
    assert as_csv([]).decode("utf-8-sig") == ",".join(KEYS) + "\r\n"
    assert faults("own.toml", as_toml([])) == ["line 1: there is no resource in it"]
    assert faults("own.csv", as_csv([])) == [
        "line 1: there is no resource in it, only the row with the names of the columns"
    ]
    # Whoever takes the marks out has a file that can be read.
    example = as_toml([]).decode().partition("#\n")[2].replace("# ", "")
    (entry,) = read_file("own.toml", example.encode())
    assert (entry.minutes, entry.topics) == (750, ("python", "machine-learning"))


@pytest.mark.parametrize("before", ["", "\ufeff", "\n\n", "\ufeff\r\n"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["own.csv", "OWN.CSV"])
def test_a_csv_file_may_come_from_any_spreadsheet(name: str, ending: str, before: str) -> None:
    text = before + (HEADER + ROW).replace("\n", ending) + ",,,,,,,,,,," + ending
    (entry,) = read_file(name, text.encode())
    assert (entry.title, entry.minutes, entry.maths) == ("First Steps", 90, False)


def test_semicolons_and_a_comma_in_numbers_are_read_too() -> None:
    text = (
        "Title;Address;Good_for;Kind;Level;Topics;Cost;Hours;Maths;Step\r\n"
        'One, or two;example.org/a;Takes all by the hand.;Course;anyone;"python; SQL";free;0,5;TRUE;learn\r\n'
    )
    (entry,) = read_file("own.csv", text.encode())
    assert (entry.title, entry.minutes, entry.topics, entry.maths) == (
        "One, or two",
        30,
        ("python", "sql"),
        True,
    )
    assert entry.address == "https://example.org/a"


def test_columns_may_stand_in_any_order_and_some_be_left_out() -> None:
    text = (
        "step,maths,cost,topics,level,kind,good_for,address,title\n"
        "build,yes,paid,python,advanced,tool,Makes a thing of it.,a.example,A\n"
    )
    (entry,) = read_file("a.csv", text.encode())
    assert (entry.title, entry.minutes, entry.also, entry.step) == ("A", None, (), Step.BUILD)


def test_everything_that_is_wrong_is_told_at_once_with_its_line() -> None:
    text = (
        HEADER
        + "A,javascript:x,short,cours,beginner,,free,many,maybe,learn,,\n"
        + ROW
        + f'"Two\nlines",https://example.org/b,{REST}\n'
        + ROW
        + f"B,https://example.org/c,{REST},over\n"
    )
    told = faults("own.csv", text)
    assert [line for line in told if line.startswith("line 2")] == [
        "line 2: A: address: “javascript:x” is no web address that I can keep. Copy it from the browser, "
        "beginning with https://.",
        "line 2: A: good_for: it has fewer than 10 characters",
        "line 2: A: hours: it is no number of hours up to 400",
        told[3],
        "line 2: A: maths: it is neither true nor false",
        "line 2: A: topics: at least one is needed",
    ]
    assert told[3].startswith("line 2: A: kind: “cours” is none of course, ")
    assert told[6:] == [
        "line 4: title: it has more than one line",
        "line 6: First Steps: address: it is the same as that of “First Steps”",
        "line 6: First Steps: title: it is the same as that of “First Steps”",
        "line 7: B: row: it has 14 cells, and there are 13 columns",
    ]


def test_a_sum_that_a_spreadsheet_wrote_stays_text() -> None:
    (entry,) = read_file("a.csv", (HEADER + ROW.replace("First Steps", "'=1+1")).encode())
    assert entry.title == "=1+1"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("own.xlsx", "x", ["line 1: the name of the file must end in .csv or .toml"]),
        ("csv", "", ["line 1: there is nothing in it"]),
        ("own.csv", " \n ", ["line 1: there is nothing in it"]),
        ("own.csv", "\n" + ROW, [f"line 2: the first row must name the columns: {', '.join(KEYS)}"]),
        (
            "own.csv",
            HEADER.replace("kind", "sort").replace("author", "title"),
            [
                "line 1: the column “kind” is missing",
                "line 1: the column “title” is there twice",
                "line 1: there is no such column as “sort”",
            ],
        ),
        (
            "own.csv",
            HEADER + ROW + '"never closed,' + ROW,
            ["line 3: a quotation mark is opened or closed here and its partner is missing"],
        ),
        (
            "own.csv",
            HEADER + ROW + ROW.replace("Steps", "x" * 131_073),
            ["line 3: a cell has more than 131072 characters, or is not closed"],
        ),
        ("own.toml", "a = [", ["line 1: this is no TOML: Invalid value"]),
        ("own.toml", "a = " + "[" * 5000, ["line 1: there are too many brackets in one another to be read"]),
        ("own.toml", "a = " + "1" * 5000, ["line 1: there is a number in it that is too long to be read"]),
        (
            "own.toml",
            "[[resource]]\n" * (MOST_ENTRIES + 1),
            [TOO_MANY],
        ),
        (
            "own.csv",
            HEADER + ROW * (MOST_ENTRIES + 1),
            [TOO_MANY],
        ),
        ("own.csv", " " * (LARGEST + 1), ["line 1: the file has 2049 KB, and 2048 KB is the most"]),
        ("own.toml", "a = 1\n" + "b." * 1001 + "b = 1", ["line 2: it has more than 1000 full stops"]),
    ],
)
def test_a_file_that_is_none_is_refused_with_the_reason(name: str, text: str, told: list[str]) -> None:
    assert faults(name, text) == told


@pytest.mark.parametrize("name", ["a.csv", "a.toml"])
def test_another_encoding_is_named_with_its_line(name: str) -> None:
    assert faults(name, b"title\nf\xfcr alle\n") == [
        "line 2: this is not UTF-8; save the file as UTF-8 and try again"
    ]
    assert len(faults(name, HEADER.encode("utf-16"))) == 1


def test_a_toml_file_knows_no_keys_of_the_catalogue() -> None:
    text = as_toml([PLAIN]).decode() + 'id = "first-steps"\n'
    assert faults("a.toml", text) == ["line 15: First Steps: id: there is no such key"]


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode), st.sampled_from(["a.csv", "a.toml"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        told = [Fault(1, entry.title) for entry in read_file(name, data)]
    except FileFaulty as refused:
        told = list(refused.faults)
    assert told
    assert all(fault.line >= 1 for fault in told)


@pytest.mark.parametrize("write", [as_csv, as_toml])
def test_all_that_a_server_may_have_fits_into_a_file(write: Callable[[list[Entry]], bytes]) -> None:
    # As wordy as the catalogue's own entries are on average, and a little more.
    wordy = replace(
        PLAIN,
        good_for="x" * 150,
        also=("y" * 20,) * 4,
        asks=("z" * 28,) * 8,
        address=f"https://{'a' * 60}.org/",
    )
    assert LARGEST / 3 < len(write([wordy] * MOST_ENTRIES)) < LARGEST


def test_of_thousands_of_unknown_keys_each_is_named_with_its_line() -> None:
    told = faults("own.toml", "[[resource]]\n" + "".join(f"key{number} = 1\n" for number in range(3_000)))
    assert "line 3001: key2999: there is no such key" in told
    told = faults("own.toml", "".join(f"key{number} = 1\n" for number in range(3_000)))
    assert told[-1] == "line 3000: “key2999” is not known here"
