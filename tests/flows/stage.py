"""The tiny city with short words for what its people do; shared by tests of flows and of the faces."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.apps import apps

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING
from wangge.base.worker import run_pending
from wangge.demo.small import Small
from wangge.domains.cases.models import Case, Contact, Exposure
from wangge.domains.isolation.models import Order
from wangge.domains.people.models import Person
from wangge.domains.testing.actions import record_result
from wangge.domains.testing.inputs import ResultInput
from wangge.domains.testing.models import TestDue, TestResult
from wangge.domains.testing.rules import Purpose, Value
from wangge.domains.work.models import Task, TaskItem

SCREEN, RETEST = Purpose.SCREEN, Purpose.RETEST
POSITIVE, NEGATIVE = Value.POSITIVE, Value.NEGATIVE


@dataclass
class Stage:
    """Acts as the desk and the worker, and reads back what came of it."""

    tiny: Small
    specimens: int = field(default=0)

    def result(
        self, person: Person, purpose: Purpose, value: Value = POSITIVE, *, symptoms: bool | None = False
    ) -> TestResult:
        """The desk types in a result of a sample taken half an hour ago; the worker has not run yet."""
        self.specimens += 1
        at = clock.now()
        typed = ResultInput(
            self.tiny.document(person), "市疾控", f"S{self.specimens:04d}", purpose, value, symptoms,
            at - timedelta(minutes=30), at,
        )  # fmt: skip
        return record_result(typed=typed, by=self.tiny.by("jiance"))[0]

    def case_of(self, person: Person) -> Case:
        """A first screen and a re-test, both positive, and everything that follows."""
        self.result(person, SCREEN)
        run_pending()
        self.result(person, RETEST)
        run_pending()
        return self.cases(person)[-1]

    def cases(self, person: Person) -> list[Case]:
        return list(Case.objects.within(EVERYTHING).filter(person=person).select_related("response").order_by("number"))

    def exposures(self, person: Person, **which: Any) -> list[Exposure]:
        found = Exposure.objects.within(EVERYTHING).filter(person=person, **which)
        return list(
            found.select_related("case", "case__person", "case__person__home", "person", "person__home", "response")
        )

    def contact(self, person: Person) -> Contact | None:
        return Contact.objects.within(EVERYTHING).filter(person=person).first()

    def orders(self, person: Person, *states: str) -> list[Order]:
        found = Order.objects.within(EVERYTHING).filter(person=person).order_by("id")
        return list(found.filter(state__in=states) if states else found)

    def items(self, person: Person, *states: str) -> set[str]:
        """The kinds of thing to do for a person, open ones unless other states are named."""
        found = TaskItem.objects.within(EVERYTHING).filter(person=person, state__in=states or ("open",))
        return set(found.values_list("kind", flat=True))

    def tests(self, person: Person, *states: str) -> list[TestDue]:
        found = TestDue.objects.within(EVERYTHING).filter(person=person, state__in=states or ("due",))
        return list(found.order_by("due_at"))

    def tasks(self, state: str = "open") -> dict[int, Task]:
        """The tasks in a state by their door's key."""
        return {task.door_id: task for task in Task.objects.within(EVERYTHING).filter(state=state)}


def later(**span: float) -> AbstractContextManager[None]:
    """Hold the clock so much later than it is held now."""
    return clock.held(clock.now() + timedelta(**span))


def everything(*, but: tuple[str, ...] = ()) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables of the product, to compare before with after."""
    models = [model for model in apps.get_app_config("wangge").get_models() if model.__name__ not in but]
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}
