"""Days and dates as people type them in Spanish, put into the English in which they are read. Pure.

What holds no word of these stays as it is, so it can be asked about any text, whatever its writer speaks.
"""

import re
import unicodedata

_DAYS = {
    "lunes": "monday", "martes": "tuesday", "miercoles": "wednesday", "jueves": "thursday",
    "viernes": "friday", "sabado": "saturday", "domingo": "sunday",
}  # fmt: skip
_MONTHS = {
    "enero": "january", "febrero": "february", "marzo": "march", "abril": "april", "mayo": "may",
    "junio": "june", "julio": "july", "agosto": "august", "septiembre": "september", "setiembre": "september",
    "octubre": "october", "noviembre": "november", "diciembre": "december",
}  # fmt: skip
_SHORT = {
    "lun": "monday", "mie": "wednesday", "jue": "thursday", "vie": "friday", "sab": "saturday",
    "dom": "sunday", "ene": "january", "abr": "april", "dic": "december",
}  # fmt: skip
_UNITS = {"dia": "day", "semana": "week", "mes": "month", "ano": "year"}
_MANY = {"dias": "days", "semanas": "weeks", "meses": "months", "anos": "years"}
_NUMBERS = {
    "un": "1", "una": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "siete": "7",
    "ocho": "8", "nueve": "9", "diez": "10",
}  # fmt: skip
_WORDS = _DAYS | _MONTHS | _SHORT | _UNITS | _MANY
_WORDS |= {"hoy": "today", "manana": "tomorrow", "ayer": "yesterday"}
_ENGLISH = _WORDS | _NUMBERS

_NAMED = "|".join([*_DAYS, *_MONTHS, *_SHORT, *_UNITS])
_SPAN = rf"(\d+|{'|'.join(_NUMBERS)}) ({'|'.join([*_UNITS, *_MANY])})\b"
_THE = r"(?:(?:el|la) )?"

_PHRASES = tuple(
    (re.compile(rf"\b(?:{pattern})"), english)
    for pattern, english in (
        (r"pasado manana\b", "day after tomorrow"),
        (r"(?:anteayer|antier|antes de ayer)\b", "2 days ago"),
        (rf"hace {_SPAN}", r"\1 \2 ago"),
        (rf"(?:dentro de|en) {_SPAN}", r"in \1 \2"),
        (rf"{_THE}(?:proxim[oa]|siguiente) ({_NAMED})\b", r"next \1"),
        (rf"{_THE}({_NAMED}) (?:que viene|proxim[oa]|siguiente)\b", r"next \1"),
        (rf"{_THE}(?:ultim[oa] ({_NAMED})|({_NAMED}) pasad[oa])\b", r"last \1\2"),
        (rf"est[ea] ({_NAMED})\b", r"this \1"),
        (r"el (\d{1,2})$", r"the \1th"),
        (r"(?:primero|1ro|1o) de (?=\w)", "1 "),
        (r"(\d{1,2}) (?:de )?ago\b", r"\1 agosto"),
        (rf"(?:el|en) (?=\d|(?:{_NAMED})\b)", ""),
        (rf"(\d{{1,2}}) de (?=(?:{_NAMED})\b)", r"\1 "),
        (rf"({_NAMED}) del? (?=\d{{4}}\b)", r"\1 "),
    )
)

_SETS = (
    (r"todos los dias|cada dia|a diario|diario|diariamente", "every day"),
    (r"entre semana|(?:los )?dias (?:laborables|habiles)|laborables", "weekdays"),
    (r"(?:los )?(?:fin|fines) de semana", "weekend"),
)

_RECOGNISED = re.compile(
    rf"\b(?:{'|'.join([*_WORDS, 'anteayer', 'antier'])}|\d{{1,2}} (?:de )?ago|el \d{{1,2}}$)\b"
)


def dates_in_english(text: str) -> str:
    """A date such as "pasado mañana", "el próximo viernes" or "24 de diciembre", in English."""
    folded = _folded(text)
    if not _RECOGNISED.search(folded):
        return text
    for pattern, english in _PHRASES:
        folded = pattern.sub(english, folded)
    return re.sub(r"[a-z]+", lambda word: _ENGLISH.get(word[0], word[0]), folded)


def days_in_english(text: str) -> str:
    """Days of the week such as "de lunes a viernes", "lun, mié y sáb" or "todos los días", in English."""
    folded = _folded(text)
    for pattern, english in _SETS:
        if re.fullmatch(pattern, folded):
            return english
    folded = re.sub(r"\b(?:de|los|el) ", "", folded)
    folded = re.sub(r"(?<= )al?(?= )", "to", folded)
    folded = re.sub(r"(?<= )[ye](?= )", "and", folded)
    return re.sub(r"[a-z]{2,}", lambda word: _day(word[0]), folded)


def _day(word: str) -> str:
    return next((english for name, english in _DAYS.items() if (name + "s").startswith(word)), word)


def _folded(text: str) -> str:
    """Small letters without their accents, and single spaces."""
    apart = unicodedata.normalize("NFD", " ".join(text.lower().split()))
    return "".join(char for char in apart if not unicodedata.combining(char))
