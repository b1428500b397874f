"""``wangge``: the installation's commands. Exit codes: 0 done, 1 refused or failed, 2 not understood.

A command's module is imported when it is called: the help must not wait for the database.
"""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module

from wangge.cli.parsing import parser

DATABASE = """Look whether it runs and WANGGE_DATABASE_URL names it; where tables are missing, run: wangge migrate"""
#: They may write a fresh key file, for a new installation.
BEGINNERS = ("run", "demo", "migrate")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    args = parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.settings")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", line_buffering=True)  # names are Chinese, whatever the locale
    from wangge.base.keys import KeyFileBroken
    from wangge.cli.saying import refuse
    from wangge.operate.refusals import Refused

    try:
        return _run(args)
    except Refused as error:
        return refuse(str(error), error.code)
    except KeyFileBroken as error:
        return refuse(f"{error}. Put that file back from its copy.")
    except KeyboardInterrupt:
        return refuse("stopped before it was done; call it again.")


def _run(args: Namespace) -> int:
    from wangge.base import keys

    fresh = not keys.where().exists()
    if fresh and args.command not in BEGINNERS:
        _no_keys(args)
    import django
    from django.db import OperationalError, ProgrammingError
    from django.utils import translation

    from wangge.base.keys import KeyFileBroken
    from wangge.cli.saying import refuse
    from wangge.operate.refusals import Refused

    django.setup()
    try:
        if fresh:
            _no_keys_of_this_installation()
        with translation.override("en"):  # as everything commands say; the web speaks the reader's language
            code: int = import_module(f"wangge.cli.{args.command.replace('-', '_')}_").command(args)
    except (OperationalError, ProgrammingError) as error:
        return refuse(f"the database refused: {str(error).strip()}\n{DATABASE}")
    except Exception as error:
        from wangge.base.worker import reason_of

        if isinstance(error, Refused | KeyFileBroken) or os.environ.get("WANGGE_DEBUG") == "1":
            raise
        # The text of an exception can quote somebody's row, and this goes into a journal.
        return refuse(f"this is a mistake of ours ({reason_of(error)}). With WANGGE_DEBUG=1 it says more.")
    return code


def _no_keys(args: Namespace) -> None:
    """Without a key file no fresh one is written by the way: it would open nothing that is stored."""
    from wangge.base import keys
    from wangge.operate import archive, needs
    from wangge.operate.refusals import Refused

    if args.command == "restore":
        raise Refused(needs.missing(archive.manifest_of(args.backup), keys.where()))
    raise Refused(
        f"there is no key file {keys.where()}. Put its copy there, or name it in WANGGE_KEYS. For a new installation, "
        "wangge migrate writes a fresh one."
    )


def _no_keys_of_this_installation() -> None:
    """A fresh key file was just written: right for an empty database only, so otherwise it goes again."""
    from wangge.base import keys
    from wangge.operate import emptying
    from wangge.operate.refusals import Refused

    if not emptying.is_empty():
        keys.where().unlink()
        raise Refused(
            f"there is no key file {keys.where()}, and this database holds what was sealed with it. Put the copy of "
            "that file there; without it documents and telephone numbers cannot be read by anybody."
        )
