"""How the demo begins and ends in a terminal."""

import signal

import pytest

from tests.demo.conftest import Demo


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_it_cleanly(demo: Demo, number: signal.Signals) -> None:
    await demo.line("It is .* in Berlin")
    assert await demo.end(lambda demo: demo.process.send_signal(number)) == 0
    assert demo.lines[-1] == "The demo has ended; nothing of it is kept."
    assert not any("Traceback" in line for line in demo.lines)


async def test_a_port_that_is_no_port_is_said() -> None:
    demo = await Demo.start("--port", "seventy")
    assert await demo.end(lambda _demo: None) == 1
    assert demo.lines == ["The port must be a number from 1 to 65535; 'seventy' is none."]


async def test_a_port_that_is_taken_is_replaced_by_a_free_one(demo: Demo) -> None:
    taken = (await demo.line(r"http://127\.0\.0\.1:(\d+)/"))[1]
    second = await Demo.start("--port", taken, "--until-eof")
    assert (await second.line(r"http://127\.0\.0\.1:(\d+)/"))[1] != taken
    assert second.process.stdin is not None
    second.process.stdin.close()
    assert await second.end(lambda _second: None) == 0
