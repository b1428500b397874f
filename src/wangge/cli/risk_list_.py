"""``wangge import risk-list FILE…``: published lists of risk areas, in whatever order they are named."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.problems import Problem
from wangge.cli.saying import problem, refuse, say
from wangge.domains.risk.actions import take_list
from wangge.domains.risk.inputs import MOST_BYTES, Published, read_list
from wangge.domains.risk.models import RiskList
from wangge.domains.risk.queries import figures, known


def command(args: Namespace) -> int:
    """Take lists in, the earliest first; 0 when each is in, 1 when one was refused: the others are taken."""
    read: list[tuple[Path, Published]] = []
    refused: list[tuple[Path, str]] = []
    for file in args.files:
        try:
            read.append((file, _read(file)))
        except OSError as error:
            refused.append((file, f"it cannot be read ({error.strerror}). Look at the name of the file."))
        except Problem as error:
            refused.append((file, problem(error)))
    taken: list[tuple[Path, RiskList, bool]] = []
    for file, published in sorted(read, key=lambda one: (one[1].at, one[1].digest)):
        before = known(published.digest) is not None
        try:
            one = take_list(published=published, by=SYSTEM, into_history=args.history, many_endings=args.many_endings)
        except Problem as error:
            refused.append((file, problem(error)))
        else:
            taken.append((file, one, not before))
    return _end(args, taken, refused)


def _read(file: Path) -> Published:
    if file.stat().st_size > MOST_BYTES:
        raise Problem("risk_list_too_big", field="file", most=MOST_BYTES >> 20)
    return read_list(file.read_bytes())


def _end(args: Namespace, taken: list[tuple[Path, RiskList, bool]], refused: list[tuple[Path, str]]) -> int:
    new = sum(fresh for _file, _one, fresh in taken)
    sums = {"new": new, "known": len(taken) - new, "refused": len(refused), **figures()}
    if args.json:
        lists = [_for_programs(file, one, fresh) for file, one, fresh in taken]
        whys = [{"file": str(file), "reason": why} for file, why in refused]
        say(json.dumps({**sums, "lists": lists, "reasons": whys}, ensure_ascii=False))
        return 1 if refused else 0
    for file, one, fresh in taken:
        when = f"{one.published_at.astimezone(clock.LOCAL):%Y-%m-%d %H:%M}"
        how = "into history" if one.into_history and fresh else "taken" if fresh else "known"
        say(f"  {when}  {one.high:>5,} high {one.mid:>5,} middle  {how:<12}  {file.name}")
    say(f"{new:>9,} lists taken")
    say(f"{sums['known']:>9,} known already")
    say(f"{len(refused):>9,} refused")
    say(f"{sums['areas']:>9,} areas known, {sums['intervals']:,} intervals, {sums['in_force']:,} in force")
    for file, why in refused:
        refuse(f"{file}: {why}")
    return 1 if refused else 0


def _for_programs(file: Path, one: RiskList, fresh: bool) -> dict[str, Any]:
    return {
        "file": str(file), "published_at": one.published_at.isoformat(), "high": one.high, "mid": one.mid,
        "low": one.low, "new": fresh, "into_history": one.into_history,
    }  # fmt: skip
