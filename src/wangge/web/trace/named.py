"""Whom and which place a tracer's words mean. Several are shown to choose from; none is taken silently."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from uuid import UUID

from wangge.base.access.rights import Right
from wangge.base.privacy import mask_name
from wangge.base.problems import Problem
from wangge.domains.cases.models import Case
from wangge.domains.people.actions import register_person
from wangge.domains.people.inputs import read_person
from wangge.domains.people.models import Person
from wangge.domains.people.queries import by_document, by_phone
from wangge.domains.people.rules import read_id_card
from wangge.domains.places.models import Place
from wangge.domains.places.queries import labels, resolve_place
from wangge.domains.places.rules import HOMES, Kind
from wangge.domains.places.words import REASONS
from wangge.web.access import Asked
from wangge.web.signs import noted
from wangge.web.trace.forms import InterviewForm

SHOWN = 8  # candidates offered; whoever needs more types more


class Named:
    """Reads one interview's names within the tracer's places, and puts the choices that remain on its form."""

    def __init__(self, request: Asked, case: Case, form: InterviewForm) -> None:
        self.request, self.case, self.form = request, case, form
        self.scope = request.by.scope(Right.TRACE)
        self.typed: Mapping[str, str] = request.POST
        self.register = self.typed.get("register") == "yes"

    def person(self) -> Callable[[], Person]:
        """How to get the person: found, chosen among several, or registered once everything else is right."""
        if self.register:
            return self._registered()
        found = self._found(self.typed.get("who", "").strip())
        chosen = [one for one in found if str(one.uuid) == self.typed.get("person")]
        if len(found) > 1 and not chosen:
            doors = labels([one.home for one in found])
            words = ((str(one.uuid), f"{mask_name(one.name)} · {doors[one.home_id]}") for one in found)
            self.form.offer("person", words)
            raise Problem("who_unclear", field="person")
        return partial(next, iter(chosen or found))

    def _found(self, text: str) -> list[Person]:
        if not text:
            return []  # the meeting's reader says that it is missing
        one = by_document(self.scope, text)
        found = [one] if one else list(by_phone(self.scope, text).select_related("home")[:SHOWN])
        if not found:
            self.register = True
            self._fill(text)
            raise Problem("contact_unknown", field="who")
        return found

    def _fill(self, text: str) -> None:
        """What was typed is the document or the phone of the person to be registered."""
        kept = self.form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        kept.setdefault("document" if read_id_card(text) else "phone", text)
        self.form.data = kept

    def _registered(self) -> Callable[[], Person]:
        if self.case.response.closed_at:
            raise Problem("response_closed")
        typed = read_person(
            name=self.typed.get("name", ""), phone=self.typed.get("phone", ""), document=self.typed.get("document", "")
        )
        home = self._place("home_text", "home", HOMES)
        if home is None:
            raise Problem("home_missing", field="home_text")
        self.request.by.need(Right.TRACE, home.path, home.grid_id)
        return partial(register_person, typed=typed, home=home, by=self.request.by, noted_for=self.case.response.uuid)

    def venue(self) -> UUID | None:
        """One of the venues the form offers; anything else is none."""
        chosen = self.typed.get("venue", "")
        offered = [value for value, _ in self.form.fields["venue"].widget.choices]
        return UUID(chosen) if chosen and chosen in offered else None

    def place(self) -> tuple[Place | None]:
        """The place of the meeting; none where nothing was typed or a venue was chosen."""
        return (None if self.typed.get("venue") else self._place("where", "place", None),)

    def _place(self, text_field: str, choice: str, kinds: Collection[Kind] | None) -> Place | None:
        text = self.typed.get(text_field, "").strip()
        if not text:
            return None
        found = resolve_place(text=text, within=self.case.response.area, kinds=kinds)
        options = found.candidates[:SHOWN]
        if not options:
            raise Problem("where_unknown", field=text_field, text=text)
        self.form.offer(choice, [(str(one.place.uuid), noted(one.label, REASONS[one.reason])) for one in options])
        chosen = [one.place for one in options if str(one.place.uuid) == self.typed.get(choice)]
        if not chosen:
            raise Problem("where_unclear", field=choice, text=text)
        return chosen[0]
