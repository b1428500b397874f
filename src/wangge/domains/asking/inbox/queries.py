"""Named reads: the forms that are asked at some places, and what became of a form sent in."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from wangge.base import clock
from wangge.base.access.scope import Scope, ScopedQuerySet
from wangge.domains.asking.models import Ask, AskSubject, Form, Question, ReceivedForm
from wangge.domains.asking.questionnaire import Subject, of_data, words_in
from wangge.domains.asking.rules import AskState, SubjectState
from wangge.domains.duty.models import Post
from wangge.domains.people.models import Person
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.rules import DOORS, ancestors

MOST_DOORS = 5000  # on one phone: ten grids
CHUNK = 500  # SQLite takes a few thousand parameters


def _asks_at(scope: Scope) -> QuerySet[Ask]:
    """Open asks whose area and whose scope overlap: the area around it, or the area within it."""
    now = clock.now()
    open_ = Ask.objects.filter(state=AskState.OPEN, ends_at__gt=now, response__closed_at__isnull=True)
    if scope.everything:
        return open_
    paths = [*scope.prefixes, *Grid.objects.filter(pk__in=scope.grids).values_list("community__path", flat=True)]
    around = {path for one in paths for path in (*ancestors(one), one)}
    return open_.filter(Q(area__path__in=around) | Scope(scope.prefixes).q("area"))


def _asked(scope: Scope) -> QuerySet[Form]:
    names = Question.objects.filter(asked_in__ask__in=_asks_at(scope)).values("form__form_id")
    return Form.objects.filter(form_id__in=names)


def forms_asked(scope: Scope, *, form_id: str | None = None, every: bool = False) -> list[Form]:
    """The forms whose questions are asked now at some places: the version in use, or with ``every`` all of them."""
    found = _asked(scope).order_by("form_id", "-published_at")
    if form_id is not None:
        found = found.filter(form_id=form_id)
    return list(found if every else found.filter(retired_at__isnull=True))


def form_asked(scope: Scope, uuid: UUID) -> Form | None:
    """One version of such a form; None outside."""
    return _asked(scope).filter(uuid=uuid).first()


def of_person(form: Form) -> bool:
    """Whether a form is about one person, and not about a household."""
    return any(one.subject is Subject.PERSON for one in of_data(form.definition).asked)


def title_of(form: Form, language: str) -> str:
    """A form's name in the reader's language."""
    return words_in(of_data(form.definition).title, language) or form.title


def purpose_of(form: Form, language: str) -> str:
    """What a form is for, as its notice line says."""
    return words_in(of_data(form.definition).purpose, language)


def state_of(scope: Scope, uuid: UUID, *, account: UUID) -> str | None:
    """What became of a form that an account sent from its places; None for any other."""
    found = ReceivedForm.objects.within(scope).filter(uuid=uuid, account=account)
    return found.values_list("state", flat=True).first()


def held_forms(scope: Scope, state: str = ReceivedForm.State.HELD) -> ScopedQuerySet[ReceivedForm]:
    """Forms that wait for a person to decide, or with another ``state`` those decided about; the oldest first."""
    found = ReceivedForm.objects.within(scope).filter(state=state).select_related("form", "door", "person")
    return found.order_by("received_at", "id")


def held_form(scope: Scope, uuid: UUID) -> ReceivedForm:
    """One that is held, or that a person decided about. Raises ReceivedForm.DoesNotExist."""
    found = ReceivedForm.objects.within(scope).exclude(state=ReceivedForm.State.RECEIVED)
    return found.select_related("form", "door", "person").get(uuid=uuid)


def senders(found: Iterable[ReceivedForm]) -> dict[UUID | None, str]:
    """The titles of the posts that forms were sent from, and of those that decided about them."""
    posts = {post for one in found for post in (one.post, one.settled_post) if post}
    return {uuid: title for uuid, title in Post.objects.filter(uuid__in=posts).values_list("uuid", "title")}


def kept_until(form: ReceivedForm) -> datetime:
    """When its content is deleted, whatever was decided."""
    return form.received_at + timedelta(days=ReceivedForm.privacy["sealed"].days or 0)


def doors_for_phone(scope: Scope) -> list[Place]:
    """The doors of some places in walking order; of very many only those that wait for an answer."""
    every = Place.objects.filter(scope.q(), kind__in=DOORS, closed__isnull=True).order_by("walk", "path")
    if every[MOST_DOORS : MOST_DOORS + 1].exists():
        waiting = AskSubject.objects.within(scope).filter(ask__in=_asks_at(scope), state=SubjectState.NOT_YET)
        every = every.filter(pk__in=waiting.values("door"))
    return list(every[:MOST_DOORS])


def people_behind(scope: Scope, doors: list[int]) -> list[Person]:
    """Everybody alive behind some doors, by their keys; in a dormitory the door is the room."""
    found: list[Person] = []
    for start in range(0, len(doors), CHUNK):
        some = doors[start : start + CHUNK]
        living = Person.objects.within(scope).filter(Q(home__in=some) | Q(home__parent__in=some), died_on__isnull=True)
        found += living.select_related("home").order_by("home__walk", "home__path", "birth_date", "id")
    return found
