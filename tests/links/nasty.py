"""A small internet on loopback: names, addresses, and sites that answer with whatever bytes a test wants."""

import asyncio
import socket
import ssl
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

CERTIFICATE = Path(__file__).with_name("certificate.pem")
"""Of learn.example.org, signed by itself, with its key; it protects nothing."""

A_PUBLIC_ADDRESS = "93.184.215.14"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

Write = Callable[[bytes], Awaitable[None]]
Answer = bytes | Callable[[Write], Awaitable[None]]


def status(code: int, *headers: str) -> bytes:
    """An answer with nothing in it."""
    return "\r\n".join([f"HTTP/1.1 {code} Whatever", *headers, "Content-Length: 0", "", ""]).encode()


def leads_to(where: str, code: int = 302, *headers: str) -> bytes:
    """A redirect."""
    return status(code, f"Location: {where}", *headers)


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    host: str
    path: str
    headers: dict[str, str]

    @property
    def what(self) -> str:
        return f"{self.method} {self.host}{self.path}"


@dataclass
class Internet:
    """Every connection to port 80 or 443 of any IP address ends at the same small server.

    Names have the IP addresses of `names`, the first list at the first lookup, the last one ever after;
    others do not exist. `answers` are found by host and path, with the method before them or without.
    """

    names: dict[str, list[list[str]]] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    connected: list[str] = field(default_factory=list)
    broken_off: asyncio.Event = field(default_factory=asyncio.Event)
    without_ipv6: bool = False
    ports: dict[int, int] = field(default_factory=dict)
    _servers: list[asyncio.Server] = field(default_factory=list)
    _lookups: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def site(self, host: str, *addresses: str) -> None:
        """Have a site with some IP addresses."""
        self.names[host] = [list(addresses or (A_PUBLIC_ADDRESS,))]

    async def look_up(self, host: str, port: int) -> Sequence[str]:
        """What the checker takes for the name service."""
        self.looked_up.append(host)
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        answers = self.names[host]
        number = min(self._lookups[host], len(answers) - 1)
        self._lookups[host] += 1
        return answers[number]

    def new_socket(self, family: int, kind: int, protocol: int) -> socket.socket:
        """What the checker takes for the system's sockets."""
        if family == socket.AF_INET6 and self.without_ipv6:
            raise OSError("Address family not supported by protocol")
        return _Diverted(self, family, kind, protocol)

    @property
    def what_was_asked(self) -> list[str]:
        return [one.what for one in self.asked]

    async def __aenter__(self) -> Self:
        secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        secured.load_cert_chain(CERTIFICATE)
        for port, context in ((80, None), (443, secured)):
            server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context)
            self._servers.append(server)
            self.ports[port] = server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers:
            server.close()
        for _ in range(3):
            await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def write(content: bytes) -> None:
            writer.write(content)
            await writer.drain()

        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, path, _ = head[0].split(" ")
            headers = {
                name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:-2])
            }
            one = Asked(method, headers["host"], path, headers)
            self.asked.append(one)
            answer = self.answers.get(one.what, self.answers.get(one.host + path, status(404)))
            await (write(answer) if isinstance(answer, bytes) else answer(write))
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            self.broken_off.set()
        finally:
            writer.close()


class _Diverted(socket.socket):
    """A socket that notes where it is to connect to, and connects to the small server."""

    def __init__(self, internet: Internet, family: int, kind: int, protocol: int):
        super().__init__(family, kind, protocol)
        self._internet = internet

    def connect(self, address: Any) -> None:
        self._internet.connected.append(address[0])
        super().connect(("127.0.0.1", self._internet.ports[address[1]]))


async def never(write: Write) -> None:
    await asyncio.sleep(3600)


async def closed_port() -> int:
    """A port of loopback at which nobody listens."""
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    server.close()
    return port
