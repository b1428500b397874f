"""``wangge serve``: the web alone."""

import json
import os
import socket
import ssl
import sys
from argparse import Namespace
from pathlib import Path

from django.conf import settings
from django.db import connections

from wangge.base import logs, migrations
from wangge.cli.inspecting import readable_keys
from wangge.cli.saying import refuse

WORKERS = 2  # processes
#: Open at a time in each process; granian's own limit is 512, and phones keep theirs. Who is above it waits outside.
CONNECTIONS = 2048


def command(args: Namespace) -> int:
    if said := taken(args.host, args.port) or certificate_wrong(args.certificate, args.key):
        return refuse(said, 2)
    if said := not_ready():
        return refuse(said)
    prepare()
    line = command_line(args.host, args.port)
    if args.certificate:
        line[-1:-1] = ["--ssl-certificate", str(args.certificate), "--ssl-keyfile", str(args.key)]
        os.environ["WANGGE_CERTIFICATE"] = str(args.certificate)
    connections.close_all()
    os.execv(line[0], line)  # noqa: S606  # the server is this process from here on: signals reach it directly


def not_ready() -> str:
    """Why web and worker must not start on this database with these keys; '' when they may."""
    if sentence := migrations.state().sentence():
        return sentence
    return next(iter(readable_keys()), "")


def certificate_wrong(certificate: Path | None, key: Path | None) -> str:
    """Why HTTPS cannot be spoken with these files, and what to do; '' when it can, or when none is asked for."""
    if certificate is None and key is None:
        return ""
    if certificate is None or key is None:
        return "a certificate and its key belong together: give both --certificate FILE and --key FILE."
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        text = key.read_text(encoding="ascii", errors="replace")
        context.load_cert_chain(certificate, key, password=lambda: "")
    except ssl.SSLError as error:
        return f"{certificate} and {key} are no certificate with its key in PEM form ({error.reason})."
    except OSError as error:
        return f"{error.filename or certificate} cannot be read ({error.strerror}). Look at its name and its owner."
    if "BEGIN PRIVATE KEY" not in text:
        return f"{key} is not in the form PKCS#8. Convert it: openssl pkcs8 -topk8 -nocrypt -in {key} -out NEW"
    return ""


def prepare() -> None:
    """The folder of collected static files, which the server looks for even where finders serve them; how it logs."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    _log_file().write_text(json.dumps(logs.of_server(settings.WANGGE_LOG), indent=1))


def _log_file() -> Path:
    return Path(settings.VAR) / "server-log.json"


def command_line(host: str, port: int) -> list[str]:
    """What starts the web server: the hot paths on its event loop, Django's WSGI in threads beside them."""
    return [
        sys.executable, "-m", "granian", "--interface", "rsgi", "--host", host, "--port", str(port),
        "--workers", str(WORKERS), "--backlog", "4096", "--backpressure", str(CONNECTIONS),
        "--no-ws", "--log-level", "warning",
        "--log-config", str(_log_file()), "--no-access-log",
        "--respawn-failed-workers", "--workers-kill-timeout", "5", "wangge.rsgi:application",
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
