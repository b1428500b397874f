"""The command line: what is understood, with its help. ``docs/operate/commands.md`` is held to it by a test."""

import argparse
import os
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from uuid import UUID

CODES = (
    """exit codes: 0 done and right, 1 something is wrong or was not done, 2 the call or its input was not understood"""
)
SETTINGS = f"""settings (from the environment; the rest in docs/operate/settings.md):
  PORT, HOST             where the web answers (8000, 127.0.0.1)
  WANGGE_VAR             where database, keys and lists are kept (var)
  WANGGE_DATABASE_URL    another database, such as postgres://user:password@host/name

{CODES}"""

#: Name, what it does, and what somebody wants to know who asks for its help.
COMMANDS = {
    "run": (
        "set up what is missing, build the demo in an empty database, start web and worker, keep them running",
        "For trying the product on one machine. An office starts serve and worker each as a service of its own.",
    ),
    "serve": (
        "start the web alone",
        "Tables must be up to date and the keys must open what is stored: otherwise it says what to do and ends.\n"
        "Phones need HTTPS for camera and offline use: give a certificate here, or put a proxy such as Caddy in front.",
    ),
    "worker": (
        "start the worker alone: it does what facts set off",
        "One on SQLite; several may run on PostgreSQL. Stopped or killed, it leaves nothing half done.",
    ),
    "demo": ("build the demo city in an empty database", "Invented people, the same every time."),
    "import": ("take in a file", "Good lines go in, bad ones are named with their reason."),
    "export": (
        "write a list to a file",
        "The whole list, of every place; count and reason go on record first. The file holds personal data.",
    ),
    "check": (
        "look whether keys, tables, figures, grids and posts hold together",
        "It writes nothing and may run beside web and worker.",
    ),
    "backup": (
        "write everything but the keys into one file, while web and worker go on",
        "One instant of the database, the check-ins and the files beside them, with a manifest of sizes and digests.\n"
        "The key file is not in it: keep a copy of that elsewhere. The file holds personal data.",
    ),
    "restore": (
        "put a backup into an empty installation and check it",
        "From SQLite into PostgreSQL and back as well. Damaged or half files are refused before anything is written;\n"
        "interrupted, the installation is still empty: call it again.",
    ),
    "rotate-keys": (
        "seal everything again under a new key, while web and worker go on",
        "Interrupted, it goes on where it was. The old key stays in the key file until --drop-old; backups made\n"
        "before still need it: keep a copy of the key file with them.",
    ),
    "account": (
        "let somebody in again whom no level above can help",
        "Everybody else asks on the sign-in page, and the post above gives the code.",
    ),
    "migrate": (
        "bring the database's tables up to this version",
        "Stop web and worker and make a backup first. Interrupted, call it again: what is done stays.",
    ),
}


def parser() -> ArgumentParser:
    """The whole command line."""
    top = ArgumentParser(
        prog="wangge", description="Neighbourhood grids answering an emergency, door by door.", epilog=SETTINGS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    made = {
        name: commands.add_parser(
            name, help=short, description=f"{short[0].upper()}{short[1:]}.\n{long}", epilog=CODES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        for name, (short, long) in COMMANDS.items()
    }  # fmt: skip
    _serving(made["run"], made["serve"])
    made["demo"].add_argument(
        "--csv", type=Path, metavar="FILE", help="also write a laboratory's file about people of the demo"
    )
    made["check"].add_argument(
        "--privacy", action="store_true", help="look what personal data are due for deletion, and what was deleted"
    )
    _importing(made["import"])
    account = made["account"].add_subparsers(dest="what", required=True, metavar="WHAT")
    recover = account.add_parser(
        "recover", help="a one-time code, after looking at the person",
        description="Print a one-time code for somebody whom no level above can help. Look at the person first.",
        epilog=CODES,
    )  # fmt: skip
    recover.add_argument("username", metavar="USERNAME", help="the user name")
    _exporting(made["export"])
    _keeping(made)
    for name in ("check", "backup", "restore", "rotate-keys", "migrate"):
        made[name].add_argument("--json", action="store_true", help="one line of JSON instead of words")
    return top


def _serving(run: ArgumentParser, serve: ArgumentParser) -> None:
    for one in (run, serve):
        one.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1", help="the address to listen on")
        one.add_argument("--port", type=_port, default=os.environ.get("PORT") or "8000", help="the port")
    serve.add_argument(
        "--certificate", type=Path, metavar="FILE", default=_file(os.environ.get("WANGGE_CERTIFICATE")),
        help="speak HTTPS with this certificate (PEM, with its chain)",
    )  # fmt: skip
    serve.add_argument(
        "--key", type=Path, metavar="FILE", default=_file(os.environ.get("WANGGE_CERTIFICATE_KEY")),
        help="the certificate's private key (PEM, PKCS#8)",
    )  # fmt: skip


def _file(text: str | None) -> Path | None:
    return Path(text) if text else None


def _importing(made: ArgumentParser) -> None:
    what = made.add_subparsers(dest="what", required=True, metavar="WHAT")
    places = what.add_parser("places", help="districts, townships and communities by their published codes")
    places.add_argument("file", type=Path, metavar="FILE", help="CSV, UTF-8 or GB 18030, one community a line")
    places.add_argument("--city", default="太原市", help="the city's name, used when it is new")
    places.add_argument(
        "--edition", type=_edition, default="2023", help="the edition's year, or its cut-off day: 2023-06-30"
    )
    places.add_argument("--many-closings", action="store_true", help="the file is complete, close what it lacks")
    for name, text in (("people", "people with their homes"), ("venues", "markets, restaurants, shops and others")):
        _importing_rows(what.add_parser(name, help=f"{text}, from Excel or CSV"))
    _importing_list(what.add_parser("list", help="a list of people from above: matched, then sent to doors"))
    _importing_risk_lists(what.add_parser("risk-list", help="published lists of risk areas, each at its own time"))
    _importing_questionnaires(what.add_parser("questionnaires", help="questionnaires as XLSForm, from Excel or CSV"))
    _importing_register(what.add_parser("register", help="a whole city's people from one CSV file of any length"))


def _importing_list(handed: ArgumentParser) -> None:
    handed.add_argument("file", type=Path, metavar="FILE", help="xlsx, xls, ods, or CSV in UTF-8, UTF-16 or GB 18030")
    handed.add_argument("--sender", required=True, help="the office it comes from; the report goes back there")
    handed.add_argument("--due", required=True, metavar="TIME", help="when the report is wanted: 2022-04-08T18:00")
    handed.add_argument("--batch", default="", help="the sender's batch")
    handed.add_argument("--title", default="", help="the list's name; otherwise the file's")
    handed.add_argument(
        "--form", default="", metavar="ID", help="the questionnaire to ask; else whether they are there"
    )
    handed.add_argument(
        "--column", action="append", metavar="HEADING=FIELD", help="what a column holds; as often as needed"
    )
    handed.add_argument("--take", action="store_true", help="send matched people to their doors; else it only looks")
    handed.add_argument("--json", action="store_true", help="one line of JSON instead of words")


def _importing_risk_lists(lists: ArgumentParser) -> None:
    lists.add_argument("files", type=Path, nargs="+", metavar="FILE", help="JSON as it is published, in any order")
    lists.add_argument("--history", action="store_true", help="older lists than the one in force complete the history")
    lists.add_argument("--many-endings", action="store_true", help="most areas in force are really lifted")
    lists.add_argument("--json", action="store_true", help="one line of JSON instead of words")


def _importing_questionnaires(forms: ArgumentParser) -> None:
    forms.add_argument("files", type=Path, nargs="*", metavar="FILE", help="xlsx, xls, ods, or CSV with its sheets")
    forms.add_argument("--check", action="store_true", help="say what is wrong and publish nothing")
    forms.add_argument("--shipped", action="store_true", help="those that come with the product")
    forms.add_argument("--language", default="zh-hans", choices=("zh-hans", "zh-hant", "en"), help="of what is wrong")
    forms.add_argument("--json", action="store_true", help="one line of JSON instead of words")


def _importing_rows(rows: ArgumentParser) -> None:
    rows.add_argument("file", type=Path, metavar="FILE", help="xlsx, xls, ods, or CSV in UTF-8, UTF-16 or GB 18030")
    rows.add_argument("--dry-run", action="store_true", help="say what would happen and take nothing")
    rows.add_argument("--rejects", type=Path, metavar="OUT", help="write the rows that come back, with their reasons")
    rows.add_argument(
        "--column", action="append", metavar="HEADING=FIELD", help="what a column holds; as often as needed"
    )
    rows.add_argument("--no-new-doors", action="store_true", help="rows of doors that are missing come back")
    rows.add_argument("--language", default="zh-hans", help="of the reasons: zh-hans, zh-hant or en")
    rows.add_argument("--json", action="store_true", help="one line of JSON instead of words")


def _importing_register(register: ArgumentParser) -> None:
    register.add_argument("file", type=Path, metavar="FILE", help="CSV in UTF-8 or GB 18030, one person a line")
    register.add_argument("--make-doors", action="store_true", help="make doors that are missing")
    register.add_argument(
        "--rejects", type=Path, metavar="OUT", help="write the rows that come back, with their reasons"
    )
    register.add_argument(
        "--processes", type=_processes, metavar="N", help="how many read side by side (all processors, for a long file)"
    )
    register.add_argument("--language", default="zh-hans", choices=("zh-hans", "zh-hant", "en"), help="of the reasons")
    register.add_argument("--json", action="store_true", help="one line of JSON instead of words")


def _exporting(made: ArgumentParser) -> None:
    what = made.add_subparsers(dest="what", required=True, metavar="WHAT")
    words = "cases or contacts in the columns of Go.Data or epiverse linelist"
    lists = what.add_parser("linelist", help=words, description=f"Writes {words}.", epilog=CODES)
    shapes = ["godata-cases", "godata-contacts", "godata-relationships", "linelist"]
    lists.add_argument("shape", choices=shapes, help="which list")
    lists.add_argument("--response", type=UUID, required=True, metavar="ID", help="the Response the list is about")
    words = "a table of an office, from what is known"
    table = what.add_parser("table", help=words, description=f"Writes {words}.", epilog=CODES)
    table.add_argument("name", metavar="NAME", help="which table; an unknown name gets the list of all")
    table.add_argument("--area", metavar="CODE", help="only what lies in the place with this code (everything)")
    for one in (lists, table):
        one.add_argument("--reason", required=True, metavar="TEXT", help="what for; it goes on record with the count")
        one.add_argument("--format", choices=["csv", "xlsx"], default="csv", help="the kind of file")
        one.add_argument("--json", action="store_true", help="one line of JSON instead of words")
        one.add_argument("--folder", type=Path, default=Path(), metavar="DIR", help="where the file is written (here)")


def _keeping(made: dict[str, ArgumentParser]) -> None:
    backup, restore, rotate, migrate = (made[name] for name in ("backup", "restore", "rotate-keys", "migrate"))
    backup.add_argument("target", type=Path, metavar="DIR|FILE", help="a folder (the file gets the time as its name), "
                        "or a file that is not there yet")  # fmt: skip
    backup.add_argument("--keep", type=_count, metavar="N", default=0,
                        help="afterwards remove all but the newest N backups of that folder")  # fmt: skip
    restore.add_argument("backup", type=Path, metavar="BACKUP", help="a file that wangge backup wrote")
    restore.add_argument("--look", action="store_true", help="only say whether file and keys are whole; write nothing")
    rotate.add_argument("--look", action="store_true", help="only count what is sealed under which key")
    rotate.add_argument("--drop-old", action="store_true", help="remove keys that nothing is sealed under any more")
    rotate.add_argument("--blind", action="store_true",
                        help="a new key for the blind indexes instead; web and worker must be stopped")  # fmt: skip
    rotate.add_argument("--codes", action="store_true", help="a new key for residents' codes instead")
    rotate.add_argument("--revoke", metavar="KEY",
                        help="a stolen key for residents' codes: nothing it signed is taken any more")  # fmt: skip
    migrate.add_argument("--look", action="store_true", help="only name what is missing (then exit code 1)")


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port. Write a number from 1 to 65535, such as 8000.")
    return int(text)


def _processes(text: str) -> int:
    if not text.isdecimal() or int(text) > 64:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes. Write 0 (this one alone) to 64.")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of backups. Write 1 or more, such as 14.")
    return int(text)


def _edition(text: str) -> date:
    """A year stands for 30 June, the cut-off day of the statistical codes."""
    try:
        return date(int(text), 6, 30) if text.isdecimal() else date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not an edition. Write 2023 or 2023-06-30.") from error
