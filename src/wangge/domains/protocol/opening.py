"""What a form says of a Response to be opened, and of a switch of editions. The only parser for both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from wangge.base import clock
from wangge.base.access.scope import Scope
from wangge.base.problems import Problem, Problems
from wangge.domains.places.models import Place
from wangge.domains.places.queries import by_code, resolve_place
from wangge.domains.places.queries.resolving import Candidate
from wangge.domains.places.queries.scoped import widest
from wangge.domains.places.rules import DIVISIONS
from wangge.domains.protocol.queries import all_protocols
from wangge.domains.protocol.rules import Named, Protocol

T = TypeVar("T")
#: What an opening needs by law, with the most characters each may have.
TEXTS = {"title": 120, "authority": 120, "document_no": 80, "ground": 300, "remedy": 300}


@dataclass(frozen=True, slots=True)
class Opening:
    """A checked opening; ``uuid`` was made by the page that asks."""

    title: str
    protocol: Protocol
    area: Place
    authority: str
    document_no: str
    ground: str
    remedy: str
    drill: bool
    named: frozenset[Named]
    uuid: UUID | None


class SeveralPlaces(Problem):
    """A name that more than one place has: the person chooses."""

    def __init__(self, candidates: tuple[Candidate, ...]) -> None:
        super().__init__("area_several", field="area", count=len(candidates))
        self.candidates = candidates


def read_opening(typed: Mapping[str, str], scope: Scope) -> Opening:
    """An Opening from a form's fields; ``scope`` is where one may open. Raises Problems, one per wrong field."""
    problems: list[Problem] = []
    texts = {name: " ".join(typed.get(name, "").replace("\0", " ").split()) for name in TEXTS}
    for name, text in texts.items():
        if not text:
            problems.append(Problem("opening_needs", field=name))
        elif len(text) > TEXTS[name]:
            problems.append(Problem("text_too_long", field=name, most=TEXTS[name]))
    drill = bool(typed.get("drill"))
    protocol = _taken(problems, lambda: read_edition(typed, clock.today(), drill=drill))
    area = _taken(problems, lambda: read_area(typed, scope))
    if problems or protocol is None or area is None:
        raise Problems(problems)
    named = frozenset(one for one in Named if typed.get(f"named_{one}"))
    return Opening(protocol=protocol, area=area, drill=drill, named=named, uuid=_uuid(typed.get("uuid", "")), **texts)


def _taken(problems: list[Problem], read: Callable[[], T]) -> T | None:
    try:
        return read()
    except Problem as problem:
        problems.append(problem)
        return None


def read_edition(typed: Mapping[str, str], day: date, *, drill: bool) -> Protocol:
    """The edition chosen, if it can be in force on that day. Raises Problem."""
    edition = next((one for one in all_protocols() if one.key == typed.get("protocol")), None)
    if edition is None:
        raise Problem("edition_missing", field="protocol")
    if not drill and edition.valid_to and day > edition.valid_to:
        raise Problem("edition_out_of_force", field="protocol", until=edition.valid_to)
    return edition


def read_area(typed: Mapping[str, str], scope: Scope) -> Place:
    """The division a text means, by code or by name, inside the scope. Raises Problem; SeveralPlaces with choices."""
    text = typed.get("area", "").replace("\0", "").strip()
    if chosen := _uuid(typed.get("area_choice", "")):
        found = Place.objects.filter(uuid=chosen).first()
    elif not text:
        raise Problem("area_missing", field="area")
    elif text.isdecimal():
        found = _by_code(text)
    else:
        found = _by_name(text, scope)
    if found is None or found.kind not in DIVISIONS:
        raise Problem("area_unknown", field="area", text=text[:40])
    if not scope.covers(found.path, None):
        raise Problem("area_outside", field="area", name=found.name)
    return found


def _by_code(text: str) -> Place | None:
    try:
        return by_code(text)
    except Place.DoesNotExist:
        return None


def _by_name(text: str, scope: Scope) -> Place | None:
    """Names are looked for where one may open; the widest place itself is meant by its own name."""
    start = widest(scope)
    if start is None:
        return None
    if text == start.name:
        return start
    found = resolve_place(text=text, within=start, kinds=DIVISIONS)
    if found.chosen is None and found.candidates:
        raise SeveralPlaces(found.candidates)
    return found.chosen


def read_day(text: str) -> date:
    """A civil day typed as 2022-04-03. Raises Problem."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Problem("switch_day_unreadable", field="from_day") from error


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
