"""One process, one port: the hot paths answered on the event loop, everything else by Django in threads."""

import asyncio
from typing import Any

from django.core.handlers.wsgi import WSGIHandler

from wangge.hot.bridge import Bridge
from wangge.hot.checkins.application import CheckIns
from wangge.hot.submission import Submissions

THREADS = 4  # for Django, in each process; every one keeps a database connection


class Application:
    """What granian serves (RSGI)."""

    def __init__(self, django: WSGIHandler) -> None:
        self._check_ins = CheckIns()
        self._submissions = Submissions()
        self._bridge = Bridge(django, THREADS)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        if self._check_ins.takes(scope):
            await self._check_ins.answer(scope, protocol)
        elif self._submissions.takes(scope):
            await self._submissions.answer(scope, protocol)
        else:
            await self._bridge.answer(scope, protocol)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """What was begun is finished."""
        self._check_ins.close()
        self._submissions.close()
        self._bridge.close()
