"""``wangge rotate-keys``: a new sealing key, or a new key for the blind indexes."""

import json
from argparse import Namespace
from typing import Any

from django.conf import settings

from wangge.base import keys
from wangge.base.health import seen
from wangge.cli.progress import Progress
from wangge.cli.saying import refuse, say
from wangge.operate import rotating, sealed
from wangge.operate.refusals import Refused

STOPPED = 30  # seconds without a look of the worker: it is not running


def command(args: Namespace) -> int:
    found: dict[str, Any] = {}
    if args.codes or args.revoke:
        return _codes(args)
    if args.blind:
        found = _blind()
        if "refused" in found:
            return refuse(found["refused"])
    elif args.drop_old:
        found = {"dropped": rotating.drop_old()}
    elif not args.look:
        found = _rotate()
    found |= {"current": keys.load(settings.WANGGE_KEYS).current, "envelopes": sealed.envelopes()}
    if args.json:
        say(json.dumps(found))
    else:
        _print(found)
    return 0


def _codes(args: Namespace) -> int:
    """Another key for residents' codes."""
    try:
        kid = rotating.revoke_signing_key(args.revoke) if args.revoke else rotating.new_signing_key()
    except Refused as error:
        return refuse(str(error))
    if args.json:
        say(json.dumps({"signs": kid, "revoked": args.revoke}))
        return 0
    if args.revoke:
        say(f"Key {args.revoke} is revoked: no code and no list that it signed is taken any more. The next list, "
            "within a minute, says so to every scanner. Print new codes for whoever has one on paper.")  # fmt: skip
    say(f"Key {kid} signs codes now. Copy {settings.WANGGE_KEYS} to its safe now.")
    return 0


def _rotate() -> dict[str, Any]:
    key, new = rotating.begin()
    with Progress() as now:
        done = rotating.seal_again(key, now)
    return {"new_key": key if new else None, "sealed_again": done}


def _blind() -> dict[str, Any]:
    last = seen()
    if last is not None and last < STOPPED:
        return {"refused": f"the worker looked {last:.0f} s ago. Stop web and worker, then call this again."}
    with Progress() as now:
        return {"indexed_again": rotating.index_again(now)}


def _print(found: dict[str, Any]) -> None:
    if found.get("new_key"):
        say(f"Sealing key {found['new_key']} is new in {settings.WANGGE_KEYS}. Copy that file to its safe now.")
    if "sealed_again" in found:
        say(f"{found['sealed_again']:,} envelopes sealed again under key {found['current']}.")
    if "indexed_again" in found:
        say(f"{found['indexed_again']:,} rows indexed again. Copy {settings.WANGGE_KEYS} to its safe now.")
    if "dropped" in found:
        numbers = ", ".join(map(str, found["dropped"]))
        say(f"Dropped: key {numbers}. Backups made before need it: keep an older copy of the key file with them."
            if numbers else "There is no old key to drop.")  # fmt: skip
    say("Envelopes by key:")
    for column, counts in found["envelopes"].items():
        said = ", ".join(f"{count:,} under key {number}" for number, count in counts.items())
        say(f"  {column}: {said or 'none'}")
