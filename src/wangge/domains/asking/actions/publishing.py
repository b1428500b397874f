"""A questionnaire enters the bank: its form for the phones, its questions for everybody who asks."""

import hashlib
from collections.abc import Mapping

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.events.actions import record
from wangge.base.ids import derived
from wangge.base.problems import Problem, Problems
from wangge.domains.asking.models import Form, Question
from wangge.domains.asking.plan import Unusable, plan
from wangge.domains.asking.questionnaire import Question as Asked
from wangge.domains.asking.questionnaire import Questionnaire, to_data, words_in
from wangge.domains.asking.rules import SubjectKind


@transaction.atomic
def publish_questionnaire(*, questionnaire: Questionnaire, content: str, by: By) -> Form:
    """Publish a version; ``content`` is its XForm. The version before it is no longer offered, and stays readable.

    The same twice is one. Refused: another content under a version that exists, and a question whose name stands
    for something else already, in another form or under answers that exist.
    """
    if not by.may(Right.KEEP_QUESTIONS):
        raise NotAllowed(Right.KEEP_QUESTIONS)
    _usable(questionnaire)
    digest = hashlib.sha256(content.encode()).hexdigest()
    list(Form.objects.select_for_update().filter(form_id=questionnaire.form_id).order_by("pk").values_list("pk"))
    known = Form.objects.filter(form_id=questionnaire.form_id, version=questionnaire.version).first()
    if known and known.hash != digest:
        raise Problem("version_taken", field="version", form=known.form_id, version=known.version)
    if known:
        return known
    asked = questionnaire.asked
    bank = {one.name: one for one in Question.objects.filter(name__in=[one.name for one in asked])}
    _check_bank(questionnaire, bank)
    now = clock.now()
    Form.objects.filter(form_id=questionnaire.form_id, retired_at__isnull=True).update(retired_at=now)
    form = Form.objects.create(
        uuid=derived("form", questionnaire.form_id, questionnaire.version), form_id=questionnaire.form_id,
        version=questionnaire.version, title=words_in(questionnaire.title, questionnaire.language)[:120], hash=digest,
        content=content, definition=to_data(questionnaire), published_at=now, published_post=by.post,
    )  # fmt: skip
    for position, one in enumerate(asked):
        Question.objects.update_or_create(name=one.name, defaults=_columns(one, form, position))
    record(
        "asking.questionnaire_published", by=by, subject=form.uuid,
        data={"form": form.form_id, "version": form.version, "questions": [one.name for one in asked]},
    )  # fmt: skip
    return form


def _usable(questionnaire: Questionnaire) -> None:
    try:
        plan(questionnaire)
    except Unusable as error:
        raise Problems(
            [Problem(slip.code, field=f"{slip.name}.{slip.column}", **slip.values) for slip in error.slips]
        ) from error


def _columns(one: Asked, form: Form, position: int) -> Mapping[str, object]:
    return {
        "form": form, "position": position, "type": one.type.value, "label": dict(one.label),
        "choices": [{"name": choice.name, "label": dict(choice.label)} for choice in one.choices],
        "fresh_for": int(one.fresh_for.total_seconds()) if one.fresh_for is not None else None,
        "level": one.privacy.value, "subject": SubjectKind(one.subject.value),
    }  # fmt: skip


def _check_bank(questionnaire: Questionnaire, bank: Mapping[str, Question]) -> None:
    """One name is one question: the same kind of answer, about the same kind of subject, kept in the same way."""
    wrong = []
    for one in questionnaire.asked:
        known = bank.get(one.name)
        if known and (known.type, known.subject, known.level) != (one.type, one.subject, one.privacy):
            wrong.append(Problem("question_differs", field=one.name, name=one.name, form=known.form.form_id))
    if wrong:
        raise Problems(wrong)
