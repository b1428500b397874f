"""Flows are played on the tiny city: results at the desk, the worker's runs, the tracer's decisions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from pytest_django.fixtures import Settings

from wangge.base import clock
from wangge.base.worker import run_pending
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.people.models import Person
from wangge.domains.testing.actions import record_result
from wangge.domains.testing.inputs import ResultInput
from wangge.domains.testing.models import TestResult
from wangge.domains.testing.rules import Purpose, Value

SCREEN, RETEST, ROUTINE = Purpose.SCREEN, Purpose.RETEST, Purpose.ROUTINE
POSITIVE, NEGATIVE = Value.POSITIVE, Value.NEGATIVE


@dataclass
class Stage:
    """The tiny city with short words for what its people do."""

    tiny: Small
    specimens: int = field(default=0)

    def result(
        self,
        person: Person,
        purpose: Purpose,
        value: Value = POSITIVE,
        *,
        symptoms: bool | None = False,
        desk: str = "jiance",
    ) -> TestResult:
        """The desk types a result in that was taken an hour ago; the worker has not run yet."""
        self.specimens += 1
        typed = ResultInput(
            self.tiny.document(person), "市疾控", f"S{self.specimens:04d}", purpose, value, symptoms,
            clock.now() - timedelta(hours=1), clock.now(),
        )  # fmt: skip
        return record_result(typed=typed, by=self.tiny.by(desk))[0]

    def case_of(self, person: Person) -> None:
        """A first screen and a re-test, both positive, and everything that follows."""
        self.result(person, SCREEN)
        run_pending()
        self.result(person, RETEST)
        run_pending()


@pytest.fixture(autouse=True)
def checkins_file(settings: Settings, tmp_path: Path) -> None:
    settings.WANGGE_CHECKINS = tmp_path / "checkins.sqlite3"


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    """At 15:00 of today, so that no test runs into midnight."""
    with clock.held(clock.start_of(clock.today()) + timedelta(hours=15)):
        made = Stage(small.build())
        run_pending()
        yield made


def later(**span: float) -> Any:
    """Hold the clock so much later than it is held now."""
    at: datetime = clock.now() + timedelta(**span)
    return clock.held(at)


def everything(*, but: tuple[str, ...] = ()) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables of the product, to compare before with after."""
    models = [model for model in apps.get_app_config("wangge").get_models() if model.__name__ not in but]
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}
