"""``wangge account recover USERNAME``: a way in for whom no level above can give one."""

from argparse import Namespace

from wangge.base.access.by import SYSTEM
from wangge.base.problems import Problem
from wangge.cli.saying import problem, refuse, say
from wangge.domains.duty import entry
from wangge.domains.duty.actions import give_recovery


def command(args: Namespace) -> int:
    found = [one for one in entry.named(args.username) if one.username == args.username]
    if not found:
        return refuse(f"nobody here has the user name {args.username}. Look at its spelling.")
    try:
        code = give_recovery(account=found[0], by=SYSTEM)
    except Problem as error:
        return refuse(problem(error))
    say(f"One-time code for {found[0].username}, valid for half an hour: {code}")
    say("Give it only to the person you see. It is typed at /sign-in/recover; sessions and second factors end with it.")
    return 0
