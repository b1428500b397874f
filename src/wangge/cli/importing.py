"""``wangge import people FILE`` and ``… venues FILE``: looked through first, then taken; bad rows come back.

The command acts for the installation, at all its places. Stopped in between, the worker finishes what was asked for.
"""

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from wangge.base.access.by import SYSTEM
from wangge.base.problems import Problem
from wangge.base.receipts import queries, returning
from wangge.base.receipts.forms import Form, plain
from wangge.base.receipts.models import Intake
from wangge.cli.progress import Progress
from wangge.cli.saying import problem, refuse, say
from wangge.flows import importing

KINDS = {"people": "people.people", "venues": "venues.venues"}
COUNTS = ("new", "changed", "known", "refused")
WORDS = {
    "new": "new", "changed": "known, something added", "known": "known, unchanged", "refused": "come back",
    "doors": "doors made",
}  # fmt: skip


def command(args: Namespace) -> int:
    """Take a file in; 0 when every row is in, 1 when rows came back or the file was refused."""
    try:
        intake, new = _keep(args)
        if intake.take_asked_at is None:
            _look(intake, args)
        if args.dry_run:
            return _dry(intake, args, new=new)
        importing.ask_take(intake=intake, by=SYSTEM)
        _go_on(intake, "taken")
        return _end(intake, args, sent_before=not new)
    except OSError as error:
        return refuse(f"{error.filename} cannot be read or written ({error.strerror}). Look at the name of the file.")
    except Problem as error:
        return refuse(problem(error))


def _keep(args: Namespace) -> tuple[Intake, bool]:
    form = importing.IMPORTS[KINDS[args.what]].form
    found = args.file.stat().st_size
    if found > form.most_bytes:
        raise Problem("file_too_big", field="file", found=f"{found / 2**20:.1f}", most=form.most_bytes >> 20)
    content = args.file.read_bytes()
    return importing.receive(kind=KINDS[args.what], name=args.file.name, content=content, by=SYSTEM)


def _look(intake: Intake, args: Namespace) -> None:
    fields = _fields(intake, args.column or [], importing.IMPORTS[intake.kind].form)
    importing.ask_look(intake=intake, fields=fields, make_doors=not args.no_new_doors, by=SYSTEM)
    intake.refresh_from_db()
    _go_on(intake, "looked through")


def _fields(intake: Intake, said: list[str], form: Form) -> list[str]:
    """The columns as recognised, corrected by "HEADING=FIELD"."""
    fields = [field for field, _heading in intake.columns]
    headings = [plain(heading) for _field, heading in intake.columns]
    for one in said:
        heading, _sign, field = one.rpartition("=")
        if plain(heading) not in headings or (field and field not in form.columns):
            raise Problem("column_unknown", field="column", said=one, fields=", ".join(form.columns))
        fields = ["" if known == field else known for known in fields]
        fields[headings.index(plain(heading))] = field
    return fields


def _go_on(intake: Intake, what: str) -> None:
    """Work until nothing is left."""
    total, left = queries.size(intake), 1
    intake.refresh_from_db()
    with Progress() as now:
        while left:
            left = importing.go_on(intake=intake, by=SYSTEM)
            now(f"{total - left:,} of {total:,} rows {what}")


def _dry(intake: Intake, args: Namespace, *, new: bool) -> int:
    """Say what would happen, and leave nothing behind of a file that was not here before."""
    code = _end(intake, args, sent_before=not new)
    if new:
        importing.throw_away(intake=intake, by=SYSTEM)
    return code


def _end(intake: Intake, args: Namespace, *, sent_before: bool) -> int:
    intake.refresh_from_db()
    sums, total = _sums(intake), queries.size(intake)
    rejects = _returned(intake, args) if args.rejects and sums["refused"] else None
    if args.json:
        say(json.dumps(_for_programs(intake, args, sums, total, rejects), ensure_ascii=False))
    else:
        _print(intake, args, sums, total, sent_before=sent_before)
    return 1 if sums["refused"] else 0


def _sums(intake: Intake) -> dict[str, int]:
    return {name: number for name, number in queries.foreseen(intake).items() if name != "size"}


def _for_programs(
    intake: Intake, args: Namespace, sums: dict[str, int], total: int, rejects: Path | None
) -> dict[str, Any]:
    columns = [
        {"heading": heading, "field": field, "why": why}
        for (field, heading), why in zip(intake.columns, intake.shape["why"], strict=True)
    ]
    return {
        "file": str(args.file), "sheet": intake.shape["sheet"], "heading_row": intake.shape["line"], "columns": columns,
        "dry_run": args.dry_run, "rows": total, **sums, "rejects": str(rejects) if rejects else None,
    }  # fmt: skip


def _print(intake: Intake, args: Namespace, sums: dict[str, int], total: int, *, sent_before: bool) -> None:
    if sent_before and intake.take_asked_at:
        say("This file was taken before; this is what became of it.")
    for field, heading in intake.columns:
        say(f"  {heading} → {field or 'not taken'}")
    if others := intake.shape["others"]:
        say(f"  sheet {intake.shape['sheet']}; not read: {', '.join(others)}")
    say(f"{args.file.name}: {total:,} rows" + (", nothing was taken (--dry-run)" if args.dry_run else ""))
    for name, words in WORDS.items():
        if sums[name] or name in COUNTS:
            say(f"{sums[name]:>9,} {words}")
    if sums["refused"] and not args.rejects:
        say("To get the rows that come back with their reasons, call it again with --rejects FILE.")


def _returned(intake: Intake, args: Namespace) -> Path:
    """Write the rows that come back, in the language asked for."""
    if intake.take_asked_at:
        rows = returning.refused(intake)
    else:
        form = importing.IMPORTS[intake.kind].form
        rows = returning.will_be_refused(intake, form, importing.verb(intake, SYSTEM, dry=True))
    with translation.override(args.language):
        words = {"row": _("row"), "reason": _("reason")}
        content, _media, _ending, count = returning.as_file(intake, rows, problem, words)
    out: Path = args.rejects
    out.write_bytes(content)
    print(f"{count:,} rows written to {out}.", file=sys.stderr)
    return out
