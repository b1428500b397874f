"""POST and HEAD of /openrosa/submission as RSGI: verified and judged from memory, durable before the receipt."""

import logging
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from wangge.api.limits import FAILURES, TooOften
from wangge.api.openrosa import auth, words
from wangge.api.openrosa.protocol import MOST, Headers, Said, headers, language_of, written
from wangge.api.openrosa.receiving import PATH, check, said_of
from wangge.api.openrosa.senders import Holder
from wangge.base.access.by import SYSTEM
from wangge.base.worker import reason_of
from wangge.domains.asking.inbox.actions import Arrival, Receipt, receive
from wangge.hot.committer import Committer, Full
from wangge.hot.memory import Memory
from wangge.hot.request import base, body_of, client, good_host, host, secure

log = logging.getLogger("wangge.openrosa")
AGAIN = "2"  # seconds after which a client that was refused for want of room may come again
Answer = tuple[int, Headers, bytes]


class Submissions:
    """The two requests of the protocol that may come by the thousand."""

    def __init__(self) -> None:
        self.memory = Memory()
        writers = 2 if connection.vendor == "postgresql" else 1
        self.committer: Committer[Arrival, Receipt] = Committer(self._commit, writers=writers)

    def takes(self, scope: Any) -> bool:
        """Whether a request is answered here; Django answers the others, and those with a host or scheme to refuse."""
        if scope.path != PATH or scope.method not in ("POST", "HEAD"):
            return False
        return good_host(host(scope)) and (secure(scope) or not settings.SECURE)

    async def answer(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        spoken = scope.headers.get("accept-language", "")
        language = language_of(spoken, settings.LANGUAGE_CODE)
        try:
            status, lines, body = await self._answer(scope, protocol, spoken, language)
        except (Full, DatabaseError) as error:
            if isinstance(error, DatabaseError):
                log.error("a batch of forms was not kept: %s", reason_of(error))
            status, lines, body = written(words.refusal("full", language), language)
            lines.append(("Retry-After", AGAIN))
        except Exception as error:
            log.error("a form could not be answered: %s", reason_of(error))
            status, lines, body = written(words.refusal("broken", language), language)
        protocol.response_bytes(status, lines, body)

    async def _answer(self, scope: Any, protocol: Any, spoken: str, language: str) -> Answer:
        shown = auth.read_authorization(scope.headers.get("authorization", ""), secure=secure(scope))
        holder = await self.memory.holder(shown.username) if shown else None
        if shown is None:
            return _challenge(scope, language)
        verdict = auth.verify(shown, holder.ha1 if holder else "-", method=scope.method, path=PATH)
        if holder is None or verdict is auth.Verdict.WRONG:
            return _wrong(scope, language)
        language = language_of(spoken, holder.language)
        if verdict is auth.Verdict.STALE:
            return _challenge(scope, language, stale=True)
        if scope.method == "HEAD":
            return 204, [*headers(language), ("Location", base(scope) + PATH)], b""
        body = await body_of(scope, protocol, MOST)
        if body is None:
            return written(words.refusal("too_big", language), language)
        return await self._take(scope, body, holder, language)

    async def _take(self, scope: Any, body: bytes, holder: Holder, language: str) -> Answer:
        view = await self.memory.view()
        checked = check(
            content_type=scope.headers.get("content-type", ""), body=body, holder=holder, catalogue=view.catalogue,
            sealer=view.sealer, language=language,
        )  # fmt: skip
        if not isinstance(checked, tuple):
            return written(checked, language)
        arrival, files = checked
        receipt = await self.committer.put(arrival)
        return written(said_of(receipt, files, base(scope), language), language)

    def _commit(self, arrivals: Any) -> list[Receipt]:
        """One transaction, in the committer's thread."""
        view = self.memory.known
        try:
            return receive(arrivals=arrivals, catalogue=view.catalogue, by=SYSTEM)
        except DatabaseError:
            connection.close()  # a broken one is not used again
            raise

    def close(self) -> None:
        self.committer.close()
        self.memory.close()


def _challenge(scope: Any, language: str, *, stale: bool = False) -> Answer:
    one = words.refusal("unauthorized", language)
    return written(
        Said(one.status, one.nature, one.message, auth.challenges(secure=secure(scope), stale=stale)), language
    )


def _wrong(scope: Any, language: str) -> Answer:
    try:
        FAILURES.take(client(scope))
    except TooOften as often:
        status, lines, body = written(words.refusal("too_often", language), language)
        return status, [*lines, ("Retry-After", str(often.seconds))], body
    return _challenge(scope, language)
