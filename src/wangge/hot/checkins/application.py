"""POST /check-in and the page behind a venue's picture, as RSGI: checked in memory, durable before the receipt.

    /c/CODE      the page: what this is for, a number, a button
    /check-in    takes the page's form, or JSON from a device, and answers in kind

A check-in is a row and nothing else: no status, no order and no fact in the log follows from one.
"""

import logging
import random
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import translation
from django.utils.formats import date_format

from wangge.api.openrosa.protocol import language_of
from wangge.base import clock
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.base.worker import reason_of
from wangge.domains.venues.codes import Code, Kind, minute_of
from wangge.domains.venues.rules import first_kept, minute_taken, picture_taken, refusal
from wangge.domains.venues.storage import Arrival
from wangge.hot.checkins import answers, sent
from wangge.hot.checkins.answers import Answer
from wangge.hot.checkins.doors import Door, Doors, Moment
from wangge.hot.checkins.sent import Sent
from wangge.hot.checkins.storing import Postgres, store
from wangge.hot.committer import Committer, Full
from wangge.hot.request import body_of, good_host, host, secure

log = logging.getLogger("wangge.check_in")
PAGE, PATH = "/c/", "/check-in"
AGAIN = (2, 8)  # seconds after which a phone that was sent away may come again: not all at once
MOST_SEEN = 1_000_000  # visitors of whom this process knows that their envelope is stored
ROOM, BATCH = 1024, 512


class Asked:
    """One request: in which language and form it is answered, and what a page says besides."""

    __slots__ = ("html", "kind", "language", "method", "path", "protocol", "scope", "shown")

    def __init__(self, scope: Any, protocol: Any) -> None:
        self.scope, self.protocol, self.path, self.method = scope, protocol, scope.path, scope.method
        headers = scope.headers
        self.language = _language(headers.get("accept-language", ""))
        self.kind: str = headers.get("content-type", "")
        self.html = self.path != PATH or not self.kind.startswith(sent.JSON)
        self.shown: dict[str, object] = {}


class CheckIns:
    """The two addresses of one process. ``write`` stores what gathered; without it the database's own way."""

    def __init__(self, write: Any = None) -> None:
        self.doors, self._secure = Doors(), bool(settings.SECURE)
        on_postgres = connection.vendor == "postgresql" and write is None
        self._postgres = Postgres() if on_postgres else None
        self.committer: Committer[Arrival, bool] = Committer(
            self._postgres.store if self._postgres else write or store,
            most=BATCH, room=ROOM, writers=2 if on_postgres else 1,
        )  # fmt: skip
        self._seen: set[tuple[UUID | None, int]] = set()

    def takes(self, scope: Any) -> bool:
        """Whether a request is answered here; Django answers those with a host or a scheme to refuse."""
        path: str = scope.path
        if path != PATH and not path.startswith(PAGE):
            return False
        return good_host(host(scope)) and (not self._secure or secure(scope))

    async def answer(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        asked = Asked(scope, protocol)
        try:
            answer = await (self._post(asked) if asked.path == PATH else self._page(asked))
        except Problem as problem:
            answer = self._refused(problem, asked)
        except Full:
            answer = self._refused(Problem("check_in_busy", seconds=_later()), asked)
        except Exception as error:  # not on the disk: whoever sent it comes again
            log.error("a check-in was not kept: %s", reason_of(error))
            answer = self._refused(Problem("check_in_broken", seconds=_later()), asked)
        protocol.response_bytes(*answer)

    def _refused(self, problem: Problem, asked: Asked) -> Answer:
        return answers.refused(problem, asked.language, html=asked.html, values=asked.shown)

    async def _page(self, asked: Asked) -> Answer:
        if asked.method not in ("GET", "HEAD"):
            raise Problem("check_in_method")
        text = asked.path[len(PAGE) :]
        moment = self.doors.moment.now() or await self.doors.moment.get()
        code, door = await self._door(text, moment)
        note = _check(code, door, moment, moment.today)
        body = answers.page("form", asked.language, _shown(door, text), note)
        head = asked.method == "HEAD"
        return 200, answers.headers(answers.HTML, asked.language), b"" if head else body

    async def _door(self, text: str, moment: Moment) -> tuple[Code, Door]:
        code = moment.codes.read(text)
        door = None
        if code:
            door = self.doors.doors.now(code.venue) or await self.doors.doors.get(code.venue)
        if code is None or door is None or code.kind is Kind.SCREEN:
            raise Problem("check_in_code_unknown")
        return code, door

    async def _post(self, asked: Asked) -> Answer:
        if asked.method != "POST":
            raise Problem("check_in_method")
        if self.committer.full:  # before anything is read: whoever is sent away costs little
            raise Full
        body = await body_of(asked.scope, asked.protocol, sent.MOST)
        if body is None:
            raise Problem("check_in_too_big")
        one = sent.read_sent(asked.kind, body)
        moment = self.doors.moment.now() or await self.doors.moment.get()
        code, door = await self._door(one.code, moment)
        if asked.html:
            asked.shown |= _shown(door, one.code, one.id)
        at, day = _when(one, moment)
        note = _check(code, door, moment, day, at)
        phone = sent.read_phone(one.phone)
        if not door.has_room():
            raise Problem("check_in_too_often", seconds=AGAIN[-1])
        await self._keep(one, door, phone, int(at.timestamp()), day, moment)
        return _receipt(one, door, at, day, note, asked)

    async def _keep(self, one: Sent, door: Door, phone: str, at: int, day: date, moment: Moment) -> None:
        """Returns once it is on the disk. Raises Full, Problem and what the database says."""
        key = moment.key_today(phone) if day == moment.today else moment.keys.of(day, phone)
        sealed, seen = b"", (door.response, key)  # an envelope for each Response: its key may go before another's
        if seen not in self._seen and door.envelopes:
            sealed = door.envelopes.seal(day.isoformat(), key, phone)
        stored = sent.Identity(one.id, door.venue, key).stored()
        if not await self.committer.put(Arrival(day, stored, key, door.venue, at, sealed)):
            raise Problem("check_in_day_dropped", day=day)
        if sealed:
            if len(self._seen) >= MOST_SEEN:
                self._seen.clear()
            self._seen.add(seen)

    def close(self) -> None:
        self.committer.close()
        if self._postgres:
            self._postgres.close()
        self.doors.close()


@lru_cache(maxsize=256)
def _language(spoken: str) -> str:
    return language_of(spoken, settings.LANGUAGE_CODE)


def _when(one: Sent, moment: Moment) -> tuple[datetime, date]:
    """When it happened: what a device says that kept it, else now."""
    at = clock.now() if one.at is None else sent.instant(one.at)
    inside = moment.starts <= at.timestamp() < moment.ends
    return at, moment.today if inside else clock.day_of(at)


def _check(code: Code, door: Door, moment: Moment, day: date, at: datetime | None = None) -> str:
    """Whether this picture is good for this venue at this instant; returns what has to be said beside it ('' mostly).

    Raises Problem. ``at`` is None while only the page is asked for.
    """
    now = clock.now()
    if door.envelopes is None:
        raise Problem("check_in_not_here")
    then = at or now
    if code.kind is Kind.MINUTE:
        minute = minute_of(then.timestamp())
        found = minute_taken(version=door.version, shown=code.number, minute=minute, page=at is None)
    else:
        found = picture_taken(version=door.version, of=code.number, old_until=door.old_until, at=then)
    if found.refused:
        raise Problem(found.refused)
    if at is not None and (wrong := refusal(at, now, moment.today, day, door.keep_days)):
        raise Problem(wrong, at=_minute(at), day=day, first=first_kept(moment.today, door.keep_days))
    if day < door.opened or (door.closed and day >= door.closed):
        raise Problem("venue_closed", name=door.name, day=day)
    return found.note


def _minute(at: datetime) -> str:
    return f"{at.astimezone(clock.LOCAL):%Y-%m-%d %H:%M}"


def _shown(door: Door, code: str, id_: Any = None) -> dict[str, object]:
    """What a page says of a venue and of the order that asks for this."""
    return {
        "venue": door.name, "code": code, "id": id_ or uuid7(), "title": door.title, "document_no": door.document_no,
        "notice": f"/r/{door.response}/", "seconds": "",
    }  # fmt: skip


def _receipt(one: Sent, door: Door, at: datetime, day: date, note: str, asked: Asked) -> Answer:
    until = day + timedelta(days=door.keep_days)
    if not asked.html:
        found = answers.Receipt(one.id, door.name, at, until, note)
        return 200, answers.headers(sent.JSON, asked.language), answers.encode(found)
    values = asked.shown | {
        "at": _minute(at)[11:], "until": _long(until, asked.language), "number": str(one.id)[-6:],
    }  # fmt: skip
    return 200, answers.headers(answers.HTML, asked.language), answers.page("receipt", asked.language, values, note)


def _later() -> int:
    """Seconds after which a phone may come again."""
    return random.randint(*AGAIN)  # noqa: S311  # so that not all of them come at once


@lru_cache(maxsize=256)
def _long(day: date, language: str) -> str:
    with translation.override(language):
        return date_format(day, "DATE_FORMAT")
