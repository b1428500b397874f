"""``wangge import list FILE``: a list of people from above, matched and shown; with ``--take`` sent on to the doors.

The command acts for the installation, at all its places. Stopped in between, the worker goes on matching.
"""

import json
from argparse import Namespace

from wangge.base.access.by import SYSTEM
from wangge.base.problems import Problem, Problems
from wangge.base.receipts import queries as receipts
from wangge.base.receipts.forms import plain
from wangge.base.receipts.models import Intake
from wangge.cli.progress import Progress
from wangge.cli.saying import problem, refuse, say
from wangge.domains.lists import actions, queries
from wangge.domains.lists.columns import FORM
from wangge.domains.lists.inputs import read_list
from wangge.domains.lists.models import HandedList
from wangge.domains.lists.rules import RowState

WORDS = {
    "matched": "matched with somebody on record", "to_resolve": "to be resolved at the desk",
    "elsewhere": "belong to another area", "asked": "sent to their doors", "forwarded": "with another office",
    "known": "known already, not asked", "done": "checked", "returned": "returned to the sender",
    "repeated": "the same person as an earlier row", "remark": "about nobody",
}  # fmt: skip


def command(args: Namespace) -> int:
    """Look at a list or take it; 0 when every row found its place, 1 when some are to be resolved."""
    try:
        found = args.file.stat().st_size
        if found > FORM.most_bytes:
            raise Problem("file_too_big", field="file", found=f"{found / 2**20:.1f}", most=FORM.most_bytes >> 20)
        intake, _new = actions.keep_file(name=args.file.name, content=args.file.read_bytes(), by=SYSTEM)
        one = _known(intake) or _look(intake, args)
        if args.take:
            one = actions.take_list(list_=one, by=SYSTEM)
        sums = queries.sums([one])[one.pk]
        _say(one, sums, args)
        if one.taken_at is None:
            actions.throw_away(list_=one, by=SYSTEM)  # a look leaves nothing behind
    except OSError as error:
        return refuse(f"{error.filename} cannot be read ({error.strerror}). Look at the name of the file.")
    except Problem as error:
        return refuse(problem(error))
    except Problems as error:
        return refuse(" ".join(problem(one) for one in error.problems))
    return 1 if sums[RowState.TO_RESOLVE] else 0


def _known(intake: Intake) -> HandedList | None:
    """The list of a file that was sent before."""
    known = queries.of_intake(intake.uuid)
    if known:
        _go_on(known, receipts.size(intake))
    return known


def _look(intake: Intake, args: Namespace) -> HandedList:
    typed = {
        "title": args.title or args.file.stem, "sender": args.sender, "batch": args.batch, "due": args.due,
        "form": args.form,
    }  # fmt: skip
    one = actions.look_at(intake=intake, fields=_fields(intake, args), said=read_list(typed), by=SYSTEM)
    _go_on(one, receipts.size(intake))
    return one


def _go_on(one: HandedList, total: int) -> None:
    left = total
    with Progress() as now:
        while left:
            left = actions.read_on(list_=one, by=SYSTEM)
            now(f"{total - left:,} of {total:,} rows matched")
    one.refresh_from_db()


def _fields(intake: Intake, args: Namespace) -> list[str]:
    """The columns as recognised, corrected by "HEADING=FIELD"."""
    fields = [field for field, _heading in intake.columns]
    headings = [plain(heading) for _field, heading in intake.columns]
    for one in args.column or []:
        heading, _sign, field = one.rpartition("=")
        if plain(heading) not in headings or (field and field not in FORM.columns):
            raise Problem("column_unknown", field="column", said=one, fields=", ".join(FORM.columns))
        fields = ["" if known == field else known for known in fields]
        fields[headings.index(plain(heading))] = field
    return fields


def _say(one: HandedList, sums: dict[str, int], args: Namespace) -> None:
    people = queries.people_in(one)
    if args.json:
        columns = [{"heading": heading, "field": field} for field, heading in one.heading]
        facts = {"file": str(args.file), "list": str(one.uuid), "taken": one.taken_at is not None, "people": people}
        say(json.dumps(facts | sums | {"columns": columns}, ensure_ascii=False))
        return
    for field, heading in one.heading:
        say(f"  {heading} → {field or 'goes back as it is'}")
    taken = "" if one.taken_at else ", nobody was asked (send it on with --take)"
    say(f"{args.file.name}: {sums['rows']:,} rows about {people:,} people{taken}")
    for state, words in WORDS.items():
        if sums[state]:
            say(f"{sums[state]:>9,} {words}")
