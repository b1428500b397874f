"""Whether the log holds something new about a subject: then what is in memory about it is read again."""

from django.db.models import Max, Q

from wangge.base.events.models import Event

LATE = 1000  # facts that may commit out of order on PostgreSQL: looked at again


class Facts:
    """Facts whose kind begins with one of these words. Asked by one thread."""

    def __init__(self, *begin: str) -> None:
        self._about = Q()
        for word in begin:
            self._about |= Q(kind__startswith=word)
        self._upto = 0
        self._seen: frozenset[int] = frozenset()

    def any_new(self) -> bool:
        """Whether there is one since the last call; the first call says no."""
        before = self._upto
        found: frozenset[int] = frozenset()
        if before:
            found = frozenset(Event.objects.filter(self._about, id__gt=before - LATE).values_list("id", flat=True))
        new = bool(before) and bool(found - self._seen)
        self._seen = found
        self._upto = Event.objects.aggregate(last=Max("id"))["last"] or 0
        return new
