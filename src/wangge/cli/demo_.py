"""``wangge demo``: the demo city, and a laboratory's file about its people."""

from argparse import Namespace
from pathlib import Path
from time import perf_counter

from wangge.cli import migrate_
from wangge.cli.saying import refuse, say, table
from wangge.demo import accounts, city, laboratory

TAKEN = (
    "there are places in this database already, and the demo is built in an empty one only. Point WANGGE_VAR to an "
    "empty folder (or WANGGE_DATABASE_URL to an empty database) and call it again."
)


def command(args: Namespace) -> int:
    migrate_.migrate()
    empty = city.is_empty()
    if not empty and not (args.csv and accounts.every()):
        return refuse(TAKEN)
    if empty:
        build()
        say()
        print_sign_ins()
    return _write(args.csv) if args.csv else 0


def build() -> None:
    """Build the demo city with a line for each part."""
    start = perf_counter()
    say("Building the demo city (invented people; the same every time):")
    built = city.build(lambda line: say(f"  {line}"))
    took = perf_counter() - start
    say(f"  {built.people:,} people, {built.check_ins:,} check-ins, all in {took:.0f} s")


def print_sign_ins() -> None:
    """The accounts a newcomer wants to try."""
    lines = [("user name", "password", "post", "place")]
    lines += [(one.username, one.password, one.post, one.place) for one in accounts.shown()]
    for line in table(lines):
        say(f"  {line}")
    say(f"  ({len(accounts.every())} accounts in all, listed in {accounts.path()})")


def _write(file: Path) -> int:
    try:
        count = laboratory.write(file, laboratory.of_city())
    except OSError as error:
        return refuse(f"{file} cannot be written ({error.strerror}). Choose another place for the file.")
    say(f"{count} results written to {file}.")
    return 0
