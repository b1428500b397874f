"""``wangge import points FILE``: where compounds and buildings are on a map; bad lines come back with their reason."""

from argparse import Namespace

from wangge.base.access.by import SYSTEM
from wangge.base.problems import Problem
from wangge.cli.saying import problem, refuse, say
from wangge.domains.places.actions import set_points
from wangge.domains.places.inputs_points import read_points
from wangge.domains.places.points import Datum
from wangge.domains.places.words import POINT_REFUSALS


def command(args: Namespace) -> int:
    """0 when every line is taken, 1 when some came back or the file was refused."""
    try:
        with args.file.open("rb") as file:
            rows, refused = read_points(file, Datum(args.datum))
        report = set_points(rows=rows, refused=refused, source=args.file.name, by=SYSTEM)
    except OSError as error:
        return refuse(f"{args.file} cannot be read ({error.strerror}). Look at the name of the file.")
    except Problem as error:
        return refuse(problem(error))
    for count, words in ((report.new, "new"), (report.moved, "moved"), (report.same, "as before"),
                         (len(report.refused), "lines refused")):  # fmt: skip
        say(f"{count:>7,} {words}")
    for one in report.refused:
        say(f"{'':>10}line {one.line}: {str(POINT_REFUSALS[one.reason]) % {'value': one.value}}")
    return 1 if report.refused else 0
