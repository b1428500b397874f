"""``wangge serve``: the web alone."""

import os
import socket
import sys
from argparse import Namespace

from django.conf import settings

from wangge.cli.saying import refuse

WORKERS = 2  # processes
THREADS = 4  # of each; every thread keeps a database connection


def command(args: Namespace) -> int:
    if said := taken(args.host, args.port):
        return refuse(said)
    prepare()
    line = command_line(args.host, args.port)
    os.execv(line[0], line)  # noqa: S606  # the server is this process from here on: signals reach it directly


def prepare() -> None:
    """The folder of collected static files, which the server looks for even where finders serve them."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def command_line(host: str, port: int) -> list[str]:
    """What starts the web server. Django is served through WSGI, its ASGI handler is 7-13 times slower."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--no-ws", "--log-level", "warning",
        "--respawn-failed-workers", "--workers-kill-timeout", "5", "wangge.wsgi:application",
    ]  # fmt: skip


def taken(host: str, port: int) -> str:
    """Why nothing can listen here, and what to do; '' when something can."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except socket.gaierror:
        return f"the address {host} is not known here. Set HOST to one of this machine, such as 127.0.0.1."
    except PermissionError:
        return f"port {port} is for the system's own services. Choose one above 1023: PORT=8000."
    except OSError:
        free = _free_above(host, port)
        return f"port {port} on {host} is taken by another program. Stop that one, or choose another: PORT={free}."
    return ""


def _free_above(host: str, port: int) -> int:
    for other in range(port + 1, min(port + 100, 65536)):
        with socket.socket() as listener:
            try:
                listener.bind((host, other))
            except OSError:
                continue
            return other
    return 0
