"""``wangge sensors``: listens to the broker of door sensors; ``broker-config`` writes what the broker needs."""

import signal
import threading
from argparse import Namespace
from pathlib import Path

from wangge.cli.saying import refuse, say
from wangge.cli.serve_ import not_ready
from wangge.listening import broker, config


def command(args: Namespace) -> int:
    if said := not_ready():
        return refuse(said)
    return _write(args) if args.what == "broker-config" else _listen()


def _listen() -> int:
    from wangge.listening.listener import Listener

    try:
        found = broker.read()
    except broker.BrokerSaidWrong as error:
        return refuse(str(error), 2)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    Listener(found).serve(stop)
    return 0


def _write(args: Namespace) -> int:
    from wangge.domains.sensors.queries import credentials

    if bool(args.certificate) != bool(args.key):
        return refuse("a certificate and its key belong together: give both --certificate FILE and --key FILE.", 2)
    if not args.certificate and not args.plain:
        return refuse(
            "devices send how doors open: give --certificate FILE and --key FILE. Only for a trial on one machine: "
            "--plain, which listens to this machine alone.", 2,
        )  # fmt: skip
    for path in (args.certificate, args.key):
        if path and not path.is_file():
            return refuse(f"{path} is no file. Name the certificate and the key in PEM form.", 2)
    where = config.Listening(
        args.port or broker.PORTS["mqtt" if args.plain else "mqtts"], "127.0.0.1" if args.plain else "",
        _whole(args.certificate), _whole(args.key), args.runs_as,
    )  # fmt: skip
    devices = credentials()
    config.write(args.folder, where, devices, config.own_secret(broker.secret_file()))
    say(f"{len(devices)} devices may speak. Let the broker read it again: systemctl reload mosquitto (or SIGHUP).")
    return 0


def _whole(path: Path | None) -> Path | None:
    return path.resolve() if path else None
