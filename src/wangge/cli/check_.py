"""``wangge check``: whether the installation holds together. It looks and writes nothing."""

import json
from argparse import Namespace

from wangge.base import migrations
from wangge.cli import privacy_
from wangge.cli.inspecting import CHECKS
from wangge.cli.progress import Progress
from wangge.cli.saying import say
from wangge.domains.duty import entry

Found = list[dict[str, object]]


def command(args: Namespace) -> int:
    if args.privacy:
        return privacy_.report(as_json=args.json)
    found = look(quiet=args.json)
    if args.json:
        say(json.dumps({"right": not found, "wrong": found}, ensure_ascii=False))
    return 1 if found else 0


def look(*, quiet: bool) -> Found:
    """Every check; returns what is wrong, and says it unless ``quiet``."""
    found: Found = []
    count = 0
    if sentence := migrations.state().sentence():
        found.append({"check": "tables", "lines": [sentence]})
        if not quiet:
            say(f"  wrong  tables: {sentence}")
        return found
    _say("tables are up to date", [], quiet)
    for words, check in CHECKS:
        with Progress() as now:
            now(words)
            wrong = check()
        _say(words, wrong, quiet)
        count += len(wrong)
        if wrong:
            found.append({"check": words, "lines": wrong})
    if not quiet and (waived := entry.count_waived()):
        say(f"  note   {waived} accounts of the demo get in with the password alone (WANGGE_DEMO_WAIVER)")
    if not quiet:
        say("Nothing is wrong." if not found else f"{count} things are wrong.")
    return found


def _say(words: str, wrong: list[str], quiet: bool) -> None:
    if not quiet:
        say(f"  {'wrong' if wrong else 'right'}  {words}")
        for line in wrong:
            say(f"         {line}")
