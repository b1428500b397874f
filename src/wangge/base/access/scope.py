"""Which places somebody sees. A query about people without a scope raises: it fails closed."""

from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q

TILDE = "~"  # sorts after every character of a path segment, in byte order
M = TypeVar("M", bound=models.Model)


class Unscoped(Exception):
    """Somebody asked for people without saying for whom: use ``.within(scope)``."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A set of places: subtrees by path prefix and grids by key; ``everything`` only for the system itself."""

    prefixes: tuple[str, ...] = ()
    grids: frozenset[int] = field(default_factory=frozenset)
    everything: bool = False

    def covers(self, path: str, grid: int | None) -> bool:
        """Whether a place with this path and this grid lies inside."""
        inside = any(path.startswith(prefix) for prefix in self.prefixes)
        return self.everything or inside or (grid is not None and grid in self.grids)

    def __or__(self, other: "Scope") -> "Scope":
        return Scope(
            tuple(sorted({*self.prefixes, *other.prefixes})),
            self.grids | other.grids,
            self.everything or other.everything,
        )

    def q(self, lookup: str = "") -> Q:
        """The same as a condition on a place reached by ``lookup`` ('' for places themselves)."""
        if self.everything:
            return Q()
        dot = f"{lookup}__" if lookup else ""
        condition = Q(pk__in=())
        for prefix in self.prefixes:
            condition |= under(prefix, lookup)
        if self.grids:
            condition |= Q(**{f"{dot}grid__in": self.grids})
        return condition


def under(prefix: str, lookup: str = "") -> Q:
    """Places of a subtree as one index range on the path, never a recursion and never LIKE."""
    dot = f"{lookup}__" if lookup else ""
    return Q(**{f"{dot}path__gte": prefix, f"{dot}path__lt": prefix + TILDE})


EVERYTHING = Scope(everything=True)


class ScopedQuerySet(models.QuerySet[M]):
    """A query set that refuses to run until a scope was named."""

    scoped = False

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]  # Django's own hook, untyped in the stubs
        clone.scoped = self.scoped
        return clone

    def within(self, scope: Scope) -> Self:
        """Only rows whose place lies in the scope."""
        place = getattr(self.model, "scope_place", "")
        chosen = self.filter(scope.q(place))
        chosen.scoped = True
        return chosen

    def _check(self) -> None:
        if not self.scoped:
            raise Unscoped(f"{self.model.__name__}: a query about people needs .within(scope)")

    def _fetch_all(self) -> None:
        self._check()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._check()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._check()
        return super().count()

    def exists(self) -> bool:
        self._check()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._check()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._check()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._check()
        return super().delete()


class ScopedManager(models.Manager[M]):
    """The manager of every model about people. ``scope_place`` on the model names the way to its place."""

    def get_queryset(self) -> ScopedQuerySet[M]:
        return ScopedQuerySet(self.model, using=self._db)

    def within(self, scope: Scope) -> ScopedQuerySet[M]:
        """Only rows whose place lies in the scope."""
        return self.get_queryset().within(scope)
