"""Finds a real Chromium for the journeys, and Chinese type for it to write with; installs both where it may.

``WANGGE_CHROMIUM`` names another executable. Nothing is downloaded past the system's own packages.
"""

import os
import shutil
import subprocess
from pathlib import Path

from machine import CannotRun, search_path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-cjk")
APPLICATIONS = Path("/Applications")


def _answers(program: str) -> bool:
    """Whether it really is a browser: on Ubuntu the name may be a stub that only advertises a snap."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def find() -> str | None:
    """The executable of an installed Chromium or Chrome, or None."""
    if named := os.environ.get("WANGGE_CHROMIUM"):
        return named if _answers(named) else None
    for name in NAMES:
        if (program := shutil.which(name, path=search_path())) and _answers(program):
            return program
    for app in ("Chromium", "Google Chrome"):
        program = str(APPLICATIONS / f"{app}.app/Contents/MacOS/{app}")
        if os.access(program, os.X_OK):
            return program
    return None


def writes_chinese() -> bool:
    """Whether a font for Chinese is there; assumed where nobody can be asked."""
    asking = shutil.which("fc-list", path=search_path())
    if asking is None:
        return True
    return bool(subprocess.run([asking, ":lang=zh", "family"], capture_output=True).stdout.strip())


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get", path=search_path()) is not None


def _install() -> None:
    """Install from Debian; the lists are fetched only when the first try does not know the packages."""
    apt = str(shutil.which("apt-get", path=search_path()))
    environment = {**os.environ, "PATH": search_path(), "DEBIAN_FRONTEND": "noninteractive"}
    install = [apt, "install", "--yes", "--no-install-recommends", *PACKAGES]
    print(f"  Installing with apt-get: {' '.join(PACKAGES)} …", flush=True)
    for command in (install, [apt, "update"], install):
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if command is install and done.returncode == 0:
            return
    raise CannotRun(f"apt-get could not install {' '.join(PACKAGES)}:\n{done.stderr.strip()[-800:]}")


def _missing() -> list[str]:
    return [what for what, there in zip(PACKAGES, (find() is not None, writes_chinese()), strict=True) if not there]


def ready() -> str:
    """The executable of a Chromium that can write Chinese, installed first where that is allowed.

    Raises CannotRun, saying what to install.
    """
    if _missing() and _may_install() and "WANGGE_CHROMIUM" not in os.environ:
        _install()
    if missing := _missing():
        raise CannotRun(
            f"The journeys need {' and '.join(missing)}. Debian, as root: apt-get install {' '.join(missing)}. "
            "Elsewhere: Chromium or Google Chrome, and a font for Chinese; WANGGE_CHROMIUM may name the executable."
        )
    return str(find())
