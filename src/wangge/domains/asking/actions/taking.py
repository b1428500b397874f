"""A questionnaire from its file into the bank, at once or in two steps: look at what would change, then publish."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.problems import Problem, Problems
from wangge.domains.asking.actions.publishing import publish_questionnaire
from wangge.domains.asking.models import Form, FormSource
from wangge.domains.asking.placing import placed
from wangge.domains.asking.questionnaire import Questionnaire
from wangge.domains.asking.xform import xform
from wangge.domains.asking.xlsform import read_questionnaire

#: How long a file that nobody published is kept.
WAITS = timedelta(days=7)
#: Where an older workbook (xls) keeps its macros: the name of a folder in it.
_MACROS = "_VBA_PROJECT_CUR".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Taken:
    """``new``: this version was not published before."""

    questionnaire: Questionnaire
    new: bool


@transaction.atomic
def take_questionnaire(*, content: bytes, by: By, check: bool = False) -> Taken:
    """Read an XLSForm, convert and publish it, and keep its file; with ``check`` everything but keeping it.

    Raises faulty.BrokenForm with every mistake and its place, what does not fit the bank among them, or Problem.
    """
    _refuse_macros(content)
    questionnaire = read_questionnaire(content)
    version = Form.objects.filter(form_id=questionnaire.form_id, version=questionnaire.version)
    known = version.exists()
    try:
        form = publish_questionnaire(questionnaire=questionnaire, content=xform(questionnaire), by=by)
    except (Problem, Problems) as error:
        raise placed(error, questionnaire, content) or error from error
    if not FormSource.objects.filter(form=form).exists():
        FormSource.objects.create(form=form, **_columns(content, by))
    if check:
        transaction.set_rollback(True)
    return Taken(questionnaire, not known)


@transaction.atomic
def offer_file(*, content: bytes, by: By) -> FormSource:
    """Keep a sound file, to look at what it would change; nothing comes into use. The same bytes twice are one.

    Raises what ``take_questionnaire`` raises, and Problem for a version that was replaced by another.
    """
    if not by.may(Right.KEEP_QUESTIONS):
        raise NotAllowed(Right.KEEP_QUESTIONS)
    with transaction.atomic():
        one = take_questionnaire(content=content, by=by, check=True).questionnaire
    if Form.objects.filter(form_id=one.form_id, version=one.version, retired_at__isnull=False).exists():
        raise Problem("version_replaced", field="file", form=one.form_id, version=one.version)
    FormSource.objects.filter(form__isnull=True, received_at__lt=clock.now() - WAITS).delete()
    columns = _columns(content, by)
    return FormSource.objects.get_or_create(form=None, digest=columns["digest"], defaults=columns)[0]


def publish_file(*, source: FormSource, against: UUID | None, by: By) -> Form:
    """Put a file that was looked at into use. ``against``: the version it was compared with, None for none.

    Twice is once. Raises Problem where another version came into use since: then it is looked at again.
    """
    try:
        with transaction.atomic():
            return _publish(source, against, by)
    except IntegrityError as error:  # somebody else published the first version at this moment
        raise Problem("bank_moved_on") from error


def _publish(source: FormSource, against: UUID | None, by: By) -> Form:
    one = FormSource.objects.select_for_update().get(pk=source.pk)
    if one.form_id:
        return Form.objects.get(pk=one.form_id)
    questionnaire = read_questionnaire(bytes(one.content))
    versions = Form.objects.select_for_update().filter(form_id=questionnaire.form_id).order_by("pk")
    in_use = next((form for form in versions.defer("content", "definition") if form.retired_at is None), None)
    if (in_use.uuid if in_use else None) != against:
        raise Problem("bank_moved_on")
    form = publish_questionnaire(questionnaire=questionnaire, content=xform(questionnaire), by=by)
    if FormSource.objects.filter(form=form).exists():
        one.delete()
    else:
        one.form = form
        one.save(update_fields=["form"])
    return form


def _columns(content: bytes, by: By) -> dict[str, Any]:
    return {
        "content": content, "digest": hashlib.sha256(content).hexdigest(), "received_at": clock.now(),
        "account": by.account, "post": by.post,
    }  # fmt: skip


def _refuse_macros(content: bytes) -> None:
    """The file is kept and handed out again: what others open must hold no program."""
    names: list[str] = []
    if content.startswith(b"PK"):
        try:
            names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        except (zipfile.BadZipFile, ValueError, OSError):
            return  # said when it is read
    if any(name.casefold().endswith("vbaproject.bin") for name in names) or _MACROS in content:
        raise Problem("questionnaire_macros", field="file")
