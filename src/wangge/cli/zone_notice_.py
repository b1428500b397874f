"""``wangge import zone-notice FILE…``: notices of zones as they were published, to be placed by people on the page."""

import json
from argparse import Namespace
from pathlib import Path

from wangge.base.access.by import SYSTEM
from wangge.base.problems import Problem
from wangge.cli.saying import problem, refuse, say
from wangge.domains.places.models import Place
from wangge.domains.places.queries import by_code, root
from wangge.domains.zones import queries
from wangge.domains.zones.actions import take_notice
from wangge.domains.zones.inputs import MOST_BYTES, Notice, read_notices
from wangge.domains.zones.models import ZoneNotice
from wangge.domains.zones.placing import proposals
from wangge.domains.zones.rules import UNPLACED


def command(args: Namespace) -> int:
    """Take notices in; 0 when each is in, 1 when one was refused: the others are taken. Nothing is put in force."""
    try:
        area = by_code(args.area) if args.area else root()
    except Place.DoesNotExist:
        return refuse(f"No place has the code {args.area}. Look at --area.")
    if area is None or (response := queries.response_for(area)) is None:
        return refuse(problem(Problem("zone_no_response")))
    taken: list[ZoneNotice] = []
    refused: list[str] = []
    for file in args.files:
        try:
            taken += [take_notice(notice=one, area=area, response=response, by=SYSTEM) for one in _read(file)]
        except OSError as error:
            refused.append(f"{file}: it cannot be read ({error.strerror}). Look at the name of the file.")
        except Problem as error:
            refused.append(f"{file}: {problem(error)}")
    return _end(args, taken, refused)


def _read(file: Path) -> list[Notice]:
    if file.stat().st_size > MOST_BYTES:
        raise Problem("zone_notice_too_big", field="file", most=MOST_BYTES >> 20)
    return read_notices(file.read_bytes())


def _end(args: Namespace, taken: list[ZoneNotice], refused: list[str]) -> int:
    """What each notice holds: how many lines have one exact place to be confirmed, how many nothing at all."""
    rows = []
    for one in taken:
        open_ = [line for line in one.lines.all() if line.state in UNPLACED]
        offered = proposals(one, open_).values()
        rows.append({
            "notice": str(one.uuid), "title": one.title, "lines": one.lines.count(), "unplaced": len(open_),
            "proposed": sum(bool(each.one) for each in offered),
            "nothing": sum(not (each.one or each.candidates or each.edge) for each in offered),
        })  # fmt: skip
    if args.json:
        say(json.dumps({"notices": rows, "reasons": refused}, ensure_ascii=False))
        return 1 if refused else 0
    for row in rows:
        say(f"{row['lines']:>7,} lines of {row['title'] or row['notice']}")
        say(f"{row['unplaced']:>7,} not placed yet")
        say(f"{row['proposed']:>7,} of these with one exact name")
        say(f"{row['nothing']:>7,} of these with nothing of the name")
    for why in refused:
        refuse(why)
    say("Nothing is in force: place the lines on the page “Zones”.")
    return 1 if refused else 0
