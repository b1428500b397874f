"""Pages on which people report without an account, and who of a household may report for whom."""

import secrets

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.monitoring import queries
from wangge.domains.monitoring.models import HomeWatch, ReportConsent, ReportLink
from wangge.domains.monitoring.rules import ConsentHow
from wangge.domains.people.models import Person

SECRET_BYTES = 12  # 96 bits: short enough to be typed from paper, and guessed by nobody


@transaction.atomic
def make_link(*, watch: HomeWatch, by: By) -> str:
    """A page for somebody's reports; the one before ends. Returns the secret of its address, shown once.

    Raises Problem where their days at home are over.
    """
    by.need(Right.WORK_DOORS, watch.door.path, watch.door.grid_id)
    watch = (
        HomeWatch.objects.within(EVERYTHING).select_for_update(of=("self",)).select_related("response").get(pk=watch.pk)
    )
    if watch.ended_at or queries.rule_of(watch.response) is None:
        raise Problem("daily_over")
    now, secret = clock.now(), secrets.token_urlsafe(SECRET_BYTES)
    ReportLink.objects.filter(watch=watch, ended_at__isnull=True).update(ended_at=now)
    link = ReportLink.objects.create(
        watch=watch, secret_hash=queries.digest(secret), made_at=now, account=by.account, post=by.post
    )
    record(
        "monitoring.page_made", by=by, subject=link.uuid, response=watch.response.uuid, data={"watch": str(watch.uuid)}
    )
    return secret


@transaction.atomic
def agree(*, watch: HomeWatch, helper: Person, how: ConsentHow, by: By) -> ReportConsent:
    """Somebody agrees that another one of their household reports for them: on their own page, or to the worker."""
    if how is ConsentHow.WORKER:
        by.need(Right.WORK_DOORS, watch.door.path, watch.door.grid_id)
    if helper not in queries.household(watch):
        raise Problem("helper_elsewhere", field="helper")
    given, new = ReportConsent.objects.within(EVERYTHING).get_or_create(
        watch=watch, helper=helper, withdrawn_at__isnull=True,
        defaults={"how": how, "given_at": clock.now(), "account": by.account, "post": by.post},
    )  # fmt: skip
    if new:
        record(
            "monitoring.helper_agreed", by=by, subject=given.uuid, response=watch.response.uuid,
            data={"watch": str(watch.uuid), "how": how.value},
        )  # fmt: skip
    return given


@transaction.atomic
def disagree(*, watch: HomeWatch, helper: Person, how: ConsentHow, by: By) -> bool:
    """It is taken back, at once and without a reason. False where there was none."""
    if how is ConsentHow.WORKER:
        by.need(Right.WORK_DOORS, watch.door.path, watch.door.grid_id)
    standing = ReportConsent.objects.within(EVERYTHING).filter(watch=watch, helper=helper, withdrawn_at__isnull=True)
    gone = standing.update(withdrawn_at=clock.now())
    if gone:
        record(
            "monitoring.helper_ended", by=by, subject=watch.uuid, response=watch.response.uuid,
            data={"how": how.value},
        )  # fmt: skip
    return bool(gone)
