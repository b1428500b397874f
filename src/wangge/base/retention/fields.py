"""The personal fields of every table with the clock each runs by, read from the models' declarations."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from wangge.base.privacy import Declared, Kept, Level

Model = type[models.Model]
TEXT = (models.CharField, models.TextField)


@dataclass(frozen=True)
class Field:
    """One personal field of one table. A *link* says whom or which door the row is about: the row goes with it."""

    model: Model
    name: str
    declared: Declared
    kept: Kept

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def days(self) -> int:
        return self.declared.days or 0

    @property
    def link(self) -> bool:
        return isinstance(self.model._meta.get_field(self.name), models.ForeignKey)

    @property
    def sealed(self) -> bool:
        return isinstance(self.model._meta.get_field(self.name), models.BinaryField)

    @property
    def empty(self) -> Any:
        """What the field holds once it is scrubbed."""
        field = self.model._meta.get_field(self.name)
        return None if getattr(field, "null", False) else b"" if self.sealed else ""

    @property
    def filled(self) -> Q:
        """The rows that still hold something there; every row where it cannot be emptied (a link, a needed day)."""
        if self.link or (self.empty == "" and not isinstance(self.model._meta.get_field(self.name), TEXT)):
            return Q()
        return Q(**{f"{self.name}__isnull": False}) if self.empty is None else ~Q(**{self.name: self.empty})


def all_models() -> list[Model]:
    return list(apps.get_app_config("wangge").get_models())


@cache
def personal_fields() -> tuple[Field, ...]:
    """Every field declared personal or sensitive, tables that point at others before these."""
    found: list[Field] = []
    for model in in_order(all_models()):
        kept = getattr(model, "kept", Kept())
        declared: dict[str, Declared] = getattr(model, "privacy", {})
        found += [Field(model, name, one, kept) for name, one in declared.items() if one.level is not Level.OPEN]
    return tuple(found)


def in_order(every: Iterable[Model]) -> list[Model]:
    """Tables so that one comes before whatever it points at: rows are deleted in this order."""
    wanted = sorted(every, key=lambda model: model.__name__)
    order: list[Model] = []
    seen: set[Model] = set()

    def visit(model: Model) -> None:
        if model in seen:
            return
        seen.add(model)
        for other in wanted:
            if model in _targets(other):
                visit(other)
        order.append(model)

    for model in wanted:
        visit(model)
    return order


def _targets(model: Model) -> set[Any]:
    links = (field for field in model._meta.get_fields() if isinstance(field, models.ForeignKey))
    return {field.related_model for field in links} - {model}


def own_links(model: Model) -> list[str]:
    """Links from a table to itself: they are let go before rows are deleted in parts."""
    links = (field for field in model._meta.get_fields() if isinstance(field, models.ForeignKey))
    return [field.name for field in links if field.related_model is model]


def unmentioned(model: Model) -> Q:
    """The rows at which nothing of any Response points any more."""
    condition = Q()
    for relation in model._meta.related_objects:
        other: Any = relation.related_model
        kept = getattr(other, "kept", Kept())
        if kept.response and not kept.register:
            condition &= ~Q(Exists(other._base_manager.filter(**{relation.field.name: OuterRef("pk")})))
    return condition


def free(model: Model) -> Q:
    """The rows that nothing of another table holds fast: somebody with an order that is still kept stays with it."""
    condition = Q()
    for relation in model._meta.related_objects:
        if relation.on_delete is models.PROTECT and relation.related_model is not model:
            other: Any = relation.related_model
            pointing = other._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            condition &= ~Q(Exists(pointing))
    return condition
