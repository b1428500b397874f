"""A backup as a file: a ZIP whose last member is the manifest. What has no manifest is no backup.

Written under another name, on the disk before it gets its own: half a backup never looks like a whole one.
"""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wangge.operate.refusals import Refused

FORMAT = 1
MANIFEST = "manifest.json"
LEVEL = 1  # of deflate: 1 takes a third of the time of 6 for a tenth more space
BLOCK = 1 << 18

Manifest = dict[str, Any]


@dataclass
class Writer:
    """The members of a backup that is being written."""

    archive: zipfile.ZipFile

    def add(self, name: str, parts: Iterable[bytes]) -> dict[str, Any]:
        """Write a member from its parts; returns lines, bytes and digest of its plain content."""
        digest, size, lines = hashlib.sha256(), 0, 0
        with self.archive.open(name, "w", force_zip64=True) as member:
            for part in parts:
                member.write(part)
                digest.update(part)
                size += len(part)
                lines += part.count(b"\n")
        return {"rows": lines, "bytes": size, "sha256": digest.hexdigest()}


@contextmanager
def writing(target: Path) -> Iterator[Writer]:
    """A new backup file; it is there, whole, when the block ends, and not at all when the block fails."""
    half = target.with_name(target.name + ".part")
    try:
        handle = os.open(half, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
                yield Writer(archive)
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, target)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


@contextmanager
def reading(path: Path) -> Iterator[zipfile.ZipFile]:
    """A backup to read. Raises Refused when it is not a whole file of ours."""
    half = path.name.endswith(".part")
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise Refused(f"{path} cannot be read ({error.strerror}). Look at the name of the file.", code=2) from error
    except zipfile.BadZipFile as error:
        why = "it was being written when that was stopped" if half else "its end is missing, or it is no backup"
        raise Refused(f"{path} is not a whole backup: {why}. Take another one.") from error
    with archive:
        yield archive


def manifest_of(path: Path) -> Manifest:
    """What a backup says of itself. Raises Refused."""
    with reading(path) as archive:
        try:
            found: Manifest = json.loads(archive.read(MANIFEST))
        except KeyError as error:
            raise Refused(f"{path} has no manifest: it is half a backup, or none. Take another one.") from error
        except (ValueError, zlib.error) as error:
            raise Refused(f"the manifest of {path} is damaged. Take another backup.") from error
    if found.get("format") != FORMAT:
        raise Refused(f"{path} is a backup of form {found.get('format')}; this version reads form {FORMAT}.")
    return found


def members(manifest: Manifest) -> dict[str, dict[str, Any]]:
    """Every member that a manifest promises, with its size and digest."""
    tables = {f"tables/{name}.tsv": one for name, one in manifest["tables"].items()}
    days = {f"checkins/{day}.tsv": one for day, one in manifest["checkins"].items()}
    days |= {f"visitors/{day}.tsv": one for day, one in manifest.get("visitors", {}).items()}
    return tables | days | {f"files/{name}": one for name, one in manifest["files"].items()}


def verify(path: Path, manifest: Manifest) -> Iterator[str]:
    """Read every member against the manifest, giving each name before it is read. Raises Refused naming the member."""
    with reading(path) as archive:
        there = set(archive.namelist())
        for name, promised in members(manifest).items():
            yield name
            if name not in there:
                raise Refused(f"{path} lacks {name}, which its manifest promises. Take another backup.")
            try:
                digest, size = hashlib.sha256(), 0
                with archive.open(name) as member:
                    while part := member.read(BLOCK):
                        digest.update(part)
                        size += len(part)
            except (zipfile.BadZipFile, zlib.error, EOFError) as error:
                raise Refused(f"{name} in {path} is damaged. Take another backup.") from error
            if (size, digest.hexdigest()) != (promised["bytes"], promised["sha256"]):
                raise Refused(f"{name} in {path} is not what its manifest promises. Take another backup.")
