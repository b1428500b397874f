"""The log's own change feed: every fact exactly once, however late its transaction commits."""

from typing import Literal

from ninja import Field, Query, Router, Schema

from wangge.api.access import Caller
from wangge.api.paging import read_cursor, write_cursor
from wangge.api.shapes import ChangeOut, Changes
from wangge.api.showing import local
from wangge.base.access.rights import Right
from wangge.base.events import queries
from wangge.base.events.feed import following, settled
from wangge.base.events.models import Event
from wangge.domains.places.queries.scoped import ids_within
from wangge.domains.protocol.queries import touching

router = Router(tags=["changes"])
MOST = 1000


class Going(Schema):
    """``after`` is the ``next`` of the answer before. Without it the feed begins at ``start``: the first fact, or
    ``now`` (an empty answer with the cursor of this moment).
    """

    after: str = Field("", max_length=400)
    start: Literal["first", "now"] = "first"
    limit: int = Field(200, ge=1, le=MOST)


@router.get("/changes", response=Changes)
def changes(request: Caller, going: Query[Going]) -> Changes:
    """Facts at the token's places, oldest first. Keep ``next`` once the items are stored; a page may come twice."""
    scope = request.by.scope(Right.AUDIT)
    after = read_cursor("changes", going.after)
    if after is None and going.start == "now":
        return Changes(items=[], next=write_cursor("changes", settled()), more=False)
    responses = [one.uuid for one in touching(scope)]
    found = queries.log(queries.Sought(), ids_within(scope), responses)
    events, upto, more = following(found, after or 0, going.limit)
    return Changes(items=[_change(one) for one in events], next=write_cursor("changes", upto), more=more)


def _change(one: Event) -> ChangeOut:
    same = ("kind", "version", "actor", "post", "subject", "place", "response", "protocol", "clause", "cause", "data")
    return ChangeOut(
        id=one.uuid, occurred_at=local(one.occurred_at), recorded_at=local(one.recorded_at),
        **{name: getattr(one, name) for name in same},
    )  # fmt: skip
