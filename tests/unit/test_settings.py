"""Settings from the environment and from .env, and the example that explains them."""

import os
import re
from pathlib import Path

import pytest

from bot.operator_errors import NotASetting, QuoteMissing, WrongSetting
from bot.settings import Settings, load, load_what_holds
from bot.shards import ALL, Shards
from tests.conftest import REPOSITORY

EXAMPLE = REPOSITORY / ".env.example"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory and an environment without settings."""
    for name in [name for name in os.environ if name.upper().startswith("AUTODIDACT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_any_setting_the_defaults_hold() -> None:
    settings = load()
    assert settings.token is None
    assert settings.database == Path("autodidact.db")
    assert (settings.log_level, settings.shards, settings.discord_api_url) == ("info", None, None)
    assert settings.sends_per_second <= 50


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTODIDACT_DATABASE", "/srv/bot.db")
    monkeypatch.setenv("AUTODIDACT_SHARDS", "3")
    monkeypatch.setenv("AUTODIDACT_DISCORD_GATEWAY_URL", "ws://127.0.0.1:1/")
    settings = load()
    assert (settings.database, settings.shards) == (Path("/srv/bot.db"), 3)
    assert str(settings.discord_gateway_url) == "ws://127.0.0.1:1/"


def test_a_file_in_the_working_directory_is_read(folder: Path) -> None:
    (folder / ".env").write_text("AUTODIDACT_TOKEN=from-file\nAUTODIDACT_LOG_LEVEL=debug\nOTHER=1\n")
    settings = load()
    assert settings.token is not None
    assert settings.token.get_secret_value() == "from-file"
    assert settings.log_level == "debug"


def test_the_environment_comes_before_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("AUTODIDACT_LOG_LEVEL=debug\n")
    monkeypatch.setenv("AUTODIDACT_LOG_LEVEL", "warning")
    assert load().log_level == "warning"


def test_an_empty_value_is_no_value(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("AUTODIDACT_TOKEN=\nAUTODIDACT_SHARDS=\n")
    monkeypatch.setenv("AUTODIDACT_TICK_SECONDS", "")
    settings = load()
    assert (settings.token, settings.shards, settings.tick_seconds) == (None, None, 5.0)


def test_a_setting_of_a_later_version_is_passed_over(folder: Path) -> None:
    (folder / ".env").write_text("AUTODIDACT_OF_TOMORROW=1\n")
    load()


def test_the_token_shows_in_no_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTODIDACT_TOKEN", "very.secret.token")
    settings = load()
    for shown in (repr(settings), str(settings), str(settings.model_dump()), settings.model_dump_json()):
        assert "very.secret.token" not in shown


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AUTODIDACT_SHARDS", "many"),
        ("AUTODIDACT_SHARDS", "0"),
        ("AUTODIDACT_TICK_SECONDS", "0"),
        ("AUTODIDACT_TICK_SECONDS", "nan"),
        ("AUTODIDACT_TICK_SECONDS", "61"),
        ("AUTODIDACT_SENDS_PER_SECOND", "51"),
        ("AUTODIDACT_SENDS_PER_SECOND", "inf"),
        ("AUTODIDACT_LOG_LEVEL", "loud"),
        ("AUTODIDACT_READ_HACKER_NEWS", "sometimes"),
        ("AUTODIDACT_CHECK_LINKS", "once"),
        ("AUTODIDACT_HACKER_NEWS_URL", "ftp://example.org"),
        ("AUTODIDACT_HACKER_NEWS_FIREBASE_URL", "hacker news"),
        ("AUTODIDACT_DISCORD_API_URL", "not an address"),
        ("AUTODIDACT_DISCORD_GATEWAY_URL", "https://example.org"),
    ],
)
def test_a_wrong_value_is_named_in_one_line(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setenv("AUTODIDACT_TOKEN", "very.secret.token")
    with pytest.raises(WrongSetting) as caught:
        load()
    sentence = str(caught.value)
    assert sentence.startswith(f"{name}: ")
    assert "\n" not in sentence
    assert "very.secret.token" not in sentence


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("SHARDS", "many", "must be a whole number"),
        ("SHARDS", "0", "must be 1 or more"),
        ("HEALTH_PORT", "99999", "must be 65535 or less"),
        ("TICK_SECONDS", "fast", "must be a number"),
        ("READ_HACKER_NEWS", "perhaps", "must be True or False"),
        ("LOG_LEVEL", "loud", "must be 'debug', 'info', 'warning' or 'error'"),
        ("DISCORD_GATEWAY_URL", "https://example.org", "must be an address that begins with 'ws' or 'wss'"),
    ],
)
def test_what_is_wrong_with_a_value_is_told_in_plain_words(
    name: str, value: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"AUTODIDACT_{name}", value)
    with pytest.raises(WrongSetting) as caught:
        load()
    assert caught.value.values["problem"] == problem


@pytest.mark.parametrize(
    ("text", "error", "line"),
    [
        ('# mine\n\nAUTODIDACT_TOKEN="very.secret\nAUTODIDACT_DATABASE=my.db\n', QuoteMissing, 3),
        # Up to the next quote it is all one value.
        ('AUTODIDACT_TOKEN="very.secret\nAUTODIDACT_DATABASE=my.db"\n', QuoteMissing, 1),
        ("AUTODIDACT_DATABASE=my.db\nAUTODIDACT_TOKEN: very.secret\n", NotASetting, 2),
        ("AUTODIDACT_TOKEN very.secret\n", NotASetting, 1),
    ],
)
def test_a_line_that_sets_nothing_ends_the_start_with_one_sentence(
    text: str, error: type[Exception], line: int, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / ".env").write_text(text)
    with pytest.raises(error) as caught:
        load()
    assert str(caught.value).startswith(f".env, line {line}: ")
    assert "secret" not in str(caught.value)
    # What python-dotenv would say on a line of its own.
    assert capfd.readouterr() == ("", "")


def test_wrong_values_are_all_named_and_the_rest_holds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("AUTODIDACT_SHARDS=many\nAUTODIDACT_DATABASE=my.db\n")
    monkeypatch.setenv("AUTODIDACT_TICK_SECONDS", "never")
    settings, wrong = load_what_holds()
    assert (settings.database, settings.shards, settings.tick_seconds) == (Path("my.db"), None, 5.0)
    assert {str(each).partition(":")[0] for each in wrong} == {
        "AUTODIDACT_SHARDS",
        "AUTODIDACT_TICK_SECONDS",
    }


def test_shards_of_a_wrong_number_of_shards_are_let_go_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTODIDACT_SHARDS", "many")
    monkeypatch.setenv("AUTODIDACT_SHARD_IDS", "0-1")
    settings, wrong = load_what_holds()
    assert (settings.shards, settings.shard_ids) == (None, None)
    assert [each.values["name"] for each in wrong] == ["AUTODIDACT_SHARDS"]


@pytest.mark.parametrize(
    ("shards", "shard_ids", "own"),
    [
        (None, None, ALL),
        ("3", None, Shards((0, 1, 2), 3)),
        ("8", "0-3", Shards((0, 1, 2, 3), 8)),
        ("8", " 5, 0,2 - 2 ", Shards((0, 2, 5), 8)),
        ("1", "0", ALL),
    ],
)
def test_a_process_runs_all_shards_or_those_that_are_named(
    shards: str | None, shard_ids: str | None, own: Shards, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("SHARDS", shards), ("SHARD_IDS", shard_ids)):
        monkeypatch.setenv(f"AUTODIDACT_{name}", value or "")
    assert load().own_shards == own


@pytest.mark.parametrize(
    ("shards", "shard_ids", "problem"),
    [
        (None, "0-3", "needs AUTODIDACT_SHARDS beside it, the number of all shards"),
        ("4", "0-4", "there is no shard 4: with AUTODIDACT_SHARDS=4, they are 0 to 3"),
        ("4", "3-1", "the range 3-1 must begin with the smaller number"),
        ("4", "all", "must be numbers and ranges, such as 0-3 or 0,2,5"),
        ("4", "0,,1", "must be numbers and ranges, such as 0-3 or 0,2,5"),
        ("4", "-1", "must be numbers and ranges, such as 0-3 or 0,2,5"),
    ],
)
def test_shards_that_there_are_not_are_refused_with_what_is_wrong(
    shards: str | None, shard_ids: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTODIDACT_SHARDS", shards or "")
    monkeypatch.setenv("AUTODIDACT_SHARD_IDS", shard_ids)
    with pytest.raises(WrongSetting) as caught:
        load()
    assert caught.value.values == {"name": "AUTODIDACT_SHARD_IDS", "problem": problem}


def test_beside_a_file_that_cannot_be_read_the_environment_holds(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_bytes("# Schlüssel\nAUTODIDACT_LOG_LEVEL=debug\n".encode("latin-1"))
    monkeypatch.setenv("AUTODIDACT_DATABASE", "my.db")
    settings, wrong = load_what_holds()
    assert (settings.database, settings.log_level) == (Path("my.db"), "info")
    assert [str(each).partition(":")[0] for each in wrong] == [".env"]


def paragraphs() -> list[str]:
    return EXAMPLE.read_text().split("\n\n")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_example_explains_each_setting_and_shows_its_default(name: str) -> None:
    field = Settings.model_fields[name]
    variable = f"AUTODIDACT_{name.upper()}"
    (explained,) = [text for text in paragraphs() if re.search(rf"^#?{variable}=", text, re.MULTILINE)]
    comment = " ".join(line.removeprefix("# ") for line in explained.splitlines() if line.startswith("# "))
    assert field.description
    assert field.description in comment
    default = "" if field.default is None else str(field.default)
    assert re.search(rf"^#?{variable}={re.escape(default)}$", explained, re.MULTILINE)


def test_the_example_names_no_setting_that_there_is_not() -> None:
    named = re.findall(r"^#?(AUTODIDACT_\w+)=", EXAMPLE.read_text(), re.MULTILINE)
    assert named == [f"AUTODIDACT_{name.upper()}" for name in Settings.model_fields]


@pytest.mark.parametrize("uncommented", [False, True])
def test_the_example_means_the_defaults_as_it_stands_and_with_each_line_taken_in(
    folder: Path, uncommented: bool
) -> None:
    text = EXAMPLE.read_text()
    if uncommented:
        text = re.sub(r"^#(?=AUTODIDACT_)", "", text, flags=re.MULTILINE)
    (folder / ".env").write_text(text)
    assert load() == Settings.model_construct()
