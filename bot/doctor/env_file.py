"""The settings: what is wrong in .env and in the environment. Values are never told, only lines and names."""

import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from dotenv.parser import Binding, parse_stream

from bot.doctor.finding import Finding, ok, warning, wrong
from bot.doctor.wording import counted

NAME = "settings"
PREFIX = "AUTODIDACT_"
TELLABLE = re.compile(r"[A-Za-z_]{1,50}")
"""What looks like a name and not like a token that stands in its place."""

QUOTES = ('"', "'")


@dataclass(frozen=True, slots=True)
class EnvFile:
    """The file .env: no text where it is missing or cannot be read."""

    path: str
    there: bool
    text: str | None = None
    open_to_all: bool = False


def judge(
    file: EnvFile, environment: Mapping[str, str], known: Collection[str], wrong_values: Sequence[str]
) -> list[Finding]:
    """What is wrong, or one finding that nothing is.

    `known` are the names of all settings in capitals and with their prefix; `wrong_values` are sentences
    about values that do not hold.
    """
    bindings = list(parse_stream(io.StringIO(file.text))) if file.text is not None else []
    ours = {
        binding.key.upper(): binding.value or ""
        for binding in bindings
        if binding.key and _is_ours(binding.key)
    }
    around = {name.upper(): value for name, value in environment.items() if _is_ours(name)}
    found = [
        *(wrong(NAME, sentence, "Mend it, or leave it out for the default.") for sentence in wrong_values),
        *_wrong_lines(bindings),
        *_unknown({**around, **ours}, known),
        *_twice(bindings, around, ours),
    ]
    if file.open_to_all and ours.get(f"{PREFIX}TOKEN"):
        found.append(
            warning(
                NAME,
                f"Everybody on this machine may read {file.path}, and so the token.",
                f"chmod 600 {file.path}",
            )
        )
    return found or [ok(NAME, _summary(file, ours, around, known))]


def _summary(
    file: EnvFile, ours: Mapping[str, str], around: Mapping[str, str], known: Collection[str]
) -> str:
    chosen = {name for name, value in {**ours, **around}.items() if value and name in known}
    number = counted(len(chosen), "setting", "settings")
    if not file.there:
        return f"{number} from the environment, the rest by default; there is no {file.path} here."
    return f"{number} from {file.path} and the environment, the rest by default."


def _wrong_lines(bindings: Sequence[Binding]) -> Iterator[Finding]:
    for binding in bindings:
        said = binding.original.string.strip()
        line = binding.original.line + _blank_lines_before(binding)
        if binding.error and _ends_unquoted(said):
            yield wrong(
                NAME,
                f".env, line {line}: a quote is missing, so this setting is left out, and perhaps the next.",
                "Put the same quote before and behind the value, or none at all.",
            )
        elif binding.error or (binding.key and binding.value is None):
            yield wrong(
                NAME,
                f".env, line {line}: this is not NAME=value, so it is left out.",
                "Write NAME=value, or # before a remark.",
            )
        elif binding.key and _is_ours(binding.key) and _is_misquoted(binding.value or ""):
            yield wrong(
                NAME,
                f".env, line {line}: a quote is missing, so what is there belongs to the value.",
                "Put the same quote before and behind the value, or none at all.",
            )


def _blank_lines_before(binding: Binding) -> int:
    text = binding.original.string
    return text[: len(text) - len(text.lstrip())].count("\n")


def _ends_unquoted(said: str) -> bool:
    value = said.partition("=")[2].lstrip()
    # Up to a quote further down, several lines are read as one value.
    return value[:1] in QUOTES and ("\n" in said or value.count(value[0]) % 2 == 1)


def _is_misquoted(value: str) -> bool:
    return "\n" in value or any(
        value.count(quote) == 1 and quote in (value[0], value[-1]) for quote in QUOTES
    )


def _unknown(given: Mapping[str, str], known: Collection[str]) -> Iterator[Finding]:
    for name in sorted(given.keys() - set(known)):
        if not TELLABLE.fullmatch(name):
            yield warning(
                NAME,
                f"A name that begins with {PREFIX} is none of a setting, and too odd to be shown.",
                "Look whether = is missing behind the name.",
            )
            continue
        names = [each.removeprefix(PREFIX) for each in known]
        nearest = get_close_matches(name.removeprefix(PREFIX), names, n=1, cutoff=0.7)
        advice = f"Is it to be {PREFIX}{nearest[0]}?" if nearest else ".env.example names all settings."
        yield warning(NAME, f"{name} is no setting of this version, and does nothing.", advice)


def _twice(
    bindings: Sequence[Binding], around: Mapping[str, str], ours: Mapping[str, str]
) -> Iterator[Finding]:
    names = [binding.key.upper() for binding in bindings if binding.key and _is_ours(binding.key)]
    for name in sorted(name for name in set(names) if names.count(name) > 1 and TELLABLE.fullmatch(name)):
        yield warning(
            NAME, f"{name} stands in .env more than once; the last one holds.", "Delete the others."
        )
    for name in sorted(ours.keys() & around.keys()):
        if ours[name] and around[name] and ours[name] != around[name] and TELLABLE.fullmatch(name):
            yield warning(
                NAME,
                f"{name} is another in the environment than in .env; the environment's holds.",
                "Take one of them away.",
            )


def _is_ours(name: str) -> bool:
    return name.upper().startswith(PREFIX)
