"""Asking a bot for its health over HTTP; the bot is a server of this file's own that says what it is told."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from bot.health.asking import ask
from bot.operator_errors import NotWell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Says(BaseHTTPRequestHandler):
    """Says what its server was told."""

    def do_GET(self) -> None:
        status, body = (404, b"") if self.path != "/healthz" else self.server.said  # type: ignore[attr-defined]
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing of who asks."""


@pytest.fixture
def a_bot() -> Iterator[Callable[[int, bytes], int]]:
    server = HTTPServer(("127.0.0.1", 0), Says)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()

    def says(status: int, body: bytes) -> int:
        server.said = status, body  # type: ignore[attr-defined]
        return server.server_port

    yield says
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_bot_that_is_well_is_left_in_peace(a_bot: Callable[[int, bytes], int], host: str) -> None:
    ask(host, a_bot(200, b'{"ok": true, "version": "1", "gateway": "ok"}'))


def test_what_is_wrong_is_said(a_bot: Callable[[int, bytes], int]) -> None:
    body = {"ok": False, "version": "1", "gateway": "not ready yet", "jobs": "ok", "database": "is full"}
    with pytest.raises(NotWell) as error:
        ask("127.0.0.1", a_bot(503, json.dumps(body).encode()))
    assert str(error.value) == "The bot is not well: gateway: not ready yet; database: is full."


@pytest.mark.parametrize("body", [b"", b"no such thing", b"[]", b"3"])
def test_another_program_on_the_port_is_no_healthy_bot(
    a_bot: Callable[[int, bytes], int], body: bytes
) -> None:
    with pytest.raises(NotWell, match=r"its health port answers 503\.$"):
        ask("127.0.0.1", a_bot(503, body))


def test_a_port_where_nobody_answers_is_named() -> None:
    with closing(socket.socket()) as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        with pytest.raises(
            NotWell, match=rf"no answer from port {port} of 127\.0\.0\.1 \(connection refused\)"
        ):
            ask("127.0.0.1", port)


def test_nobody_waits_for_an_answer_for_long() -> None:
    silent = HTTPServer(("127.0.0.1", 0), Says)
    try:
        with pytest.raises(NotWell, match="it takes too long"):
            ask("127.0.0.1", silent.server_port, within=0.05)
    finally:
        silent.server_close()
