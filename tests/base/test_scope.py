"""A query about people without a scope raises, whichever way it is run."""

from collections.abc import Callable
from typing import Any

import pytest

from wangge import models as everything
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING, Scope, ScopedManager, Unscoped
from wangge.demo import small
from wangge.domains.people.models import Person

WAYS: list[Callable[[Any], Any]] = [
    lambda rows: list(rows.all()),
    lambda rows: rows.filter(pk=1).first(),
    lambda rows: rows.count(),
    lambda rows: rows.exists(),
    lambda rows: rows.get(pk=1),
    lambda rows: rows.update(pk=1),
    lambda rows: rows.filter(pk=1).delete(),
    lambda rows: rows.aggregate(),
    lambda rows: list(rows.iterator()),
    lambda rows: list(rows.values_list("pk")),
    lambda rows: rows.in_bulk([1]),
    lambda rows: rows.last(),
]
PERSONAL = ["Person", "Task", "TaskItem", "Attempt", "TestResult", "TestDue", "Case", "Contact", "Exposure", "Order"]


@pytest.mark.django_db
@pytest.mark.parametrize("way", range(len(WAYS)))
@pytest.mark.parametrize("name", PERSONAL)
def test_no_scope_no_people(name: str, way: int) -> None:
    with pytest.raises(Unscoped):
        WAYS[way](getattr(everything, name).objects)


def test_every_model_that_points_at_a_person_is_scoped() -> None:
    """A new model about people cannot forget it."""
    allowed = {"OrderReason", "Stage"}  # reached only through their order
    for name in everything.__all__:
        model = getattr(everything, name)
        about = [field.name for field in model._meta.get_fields() if field.concrete and field.related_model is Person]
        if (about or name in PERSONAL) and name not in allowed:
            assert isinstance(model.objects, ScopedManager), name


@pytest.mark.django_db
def test_a_scope_shows_its_places_and_no_others() -> None:
    city = small.build(check_ins=False)
    community, village = city.places["community"], city.places["village"]
    inside = Person.objects.within(Scope(prefixes=(community.path,)))
    outside = Person.objects.within(Scope(prefixes=(village.path,)))
    assert inside.count() + outside.count() == Person.objects.within(EVERYTHING).count() == len(city.people)
    assert not set(inside) & set(outside)
    first = Person.objects.within(Scope(grids=frozenset({city.grids[0].pk})))
    assert {one.home.grid_id for one in first.select_related("home")} == {city.grids[0].pk}
    assert Person.objects.within(Scope()).count() == 0


def test_covers_agrees_with_the_union() -> None:
    one, two = Scope(prefixes=("0001",)), Scope(grids=frozenset({7}))
    both = one | two
    assert both.covers("00010002", None)
    assert both.covers("0009", 7)
    assert not both.covers("0009", 8)
    assert EVERYTHING.covers("x", None)


def test_a_right_held_elsewhere_is_no_right_here() -> None:
    by = By(account=None, post=None, scopes={Right.TRACE: Scope(prefixes=("0001",))})
    by.need(Right.TRACE, "00010001")
    with pytest.raises(NotAllowed):
        by.need(Right.TRACE, "00020001")
    with pytest.raises(NotAllowed):
        by.need(Right.AUDIT, "00010001")
