"""E-mail over a real SMTP server, and texts in groups by a robot that is a real HTTP server."""

import email
import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pytest_django.fixtures import Settings
from tests.domains.messages.office import VALUES, Office

from wangge.base.ids import uuid7
from wangge.base.messaging import MessagingUnclear, gateway, hours, mail
from wangge.base.problems import Problem
from wangge.domains.messages import actions, handing, queries, robots
from wangge.domains.messages.models import Dispatch, GroupPost, GroupRobot
from wangge.domains.messages.rules import State

pytestmark = pytest.mark.django_db


@dataclass
class Postman:
    """An SMTP server that knows enough of RFC 5321. ``answer``: what it says to each recipient."""

    port: int = 0
    mails: list[bytes] = field(default_factory=list)
    answer: str = "250 ok"


class Handler(socketserver.StreamRequestHandler):
    """One conversation; the server carries the postman."""

    @property
    def postman(self) -> Postman:
        return self.server.postman  # type: ignore[attr-defined,no-any-return]

    def handle(self) -> None:
        self.say("220 test")
        for line in self.rfile:
            word = line.split(b" ")[0].strip().upper()
            if word == b"DATA":
                self.take()
            elif word == b"QUIT":
                return self.say("221 bye")
            else:
                self.say(self.postman.answer if word == b"RCPT" else "250 ok")
        return None

    def take(self) -> None:
        self.say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        self.postman.mails.append(b"".join(lines))
        self.say("250 taken")

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


@contextmanager
def delivering() -> Iterator[Postman]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        one = Postman(port=server.server_address[1])
        server.postman = one  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield one
        server.shutdown()


@pytest.fixture
def postman(settings: Settings) -> Iterator[Postman]:
    with delivering() as one:
        settings.WANGGE_MAIL = mail(f"smtp://127.0.0.1:{one.port}")
        settings.WANGGE_MAIL_FROM = "wangge@example.org"
        yield one


def emptied() -> None:
    while handing.hand_out():
        pass


def test_a_mail_arrives_in_the_persons_language_with_an_id_that_stays(office: Office, postman: Postman) -> None:
    person = office.with_phone()
    office.ways(person, language="en", chosen="email", email="someone@example.org")
    office.send()
    emptied()
    (raw,) = postman.mails
    said = email.message_from_bytes(raw, policy=policy.default)
    assert said["To"] == "someone@example.org"
    assert said["Subject"] == "A notice"
    assert str(office.row(person).parcel) in said["Message-ID"]
    assert "12345" in said.get_content()
    assert office.row(person).state == State.SENT


@pytest.mark.parametrize(("answer", "why"), [("550 no such mailbox", "refused"), ("451 later", "unavailable")])
def test_a_mailbox_that_is_not_there_and_one_that_asks_for_patience(
    office: Office, postman: Postman, answer: str, why: str
) -> None:
    person = office.with_phone()
    office.ways(person, chosen="email", email="someone@example.org")
    postman.answer = answer
    office.send()
    emptied()
    assert (office.row(person).state, office.row(person).why) == (State.QUEUED, why)


@contextmanager
def group() -> Iterator[tuple[str, list[str], list[int]]]:
    texts: list[str] = []
    answers: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = answers.pop(0) if answers else 200
            if status == 200:
                texts.append(said["message"])
            self.send_response(status)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """The test reads ``texts``."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"json://127.0.0.1:{server.server_port}/robot", texts, answers
    finally:
        server.shutdown()
        server.server_close()


def posted(office: Office, url: str, template: str = "notice") -> Dispatch:
    tiny = office.tiny
    place = tiny.places["community"]
    robot = actions.connect_robot(place=place, name="居民群", url=url, by=tiny.by("yingze"))
    return actions.post_to_groups(
        response=tiny.response, template=queries.template(template, place), values=VALUES, place=place,
        groups=[robot], by=tiny.by("bingsi-shuji"), uuid=uuid7(),
    )  # fmt: skip


def test_a_group_is_told_once_and_nothing_about_anybody(office: Office) -> None:
    with group() as (url, texts, answers):
        one = posted(office, url)
        answers.append(500)
        assert handing.hand_out_posts() == 1
        assert GroupPost.objects.get(dispatch=one).state == State.QUEUED
        GroupPost.objects.update(not_before=office.tiny.response.opened_at)
        handing.hand_out_posts()
        assert handing.hand_out_posts() == 0
    assert GroupPost.objects.get(dispatch=one).state == State.SENT
    (text,) = texts
    assert text.startswith("【演练】")
    assert VALUES["what"] in text
    assert not any(person.name in text for person in office.tiny.people)


def test_what_is_for_one_person_has_no_text_for_groups(office: Office) -> None:
    with pytest.raises(Problem, match="template_not_for_groups"):
        posted(office, "wecombot://0123456789-abcdef", "order_ended")


@pytest.mark.parametrize(
    "url", ["wecombot://0123456789-abcdef", "dingtalk://secret123@token4567890/", "feishu://abcdef0123456789"]
)
def test_the_three_services_are_understood(url: str) -> None:
    assert robots.understood(url)


@pytest.mark.parametrize(
    "url", ["https://example.org", "tgram://123456789:abcdefg_hijklmnop/lead2gold/", "file:///etc"]
)
def test_nothing_else_is_written_to(office: Office, url: str) -> None:
    assert not robots.understood(url)
    with pytest.raises(Problem, match="robot_address_wrong"):
        posted(office, url)
    assert not GroupRobot.objects.exists()


def test_settings_that_mean_nothing_are_said() -> None:
    assert hours(None) == (22, 7)
    assert mail("smtp+tls://u%40x:p%2Fq@mail.example.org")["password"] == "p/q"
    for wrong in (lambda: hours("late"), lambda: hours("22-25"), lambda: mail("http://x"),
                  lambda: gateway("ftp://x", "", ""), lambda: gateway("https://x", "", "[1]")):  # fmt: skip
        with pytest.raises(MessagingUnclear):
            wrong()
