"""The API is asked in the tiny city, by tokens of its accounts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.api.openrosa_city import form, phone
from tests.web.conftest import checkins_file, city, tiny
from tests.web.examples import Side, sides

from wangge.api import limits
from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import Right
from wangge.demo.small import Small
from wangge.domains.duty.models import Account
from wangge.domains.duty.tokens import TokenInput, make_token

__all__ = ["checkins_file", "city", "form", "phone", "tiny"]
Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def full_buckets() -> None:
    for buckets in (limits.TOKENS, limits.FAILURES):
        buckets.clear()
    return


def token_for(account: Account, *rights: Right, days: int = 30) -> str:
    """The secret of a new token."""
    typed = TokenInput("test", clock.today() + timedelta(days=days), rights)
    return make_token(account=account, typed=typed, by=SYSTEM)[1]


class Asker:
    """Another system with a token: ``get`` and ``post`` as JSON, in English unless a language is named."""

    def __init__(self, secret: str) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}

    def get(self, path: str, *, purpose: str = "", **query: Any) -> Any:
        return self.client.get(f"/api/v1/{path}", query, headers=self._headers(purpose))

    def post(self, path: str, body: Any, *, purpose: str = "") -> Any:
        return self.client.post(
            f"/api/v1/{path}", body, content_type="application/json", headers=self._headers(purpose)
        )  # fmt: skip

    def _headers(self, purpose: str) -> dict[str, str]:
        return self.headers | ({"X-Purpose": purpose} if purpose else {})


@pytest.fixture
def ask(tiny: Small) -> Callable[..., Asker]:
    """A system that acts as one of the tiny city's accounts."""

    def asker(username: str, *rights: Right) -> Asker:
        return Asker(token_for(tiny.accounts[username], *rights))

    return asker


@pytest.fixture
def both(tiny: Small) -> tuple[Side, Side]:
    """Something of every kind in the community and in the village."""
    return sides(tiny)
