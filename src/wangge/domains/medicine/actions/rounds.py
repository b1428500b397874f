"""Rounds given to those who bring: whose hand each delivery is in, and in which order they walk."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.domains.medicine import queries
from wangge.domains.medicine.actions.moving import pass_on
from wangge.domains.medicine.models import Need


@transaction.atomic
def give_rounds(*, rounds: Mapping[UUID, Sequence[Need]], by: By, uuid: UUID | None = None) -> UUID:
    """Put each delivery into the hand of whoever walks past it, with its place in the round. ``rounds``: by account.
    Raises Problem where somebody holds no post any more that reaches a home; then nothing is given."""
    own = uuid or uuid7()
    for account, needs in rounds.items():
        to = queries.account(account)
        for turn, need in enumerate(needs, 1):
            if to and need.buyer != account:
                pass_on(need=need, to=to, by=by)
            Need.objects.within(EVERYTHING).filter(pk=need.pk).update(round=own, turn=turn)
    record(
        "medicine.rounds_given", by=by, subject=own,
        data={"rounds": len([one for one in rounds.values() if one]), "needs": sum(map(len, rounds.values()))},
    )  # fmt: skip
    return own
