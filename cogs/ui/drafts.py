"""What was typed into forms that were refused, so that they can be opened again as they were."""

import secrets
from collections import OrderedDict
from collections.abc import Mapping


class Drafts:
    """Drafts of forms, by a random key; beyond a thousand the oldest go."""

    KEPT = 1_000

    def __init__(self) -> None:
        self._drafts: OrderedDict[str, tuple[int, Mapping[str, str]]] = OrderedDict()

    def keep(self, values: Mapping[str, str], by: int) -> str:
        """Keep what somebody typed, by field; answers its key, 16 hexadecimal digits."""
        key = secrets.token_hex(8)
        self._drafts[key] = by, dict(values)
        while len(self._drafts) > self.KEPT:
            self._drafts.popitem(last=False)
        return key

    def find(self, key: str) -> Mapping[str, str] | None:
        """What was kept under a key, or None after a restart, a thousand later ones, or `drop_all_of`."""
        _, values = self._drafts.get(key, (0, None))
        return values

    def drop_all_of(self, user_id: int) -> None:
        """Keep nothing any more that somebody typed, in whatever server."""
        for key in [key for key, (by, _) in self._drafts.items() if by == user_id]:
            del self._drafts[key]
