"""Sessions in the database, each with its account, kind of device and last use."""

from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore as Stored

from wangge.base import clock
from wangge.domains.duty.handsets import DEVICE
from wangge.domains.duty.models import Sitting

KIND = "kind"


class SessionStore(Stored):
    """Django's own store on our table: a row that is gone is a session that is over at the next request."""

    @classmethod
    def get_model_class(cls) -> Any:
        return Sitting

    def create_model_instance(self, data: Any) -> Any:
        """The row for what the session holds now."""
        row: Any = super().create_model_instance(data)
        account, device = data.get("_auth_user_id"), data.get(DEVICE)
        row.account_id = int(account) if account else None
        row.device = UUID(device) if device else None
        row.kind, row.seen_at = data.get(KIND, ""), clock.now()
        return row
