"""Refusals as ``application/problem+json`` (RFC 9457): a code for the program, a sentence for whoever reads its log."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from wangge.api.limits import TooOften
from wangge.base.access.rights import NotAllowed
from wangge.base.problems import Problem, Problems
from wangge.sentences import sentence

PREFIX = "/api/"
FILES = "/linelists/"  # addresses that take a file as their body
TYPE = "application/problem+json"


class FieldProblem(Schema):
    """What is wrong with one input."""

    field: str
    code: str
    detail: str


class ProblemOut(Schema):
    """RFC 9457. ``code`` is stable; ``detail`` is for people, in the language of Accept-Language."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem] = []


#: For a status that came without words of its own: code, title, what to do.
PLAIN = {
    400: ("request_damaged", gettext_lazy("Cannot be read"),
          gettext_lazy("The request cannot be read. Send what the API's description says.")),
    401: ("token_refused", gettext_lazy("Token refused"),
          gettext_lazy("There is no valid token. Make one on the page “Tokens” of an account, and send it as Bearer.")),
    403: ("right_missing", gettext_lazy("Not with these posts"),
          gettext_lazy("The posts of the token's account do not carry this right now, or the token is narrowed.")),
    404: ("not_found", gettext_lazy("Nothing here"),
          gettext_lazy("This does not exist, or it lies outside the places of the token's account.")),
    405: ("method_not_allowed", gettext_lazy("Not this way"),
          gettext_lazy("This address does not take this method. The API's description says which.")),
    413: ("body_too_big", gettext_lazy("Too much at once"),
          gettext_lazy("The body is too big. Divide it and send the parts.")),
    422: ("input_wrong", gettext_lazy("This was not taken"),
          gettext_lazy("Something in the request is missing or wrong. Correct it and send it again.")),
    429: ("too_often", gettext_lazy("Too often"),
          gettext_lazy("Too many requests. Wait as many seconds as Retry-After says, then go on.")),
    500: ("broken", gettext_lazy("A mistake of ours"),
          gettext_lazy("Nothing was recorded. Try again in a minute; if it happens again, tell the office the hour.")),
}  # fmt: skip


def answer(
    status: int, code: str = "", detail: str = "", errors: Sequence[FieldProblem] = (), **headers: str
) -> HttpResponse:
    """One problem as an answer."""
    plain_code, title, plain_detail = PLAIN.get(status, PLAIN[400 if status < 500 else 500])
    code = code or plain_code
    body = ProblemOut(
        type=f"urn:wangge:problem:{code}", title=str(title), status=status, code=code,
        detail=detail or str(plain_detail), errors=list(errors),
    )  # fmt: skip
    text = json.dumps(body.model_dump(), ensure_ascii=False)
    return HttpResponse(
        text, status=status, content_type=TYPE, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


def _refused(request: HttpRequest, error: Problem | Problems) -> HttpResponse:
    found = error.problems if isinstance(error, Problems) else [error]
    errors = [FieldProblem(field=one.field, code=one.code, detail=sentence(one)) for one in found]
    first = found[0]
    return answer(422, first.code, " ".join(one.detail for one in errors), errors)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Pydantic's findings by field. What was sent is not repeated: it may be about a person."""
    errors = [
        FieldProblem(
            field=".".join(str(part) for part in one["loc"] if part not in ("query", "body", "path", "header")),
            code=str(one["type"]),
            detail=_("This field is missing or does not have the form that the API's description asks for."),
        )
        for one in error.errors[:50]
    ]  # fmt: skip
    return answer(422, errors=errors)


def register(api: NinjaAPI) -> None:
    """Give every refusal its answer."""
    plain: list[tuple[type[Exception], Callable[[HttpRequest, Any], HttpResponse]]] = [
        (Problem, _refused), (Problems, _refused), (ValidationError, _invalid),
        (NotAllowed, lambda request, error: answer(403)),
        (ObjectDoesNotExist, lambda request, error: answer(404)), (Http404, lambda request, error: answer(404)),
        (AuthenticationError, lambda request, error: answer(401, WWW_Authenticate="Bearer")),
        (HttpError, lambda request, error: answer(error.status_code)),
        (TooOften, lambda request, error: answer(429, Retry_After=str(error.seconds))),
    ]  # fmt: skip
    for kind, handler in plain:
        api.add_exception_handler(kind, handler)


def language_of(header: str) -> str:
    """The first language of Accept-Language that the house speaks, else the installation's."""
    for code, _quality in parse_accept_lang_header(header.lower()):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


class ApiMiddleware:
    """Speaks the caller's language, refuses damaged text before any code reads it, and leaves no answer in HTML."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        with translation.override(language_of(request.headers.get("Accept-Language", ""))):
            response = _damaged(request) or self.get_response(request)
            if response.status_code >= 400 and response.headers.get("Content-Type") != TYPE:
                plain = answer(response.status_code)
                if "Allow" in response.headers:
                    plain.headers["Allow"] = response.headers["Allow"]
                response = plain
            response.headers["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["Accept-Language", "Authorization"])
        return response


def _damaged(request: HttpRequest) -> HttpResponse | None:
    """A NUL means nothing to anybody, and PostgreSQL refuses it; in JSON it is written as an escape. Files are read
    by their own reader, cell by cell.
    """
    if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path:
        return answer(400)
    try:
        body = request.body
    except RequestDataTooBig:
        return answer(413)
    except UnreadablePostError:
        return answer(400)
    nul = b"\\u0000" in body or b"\x00" in body
    return answer(400) if nul and FILES not in request.path else None
