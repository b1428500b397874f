"""Facts of the log as sentences. Several of one kind become one sentence with their count; codes stay in the log.

Each street's sentences are a file of its name here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from wangge.base.events.models import Event
from wangge.web.event_words import (
    asking,
    cases,
    checkpoints,
    clock,
    codes,
    duty,
    entry,
    fixtures,
    help,
    isolation,
    keeping,
    lists,
    medicine,
    messages,
    monitoring,
    people,
    phones,
    places,
    protocol,
    receipts,
    reception,
    requests,
    retention,
    risk,
    sensors,
    supplies,
    tables,
    testing,
    transfer,
    venues,
    work,
    zones,
)
from wangge.web.event_words.counts import Number
from wangge.web.signs import listed

STREETS = (
    asking,
    cases,
    checkpoints,
    clock,
    codes,
    duty,
    entry,
    fixtures,
    help,
    isolation,
    keeping,
    lists,
    medicine,
    messages,
    monitoring,
    people,
    phones,
    places,
    protocol,
    receipts,
    reception,
    requests,
    retention,
    risk,
    sensors,
    supplies,
    tables,
    testing,
    transfer,
    venues,
    work,
    zones,
)
#: For each kind of fact how it counts and its sentence. A fact without a number of its own says the same for many.
SENTENCES: Mapping[str, tuple[Number, object]] = {
    kind: said for street in STREETS for kind, said in street.SENTENCES.items()
}


@dataclass(frozen=True, slots=True)
class Told:
    """One kind of fact, how often, when first, under which clause."""

    kind: str
    what: str
    at: datetime
    clause: str


def sentence(events: Sequence[Event]) -> str:
    """One or several facts of one kind as a sentence in the reader's language."""
    kind = events[0].kind
    if kind not in SENTENCES:
        return gettext("Something happened that has no words yet (%(kind)s).") % {"kind": kind}
    number, words = SENTENCES[kind]
    said = str(words % {"n": sum(number(event) for event in events)})  # type: ignore[operator]  # a lazy string
    numbers = listed(event.data["number"] for event in events if kind.startswith("cases.case_"))
    return gettext("%(said)s Number: %(numbers)s.") % {"said": said, "numbers": numbers} if numbers else said


def told(events: Iterable[Event]) -> list[Told]:
    """Facts gathered by kind, in the order in which each kind first happened."""
    kinds: dict[str, list[Event]] = {}
    for event in events:
        kinds.setdefault(event.kind, []).append(event)
    return [
        Told(kind, sentence(same), same[0].recorded_at, next((one.clause for one in same if one.clause), ""))
        for kind, same in kinds.items()
    ]
