"""How the demo begins and ends in a terminal."""

import signal
import socket

import pytest

from tests.demo.conftest import Demo


@pytest.mark.parametrize(
    ("number", "once"), [(signal.SIGINT, "Setting the stage"), (signal.SIGTERM, "It is .* in Berlin")]
)
async def test_a_signal_ends_it_cleanly(demo: Demo, number: signal.Signals, once: str) -> None:
    await demo.line(once)
    assert await demo.end(lambda demo: demo.process.send_signal(number)) == 0
    assert demo.lines[-1] == "The demo has ended; nothing of it is kept."
    assert not any("Traceback" in line for line in demo.lines)


async def test_a_port_that_is_no_port_is_said() -> None:
    demo = await Demo.start("--port", "seventy")
    assert await demo.end(lambda _demo: None) == 1
    assert demo.lines == ["The port must be a number from 1 to 65535; 'seventy' is none."]


async def test_a_port_that_is_taken_is_replaced_by_a_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other_program:
        taken = str(other_program.getsockname()[1])
        demo = await Demo.start("--port", taken, "--until-eof")
        assert (await demo.line(r"http://127\.0\.0\.1:(\d+)/"))[1] != taken
        assert demo.process.stdin is not None
        demo.process.stdin.close()
        assert await demo.end(lambda _demo: None) == 0


async def test_one_key_moves_the_world_on_and_says_what_was_sent_to_whom(demo: Demo) -> None:
    await demo.line("It is .* in Berlin")
    for _message in range(12):
        before = demo.press("n")
        await demo.line("It is .* in Berlin", after=before)
    for line in (
        r"18:31  Mira Kessler's 50 minutes of focus are over, told in the thread “Check-ins · 5 March”",
        r"18:41  .* checked in: Session in three hours\.",
        r"19:00  new job leads in #job-leads: Thimble",
        r"19:00  something new for the watches of Adaeze Okonkwo, Jomar Dela Peña, told in #job-leads",
        r"19:30  ping in the thread “Check-ins · 5 March” to Adaeze Okonkwo \(19:30 in Lagos\)",
        r"21:30  second ping in the thread “.*” to Adaeze Okonkwo \(21:30 in Lagos\)",
        r"02:00  ping in the direct messages of DeShawn Whitfield to DeShawn Whitfield \(19:00 in Chicago\)",
        r"08:00  prompt in #check-ins: .*\?",
    ):
        await demo.line(line)
