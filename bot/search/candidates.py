"""The documents worth a closer look, by SQLite's full-text search in memory."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from sys import intern

_WEIGHTS = "10.0, 8.0, 5.0, 3.0, 4.0, 1.5"
_FEW = 4_000


class Candidates:
    """Rows of terms, each found by the terms in it. One thread at a time."""

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        self._db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute(
            "CREATE VIRTUAL TABLE document USING fts5"
            "(title, names, tags, description, asks, rest, content='',"
            " tokenize=\"unicode61 remove_diacritics 0 tokenchars '_=+#'\")"
        )
        self.counts: Counter[str] = Counter()
        self.said: Counter[str] = Counter()
        self._db.execute("BEGIN")
        self._db.executemany(
            "INSERT INTO document (rowid, title, names, tags, description, asks, rest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            self._counted(rows),
        )
        self._db.execute("COMMIT")

    def best(
        self, ways: Sequence[Sequence[str]], limit: int, must: Sequence[Sequence[str]] = ()
    ) -> list[int]:
        """The rows that hold most of what is asked, by number; each of `ways` lists the terms of one part.

        Of each row of `must` one term must be held. Rare parts come first: where tens of thousands of
        rows hold a part, only those that hold another one too are ranked.
        """
        parts = [[term for term in part if term in self.counts] for part in ways]
        parts = sorted((part for part in parts if part), key=self._rows)
        required = "".join(f" AND {_any(part)}" for part in must)
        if not parts:
            return []
        rare: list[str] = []
        rows = 0
        for part in parts:
            rows += self._rows(part)
            if rows > _FEW:
                break
            rare.append(_any(part))
        if rare:
            return self._ranked(f"({' OR '.join(rare)}){required}", limit)
        return self._of_the_frequent(parts, required, limit)

    def close(self) -> None:
        """Give the memory back; nothing can be found from then on."""
        self._db.close()

    def _rows(self, part: Sequence[str]) -> int:
        return sum(self.counts[term] for term in part)

    def _ranked(self, match: str, limit: int) -> list[int]:
        found = self._db.execute(
            f"SELECT rowid FROM document WHERE document MATCH ? ORDER BY bm25(document, {_WEIGHTS}) LIMIT ?",
            (match, limit),
        )
        return [row for (row,) in found]

    def _of_the_frequent(self, parts: Sequence[Sequence[str]], required: str, limit: int) -> list[int]:
        """Those that hold all parts, best in the title, in no other order: there are too many to rank."""
        everything = " AND ".join(_any(part) for part in parts)
        found: dict[int, None] = {}
        for match in (
            f"({{title names}} : ({everything})){required}",
            everything + required,
            _any(parts[0]) + required,
        ):
            for (row,) in self._db.execute(
                "SELECT rowid FROM document WHERE document MATCH ? LIMIT ?", (match, limit)
            ):
                found.setdefault(row)
            if len(found) >= limit:
                break
        return list(found)[:limit]

    def _counted(self, rows: Iterable[Sequence[str]]) -> Iterable[tuple[int | str, ...]]:
        for number, row in enumerate(rows):
            # Indices that are held beside each other share the words that they have in common.
            said = {intern(term) for column in row[:-1] for term in column.split()}
            self.said.update(said)
            self.counts.update(said.union(map(intern, row[-1].split())))
            yield (number, *row)


def _any(part: Sequence[str]) -> str:
    return "(" + " OR ".join(f'"{term}"' for term in part) + ")"
