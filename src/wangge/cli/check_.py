"""``wangge check``: whether the installation holds together. It looks and writes nothing."""

from argparse import Namespace

from wangge.cli import migrate_, privacy_
from wangge.cli.inspecting import CHECKS
from wangge.cli.saying import say


def command(args: Namespace) -> int:
    if args.privacy:
        return privacy_.report(as_json=args.json)
    if count := migrate_.missing():
        say(f"  wrong  tables: {count} migrations are missing. Run: wangge migrate")
        return 1
    say("  right  tables are up to date")
    found = 0
    for words, check in CHECKS:
        wrong = check()
        found += len(wrong)
        say(f"  {'wrong' if wrong else 'right'}  {words}")
        for line in wrong:
            say(f"         {line}")
    say("Nothing is wrong." if not found else f"{found} things are wrong.")
    return 1 if found else 0
