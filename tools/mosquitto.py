"""Finds a real mosquitto for the tests of door sensors; installs it from Debian where it may."""

import os
import shutil
import subprocess

from machine import CannotRun, search_path

PACKAGE = "mosquitto"


def find() -> str | None:
    """The executable of an installed broker, or None. Debian keeps it where only root looks."""
    return shutil.which("mosquitto", path=f"{search_path()}:/usr/sbin:/usr/local/sbin")


def _install() -> None:
    """The lists are fetched only when the first try does not know the package."""
    apt = str(shutil.which("apt-get", path=search_path()))
    environment = {**os.environ, "PATH": search_path(), "DEBIAN_FRONTEND": "noninteractive"}
    install = [apt, "install", "--yes", "--no-install-recommends", PACKAGE]
    for command in (install, [apt, "update"], install):
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if command is install and done.returncode == 0:
            return
    raise CannotRun(f"apt-get could not install {PACKAGE}:\n{done.stderr.strip()[-800:]}")


def ready() -> str:
    """The executable, installed first where that is allowed. Raises CannotRun, saying what to install."""
    if find() is None and os.geteuid() == 0 and shutil.which("apt-get", path=search_path()):
        _install()
    if (found := find()) is None:
        raise CannotRun(
            f"The tests of door sensors need {PACKAGE}. Debian, as root: apt-get install {PACKAGE}. Elsewhere: Eclipse "
            "mosquitto 2, on the path."
        )
    return found
