"""``wangge restore``: a backup into an empty installation, then everything is checked."""

import json
from argparse import Namespace
from time import perf_counter

from wangge.cli import check_
from wangge.cli.backup_ import needed, summary
from wangge.cli.progress import Progress
from wangge.cli.saying import say
from wangge.operate import archive, restoring


def command(args: Namespace) -> int:
    start = perf_counter()
    manifest = archive.manifest_of(args.backup)
    with Progress() as now:
        restoring.check(args.backup, manifest, now)
        after = 0 if args.look else restoring.restore(args.backup, manifest, now)
    found = summary(manifest) | {"file": str(args.backup), "restored": not args.look, "migrations_after": after}
    if not args.json:
        say(f"{args.backup}: whole, of {found['made_at']}, version {found['version']}, {found['database']}")
        say(f"  {found['rows']:,} rows of {found['tables']} tables, {found['check_ins']:,} check-ins")
        say(f"  needs {needed(found['keys'])}: there")
    wrong = [] if args.look else check_.look(quiet=args.json)
    if args.json:
        found |= {"wrong": wrong, "seconds": round(perf_counter() - start, 2)}
        say(json.dumps(found, ensure_ascii=False))
    elif not args.look:
        say(f"Restored in {perf_counter() - start:.1f} s" + (f", {after} newer migrations applied." if after else "."))
    return 1 if wrong else 0
