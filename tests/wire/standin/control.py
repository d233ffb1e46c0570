"""The same control over HTTP: POST /control/NAME with the arguments as a JSON object, the result as JSON."""

from __future__ import annotations

import inspect
import json
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.wire.standin.server import StandIn

NAMES = """
    add_guild add_role add_member add_channel limit_bot direct_channel close_direct join leave
    delete_channel delete_role
    advance expire_nonces messages say slash autocomplete click submit_modal measure
    drop_gateway invalidate_session wait_for_session wait_for_request wait_for_message
    requests violations validates
    faults.rate_limit faults.fail faults.hold faults.drop faults.slow faults.release faults.clear
"""


def _plain(value: Any) -> Any:
    if hasattr(value, "to_json"):
        return value.to_json()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def handler(standin: StandIn) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Calls what is named; an error in it answers 400 with the error's kind and text."""

    async def call(request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in NAMES.split():
            return web.Response(status=404, text=f"no such control: {name}")
        arguments = await request.json() if request.can_read_body else {}
        try:
            found = attrgetter(name)(standin)
            result = found(**arguments) if callable(found) else found
            if inspect.isawaitable(result):
                result = await result
        except Exception as error:
            return web.Response(status=400, text=f"{type(error).__name__}: {error}")
        return web.Response(text=json.dumps(result, default=_plain), content_type="application/json")

    return call
