"""``wangge worker``: does what facts set off, until told to stop."""

import signal
import threading
from argparse import Namespace

from wangge.base.worker import serve
from wangge.cli.saying import refuse
from wangge.cli.serve_ import not_ready


def command(args: Namespace) -> int:
    if said := not_ready():
        return refuse(said)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    serve(stop)
    return 0
