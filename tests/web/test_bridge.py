"""Django behind the event loop: when something fails outside of what it answers itself, no text reaches the log."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from wangge.hot.bridge import Bridge

SECRET = "张三 13800000000"


class Transport:
    def __init__(self, sent: list[bytes], gone: bool) -> None:
        self.sent, self.gone = sent, gone

    async def send_bytes(self, part: bytes) -> None:
        if self.gone:
            raise ConnectionResetError
        self.sent.append(part)


class Protocol:
    """What granian hands to an RSGI application."""

    def __init__(self, *, gone: bool = False) -> None:
        self.status, self.sent, self.gone = 0, list[bytes](), gone

    def response_empty(self, status: int, headers: Any) -> None:
        self.status = status

    def response_bytes(self, status: int, headers: Any, body: bytes) -> None:
        self.status, self.sent = status, [body]

    def response_stream(self, status: int, headers: Any) -> Transport:
        self.status = status
        return Transport(self.sent, self.gone)


class Stream:
    """A streamed answer: two pieces, or a piece and a failure."""

    streaming = True

    def __init__(self, *, fails: bool) -> None:
        self.fails, self.closed, self.made = fails, False, 0

    def __iter__(self) -> Iterator[bytes]:
        self.made += 1
        yield b"one"
        if self.fails:
            raise ValueError(SECRET)
        self.made += 1
        yield b"two"

    def close(self) -> None:
        self.closed = True


def ask(application: Callable[..., Iterable[bytes]], protocol: Protocol) -> None:
    scope = SimpleNamespace(
        method="GET", path="/", query_string="", http_version="1.1", server="127.0.0.1:8000", client="127.0.0.1:5",
        scheme="http", authority="", headers={"host": "localhost"},
    )  # fmt: skip
    bridge = Bridge(application, 1)
    asyncio.run(bridge.answer(scope, protocol))
    bridge.close()


def streamed(answer: Stream) -> Callable[..., Stream]:
    def application(environ: Any, start: Any) -> Stream:
        start("200 OK", [])
        return answer

    return application


def test_a_failure_is_answered_and_logged_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    def broken(environ: Any, start: Any) -> Iterable[bytes]:
        raise ValueError(SECRET)

    protocol = Protocol()
    with caplog.at_level(logging.ERROR):
        ask(broken, protocol)
    assert protocol.status == 500
    assert "ValueError broken" in caplog.text
    assert SECRET not in caplog.text


def test_an_answer_that_breaks_off_is_logged_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    answer, protocol = Stream(fails=True), Protocol()
    with caplog.at_level(logging.ERROR):
        ask(streamed(answer), protocol)
    assert (protocol.sent, answer.closed) == ([b"one"], True)
    assert "broke off" in caplog.text
    assert SECRET not in caplog.text


def test_nothing_more_is_made_for_a_client_that_has_gone(caplog: pytest.LogCaptureFixture) -> None:
    answer, protocol = Stream(fails=False), Protocol(gone=True)
    with caplog.at_level(logging.ERROR):
        ask(streamed(answer), protocol)
    assert (answer.made, answer.closed, caplog.text) == (1, True, "")
