"""Who asks, in which language, and every refusal in the protocol's own envelope: around each of its addresses."""

import logging
from collections.abc import Callable, Iterable
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from wangge.api.limits import FAILURES, TooOften
from wangge.api.openrosa import auth, words
from wangge.api.openrosa.protocol import XML, Said, headers, language_of, written
from wangge.api.openrosa.senders import Holder, look_up
from wangge.base.access.address import client_of
from wangge.base.worker import reason_of

P = ParamSpec("P")
log = logging.getLogger("wangge.openrosa")


class Caller(HttpRequest):
    """A request with a phone's key."""

    holder: Holder
    language: str


class Answer(HttpResponse):
    """An answer whose headers may stand twice: a 401 offers two schemes, each in its own line."""

    further: tuple[tuple[str, str], ...] = ()

    def items(self) -> Iterable[tuple[str, str]]:
        return [*super().items(), *self.further]


def said(one: Said, language: str) -> Answer:
    """A message of the protocol as an answer."""
    status, lines, body = written(one, language)
    return _answer(status, lines, body)


def document(body: bytes, language: str, content_type: str = XML) -> Answer:
    """A list, a form or a file as an answer."""
    return _answer(200, [*headers(language), ("Content-Type", content_type)], body)


def _answer(status: int, lines: list[tuple[str, str]], body: bytes = b"") -> Answer:
    answer, further = Answer(body, status=status), []
    seen: set[str] = set()
    for name, value in lines:
        if name in seen:
            further.append((name, value))
        else:
            answer.headers[name] = value
            seen.add(name)
    answer.further = tuple(further)
    return answer


def openrosa(*methods: str) -> Callable[[Callable[Concatenate[Caller, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Let in who shows a phone's key that holds a post at doors; answer everything else as the protocol has it."""

    def around(view: Callable[Concatenate[Caller, P], HttpResponse]) -> Callable[..., HttpResponse]:
        def guarded(request: Caller, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            request.language = language_of(request.headers.get("Accept-Language", ""), settings.LANGUAGE_CODE)
            with translation.override(request.language):
                if request.method not in methods:
                    refused = said(words.refusal("not_this_way", request.language), request.language)
                    refused.headers["Allow"] = ", ".join(methods)
                    return refused
                try:
                    return let_in(request) or view(request, *args, **kwargs)
                except Exception as error:
                    log.error("%s %s: %s", request.method, request.path, reason_of(error))
                    return said(words.refusal("broken", request.language), request.language)

        return csrf_exempt(guarded)

    return around


def let_in(request: Caller) -> HttpResponse | None:
    """Put the holder on the request, or refuse."""
    shown = auth.read_authorization(request.headers.get("Authorization", ""), secure=request.is_secure())
    if shown is None:
        return _challenge(request)
    holder = look_up(shown.username)
    verdict = auth.verify(shown, holder.ha1 if holder else "-", method=request.method or "", path=request.path)
    if holder is None or verdict is auth.Verdict.WRONG:
        try:
            FAILURES.take(client_of(request))
        except TooOften as often:
            late = said(words.refusal("too_often", request.language), request.language)
            late.headers["Retry-After"] = str(often.seconds)
            return late
        return _challenge(request)
    if verdict is auth.Verdict.STALE:
        return _challenge(request, stale=True)
    request.language = language_of(request.headers.get("Accept-Language", ""), holder.language)
    request.holder = holder
    translation.activate(request.language)
    return None if holder.works else said(words.refusal("no_post", request.language), request.language)


def _challenge(request: Caller, *, stale: bool = False) -> HttpResponse:
    one = words.refusal("unauthorized", request.language)
    challenges = auth.challenges(secure=request.is_secure(), stale=stale)
    return said(Said(one.status, one.nature, one.message, challenges), request.language)
