"""Django beside the hot paths, in one process on one port: its WSGI application behind RSGI.

As granian's own WSGI server does it: each request in one of a few threads, which keeps its database connection. An
answer that is made while it is sent is sent from that thread, piece by piece, no faster than the client reads.
"""

import asyncio
import logging
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import Any
from urllib.parse import unquote_to_bytes

from wangge.base.worker import reason_of

log = logging.getLogger("wangge.bridge")
Environ = dict[str, Any]
IN_MEMORY = 1024 * 1024  # bytes of a body; what is longer waits in a file
MOST = 1024 * 1024 * 1024  # bytes that are read for Django at all; its own limits are far lower
STATIC: Environ = {
    "GATEWAY_INTERFACE": "CGI/1.1", "SCRIPT_NAME": "", "SERVER_SOFTWARE": "Granian", "wsgi.errors": sys.stderr,
    "wsgi.version": (1, 0), "wsgi.multiprocess": True, "wsgi.multithread": True, "wsgi.run_once": False,
}  # fmt: skip


class Bridge:
    """``application`` as an RSGI application with so many threads."""

    def __init__(self, application: Callable[..., Iterable[bytes]], threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="django")

    async def answer(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        loop = asyncio.get_running_loop()
        with SpooledTemporaryFile(IN_MEMORY) as body:
            size = await _read(scope, protocol, body)
            if size > MOST:
                protocol.response_empty(413, [])
                return
            body.seek(0)
            environ = environ_of(scope, body, size)
            await loop.run_in_executor(self._threads, self._run, environ, protocol, loop)

    def _run(self, environ: Environ, protocol: Any, loop: asyncio.AbstractEventLoop) -> None:
        """In a thread: the whole of a request, from the first middleware to the closing of its answer."""
        head: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            head[:] = [int(status.split(" ", 1)[0]), headers]

        try:
            answer = self._application(environ, start)
        except Exception as error:  # outside of what Django answers itself; its text stays out of the log
            log.error("a request could not be answered: %s", reason_of(error))
            protocol.response_empty(500, [])
            return
        try:
            if getattr(answer, "streaming", False):
                _stream(answer, head, protocol, loop)
            else:
                protocol.response_bytes(head[0], head[1], b"".join(answer))
        finally:
            if close := getattr(answer, "close", None):
                close()

    def close(self) -> None:
        self._threads.shutdown(wait=True)


async def _read(scope: Any, protocol: Any, body: Any) -> int:
    """Read what was sent, also when its length was not said; returns its size."""
    if scope.method in ("GET", "HEAD"):
        return 0
    size = 0
    async for part in protocol:
        size += len(part)
        if size <= MOST:
            body.write(part)
    return size


def _stream(answer: Iterable[bytes], head: list[Any], protocol: Any, loop: asyncio.AbstractEventLoop) -> None:
    async def begin() -> Any:
        return protocol.response_stream(head[0], head[1])

    def wait(work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result()

    async def send(transport: Any, part: bytes) -> None:
        await transport.send_bytes(part)

    transport = wait(begin())
    try:
        for part in answer:
            if part and not _went(wait, send(transport, bytes(part))):
                return  # what was opened is closed by the caller
    except Exception as error:  # the client sees an answer that ends too early, and the file's count does not add up
        log.error("an answer broke off while it was sent: %s", reason_of(error))


def _went(wait: Callable[[Any], Any], sending: Any) -> bool:
    """Whether a piece was sent: not when the client has gone."""
    with suppress(Exception):
        wait(sending)
        return True
    return False


def environ_of(scope: Any, body: Any, size: int) -> Environ:
    """A request as PEP 3333 has it."""
    host, _, port = str(scope.server).rpartition(":")
    request = STATIC | {
        "REQUEST_METHOD": scope.method, "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string, "SERVER_PROTOCOL": f"HTTP/{scope.http_version}", "SERVER_NAME": host,
        "SERVER_PORT": port, "REMOTE_ADDR": str(scope.client).rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme, "wsgi.input": body, "CONTENT_LENGTH": str(size),
    }  # fmt: skip
    for name, value in scope.headers.items():
        _add(request, name, value)
    if "HTTP_HOST" not in request and scope.authority:
        request["HTTP_HOST"] = scope.authority
    return request


def _add(environ: Environ, name: str, value: str) -> None:
    """A header. One with an underscore could pass for another that a proxy sets: it is left out."""
    if "_" in name or name == "content-length":
        return
    key = name.upper().replace("-", "_")
    if key != "CONTENT_TYPE":
        key = "HTTP_" + key
    if key in environ:
        value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
    environ[key] = value
