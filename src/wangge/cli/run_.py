"""``wangge run``: the newcomer's command. Everything that is missing is made, then web and worker run together."""

import sys
from argparse import Namespace
from time import perf_counter

from django.db import connections

from wangge.cli import demo_, migrate_, serve_
from wangge.cli.keeping import Keeper, Kept
from wangge.cli.saying import refuse, say
from wangge.demo import accounts, city


def command(args: Namespace) -> int:
    start = perf_counter()
    if said := serve_.taken(args.host, args.port):
        return refuse(said)
    prepare()
    url = address(args.host, args.port)
    keeper = Keeper([
        Kept("web", serve_.command_line(args.host, args.port), url=f"{url}healthz"),
        Kept("worker", [sys.executable, "-m", "wangge", "worker"]),
    ])  # fmt: skip
    return keeper.run(lambda: _ready(url, perf_counter() - start))


def address(host: str, port: int) -> str:
    """What to type into a browser on this machine; every address includes its own."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}/"


def prepare() -> None:
    """Tables up to date and, in an empty database, the demo."""
    serve_.prepare()
    if count := migrate_.migrate():
        say(f"{count} migrations applied.")
    if city.is_empty():
        demo_.build()
    accounts.write()
    connections.close_all()


def _ready(url: str, seconds: float) -> None:
    say()
    say(f"Wangge answers at {url} (after {seconds:.1f} s). Ctrl-C stops it.")
    if accounts.every():
        say()
        demo_.print_sign_ins()
    connections.close_all()
