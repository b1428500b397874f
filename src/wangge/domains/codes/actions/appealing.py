"""Appeals: one tap makes work with a deadline at the level that made the decision. It is decided with its reason.

Deciding changes no colour. Where the appeal is right, the wrong fact is corrected where it stands, and the status
follows from that by itself.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.codes import queries
from wangge.domains.codes.inputs import Decision
from wangge.domains.codes.models import CodeAppeal, CodeLink
from wangge.domains.codes.rules import APPEAL_WITHIN
from wangge.domains.protocol.queries import in_force


@transaction.atomic
def appeal(*, link: CodeLink, by: By, uuid: UUID | None = None) -> CodeAppeal:
    """Whoever holds a code objects to its colour as it is now. Again about the same fact it is one appeal."""
    status = queries.status_of(link.person, link.response)
    if status.rule is None:
        raise Problem("appeal_green")
    fact = status.evidence[0]
    mine = CodeAppeal.objects.within(EVERYTHING).filter(person=link.person, response=link.response, ref=fact.ref)
    if known := mine.filter(decided_at__isnull=True).first():
        return known
    post = queries.level_of(fact, link.person)
    if post is None:
        raise Problem("appeal_nobody")
    now = clock.now()
    made = CodeAppeal.objects.create(
        uuid=uuid or uuid7(), response=link.response, person=link.person, ground=fact.when, ref=fact.ref,
        clause=status.rule.clause, protocol=in_force(link.response).key, made_at=now, due_at=now + APPEAL_WITHIN,
        post=post,
    )  # fmt: skip
    record(
        "codes.appealed", by=by, subject=made.uuid, response=link.response.uuid, protocol=made.protocol,
        clause=made.clause, data={"post": str(post.uuid), "ground": made.ground, "due": made.due_at.isoformat()},
    )  # fmt: skip
    return made


@transaction.atomic
def decide(*, one: CodeAppeal, decision: Decision, by: By) -> CodeAppeal:
    """Answer an appeal. Raises CodeAppeal.DoesNotExist for whoever does not answer for it."""
    queries.appeal(by, one.uuid)
    one = CodeAppeal.objects.within(EVERYTHING).select_for_update(of=("self",)).get(pk=one.pk)
    if one.decided_at:
        raise Problem("appeal_decided")
    one.decided_at, one.decided_account, one.decided_post = clock.now(), by.account, by.post
    one.outcome, one.answer = decision.outcome, decision.reason
    one.save(update_fields=["decided_at", "decided_account", "decided_post", "outcome", "answer"])
    record("codes.appeal_decided", by=by, subject=one.uuid, response=one.response.uuid, data={"outcome": one.outcome})
    return one


@transaction.atomic
def raise_late(*, now: datetime, by: By) -> int:
    """Appeals past their deadline are seen by the level above as well. Returns how many went up."""
    late = list(queries.late(now))
    for one in late:
        one.raised_at = now
        one.save(update_fields=["raised_at"])
        record("codes.appeal_late", by=by, subject=one.uuid, response=one.response.uuid)
    return len(late)
