"""What the end of a holding sets off: whoever holds no post any more has no session and no phone left."""

from uuid import UUID

from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.domains.duty.actions import close_account
from wangge.domains.duty.models import Account


def follow(event: Event) -> None:
    """Answer ``duty.post_left``."""
    account = Account.objects.get(uuid=UUID(event.data["account"]))
    close_account(account=account, by=SYSTEM, cause=event.uuid)
