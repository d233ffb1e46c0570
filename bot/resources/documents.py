"""A resource as the search sees it."""

from bot.resources.catalogue import read_catalogue, shipped
from bot.resources.entry import Entry, topics
from bot.search.document import Document


def document_of(key: int, entry: Entry) -> Document:
    """The document that stands for a resource in an index; `key` is the caller's own."""
    names = (topics()[topic] for topic in entry.topics)
    tags = [*entry.topics, *names, entry.kind.value, entry.step.value]
    return Document(
        key,
        entry.title,
        entry.address,
        entry.good_for,
        tuple(dict.fromkeys(tags)),
        entry.author,
        tuple(entry.also),
        tuple(entry.asks),
        entry.facets,
        stands=not entry.dead,
    )


def shipped_documents() -> list[Document]:
    """The catalogue that comes with the program, each with its place there as its key."""
    return [document_of(key, entry) for key, entry in enumerate(read_catalogue(shipped().decode()))]
