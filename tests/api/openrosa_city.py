"""The tiny city with two questionnaires asked in it, and a phone that speaks the protocol by its text."""

import asyncio
import base64
import hashlib
import re
from collections.abc import Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pyxform.xls2xform import convert

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.demo.small import Small
from wangge.domains.asking.models import Ask, AskQuestion, Form, Question, ReceivedForm
from wangge.domains.asking.questionnaire import Choice, Questionnaire, Subject, Type, to_data
from wangge.domains.asking.questionnaire import Question as Asked
from wangge.domains.asking.rules import AskState, SubjectKind
from wangge.domains.duty.field_keys import make_field_key
from wangge.domains.duty.models import Account, ApiToken
from wangge.domains.duty.tokens import TokenInput
from wangge.hot import committer, lookups
from wangge.hot.submission import Submissions

SERVER = "http://testserver"
YES_NO = (Choice("yes", {"zh": "有", "en": "yes"}), Choice("no", {"zh": "没有", "en": "no"}))
GOOD = {
    "rice": "yes", "water": "no", "days_left": "3", "medicine": "yes", "which_medicine": "降压药", "milk": "no",
    "gas": "yes", "called_on": "2022-04-07", "adults": "2", "remark": "",
}  # fmt: skip


def supplies(version: str = "1") -> Questionnaire:
    """Ten questions to a household; one hangs on another, one has a limit."""
    ask = Asked
    return Questionnaire(
        "supplies_check", version, {"zh": "生活物资", "en": "Basic supplies"},
        (
            ask("rice", Type.SELECT_ONE, {"zh": "有米面吗", "en": "Rice"}, choices=YES_NO, required="true()"),
            ask("water", Type.SELECT_ONE, {"zh": "有水吗", "en": "Water"}, choices=YES_NO),
            ask("days_left", Type.INTEGER, {"zh": "够几天", "en": "Days left"}, constraint=". >= 0 and . <= 60",
                constraint_message={"zh": "请填0到60", "en": "Say a number of days up to 60."}),
            ask("medicine", Type.SELECT_ONE, {"zh": "要用药吗", "en": "Medicine"}, choices=YES_NO),
            ask("which_medicine", Type.TEXT, {"zh": "什么药", "en": "Which medicine"}, relevant="${medicine} = 'yes'"),
            ask("milk", Type.SELECT_ONE, {"zh": "要奶粉吗", "en": "Milk"}, choices=YES_NO),
            ask("gas", Type.SELECT_ONE, {"zh": "有燃气吗", "en": "Gas"}, choices=YES_NO),
            ask("called_on", Type.DATE, {"zh": "哪天问的", "en": "Asked on"}),
            ask("adults", Type.INTEGER, {"zh": "几个大人", "en": "Adults"}),
            ask("remark", Type.TEXT, {"zh": "备注", "en": "Remark"}),
        ),
        purpose={"zh": "看谁家缺东西", "en": "To see who lacks supplies"},
    )  # fmt: skip


def fever() -> Questionnaire:
    """One question to a person."""
    return Questionnaire(
        "fever_check", "1", {"zh": "体温", "en": "Fever"},
        (Asked("fever_now", Type.SELECT_ONE, {"zh": "发烧吗", "en": "Fever"}, choices=YES_NO, subject=Subject.PERSON),),
    )  # fmt: skip


def publish(form: Questionnaire) -> Form:
    """Put a questionnaire into the bank, its XForm made by pyxform."""
    Form.objects.filter(form_id=form.form_id, retired_at__isnull=True).update(retired_at=clock.now())
    content = _xform(form)
    row = Form.objects.create(
        form_id=form.form_id, version=form.version, title=form.title["zh"], hash=form.version, content=content,
        definition=to_data(form), published_at=clock.now(),
    )  # fmt: skip
    for position, one in enumerate(form.asked):
        Question.objects.update_or_create(
            name=one.name,
            defaults={
                "form": row, "position": position, "type": one.type.value, "label": dict(one.label),
                "level": one.privacy.value, "subject": SubjectKind(one.subject.value),
            },
        )  # fmt: skip
    return row


def _xform(form: Questionnaire) -> str:
    survey = []
    for one in form:
        kind = f"{one.type.value} yesno" if one.choices else one.type.value
        row = {"type": kind, "name": one.name, "relevant": one.relevant, "constraint": one.constraint}
        survey.append(row | {f"label::{name}": one.label[code] for code, name in LANGUAGES.items()})
    choices = [
        {"list_name": "yesno", "name": one.name}
        | {f"label::{name}": one.label[code] for code, name in LANGUAGES.items()}
        for one in YES_NO
    ]
    settings = [{"form_id": form.form_id, "version": form.version, "form_title": form.title["zh"]}]
    return str(convert({"survey": survey, "choices": choices, "settings": settings}, form_name="data").xform)


LANGUAGES = {"zh": "中文 (zh)", "en": "English (en)"}


def ask_it(tiny: Small, form: Form, area: str = "community", **other: Any) -> Ask:
    """An open ask with every question of a form."""
    now = clock.now()
    values: dict[str, Any] = {
        "response": tiny.response, "number": Ask.objects.count() + 1, "title": form.title, "purpose": "x",
        "ground": "x",
        "area": tiny.places[area], "subject": SubjectKind.HOUSEHOLD, "deadline": now + timedelta(days=1),
        "ends_at": now + timedelta(days=2), "state": AskState.OPEN, "created_at": now, "sent_at": now,
    }  # fmt: skip
    ask = Ask.objects.create(**values | other)
    AskQuestion.objects.bulk_create(AskQuestion(ask=ask, question=one) for one in form.questions.all())
    return ask


def instance(
    form: Questionnaire, answers: Mapping[str, str], *, door: UUID | str = "", person: UUID | str = "", id_: str = "",
    meta: str = "",
) -> bytes:  # fmt: skip
    """A filled-in form as Collect writes it."""
    said = {"wg_door": str(door), "wg_person": str(person)} | dict(answers)
    body = "".join(f"<{name}>{text}</{name}>" for name, text in said.items())
    id_ = id_ or f"uuid:{uuid4()}"
    return (
        f'<?xml version="1.0"?><data id="{form.form_id}" version="{form.version}" '
        f'xmlns:orx="http://openrosa.org/xforms">{body}'
        f"<orx:meta><orx:instanceID>{id_}</orx:instanceID>{meta}</orx:meta></data>"
    ).encode()


def envelope(xml: bytes, *files: tuple[str, bytes], mark: str = "----odk") -> tuple[str, bytes]:
    """Content type and body of a multipart submission."""
    parts = [("xml_submission_file", "text/xml", xml), *((name, "image/jpeg", content) for name, content in files)]
    body = b"".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n'
        f"Content-Type: {kind}\r\n\r\n".encode() + content + b"\r\n"
        for name, kind, content in parts
    )  # fmt: skip
    return f"multipart/form-data; boundary={mark}", body + f"--{mark}--\r\n".encode()


@dataclass
class Got:
    """An answer as it came over the line; header names in small letters."""

    status: int
    lines: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.lines if key.lower() == name.lower()), "")

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.lines if key.lower() == name.lower()]

    @property
    def message(self) -> str:
        return re.findall(r"<message[^>]*>(.*)</message>", self.body.decode(), re.DOTALL)[0]

    @property
    def nature(self) -> str:
        return re.findall(r'<message nature="([^"]*)"', self.body.decode())[0]


class Inline(Executor):
    """Runs at once, in this thread, as if no loop ran in it: a test's transaction is this thread's."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)  # Django keeps other connections for code that a loop runs
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        finally:
            asyncio._set_running_loop(loop)
        return future


@dataclass
class Line:
    """One request as granian hands it to an RSGI application."""

    method: str
    path: str
    lines: dict[str, str]
    body: bytes
    scheme: str = "http"
    query_string: str = ""
    client: str = "127.0.0.1:40000"
    server: str = "127.0.0.1:80"
    authority: str = ""
    http_version: str = "1.1"
    got: Got | None = None

    @property
    def headers(self) -> dict[str, str]:
        return self.lines

    async def __call__(self) -> bytes:
        return self.body

    async def __aiter__(self) -> Any:
        for start in range(0, len(self.body), 65536):
            yield self.body[start : start + 65536]

    def response_bytes(self, status: int, lines: list[tuple[str, str]], body: bytes) -> None:
        self.got = Got(status, lines, body)


@dataclass
class Phone:
    """Collect on a phone: digest as RFC 2617 has it, basic over HTTPS, the headers of the protocol."""

    username: str
    password: str
    hot: Submissions | None = None
    language: str = "en"
    secure: bool = False
    challenge: dict[str, str] = field(default_factory=dict)

    def raw(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Got:
        """One request with these headers and no others."""
        lines = {name.lower(): value for name, value in (headers or {}).items()}
        if self.hot and path.partition("?")[0] == "/openrosa/submission":
            lines |= {"host": "testserver", "content-length": str(len(body))}
            line = Line(method, path, lines, body, scheme="https" if self.secure else "http")
            if self.hot.takes(line):
                asyncio.run(self.hot.answer(line, line))
                assert line.got is not None
                return line.got
        client = Client(raise_request_exception=False)
        kind = lines.pop("content-type", "application/octet-stream")
        answer = client.generic(method, path, body, content_type=kind, secure=self.secure, headers=lines)
        return Got(answer.status_code, list(answer.items()), answer.content)

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Got:
        """With the protocol's headers, signed in: once without, to be told how, then with."""
        usual = {
            "X-OpenRosa-Version": "1.0", "Date": "Thu, 07 Apr 2022 04:00:00 GMT", "Accept-Language": self.language,
        } | {name.replace("_", "-"): value for name, value in headers.items()}  # fmt: skip
        if self.secure:
            secret = base64.b64encode(f"{self.username}:{self.password}".encode()).decode()
            return self.raw(method, path, usual | {"Authorization": f"Basic {secret}"}, body)
        if not self.challenge:
            told = self.raw(method, path, usual)
            assert told.status == 401
            self.challenge = parse_challenge(told.header("WWW-Authenticate"))
        return self.raw(method, path, usual | {"Authorization": self.digest(method, path)}, body)

    def digest(self, method: str, path: str, **wrong: str) -> str:
        """RFC 2617, 3.2.2, worked out here on its own."""
        told = self.challenge
        ha1 = _md5(f"{self.username}:{told['realm']}:{self.password}")
        ha2 = _md5(f"{method}:{path}")
        response = _md5(f"{ha1}:{told['nonce']}:00000001:0a4f113b:auth:{ha2}")
        said = {
            "username": self.username, "realm": told["realm"], "nonce": told["nonce"], "uri": path,
            "response": response, "opaque": told["opaque"],
        } | wrong  # fmt: skip
        quoted = ", ".join(f'{name}="{value}"' for name, value in said.items())
        return f'Digest {quoted}, qop=auth, nc=00000001, cnonce="0a4f113b"'

    def send(self, xml: bytes, *files: tuple[str, bytes], **headers: str) -> Got:
        """POST a filled-in form."""
        kind, body = envelope(xml, *files)
        return self.ask("POST", "/openrosa/submission", body, Content_Type=kind, **headers)


def parse_challenge(header: str) -> dict[str, str]:
    return {name: quoted or plain for name, quoted, plain in re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,]+))', header)}


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


def key_for(account: Account, by: By) -> tuple[ApiToken, str]:
    typed = TokenInput("duty phone", clock.today() + timedelta(days=30))
    return make_field_key(account=account, typed=typed, by=by)


@pytest.fixture
def form(tiny: Small) -> Form:
    """The household's form, asked in the community."""
    row = publish(supplies())
    ask_it(tiny, row)
    return row


@pytest.fixture(params=["django", "hot"])
def phone(request: pytest.FixtureRequest, tiny: Small, monkeypatch: pytest.MonkeyPatch) -> Phone:
    """The first grid's worker's phone."""
    monkeypatch.setattr(committer, "ThreadPoolExecutor", lambda *args, **kwargs: Inline())
    monkeypatch.setattr(lookups, "ThreadPoolExecutor", lambda *args, **kwargs: Inline())
    monkeypatch.setattr(lookups, "EVERY", 0.0)
    monkeypatch.setattr(lookups, "close_old_connections", lambda: None)
    key, password = key_for(tiny.accounts["bingsi-1"], tiny.by("bingsi-1"))
    return Phone(key.username, password, Submissions() if request.param == "hot" else None)


def kept() -> list[ReceivedForm]:
    """Everything in the inbox, the oldest first."""
    return list(ReceivedForm.objects.within(EVERYTHING).order_by("id"))


def fetched(phone: Phone, url: str) -> Got:
    """What a full address answers."""
    assert url.startswith(SERVER)
    return phone.ask("GET", url.removeprefix(SERVER))
