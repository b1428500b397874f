"""Pages are asked for in the tiny city."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.city import Standing, city_fixture, visit

from wangge.demo.small import Small

city = city_fixture(answered=True)


@pytest.fixture(autouse=True)
def checkins_file(settings: Settings, tmp_path: Path) -> None:
    settings.WANGGE_CHECKINS = tmp_path / "checkins.sqlite3"


@pytest.fixture
def tiny(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Small]:
    """The tiny city with its open drill, everything answered that opening it set off."""
    with visit(city, settings, tmp_path) as tiny:
        yield tiny


@pytest.fixture
def sign_in(tiny: Small) -> Callable[..., Client]:
    """A browser signed in as one of the tiny city's accounts; pages come in English."""

    def signed_in(username: str, language: str = "en") -> Client:
        client = Client()
        client.force_login(tiny.accounts[username], backend="django.contrib.auth.backends.ModelBackend")
        client.cookies["django_language"] = language
        session = client.session  # what signing in with the password leaves there
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session["account_authentication_methods_user"] = str(tiny.accounts[username].pk)
        session.save()
        return client

    return signed_in
