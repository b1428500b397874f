"""A contradiction between sources is settled by a person."""

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.asking.models import Answer
from wangge.domains.asking.queries import answers as reads
from wangge.domains.asking.rules import AnswerState
from wangge.domains.places.models import Place


@transaction.atomic
def settle_answer(*, answer: Answer, keep: bool, by: By) -> Answer:
    """Say of an answer that contradicts the one that counts which of the two it is: this one (``keep``) or the other.

    Returns the one that counts. The other is kept, as replaced. Settled twice the same way is once.
    """
    by.need(Right.WORK_DOORS, answer.door.path, answer.door.grid_id)
    Place.objects.select_for_update(no_key=True).get(pk=answer.door_id)
    one = reads.answer(EVERYTHING, answer.uuid)
    other = reads.current_beside(one)
    if one.state != AnswerState.DISPUTED:
        if (one.state == AnswerState.CURRENT) is keep:
            return one if keep else other or one
        raise Problem("settled_already")
    rows = Answer.objects.within(EVERYTHING)
    settled = {"settled_at": clock.now(), "settled_post": by.post}
    if keep or other is None:
        if other is not None:
            rows.filter(pk=other.pk).update(state=AnswerState.SUPERSEDED, superseded_by=one, **settled)
        rows.filter(pk=one.pk).update(state=AnswerState.CURRENT, superseded_by=None, **settled)
    else:
        rows.filter(pk=one.pk).update(state=AnswerState.SUPERSEDED, superseded_by=other, **settled)
    kept, gone = (one, other) if keep or other is None else (other, one)
    record(
        "asking.dispute_settled", by=by, subject=(one.person or one.door).uuid, place=one.door.uuid,
        response=one.response,
        data={"kept": str(kept.uuid), "let_go": str(gone.uuid) if gone else None, "answers": [str(kept.uuid)],
              "questions": [one.question.name]},
    )  # fmt: skip
    return reads.answer(EVERYTHING, kept.uuid)
