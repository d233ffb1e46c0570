"""What docs/operating.md promises of the image. `make image-check` runs this, and `make test` does not."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import stat
import subprocess
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from bot import __version__

if TYPE_CHECKING:
    from tests.image.conftest import Containers
    from tests.image.container import Container
    from tests.image.image import Image
    from tests.wire.standin import StandIn

REPOSITORY = Path(__file__).parents[2]
MEGABYTE = 1_000_000
ADDS_AT_MOST = 290 * MEGABYTE
"""Unpacked, on top of the image with Python. A hundred of it are fonts."""


# -- what is in it


def test_it_holds_the_program_and_nothing_else_of_the_repository(image: Image) -> None:
    def files(root: Path) -> dict[str, bytes]:
        return {
            str(path.relative_to(root)): path.read_bytes()
            for folder in ("bot", "cogs", "migrations")
            for path in (root / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }

    sources, planted = files(image.sources), image.marker.encode()
    assert [path for path, content in sources.items() if planted in content] != []
    assert sorted(path.name for path in (image.root / "app").iterdir()) == ["bot", "cogs", "migrations"]
    program = {path: content for path, content in sources.items() if planted not in content}
    assert files(image.root / "app") == program


def test_no_secret_of_the_build_is_left_in_it(image: Image) -> None:
    told = image.told_to_pip
    assert image.marker in told
    hosts = {line.split("://")[1].split("/")[0] for line in told.splitlines() if "://" in line}
    secrets = [secret.encode() for secret in {image.marker, *hosts}]
    found = [
        file.path
        for file in image.added
        if file.is_plain and any(secret in file.here.read_bytes() for secret in secrets)
    ]
    assert found == []
    assert not [secret for secret in secrets if secret.decode() in image.history + str(image.config)]


def test_no_setting_of_pip_and_no_list_of_packages_is_left_in_it(image: Image) -> None:
    added = {file.path for file in image.added}
    assert not [path for path in added if "pip.conf" in path or path.startswith(("/root/", "/run/secrets"))]
    assert not [
        path for path in added if path.startswith(("/var/lib/apt/lists/", "/var/cache/apt/archives/"))
    ]
    assert not [path for path in added if "/site-packages/pip/" in path]


def test_all_of_it_is_compiled(image: Image) -> None:
    sources = [file for file in image.added if file.path.endswith(".py")]
    assert len(sources) > 1000
    for file in sources:
        if not file.path.startswith(("/app/migrations", "/opt/venv/bin/")):
            (compiled,) = file.here.parent.glob(f"__pycache__/{file.here.stem}.cpython-*.pyc")
            # Which is taken as it is, whatever the source's time: PEP 552's "unchecked" flag.
            assert compiled.read_bytes()[4:8] == b"\x01\x00\x00\x00", file.path


def test_it_is_not_large(image: Image, figures: list[str]) -> None:
    whole = sum(file.status.st_size for file in image.files.values() if file.is_plain)
    added = sum(file.status.st_size for file in image.added if file.is_plain)
    fonts = sum(
        f.status.st_size for f in image.added if f.is_plain and f.path.startswith("/usr/share/fonts/")
    )
    figures.append(
        f"image: {whole / MEGABYTE:.0f} MB unpacked; {added / MEGABYTE:.0f} MB are ours (at most"
        f" {ADDS_AT_MOST // MEGABYTE}), of which {fonts / MEGABYTE:.0f} MB are fonts"
    )
    assert added < ADDS_AT_MOST
    # The base and what the last stage adds; so nothing lies in a layer that a later one hides.
    assert image.layers == 2


# -- who may do what


def test_it_is_run_by_somebody_who_is_not_root_and_cannot_log_in(image: Image) -> None:
    user, group = image.user
    assert (user, group) == (10001, 10001)
    entries = (image.root / "etc/passwd").read_text().splitlines()
    (entry,) = [line.split(":") for line in entries if line.split(":")[2] == str(user)]
    assert entry[3:] == [str(group), "", "/data", "/usr/sbin/nologin"]
    assert os.access(image.root / "usr/sbin/nologin", os.X_OK)


def test_nothing_in_it_is_writable_but_data_and_what_is_for_everybody(image: Image) -> None:
    everybodys = {"/tmp", "/var/tmp", "/run/lock"}
    writable = {
        file.path
        for file in image.files.values()
        if not file.is_link and not file.path.startswith("/dev/") and file.writable_by(*image.user)
    }
    assert writable - everybodys == {"/data"}
    data = image.files["/data"].status
    assert (data.st_uid, data.st_gid, stat.S_IMODE(data.st_mode)) == (*image.user, 0o700)


def test_nothing_that_it_adds_makes_anybody_more_than_they_are(image: Image) -> None:
    assert [file.path for file in image.added if file.status.st_mode & (stat.S_ISUID | stat.S_ISGID)] == []


def test_it_says_how_it_is_to_be_run(image: Image) -> None:
    config = image.config
    assert (config["Entrypoint"], config["Cmd"]) == (["autodidact"], ["run"])
    assert config["Healthcheck"]["Test"] == ["CMD", "autodidact", "healthy"]
    assert list(config["Volumes"]) == ["/data"]
    assert config["Labels"]["org.opencontainers.image.title"] == "Autodidact"
    assert "AUTODIDACT_TOKEN" not in image.environment


# -- a run of it


async def healthy(container: Container, image: Image) -> None:
    """Do as an engine does until its health check passes. Each try takes some tenths of a second."""
    check = image.config["Healthcheck"]["Test"][1:]
    async with asyncio.timeout(20):
        while (await container.run(*check))[0] != 0:
            pass


async def test_it_becomes_healthy_and_ends_when_it_is_told_to(
    containers: Containers, image: Image, figures: list[str]
) -> None:
    began = perf_counter()
    container = await containers.start()
    ready = perf_counter() - began
    await healthy(container, image)
    well = perf_counter() - began
    user, group = image.user
    assert container.status("Uid").split() == [str(user)] * 4
    assert container.status("Gid").split() == [str(group)] * 4
    assert container.status("Groups") == ""
    assert container.status("NSpid").split()[-1] == "1"
    assert int(container.status("CapEff"), 16) == int(container.status("CapPrm"), 16) == 0
    memory = int(container.status("VmHWM").split()[0]) / 1024
    stopping = await container.stop()
    assert container.lines[-1].endswith("bot: stopped")
    figures.append(
        f"container: ready after {ready:.1f} s, healthy after {well:.1f} s with {memory:.0f} MiB, ends in"
        f" {stopping:.2f} s"
    )


async def test_its_health_check_fails_while_discord_is_away(
    containers: Containers, standin: StandIn, image: Image
) -> None:
    container = await containers.start()
    await healthy(container, image)
    standin.faults.fail("GET", "/gateway*", times=100)
    standin.gateway.url = "ws://127.0.0.1:1/"
    standin.invalidate_session()
    async with asyncio.timeout(20):
        code, said = await container.run("autodidact", "healthy")
        while code == 0:
            code, said = await container.run("autodidact", "healthy")
    assert (code, said.split(":")[:3]) == (1, ["autodidact", " The bot is not well", " gateway"])
    await container.stop()


async def test_nothing_can_be_written_but_data_and_tmp(containers: Containers) -> None:
    container = await containers.start()
    walk = (
        "import os\n"
        "for folder, _, files in os.walk('/'):\n"
        "    if not folder.startswith(('/proc', '/dev', '/data', '/tmp')):\n"
        "        for path in [folder, *(os.path.join(folder, name) for name in files)]:\n"
        "            if os.access(path, os.W_OK) and not os.path.islink(path):\n"
        "                print(path)\n"
    )
    assert await container.run("python", "-c", walk) == (0, "")
    for path in ("/data/note", "/tmp/note"):
        assert await container.run("touch", path) == (0, "")
    code, said = await container.run("touch", "/app/note")
    assert (code, said.split(": ")[-1]) == (1, "Read-only file system")
    await container.stop()


async def test_what_it_knows_outlives_it(containers: Containers, standin: StandIn) -> None:
    container = await containers.start()
    code, said = await container.run("autodidact", "backup", "--to", "before-update.db")
    assert code == 0, said
    await container.stop()
    second = await containers.start()
    # It remembers that Discord has been told the commands.
    assert len([request for request in standin.requests if request.method == "PUT"]) == 1
    await second.stop()
    assert {"autodidact.db", "backups", "before-update.db"} <= {
        path.name for path in containers.data.iterdir()
    }
    owners = {(path.stat().st_uid, path.stat().st_gid) for path in containers.data.rglob("*")}
    assert owners == {containers.image.user}


async def test_it_can_be_told_to_end_while_it_begins(containers: Containers) -> None:
    container = await containers.launch()
    await container.hears(signal.SIGTERM)
    os.kill(container.pid, signal.SIGTERM)
    # The entry's own handler; the bot's, some tenths of a second later, would end it with 0.
    assert await container.ended(timeout=5) == 128 + signal.SIGTERM


async def test_a_wrong_token_ends_it_with_one_sentence(containers: Containers) -> None:
    container = await containers.launch(TOKEN="another")
    assert await container.ended() == 1
    assert container.lines[-1].startswith("autodidact: Discord refuses the token")


async def test_a_folder_that_is_not_its_own_is_named(containers: Containers) -> None:
    os.chown(containers.data, 0, 0)
    containers.data.chmod(0o755)
    container = await containers.launch()
    assert await container.ended() == 1
    assert container.lines[-1].startswith("autodidact: The database /data/autodidact.db cannot be used: ")


async def test_it_can_draw_names_in_every_script(containers: Containers) -> None:
    container = await containers.start()
    draw = (
        "from cogs.pictures.fonts import can_shape, emoji_face, face_for\n"
        "print(can_shape(), all(face_for(char, weight) for char in 'aб字あ한אعकไก' for weight in (400, 700)),"
        " emoji_face('\U0001f393') is not None)"
    )
    assert await container.run("python", "-c", draw) == (0, "True True True")
    assert await container.run("autodidact", "version") == (0, __version__)
    await container.stop()


# -- compose.yaml


@pytest.mark.skipif(shutil.which("docker-compose") is None, reason="docker-compose is not installed")
def test_compose_takes_the_file_and_runs_the_image_with_least_rights(image: Image, tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "compose.yaml", tmp_path)
    (tmp_path / ".env").write_text("AUTODIDACT_TOKEN=abc\nAUTODIDACT_DATABASE=elsewhere.db\n")
    run = subprocess.run(
        ["docker-compose", "config"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    lines = {line.strip() for line in run.stdout.splitlines()}
    assert lines >= {
        *("AUTODIDACT_TOKEN: abc", "AUTODIDACT_DATABASE: /data/autodidact.db", "- data:/data:rw"),
        *("read_only: true", "- ALL", "- no-new-privileges:true", "restart: unless-stopped"),
        *("mem_limit: 512m", "cpus: 1.0", "pids_limit: 100", "stop_grace_period: 15s", "max-size: 10m"),
        *(f"- {word}" for word in image.config["Healthcheck"]["Test"]),
    }
