"""The inbox of commands: each is taken once, with its verb in one transaction, and answered the same ever after."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.phones.inputs import UNREADABLE, Sent
from wangge.domains.phones.models import Command, Phone
from wangge.domains.phones.queries import COMMANDS, command, content_of
from wangge.domains.phones.rules import PASSING, Verdict, happened
from wangge.domains.places.models import Place


class Refused(Exception):
    """A verb said no; ``words`` say why and what to do, in the language of whoever sent it."""

    def __init__(self, code: str, words: str, door: Place | None = None) -> None:
        super().__init__(code)
        self.code, self.words, self.door = code, words, door


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a command did. ``kept``: recorded beside what somebody else recorded, and a person settles it."""

    door: Place | None
    at: datetime
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A command's final answer. ``again``: it was given before."""

    row: Command
    again: bool
    words: str = ""


def take(*, sent: Sent, phone: Phone, by: By, replay: Callable[[Sent], Replayed]) -> Answered:
    """Replay a command through its verb, all of it or nothing, and keep what became of it.

    The same id again is answered the same and does nothing. Raises Problem where another has used the id, and
    DatabaseError when the database is busy: then nothing was recorded.
    """
    if known := _again(sent, phone):
        return known
    try:
        with transaction.atomic():
            return _taken(sent, phone, by, replay)
    except IntegrityError:
        if known := _again(sent, phone):  # it came twice at the same time
            return known
        raise


def _again(sent: Sent, phone: Phone) -> Answered | None:
    row = command(sent.uuid)
    if row is None:
        return None
    content = content_of(row)
    if row.account_id != phone.account_id or content.get("sha256", _hash(sent)) != _hash(sent):
        raise Problem("another_content")
    return Answered(row, True, str(content.get("words", "")))


def _taken(sent: Sent, phone: Phone, by: By, replay: Callable[[Sent], Replayed]) -> Answered:
    try:
        with transaction.atomic():
            done = replay(sent)
    except Refused as refused:
        return _refused(sent, phone, by, refused)
    verdict = Verdict.KEPT if done.kept else Verdict.DONE
    return Answered(_kept(sent, phone, by, verdict, done.door, done.at), False)


def _refused(sent: Sent, phone: Phone, by: By, refused: Refused) -> Answered:
    """Kept with the words it was refused with, so that the answer stays the same, and with its content, so that it can
    be corrected; of what only passes through here (``PASSING``) the phone alone has that."""
    at = happened(sent.at, sent.clocks, None, clock.now())
    row = _kept(sent, phone, by, Verdict.REFUSED, refused.door, at, refused)
    record(
        "phones.command_refused", by=by, subject=sent.uuid, place=refused.door.uuid if refused.door else None,
        data={"kind": sent.kind, "code": refused.code},
    )  # fmt: skip
    return Answered(row, False, refused.words)


def _kept(
    sent: Sent, phone: Phone, by: By, verdict: Verdict, door: Place | None, at: datetime,
    refused: Refused | None = None,
) -> Command:  # fmt: skip
    content: dict[str, object] = {"sha256": _hash(sent)}
    if refused:
        content["words"] = refused.words
        if not _passes(sent):
            content["data"] = dict(sent.data)
    return Command.objects.create(
        uuid=sent.uuid, kind=sent.kind, account=phone.account, post=by.post, device=phone.device.uuid, door=door,
        task=sent.task, made_at=sent.at, at=at, received_at=clock.now(), verdict=verdict,
        code=refused.code[:40] if refused else "", sealed=sealing.seal(COMMANDS, sent.uuid, content),
    )  # fmt: skip


def _passes(sent: Sent) -> bool:
    """Also what could not be read and says that it is of such a kind."""
    unread = str(sent.data.get("text", "")) if sent.kind == "unreadable" else ""
    return sent.kind in PASSING or any(kind in unread for kind in PASSING)


def _hash(sent: Sent) -> str:
    """Of what the phone sent, in one way of writing; the id is left out, it is what the hash is found by."""
    if sent.kind == UNREADABLE:  # its time is that of arrival, another one each time it is sent
        said: list[object] = [sent.kind, dict(sent.data)]
    else:
        said = [sent.kind, sent.at.isoformat(), str(sent.task), str(sent.door), dict(sent.data)]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
