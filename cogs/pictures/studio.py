"""Where pictures are drawn: in one thread of their own, so that nobody else waits for a picture."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec

P = ParamSpec("P")


class Studio:
    """Draws one picture after the other; close it when done."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")

    async def draw(self, picture: Callable[P, bytes], *args: P.args, **kwargs: P.kwargs) -> bytes:
        """Have a picture drawn, in the caller's language."""
        context = copy_context()
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, lambda: context.run(picture, *args, **kwargs)
        )

    def close(self) -> None:
        """Draw nothing more; a picture that is being drawn is finished first."""
        self._thread.shutdown(wait=True, cancel_futures=True)
