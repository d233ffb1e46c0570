"""A small Discord over real HTTP and WebSocket, which an unmodified discord.py bot can be pointed at.

In a test: `async with StandIn() as standin`. As a process (`python -m tests.wire.standin`), for instance for
measurements: `async with StandInProcess() as standin`.
"""

from tests.wire.standin.interactions import PATIENT, Interaction, Measurement
from tests.wire.standin.process import StandInProcess
from tests.wire.standin.server import TOKEN, Request, StandIn
from tests.wire.standin.world import BOT_ID, OWNER_ID

__all__ = [
    "BOT_ID",
    "OWNER_ID",
    "PATIENT",
    "TOKEN",
    "Interaction",
    "Measurement",
    "Request",
    "StandIn",
    "StandInProcess",
]
