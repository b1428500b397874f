"""Who asks through the API: a token, its account's posts at this moment, and the purpose that was stated."""

from contextlib import suppress
from typing import cast
from urllib.parse import unquote

from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from wangge.api.limits import FAILURES, TOKENS
from wangge.base.access.address import client_of
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import Scope
from wangge.domains.duty.models import ApiToken
from wangge.domains.duty.tokens import by_token, note_use, token_of


class Caller(HttpRequest):
    """A request with a token: ``by`` is who acts."""

    by: By
    auth: ApiToken


class Bearer(HttpBearer):
    """``Authorization: Bearer wgt_…``. Every reason to refuse is answered alike, and only so often."""

    openapi_description = "A token that an account makes on its page “Tokens”."

    def __call__(self, request: HttpRequest) -> ApiToken | None:
        token = cast("ApiToken | None", super().__call__(request))
        if token is None:
            FAILURES.take(client_of(request))
            raise AuthenticationError
        return token

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        found = token_of(token)
        if found is None:
            return None
        TOKENS.take(str(found.uuid))
        note_use(found)
        cast(Caller, request).by = by_token(found)
        return found


def scope_of_any(by: By, *rights: Right) -> Scope:
    """The places at which one of these rights is held (without any named: any right at all)."""
    held = [by.scopes[right] for right in rights or tuple(Right) if right in by.scopes]
    if not held:
        raise NotAllowed(rights[0] if rights else Right.SEE_BOARD)
    whole = Scope()
    for scope in held:
        whole = whole | scope
    return whole


def purpose_of(request: HttpRequest) -> str:
    """What ``X-Purpose`` says: UTF-8, as it is or percent-encoded. It stands in the record of looks, for the person."""
    raw = request.headers.get("X-Purpose", "")
    with suppress(UnicodeError):
        raw = raw.encode("latin-1").decode("utf-8")  # WSGI hands header bytes over as Latin-1
    return " ".join("".join(ch if ch.isprintable() else " " for ch in unquote(raw)).split())[:180]
