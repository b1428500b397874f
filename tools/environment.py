"""The virtual environment: made from the lock files once, then known by a stamp. Standard library only."""

import hashlib
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "wangge-stamp.json"
LOCALE = ROOT / "src" / "wangge" / "locale"
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes")
HAS_PIP = "import sys, importlib.util as u; sys.exit(u.find_spec('pip') is None or sys.version_info < (3, 11))"


class Failed(Exception):
    """A step did not work; the message says what to do."""


@contextmanager
def step(words: str) -> Iterator[None]:
    """Say what is being done and how long it took, in seconds."""
    print(f"  {words} … ", end="", flush=True)
    start = time.perf_counter()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.perf_counter() - start:.1f} s", flush=True)


def run(*command: object, hint: str) -> None:
    """Run a command in silence; raises Failed with its last lines and the hint when it fails."""
    words = [str(part) for part in command]
    done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise Failed("\n".join([*done.stdout.strip().splitlines()[-25:], hint]))


def wanted(dev: bool) -> dict[str, str]:
    """The hash of each lock file that the environment must hold."""
    names = ["base.txt", "dev.txt"] if dev else ["base.txt"]
    return {name: hashlib.sha256((LOCKS / name).read_bytes()).hexdigest() for name in names}


def usable() -> bool:
    """Whether the environment's own Python answers: it may be gone, half made, or upgraded under our feet."""
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", HAS_PIP], stderr=subprocess.DEVNULL).returncode == 0


def venv_advice() -> str:
    """How to get ensurepip, which Debian and its children keep in a package of its own."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if Path("/etc/debian_version").exists():
        return f"Run: apt-get install python{version}-venv"
    return f"Install the package of your system that holds venv and ensurepip for Python {version}."


def make_venv() -> None:
    """A fresh environment; --clear because half a one is worse than none."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError as error:
        raise Failed(f"This Python ({sys.executable}) has no module {error.name}. {venv_advice()}") from None
    with step(f"Making .venv with Python {platform.python_version()}"):
        run(sys.executable, "-m", "venv", "--clear", VENV, hint=venv_advice())


def install(names: list[str]) -> None:
    """Install lock files with their hashes; what is there already is left alone."""
    files = [part for name in names for part in ("-r", LOCKS / name)]
    count = sum("==" in line for name in names for line in (LOCKS / name).read_text().splitlines())
    hint = "pip could not install the locked packages. Is the network there, and a wheel for this machine and Python?"
    with step(f"Installing {count} locked packages ({', '.join(names)})"):
        run(PYTHON, *PIP, "--only-binary", ":all:", *files, hint=hint)


def link_source() -> None:
    """Put src on the environment's path, relative to it, so that the folder can be moved."""
    packages = next((VENV / "lib").glob("python*/site-packages"))
    (packages / "wangge.pth").write_text(os.path.relpath(ROOT / "src", packages) + "\n")


def make_environment(want: dict[str, str]) -> None:
    """Bring the environment to the lock files. The stamp is written last: a broken-off run starts again."""
    alive = usable()
    have: dict[str, str] = json.loads(STAMP.read_text()) if alive and STAMP.exists() else {}
    if want.items() <= have.items():
        return
    print("Setting up (this is skipped once it is done)", flush=True)
    if not alive:
        make_venv()
    install([name for name in want if have.get(name) != want[name]])
    link_source()
    STAMP.write_text(json.dumps({**have, **want}, indent=1))


def compile_messages() -> None:
    """Catalogues are text in the repository; what the program reads is made here, for both scripts of Chinese."""
    catalogues = list(LOCALE.glob("*/LC_MESSAGES/*.po"))
    made = [LOCALE / language / "LC_MESSAGES" / "django.mo" for language in ("zh_Hans", "zh_Hant")]
    newest = max(path.stat().st_mtime for path in [*catalogues, *LOCALE.glob("*.tsv"), LOCKS / "base.txt"])
    if catalogues and not all(path.exists() and path.stat().st_mtime >= newest for path in made):
        with step("Compiling message catalogues"):
            run(PYTHON, ROOT / "tools" / "messages.py", "compile", hint="See tools/messages.py.")


def build_frontend(dev: bool) -> None:
    """The browser's files. Without them every page still works with its plain form, so ``make run`` goes on."""
    import frontend  # which builds on what is above

    try:
        frontend.build()
    except Failed as failure:
        if dev:
            raise
        print(f"{failure}\nGoing on without Web Forms.", file=sys.stderr)


def prepare(dev: bool) -> int:
    """Everything ``make run`` needs, or ``make test`` when dev; returns the exit code."""
    try:
        make_environment(wanted(dev))
        compile_messages()
        build_frontend(dev)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0
