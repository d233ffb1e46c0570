"""Limits of embeds: documentation of the Message resource, "Embed Limits"."""

from .bounds import Findings, Object, address, as_object, count, entries, inside, text

EMBEDS = 10
FIELDS = 25
TITLE, DESCRIPTION, FIELD_NAME, FIELD_VALUE, FOOTER, AUTHOR = 256, 4096, 256, 1024, 2048, 256
ALL_EMBEDS = 6000


def check_embeds(place: str, value: object) -> Findings:
    """All embeds of one message; `place` is that of the list."""
    embeds = entries(place, value)
    yield from count(place, len(embeds), "embed", at_most=EMBEDS)
    for at, embed in embeds:
        yield from _embed(at, embed)
    yield from count(place, sum(_size(embed) for _, embed in embeds), "character", at_most=ALL_EMBEDS)


def _embed(place: str, embed: Object) -> Findings:
    def measure(key: str, value: object, at_most: int, *, needed: bool = False) -> Findings:
        yield from text(
            inside(place, key), value, at_least=int(needed), at_most=at_most, required=needed, trimmed=True
        )

    footer, author = as_object(embed.get("footer")), as_object(embed.get("author"))
    yield from measure("title", embed.get("title"), TITLE)
    yield from measure("description", embed.get("description"), DESCRIPTION)
    yield from measure("footer.text", footer.get("text"), FOOTER)
    yield from measure("author.name", author.get("name"), AUTHOR)

    fields = entries("fields", embed.get("fields"))
    yield from count(inside(place, "fields"), len(fields), "field", at_most=FIELDS)
    for at, field in fields:
        yield from measure(f"{at}.name", field.get("name"), FIELD_NAME, needed=True)
        yield from measure(f"{at}.value", field.get("value"), FIELD_VALUE, needed=True)

    yield from address(inside(place, "url"), embed.get("url"), "http", "https")
    yield from address(inside(place, "author.url"), author.get("url"), "http", "https")
    pictures = {
        "image.url": as_object(embed.get("image")).get("url"),
        "thumbnail.url": as_object(embed.get("thumbnail")).get("url"),
        "footer.icon_url": footer.get("icon_url"),
        "author.icon_url": author.get("icon_url"),
    }
    for key, value in pictures.items():
        yield from address(inside(place, key), value, "http", "https", "attachment")


def _size(embed: Object) -> int:
    """The characters of an embed that count towards the sum over all embeds."""
    texts = [
        embed.get("title"),
        embed.get("description"),
        as_object(embed.get("footer")).get("text"),
        as_object(embed.get("author")).get("name"),
    ]
    for _, field in entries("", embed.get("fields")):
        texts += [field.get("name"), field.get("value")]
    return sum(len(value.strip()) for value in texts if isinstance(value, str))
