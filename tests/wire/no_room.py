"""The bot where no file may become larger than the file `room` in its folder says, in bytes.

`python -m tests.wire.no_room run`
"""

from __future__ import annotations

import resource
from pathlib import Path

from bot.__main__ import main

MODULE = "tests.wire.no_room"
FILE = "room"

if __name__ == "__main__":
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(Path(FILE).read_text("ascii")), most))
    main()
