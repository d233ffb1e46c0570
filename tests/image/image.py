"""The image that .ci/build-image made: its files, and what it says of how it is run."""

from __future__ import annotations

import json
import os
import stat
import tarfile
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class File:
    """One of the image's files, by its path in there; `here` is where it can be read on this machine."""

    path: str
    here: Path
    status: os.stat_result

    @property
    def is_link(self) -> bool:
        return stat.S_ISLNK(self.status.st_mode)

    @property
    def is_plain(self) -> bool:
        return stat.S_ISREG(self.status.st_mode)

    def writable_by(self, user: int, group: int) -> bool:
        """Whether the rights of the file let somebody write it, or in it, who is not root."""
        mode = self.status.st_mode
        if self.status.st_uid == user:
            return bool(mode & stat.S_IWUSR)
        return bool(mode & (stat.S_IWGRP if self.status.st_gid == group else stat.S_IWOTH))


class Image:
    """Reads what lies in a folder: `root` with the files, `image.json`, and `base.tar`, on which it is built.

    `sources` is what it was made from, with `marker` planted in files that must not be taken; `told_to_pip`
    was for the build only.
    """

    def __init__(self, folder: Path) -> None:
        self.root = (folder / "root").resolve(strict=True)
        self.marker = (folder / "scratch" / "marker").read_text().strip()
        self.sources = folder / "scratch" / "context"
        self.told_to_pip = (folder / "scratch" / "pip.conf").read_text()
        self._folder = folder
        self._about: dict[str, Any] = json.loads((folder / "image.json").read_text())["Docker"]

    @property
    def config(self) -> dict[str, Any]:
        """How it is run, by the names of Docker's image format: User, Env, Entrypoint and others."""
        config: dict[str, Any] = self._about["config"]
        return config

    @property
    def history(self) -> str:
        """The steps of its making, as everybody can read them who has the image."""
        return json.dumps(self._about["history"])

    @property
    def layers(self) -> int:
        return len(self._about["rootfs"]["diff_ids"])

    @property
    def environment(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.config["Env"])

    @cached_property
    def user(self) -> tuple[int, int]:
        """The ids of the user and the group that it runs as; ValueError where they are names."""
        user, group = self.config["User"].split(":")
        return int(user), int(group)

    @cached_property
    def files(self) -> dict[str, File]:
        """All files and folders, by their paths."""
        return {file.path: file for file in self._walk()}

    @cached_property
    def added(self) -> list[File]:
        """The files that are not in the base, or not the same there."""
        with tarfile.open(self._folder / "base.tar") as base:
            known = {member.name.removeprefix("."): (member.size, int(member.mtime)) for member in base}
        return [
            file
            for file in self.files.values()
            if not stat.S_ISDIR(file.status.st_mode)
            and (
                file.path not in known
                or (file.is_plain and known[file.path] != (file.status.st_size, int(file.status.st_mtime)))
            )
        ]

    def _walk(self) -> Iterator[File]:
        for folder, folders, names in os.walk(self.root):
            for name in [*folders, *names]:
                here = self.root.joinpath(folder, name)
                yield File(f"/{here.relative_to(self.root)}", here, here.lstat())
