"""Sets up what ``make run`` and ``make test`` need, and nothing outside the project's folder.

``python3 tools/bootstrap.py [--dev]``; the work is in ``environment.py``. This file can be read by any Python 3, so
that an old one can say what is missing. Exit codes: 2 for a Python that will not do, 1 for a step that failed.
"""

import os
import sys

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
TRIED = "WANGGE_BOOTSTRAP_TRIED"
ADVICE = """Python {}.{} or newer is needed; this is {}.{} ({}).
Install a newer one (Debian, Ubuntu: apt-get install python3 python3-venv)
or name one that is there: make run PYTHON=python3.12
"""


def works(program: str) -> bool:
    """Whether a program of that name really is such a Python (a name may be a stub that leads nowhere)."""
    check = f"import sys, ensurepip; sys.exit(sys.version_info < {OLDEST})"
    return os.access(program, os.X_OK) and os.system(f'"{program}" -c "{check}" 2>/dev/null') == 0


def newer_beside() -> str:
    """A newer Python on the path, or nothing."""
    for name in NEWER:
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            program = os.path.join(folder, name)
            if works(program):
                return program
    return ""


def main() -> int:
    if sys.version_info >= OLDEST:
        from environment import prepare

        return prepare(dev="--dev" in sys.argv[1:])
    program = "" if TRIED in os.environ else newer_beside()
    if program:
        os.environ[TRIED] = "1"
        os.execv(program, [program, *sys.argv])
    sys.stderr.write(ADVICE.format(*(OLDEST + tuple(sys.version_info[:2]) + (sys.executable,))))
    return 2


if __name__ == "__main__":
    sys.exit(main())
