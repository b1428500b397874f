"""Who asks: an enrolled phone of somebody whose posts work with the app. Every refusal is JSON and says what to do."""

import functools
import logging
from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth import logout
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.views.decorators.csrf import csrf_exempt

from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.problems import Problem, Problems
from wangge.base.worker import reason_of
from wangge.domains.duty.entry import access_over, demanded_of, device_over, enrolled
from wangge.domains.duty.handsets import SHOWN, secret_of
from wangge.domains.duty.models import Account, Device, Holding
from wangge.domains.duty.rules import Proof, enough
from wangge.domains.phones.inputs import content_of, id_of
from wangge.sentences import by_field, sentence

log = logging.getLogger("wangge.sync")
RIGHTS = (Right.WORK_DOORS, Right.KEEP_CHECKPOINT)
LEAST = "0.1"  # the oldest app that is still understood
PATIENCE = 5  # seconds after which a busy server may be asked again


class Phoned(HttpRequest):
    """A request of an enrolled phone. ``device`` is None before its first contact."""

    account: Account
    seats: list[Holding]
    by: By
    device: Device | None
    app: str


View = Callable[[Phoned], HttpResponse]


def refusal(status: int, code: str, words: str = "", **more: Any) -> JsonResponse:
    """A refusal of the whole request: a code for the app, a sentence for the person."""
    answer = JsonResponse({"code": code, "words": words or sentence(Problem(code)), **more}, status=status)
    if status in (429, 503):
        answer.headers["Retry-After"] = str(more.get("retry_after", PATIENCE))
    return answer


def phone(*, first: bool = False) -> Callable[[View], Callable[[HttpRequest], HttpResponse]]:
    """Let in an enrolled phone; ``first``: also one that is about to be, and without a token against forged requests,
    which it gets here: the app's own header serves, that no other site can send."""

    def around(view: View) -> Callable[[HttpRequest], HttpResponse]:
        @csrf_exempt
        @functools.wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            try:
                asked = cast(Phoned, request)
                return _stopped(asked, first=first) or view(asked)
            except (Problem, Problems) as problem:
                return _said(problem)
            except NotAllowed:
                return refusal(403, "post_missing")
            except ObjectDoesNotExist:
                return refusal(404, "task_gone")
            except DatabaseError as error:
                log.warning("a phone is asked to come back: %s", reason_of(error))
                return refusal(503, "server_busy", retry_after=PATIENCE)

        guarded.needs = RIGHTS  # type: ignore[attr-defined]  # read by the test that walks every address
        return guarded

    return around


def _stopped(request: Phoned, *, first: bool) -> HttpResponse | None:
    """Why this phone gets nothing; None to go on."""
    secret = secret_of(request)
    if secret and device_over(secret):
        logout(request)
        return refusal(403, "phone_ended", wipe=True)
    request.app = request.headers.get("X-Wangge-App", "")
    if not request.app:
        return refusal(400, "app_unnamed")
    if not request.user.is_authenticated or not _proven(request):
        return _signed_out(request, secret, first=first)
    if not first and _version(request.app) < _version(LEAST):
        return refusal(426, "app_too_old", least=LEAST)
    if not any(request.by.may(right) for right in RIGHTS):
        return refusal(403, "post_missing", drop=True)
    if not first and _Forged(_page).process_view(request, _page, (), {}):
        return refusal(403, "page_too_old")
    one = enrolled(secret).filter(account=request.account).first()
    request.device = one.device if one else None
    return None if one or first else refusal(403, "phone_unknown")


def _signed_out(request: HttpRequest, secret: str, *, first: bool) -> HttpResponse:
    """Nobody is signed in; a phone that says whose doors it keeps is told when they are nobody's here."""
    whose = id_of({"id": content_of(request.body).get("account")}) if first else None
    if whose and access_over(secret, whose):
        return refusal(401, "access_over", drop=True)
    return refusal(401, "signed_out")


def _proven(request: Phoned) -> bool:
    """Whether this session has shown what the posts ask for now, as a page would ask."""
    asked = demanded_of(request.account, request.seats)
    return enough(asked, [Proof(word) for word in request.session.get(SHOWN, [])])


def _page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:3] if part.isdigit())


class _Forged(CsrfViewMiddleware):
    """Django's own check, answered in JSON: the reason where a request was forged."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def _said(problem: Problem | Problems) -> JsonResponse:
    code = (problem.problems[0] if isinstance(problem, Problems) else problem).code
    return refusal(422, code, " ".join(text for texts in by_field(problem).values() for text in texts))
