"""The limits are frozen: a benchmark is not to get better because its limit got worse."""

import hashlib
from pathlib import Path

from bench.limits import __path__ as limits

import bench

FROZEN = Path(bench.__file__).parent / "limits.sha256"


def test_no_limit_has_changed() -> None:
    """After a change that is meant: ``sha256sum bench/limits/*.py > bench/limits.sha256``."""
    recorded = dict(reversed(line.split()) for line in FROZEN.read_text().splitlines())
    found = {
        f"bench/limits/{file.name}": hashlib.sha256(file.read_bytes()).hexdigest()
        for folder in limits
        for file in Path(folder).iterdir()
        if file.suffix in {".py", ".sql"}
    }
    assert found == recorded
