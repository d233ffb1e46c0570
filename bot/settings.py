"""The only reader of the environment: every option, its meaning and its default."""

from pathlib import Path
from typing import Literal

from pydantic import Field, HttpUrl, SecretStr, ValidationError, WebsocketUrl, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.operator_errors import WrongSetting


class Settings(BaseSettings):
    """Read from the environment and from `.env`; each name there begins with AUTODIDACT_."""

    model_config = SettingsConfigDict(
        env_prefix="AUTODIDACT_", env_file=".env", env_ignore_empty=True, extra="ignore"
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
    tick_seconds: float = Field(
        default=5.0, ge=0.05, le=60, description="How often the bot looks for what is due, in seconds."
    )
    sends_per_second: float = Field(
        default=48.0,
        ge=1,
        le=50,
        description="The pace of what the bot sends by itself; Discord allows 50 requests a second.",
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

    @field_validator("token", mode="before")
    @classmethod
    def _without_spaces_around(cls, value: object) -> object:
        return value.strip() if isinstance(value, str) else value


def load() -> Settings:
    """The settings as they are now; raises WrongSetting, which names the first wrong one."""
    settings, wrong = load_what_holds()
    if wrong:
        raise wrong[0]
    return settings


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
        defaults = {name: Settings.model_fields[name].default for name in names}
        return Settings(**defaults), [
            WrongSetting(
                name=f"AUTODIDACT_{name.upper()}",
                problem=problem["msg"][:1].lower() + problem["msg"][1:],
            )
            for name, problem in zip(names, wrong, strict=True)
        ]


def _without_file(problem: str) -> tuple[Settings, list[WrongSetting]]:
    wrong = WrongSetting(name=".env", problem=problem)
    try:
        return Settings(_env_file=None), [wrong]  # type: ignore[call-arg]
    except ValidationError:
        return Settings.model_construct(), [wrong]
