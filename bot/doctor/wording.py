"""Spans of time, sizes and names as an operator reads them."""

from datetime import timedelta


def span(length: timedelta) -> str:
    """A length of time in its two largest units, such as 2 h 5 min; less than a second is 0 s."""
    seconds = max(0, int(length.total_seconds()))
    days, seconds = divmod(seconds, 24 * 60 * 60)
    hours, seconds = divmod(seconds, 60 * 60)
    minutes, seconds = divmod(seconds, 60)
    parts = ((days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s"))
    told = [f"{number} {unit}" for number, unit in parts if number]
    return " ".join(told[:2]) or "0 s"


def size(number: int) -> str:
    """A number of bytes, such as 1.4 GiB."""
    amount = float(number)
    for unit in ("bytes", "KiB", "MiB", "GiB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} TiB"


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many}"


def plain(text: str) -> str:
    """A name that others chose, without what a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)
