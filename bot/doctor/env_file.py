"""The settings: what is wrong in .env and in the environment. Values are never told, only lines and names."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from dotenv.parser import Binding

from bot.doctor.finding import Finding, ok, warning, wrong
from bot.doctor.wording import counted
from bot.env_lines import PREFIX, Fault, bindings_of, faults, is_ours

NAME = "settings"
TELLABLE = re.compile(r"[A-Za-z_]{1,50}")
"""What looks like a name and not like a token that stands in its place."""

_SAME_QUOTES = "Put the same quote before and behind the value, or none at all."
FAULTS = {
    Fault.QUOTE_MISSING: (
        "a quote is missing, so this setting is left out, and perhaps the next.",
        _SAME_QUOTES,
    ),
    Fault.QUOTE_IN_VALUE: (
        "a quote is missing, so what is there belongs to the value.",
        _SAME_QUOTES,
    ),
    Fault.NOT_A_SETTING: (
        "this is not NAME=value, so it is left out.",
        "Write NAME=value, or # before a remark.",
    ),
}


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
    bindings = bindings_of(file.text) if file.text is not None else []
    ours = {
        binding.key.upper(): binding.value or ""
        for binding in bindings
        if binding.key and is_ours(binding.key)
    }
    around = {name.upper(): value for name, value in environment.items() if is_ours(name)}
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
    for line, fault in faults(bindings):
        said, advice = FAULTS[fault]
        yield wrong(NAME, f".env, line {line}: {said}", advice)


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
    names = [binding.key.upper() for binding in bindings if binding.key and is_ours(binding.key)]
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
