"""``wangge backup``: everything that makes an installation, but for its keys, in one file."""

import json
from argparse import Namespace
from time import perf_counter
from typing import Any

from django.conf import settings

from wangge.cli.progress import Progress
from wangge.cli.saying import refuse, say
from wangge.operate import backing_up


def command(args: Namespace) -> int:
    start = perf_counter()
    target = backing_up.target_of(args.target)
    try:
        with Progress() as now:
            manifest = backing_up.write(target, now)
    except OSError as error:
        return refuse(f"{target} cannot be written ({error.strerror}). Nothing was left there.")
    removed = []
    if args.keep:
        for old in backing_up.older(target.parent, args.keep):
            old.unlink(missing_ok=True)
            removed.append(str(old))
    found = summary(manifest) | {"file": str(target), "bytes": target.stat().st_size, "removed": removed,
                                 "seconds": round(perf_counter() - start, 2)}  # fmt: skip
    if args.json:
        say(json.dumps(found, ensure_ascii=False))
    else:
        _print(found)
    return 0


def summary(manifest: dict[str, Any]) -> dict[str, Any]:
    """What a manifest says, in a few figures."""
    return {
        "id": manifest["id"], "made_at": manifest["made_at"], "version": manifest["version"],
        "database": manifest["database"],
        "rows": sum(one["rows"] for one in manifest["tables"].values()), "tables": len(manifest["tables"]),
        "check_ins": sum(one["rows"] for one in manifest["checkins"].values()), "days": len(manifest["checkins"]),
        "keys": manifest["keys"],
    }  # fmt: skip


def _print(found: dict[str, Any]) -> None:
    say(f"{found['file']}: {found['bytes'] / 1e6:,.1f} MB in {found['seconds']:.1f} s")
    say(f"  {found['rows']:,} rows of {found['tables']} tables")
    say(f"  {found['check_ins']:,} check-ins of {found['days']} days")
    say(f"  keys are not in it: restoring needs {needed(found['keys'])} from {settings.WANGGE_KEYS}")
    for old in found["removed"]:
        say(f"  removed {old}")


def needed(wanted: dict[str, Any]) -> str:
    """The keys a backup needs, for people."""
    numbers = [f"sealing key {number} ({print_})" for number, print_ in wanted["sealing"].items()]
    return ", ".join([*numbers, f"the key of the blind indexes ({wanted['blind']})"])
