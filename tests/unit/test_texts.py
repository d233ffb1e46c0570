"""Texts in the reader's language, and the catalogues that hold them."""

import ast
import asyncio
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from discord import app_commands

import bot
import cogs
from bot import texts
from bot.checkins.praise import praise_for
from bot.checkins.question_sets import DOING, JOB_HUNT, SHOWING
from bot.checkins.rules import KIND_NAMES, KindOfWork
from bot.errors import NotSetUp, OperatorError, SettingMissing, UnknownTime, UserError
from bot.resources.entry import topics
from bot.services import Services
from bot.texts import gettext, language, ngettext, speak, speaking, translation
from bot.texts_extraction import extract_sentences
from cogs.client import FEATURES
from cogs.resources.files import FORMATS
from tests import catalogues
from tests.clocks import ManualClock
from tests.conftest import REPOSITORY

ONE_DAY, MANY_DAYS = "{count} day", "{count} days"


def catalogue(
    folder: Path, locale: str, messages: dict[str | tuple[str, str], str | tuple[str, ...]]
) -> None:
    made = Catalog(locale=locale)
    for message, translated in messages.items():
        made.add(message, translated)
    path = path_of(folder, locale)
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, made)


def path_of(folder: Path, locale: str) -> Path:
    return folder / locale / "LC_MESSAGES" / "autodidact.po"


@pytest.fixture(autouse=True)
def languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Portuguese, Polish with its three plurals, and Brazil's word for one thing."""
    sentence = "“{given}” is not a time I can read. Write it like 07:30, 19:00 or 7pm."
    catalogue(
        tmp_path,
        "pt",
        {
            "Building": "Construir",
            "Showing": "Mostrar",
            "checkin": "registro",
            "channel": "canal",
            "hour": "hora",
            sentence: "Não entendo a hora “{given}”.",
            (ONE_DAY, MANY_DAYS): ("{count} dia", "{count} dias"),
        },
    )
    catalogue(tmp_path, "pl", {(ONE_DAY, MANY_DAYS): ("{count} dzień", "{count} dni", "{count} dni (wiele)")})
    catalogue(tmp_path, "pt_BR", {"Showing": "Exibir"})
    monkeypatch.setattr(texts, "LOCALE_FOLDER", tmp_path)


def test_without_a_word_on_the_language_it_is_english() -> None:
    assert gettext("Building") == "Building"
    assert ngettext(ONE_DAY, MANY_DAYS, 1) == ONE_DAY
    assert ngettext(ONE_DAY, MANY_DAYS, 2) == MANY_DAYS
    assert language() == "en"


def test_a_catalogue_is_all_that_a_language_needs() -> None:
    with speaking("pt"):
        assert gettext("Building") == "Construir"
        assert [ngettext(ONE_DAY, MANY_DAYS, number) for number in (1, 2)] == ["{count} dia", "{count} dias"]
        assert gettext("Learning") == "Learning"
    assert gettext("Building") == "Building"


def test_a_language_with_three_plurals_gets_its_three() -> None:
    with speaking("pl"):
        said = [ngettext(ONE_DAY, MANY_DAYS, number) for number in (1, 2, 5, 22)]
    assert said == ["{count} dzień", "{count} dni", "{count} dni (wiele)", "{count} dni"]


def test_brazil_gets_its_own_word_where_there_is_one_and_portuguese_elsewhere() -> None:
    with speaking("pt-BR"):
        assert gettext("Showing") == "Exibir"
        assert gettext("Building") == "Construir"
        assert str(UnknownTime(given="soon")) == "Não entendo a hora “soon”."
        assert gettext("Learning") == "Learning"


def test_a_country_without_a_catalogue_gets_the_plain_language() -> None:
    with speaking("pl-PL"):
        assert ngettext(ONE_DAY, MANY_DAYS, 5) == "{count} dni (wiele)"


def test_an_error_says_its_sentence_in_the_language_of_whoever_reads_it() -> None:
    error = UnknownTime(given="{soon}")
    assert str(error).startswith("“{soon}” is not a time")
    with speaking("pt"):
        assert str(error) == "Não entendo a hora “{soon}”."
        assert str(NotSetUp()).startswith("This server has not been set up")


def test_a_translation_is_none_where_there_is_none() -> None:
    assert translation("checkin", "pt") == "registro"
    assert translation("checkin", "pt-BR") == "registro"
    assert translation("routine", "pt") is None
    assert translation("checkin", "en-US") is None
    assert translation("checkin", "zz") is None


def test_a_language_nobody_has_heard_of_is_english() -> None:
    for name in ("zz", "zz-ZZ", "", "-", "../../pt"):
        with speaking(name):
            assert gettext("Building") == "Building"
            assert language() == "en"


def test_what_a_translator_is_not_sure_of_is_not_said(tmp_path: Path) -> None:
    with path_of(tmp_path, "pt").open("a") as file:
        file.write('\n#, fuzzy\nmsgid "Learning"\nmsgstr "Talvez"\n')
    with speaking("pt"):
        assert gettext("Learning") == "Learning"
        assert gettext("Building") == "Construir"


MESSAGE = 'msgid "Building"\nmsgstr "Construir"\n'


@pytest.mark.parametrize(
    "broken",
    [
        MESSAGE + '"in two lines"\nand no more',
        MESSAGE + '\nmsgid "Showing"\nmsgstr "Mostr\udced"\n',
        'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1;\\n"\n\n' + MESSAGE,
        'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n;\\n"\n\n' + MESSAGE,
        "<<<<<<< HEAD\n" + MESSAGE,
    ],
)
def test_a_catalogue_that_cannot_be_read_is_english_with_one_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, broken: str
) -> None:
    path_of(tmp_path, "pt").write_text(broken, "utf-8", "surrogateescape")
    for name in ("pt", "pt-PT"):
        with speaking(name):
            assert gettext("Building") == "Building"
            assert ngettext(ONE_DAY, MANY_DAYS, 2) == MANY_DAYS
    with speaking("pt-BR"):
        assert gettext("Showing") == "Exibir"
    (record,) = caplog.records
    assert str(path_of(tmp_path, "pt")) in record.getMessage()


def test_a_catalogue_that_may_not_be_read_is_english_with_one_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path_of(tmp_path, "pt").unlink()
    path_of(tmp_path, "pt").mkdir()
    with speaking("pt"):
        assert gettext("Building") == "Building"
        assert gettext("Showing") == "Showing"
    assert len(caplog.records) == 1


@pytest.mark.parametrize("wrong", ["{total} dias", "{count dias", "dias}", "{} dias", "{count.real} dias"])
def test_a_translation_that_could_not_be_filled_stays_english(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, wrong: str
) -> None:
    catalogue(tmp_path, "fr", {(ONE_DAY, MANY_DAYS): ("{count} jour", wrong), "Showing": "Montrer"})
    texts.catalogues.cache_clear()
    with speaking("fr"):
        assert ngettext(ONE_DAY, MANY_DAYS, 2) == MANY_DAYS
        assert gettext("Showing") == "Montrer"
    assert [record.args[0] for record in caplog.records if isinstance(record.args, tuple)] == [1]


def test_english_alone_reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(path: Path) -> None:
        raise AssertionError

    monkeypatch.setattr(texts, "_read", never)
    texts.learn(["en-US", "en-GB", "fr"])
    for name in ("en-US", "en-GB", "fr"):
        with speaking(name):
            assert gettext("Building") == "Building"
            assert translation("Building", name) is None


def test_what_is_learnt_is_not_read_again_when_it_is_spoken(tmp_path: Path) -> None:
    texts.learn(["pt-BR"])
    path_of(tmp_path, "pt").unlink()
    with speaking("pt-BR"):
        assert gettext("Building") == "Construir"


def test_a_changed_catalogue_has_another_fingerprint(tmp_path: Path) -> None:
    before = texts.fingerprint()
    assert texts.fingerprint() == before
    path = path_of(tmp_path, "pt")
    path.write_bytes(path.read_bytes().replace(b"Construir", b"Fazer"))
    assert texts.fingerprint() != before


def test_languages_within_languages_end_in_order() -> None:
    with speaking("pt"):
        with pytest.raises(ZeroDivisionError), speaking("pl"):
            raise ZeroDivisionError
        assert gettext("Building") == "Construir"


async def test_what_one_task_speaks_is_its_own_affair() -> None:
    spoken: list[str] = []
    both = asyncio.Barrier(2)

    async def talk(name: str) -> None:
        speak(name)
        await both.wait()
        spoken.append(gettext("Building"))

    await asyncio.gather(talk("pt"), talk("en-GB"))
    assert sorted(spoken) == ["Building", "Construir"]
    assert gettext("Building") == "Building"


async def test_what_an_error_names_is_in_the_readers_language_too(tmp_path: Path) -> None:
    services = await Services.open(tmp_path / "test.db", ManualClock(datetime(2026, 3, 2, tzinfo=UTC)))
    try:
        with speaking("pt"), pytest.raises(SettingMissing) as caught:
            await services.servers.set_up(1, zone="Etc/UTC")
    finally:
        await services.close()
    assert "canal, hora" in str(caught.value)


@pytest.mark.parametrize(
    ("discord_name", "babel_name"),
    [("en-US", "en"), ("en-GB", "en"), ("pt-BR", "pt_BR"), ("de", "de"), ("zh-CN", "zh"),
     ("es-419", "es_419"), ("sv-SE", "sv_SE"), ("ko", "ko"), ("no", "no")],
)  # fmt: skip
def test_the_language_is_named_as_babel_names_it(discord_name: str, babel_name: str) -> None:
    with speaking(discord_name):
        assert language() == babel_name


# --- what the catalogues are made from


@pytest.fixture
def template() -> Catalog:
    return catalogues.template()


def test_tables_of_texts_are_extracted(template: Catalog) -> None:
    praise = {
        praise_for(member, date(2026, 3, 2), kind) for member in range(0, 700, 7) for kind in KindOfWork
    }
    for message in (*DOING, *SHOWING, *JOB_HUNT, *praise, *KIND_NAMES.values(), *topics().values()):
        assert message in template


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call in the program that marks or translates a text, with where it is."""
    for path in [*(REPOSITORY / "bot").rglob("*.py"), *(REPOSITORY / "cogs").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if name in {"_", "gettext", "ngettext", "mark", "locale_str"} and path.name != "texts.py":
                    yield f"{path.relative_to(REPOSITORY)}:{node.lineno} {name}", node


def test_every_text_that_is_marked_or_translated_is_extracted(template: Catalog) -> None:
    found = 0
    for place, call in calls():
        if isinstance(call.args[0], ast.Constant):
            found += 1
            message = template.get(str(call.args[0].value))
            assert message is not None, place
            assert message.pluralizable == place.endswith(" ngettext"), place
    assert found > 100


def test_only_texts_that_stand_in_the_code_are_marked() -> None:
    for place, call in calls():
        # These three may look up what a table marked.
        if not place.endswith((" _", " gettext", " locale_str")):
            assert isinstance(call.args[0], ast.Constant), place
        # Babel reads no f-string.
        assert not isinstance(call.args[0], ast.JoinedStr), place


def test_every_choice_of_a_command_is_extracted(template: Catalog) -> None:
    choices = [
        choice
        for feature in FEATURES
        for group in feature.__cog_app_commands__
        for command in (group.walk_commands() if isinstance(group, app_commands.Group) else [group])
        if isinstance(command, app_commands.Command)
        for parameter in command.parameters
        for choice in parameter.choices
    ]
    assert len(choices) > 10
    for choice in choices:
        # Formats of files are called the same everywhere.
        assert choice.name in template or choice.name.isdigit() or choice.name in FORMATS, choice


def kinds_of(root: type[Exception]) -> Iterator[type[Exception]]:
    # Tests have kinds of their own.
    if root.__module__.startswith(("bot.", "cogs.")):
        yield root
    for kind in root.__subclasses__():
        yield from kinds_of(kind)


def test_every_sentence_that_an_error_looks_up_is_extracted(
    template: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in (bot, cogs):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if module.name != "bot.__main__":
                importlib.import_module(module.name)
    looked_up: list[str] = []

    def note(message: str) -> str:
        looked_up.append(message)
        return ""

    monkeypatch.setattr("bot.errors.gettext", note)
    kinds = [kind for root in (UserError, OperatorError) for kind in kinds_of(root)]
    for kind in kinds:
        kind()
    assert len(kinds) > 20
    assert [message for message in looked_up if message not in template] == []


def test_the_extractor_reads_docstrings_of_errors_and_of_nothing_else() -> None:
    source = '''
        """Not this one."""
        class UserError(Base):
            """A root."""
        class Other(Base):
            """Not this one."""
        class Wrong(UserError):
            """It is {given},
               and goes on.
            """
            def method(self):
                """Not this one."""
        class Worse(Wrong): "A child’s."
        class Silent(UserError):
            pass
        class Elsewhere(errors.OperatorError):
            """By module."""
    '''
    found = list(extract_sentences(BytesIO(inspect.cleandoc(source).encode()), (), (), {}))
    assert [message for _, _, message, _ in found] == [
        "A root.", "It is {given}, and goes on.", "A child’s.", "By module."
    ]  # fmt: skip
    assert [line for line, _, _, _ in found] == [3, 7, 12, 16]
