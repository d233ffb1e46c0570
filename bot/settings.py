"""The only reader of the environment: every option, its meaning and its default."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import (
    Field,
    HttpUrl,
    SecretStr,
    ValidationError,
    ValidationInfo,
    WebsocketUrl,
    field_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.env_lines import Fault, bindings_of, faults
from bot.operator_errors import NotASetting, QuoteMissing, WrongSetting
from bot.shards import ALL, Shards

ENV_FILE: Final = ".env"


class Settings(BaseSettings):
    """Read from the environment and from `.env`; each name there begins with AUTODIDACT_."""

    model_config = SettingsConfigDict(
        env_prefix="AUTODIDACT_", env_file=ENV_FILE, env_ignore_empty=True, extra="ignore"
    )

    token: SecretStr | None = Field(
        default=None, description="The bot's token from Discord's developer portal. Keep it secret."
    )
    database: Path = Field(
        default=Path("autodidact.db"), description="The SQLite file that holds everything the bot knows."
    )
    backups: Path = Field(
        default=Path("backups"),
        description="The folder for daily backups, beside it unless the path is absolute; none: no backups.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="How much is logged: debug, info, warning or error."
    )
    log_format: Literal["lines", "json"] = Field(
        default="lines", description="How it is logged: lines for people, or json for programs."
    )
    health_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="The port for /healthz and /metrics; left empty, there is none.",
    )
    health_host: str = Field(
        default="127.0.0.1",
        description="The address of that port. Whoever can reach it may read it: there is no password.",
    )
    shards: int | None = Field(
        default=None,
        ge=1,
        description="How many shards to connect with; left empty, Discord's advice is taken.",
    )
    shard_ids: str | None = Field(
        default=None,
        description="Which of them this process runs, such as 0-3 or 0,2,5; left empty, all of them.",
    )
    tick_seconds: float = Field(
        default=5.0, ge=0.05, le=60, description="How often the bot looks for what is due, in seconds."
    )
    sends_per_second: float = Field(
        default=50.0,
        ge=1,
        le=50,
        description="How many requests a second the bot makes of Discord at most; Discord allows 50.",
    )
    read_hacker_news: bool = Field(
        default=True,
        description="Whether the hiring threads of Hacker News are read for job leads: True or False.",
    )
    hacker_news_url: HttpUrl = Field(
        default=HttpUrl("https://hn.algolia.com/api/v1"),
        description="Where they are read: Algolia's search of Hacker News, or a mirror of it.",
    )
    hacker_news_firebase_url: HttpUrl = Field(
        default=HttpUrl("https://hacker-news.firebaseio.com/v0"),
        description="Where they are read when that fails: Hacker News's own API.",
    )
    check_links: bool = Field(
        default=True,
        description="Whether each link of a resource is looked at about once a week: True or False.",
    )
    discord_api_url: HttpUrl | None = Field(
        default=None, description="Another address for Discord's HTTP API: for tests with a stand-in."
    )
    discord_gateway_url: WebsocketUrl | None = Field(
        default=None, description="Another address for Discord's gateway: for tests with a stand-in."
    )

    @property
    def backup_folder(self) -> Path | None:
        """Where the backups are, or None where there are to be none."""
        return None if str(self.backups).lower() == "none" else self.database.parent / self.backups

    @property
    def own_shards(self) -> Shards:
        """What this process runs, as far as it is set: where the number is Discord's advice, all."""
        if self.shards is None:
            return ALL
        if self.shard_ids is None:
            return Shards.of(range(self.shards), self.shards)
        return Shards.named(self.shard_ids, self.shards)

    @field_validator("shard_ids")
    @classmethod
    def _must_be_shards(cls, value: str | None, info: ValidationInfo) -> str | None:
        # A wrong number of shards is told by itself.
        if value is not None and "shards" in info.data:
            try:
                Shards.named(value, info.data["shards"])
            except ValueError as error:
                raise PydanticCustomError("shard_ids", "{problem}", {"problem": str(error)}) from None
        return value

    @field_validator("token", mode="before")
    @classmethod
    def _without_spaces_around(cls, value: object) -> object:
        return value.strip() if isinstance(value, str) else value


def load() -> Settings:
    """The settings as they are now.

    Raises QuoteMissing or NotASetting for the first line of .env that sets nothing, since the default in its
    place may be another database; and WrongSetting, which names the first wrong one.
    """
    # It would say on lines of its own what is said here.
    logging.getLogger("dotenv").setLevel(logging.ERROR)
    settings, wrong = load_what_holds()
    if wrong and wrong[0].values["name"] == ENV_FILE:
        raise wrong[0]
    _refuse_what_cannot_be_read()
    if wrong:
        raise wrong[0]
    return settings


def _refuse_what_cannot_be_read() -> None:
    path = Path(ENV_FILE)
    if not path.is_file():
        return
    for line, fault in faults(bindings_of(path.read_text(encoding="utf-8"))):
        raise NotASetting(line=line) if fault is Fault.NOT_A_SETTING else QuoteMissing(line=line)


def load_what_holds() -> tuple[Settings, list[WrongSetting]]:
    """The settings, with the defaults in place of those that are wrong, and what is wrong with these."""
    try:
        return Settings(), []
    except UnicodeDecodeError:
        return _without_file("it is not written in UTF-8")
    except OSError as error:
        return _without_file(f"it cannot be read ({error.strerror})")
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)
        names = [str(problem["loc"][0]) for problem in wrong]
        return _with_defaults_of(set(names)), [
            WrongSetting(
                name=f"AUTODIDACT_{name.upper()}",
                problem=_in_words(problem),
            )
            for name, problem in zip(names, wrong, strict=True)
        ]


def _with_defaults_of(names: set[str]) -> Settings:
    try:
        return Settings(**{name: Settings.model_fields[name].default for name in names})
    except ValidationError as error:
        # What means something only beside one that is wrong goes with it.
        return _with_defaults_of(names | {str(problem["loc"][0]) for problem in error.errors()})


def _without_file(problem: str) -> tuple[Settings, list[WrongSetting]]:
    wrong = WrongSetting(name=ENV_FILE, problem=problem)
    try:
        return Settings(_env_file=None), [wrong]  # type: ignore[call-arg]
    except ValidationError:
        return Settings.model_construct(), [wrong]


def _in_words(problem: ErrorDetails) -> str:
    """What pydantic says of a value, for who does not know it."""
    bounds: Mapping[str, Any] = problem.get("ctx", {})
    kind = problem["type"]
    if kind in _IN_WORDS:
        return _IN_WORDS[kind].format(**bounds)
    if kind.startswith("url"):
        return "must be an address, such as https://example.org"
    return problem["msg"][:1].lower() + problem["msg"][1:]


_IN_WORDS: Final = {
    "bool_parsing": "must be True or False",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "literal_error": "must be {expected}",
    "url_scheme": "must be an address that begins with {expected_schemes}",
}
"""By pydantic's names for what can be wrong."""
