"""``wangge import places FILE``: an edition of the published divisions. People and venues: ``importing.py``."""

from argparse import Namespace

from wangge.base.access.by import SYSTEM
from wangge.base.problems import Problem
from wangge.cli import handed_list, importing, questionnaires_, register, risk_list_
from wangge.cli.saying import problem, refuse, say
from wangge.domains.places.actions import import_divisions
from wangge.domains.places.actions.divisions import Change, Report
from wangge.domains.places.divisions import Refusal
from wangge.domains.places.inputs import read_divisions
from wangge.domains.places.words import REFUSALS

SHOWN = 20  # lines of each kind of change


def command(args: Namespace) -> int:
    if args.what == "register":
        return register.command(args)
    if args.what == "list":
        return handed_list.command(args)
    if args.what == "questionnaires":
        return questionnaires_.command(args)
    if args.what == "risk-list":
        return risk_list_.command(args)
    return importing.command(args) if args.what in importing.KINDS else _places(args)


def _places(args: Namespace) -> int:
    try:
        with args.file.open("rb") as file:
            rows = read_divisions(file)
        report = import_divisions(
            rows=rows, city=args.city, edition=args.edition, by=SYSTEM, many_closings=args.many_closings
        )
    except OSError as error:
        return refuse(f"{args.file} cannot be read ({error.strerror}). Look at the name of the file.")
    except Problem as error:
        hint = " (--many-closings)" if error.code == "too_many_closings" else ""
        return refuse(problem(error) + hint)
    _print(report)
    return 1 if report.refused else 0


def _print(report: Report) -> None:
    say(f"{report.city.name}, edition of {report.edition}:")
    for words, changes in (
        ("added", report.added), ("renamed", report.renamed), ("with another code or parent", report.moved),
        ("closed", report.closed), ("open again", report.reopened), ("left open, their lines unread", report.held_back),
    ):  # fmt: skip
        say(f"{len(changes):>7,} {words}")
        _list(changes if words != "added" or len(changes) <= SHOWN else [])
    say(f"{report.unchanged:>7,} unchanged")
    say(f"{len(report.refused):>7,} lines refused")
    for refused in report.refused[:SHOWN]:
        say(f"{'':>10}line {refused.line}: {_why(refused)}")


def _list(changes: list[Change]) -> None:
    for one in changes[:SHOWN]:
        before = f", before: {one.before}" if one.before else ""
        inside = f", still holds {one.inside} open places" if one.inside > 1 else ""
        say(f"{'':>10}{one.code} {one.name}{before}{inside}")
    if len(changes) > SHOWN:
        say(f"{'':>10}and {len(changes) - SHOWN} more")


def _why(refused: Refusal) -> str:
    sentence = str(REFUSALS.get(refused.reason, refused.reason))
    return sentence % refused.values if refused.values else sentence
