"""Which errors of SQLite's are about the machine, and not about what was asked of it."""

import sqlite3

_OF_THE_MACHINE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)


def is_of_the_machine(error: BaseException) -> bool:
    """Whether nothing else can be stored at this moment either: the disk is full, the file is held."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, sqlite3.Error) and code is not None and code & 0xFF in _OF_THE_MACHINE


def ends_all(db: sqlite3.Connection, error: BaseException) -> bool:
    """Whether an error within a transaction ends all of it; whoever goes on after other errors raises these.

    What followed would be stored by itself, and what came before would not.
    """
    return is_of_the_machine(error) or not db.in_transaction
