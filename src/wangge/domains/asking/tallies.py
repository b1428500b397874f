"""The tallies of asks: counted again from the frozen list inside the verb that changed it.

A refresh locks the row first and counts afterwards, so that two verbs on one grid cannot both count without the
other's change (READ COMMITTED takes a new snapshot for the second statement).
"""

from collections.abc import Iterable

from wangge.base import bulk
from wangge.base.access.scope import EVERYTHING
from wangge.domains.asking.models import Ask, AskSubject, AskTally
from wangge.domains.asking.queries.reading import FIGURES, counts


def refresh(tallies: Iterable[int]) -> None:
    """Count these rows (by key) again, in one order."""
    wanted = sorted(set(tallies))
    list(AskTally.objects.select_for_update().filter(pk__in=wanted).order_by("pk").values_list("pk"))
    for key in wanted:
        found = AskSubject.objects.within(EVERYTHING).filter(tally=key).aggregate(**counts())
        AskTally.objects.filter(pk=key).update(**{name: found[f"n_{name}"] for name in FIGURES})


def refresh_all(ask: Ask) -> list[AskTally]:
    """Count a whole ask again: one grouped statement, however long the list. Returns the rows that were wrong."""
    rows = list(AskTally.objects.select_for_update().filter(ask=ask).order_by("pk"))
    mine = AskSubject.objects.within(EVERYTHING).filter(tally__ask=ask).order_by()
    found = {row["tally"]: row for row in mine.values("tally").annotate(**counts())}
    wrong = []
    for row in rows:
        facts = {name: found.get(row.pk, {}).get(f"n_{name}", 0) for name in FIGURES}
        if any(getattr(row, name) != value for name, value in facts.items()):
            wrong.append(row)
            for name, value in facts.items():
                setattr(row, name, value)
    bulk.update(wrong, FIGURES)
    return wrong
