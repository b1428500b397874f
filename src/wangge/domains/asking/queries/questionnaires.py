"""Named reads of questionnaires as an office keeps them: versions, their files, and the open asks that use each."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import QuerySet

from wangge.base.access.scope import Scope
from wangge.domains.asking.models import AskQuestion, Form, FormSource
from wangge.domains.asking.queries.reading import asks
from wangge.domains.asking.rules import AskState
from wangge.domains.duty.models import Post

#: How a kept file begins, and what its name ends in.
ENDINGS = ((b"\xd0\xcf\x11\xe0", "xls"), (b"PK\x03\x04", "xlsx"))
Use = tuple[UUID, int, str]


def in_use() -> QuerySet[Form]:
    """The versions in use, by title; without their XForm, which nobody reads here."""
    return Form.objects.filter(retired_at__isnull=True).defer("content").order_by("title", "form_id")


def version(uuid: UUID) -> Form:
    """One published version, in use or replaced. Raises Form.DoesNotExist."""
    return Form.objects.defer("content").get(uuid=uuid)


def versions(form_id: str) -> QuerySet[Form]:
    """Every version of a questionnaire, the latest first."""
    return Form.objects.filter(form_id=form_id).defer("content", "definition").order_by("-published_at", "-pk")


def used_now(form_id: str) -> Form | None:
    """The version in use of a questionnaire."""
    return in_use().filter(form_id=form_id).first()


def offered(uuid: UUID) -> FormSource:
    """A file that somebody looks at before it is published, or that was. Raises FormSource.DoesNotExist."""
    return FormSource.objects.select_related("form").get(uuid=uuid)


def source_of(form: Form) -> FormSource | None:
    """The file that a version was made from; None where it was published without one."""
    return FormSource.objects.filter(form=form).first()


def has_source(form: Form) -> bool:
    return FormSource.objects.filter(form=form).exists()


def ending_of(content: bytes) -> str:
    """What the name of a kept file ends in."""
    if content[30:120].startswith(b"mimetypeapplication/vnd.oasis"):
        return "ods"
    return next((ending for start, ending in ENDINGS if content.startswith(start)), "csv")


def publishers(forms: Iterable[Form]) -> dict[UUID | None, str]:
    """The titles of the posts that published them."""
    posts = {form.published_post for form in forms if form.published_post}
    return {uuid: title for uuid, title in Post.objects.filter(uuid__in=posts).values_list("uuid", "title")}


def asked_in(scope: Scope, names: Collection[str]) -> dict[str, list[Use]]:
    """The open asks of some places that put each of these questions: uuid, number and title; one query."""
    found: dict[str, list[Use]] = defaultdict(list)
    rows = AskQuestion.objects.filter(ask__in=asks(scope).filter(state=AskState.OPEN).values("pk"))
    rows = rows.filter(question__name__in=names).order_by("ask__number", "ask_id")
    for name, uuid, number, title in rows.values_list("question__name", "ask__uuid", "ask__number", "ask__title"):
        found[name].append((uuid, number, title))
    return found
