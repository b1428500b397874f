"""``wangge``: the installation's commands. Exit codes: 0 done, 1 refused or failed, 2 not understood.

A command's module is imported when it is called: the help must not wait for the database.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

COMMANDS = {
    "run": "set up what is missing, build the demo in an empty database, start web and worker, keep them running",
    "serve": "start the web alone",
    "worker": "start the worker alone: it does what facts set off",
    "demo": "build the demo city in an empty database",
    "import": "take in a file",
    "check": "look whether keys, tables, figures, grids and posts hold together",
    "migrate": "bring the database's tables up to this version",
}
SETTINGS = """settings (from the environment):
  PORT, HOST             where the web answers (8000, 127.0.0.1)
  WANGGE_VAR             where database, keys and lists are kept (var)
  WANGGE_DATABASE_URL    another database, such as postgres://user:password@host/name"""

DATABASE = """Look whether it runs and WANGGE_DATABASE_URL names it; where tables are missing, run: wangge migrate"""


def parser() -> argparse.ArgumentParser:
    """The command line, with its help."""
    top = argparse.ArgumentParser(
        prog="wangge", description="Neighbourhood grids answering an emergency, door by door.", epilog=SETTINGS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    made = {name: commands.add_parser(name, help=text, description=text) for name, text in COMMANDS.items()}
    for name in ("run", "serve"):
        made[name].add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        made[name].add_argument("--port", type=_port, default=os.environ.get("PORT") or "8000")
    made["demo"].add_argument(
        "--csv", type=Path, metavar="FILE", help="also write a laboratory's file about people of the demo"
    )
    made["check"].add_argument(
        "--privacy", action="store_true", help="look what personal data are due for deletion, and what was deleted"
    )
    made["check"].add_argument("--json", action="store_true", help="say it for a program")
    what = made["import"].add_subparsers(dest="what", required=True, metavar="WHAT")
    places = what.add_parser("places", help="districts, townships and communities by their published codes")
    places.add_argument("file", type=Path, metavar="FILE", help="CSV, UTF-8 or GB 18030, one community a line")
    places.add_argument("--city", default="太原市", help="the city's name, used when it is new")
    places.add_argument(
        "--edition", type=_edition, default="2023", help="the edition's year, or its cut-off day: 2023-06-30"
    )
    places.add_argument("--many-closings", action="store_true", help="the file is complete, close what it lacks")
    return top


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port. Write a number from 1 to 65535, such as 8000.")
    return int(text)


def _edition(text: str) -> date:
    """A year stands for 30 June, the cut-off day of the statistical codes."""
    try:
        return date(int(text), 6, 30) if text.isdecimal() else date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not an edition. Write 2023 or 2023-06-30.") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    args = parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.settings")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", line_buffering=True)  # names are Chinese, whatever the locale
    import django
    from django.db import OperationalError, ProgrammingError
    from django.utils import translation

    from wangge.cli.saying import refuse

    django.setup()
    try:
        with translation.override("en"):  # as everything commands say; the web speaks the reader's language
            code: int = import_module(f"wangge.cli.{args.command}_").command(args)
    except (OperationalError, ProgrammingError) as error:
        return refuse(f"the database refused: {str(error).strip()}\n{DATABASE}")
    except KeyboardInterrupt:
        return refuse("stopped before it was done; call it again.")
    return code
