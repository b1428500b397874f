"""What an offered post sets off: its open work is offered with it, counted, and moves when it is accepted."""

from uuid import UUID

from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.domains.duty.models import Holding
from wangge.domains.work.actions import offer_post_work


def follow(event: Event) -> None:
    """Answer ``duty.post_offered``."""
    holding = Holding.objects.select_related("post", "account").get(uuid=UUID(event.data["holding"]))
    offer_post_work(holding=holding, by=SYSTEM, cause=event.uuid)
