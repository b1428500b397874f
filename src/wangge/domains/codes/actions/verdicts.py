"""What an authority above says of somebody: taken down as evidence with its source and its end, shown as theirs."""

from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.codes import queries
from wangge.domains.codes.inputs import VerdictInput
from wangge.domains.codes.models import CodeVerdict
from wangge.domains.codes.queries.statuses import at
from wangge.domains.people.queries import by_document


@transaction.atomic
def record_verdict(*, typed: VerdictInput, by: By, uuid: UUID | None = None) -> tuple[CodeVerdict, bool]:
    """Take a verdict down, and whether it is new. It is evidence: the edition in force says whether it counts."""
    person = by_document(by.scope(Right.CONFIRM_ORDERS), typed.document)
    if person is None:
        raise Problem("verdict_person", field="document")
    if known := CodeVerdict.objects.within(EVERYTHING).filter(uuid=uuid).first() if uuid else None:
        if (known.person_id, known.reference) != (person.pk, typed.reference):
            raise Problem("verdict_id_of_another", field="id")
        return known, False
    response = at(person.home)
    if response is None or not queries.in_use(response):
        raise Problem("codes_not_in_use")
    verdict = CodeVerdict.objects.create(
        uuid=uuid or uuid7(), response=response, person=person, says=typed.says, source=typed.source,
        reference=typed.reference, since=typed.since, until=typed.until, recorded_at=clock.now(), account=by.account,
        post=by.post,
    )  # fmt: skip
    record(
        "codes.verdict_recorded", by=by, subject=verdict.uuid, response=response.uuid, place=person.home.uuid,
        data={"person": str(person.uuid), "until": typed.until.isoformat()},
    )  # fmt: skip
    return verdict, True


@transaction.atomic
def withdraw_verdict(*, verdict: CodeVerdict, by: By) -> CodeVerdict:
    """The authority takes it back: it is no ground any more. Twice is once."""
    by.need(Right.CONFIRM_ORDERS, verdict.person.home.path)
    verdict = CodeVerdict.objects.within(EVERYTHING).select_for_update(of=("self",)).get(pk=verdict.pk)
    if verdict.withdrawn_at is None:
        verdict.withdrawn_at = clock.now()
        verdict.save(update_fields=["withdrawn_at"])
        record("codes.verdict_withdrawn", by=by, subject=verdict.uuid, response=verdict.response.uuid)
    return verdict
