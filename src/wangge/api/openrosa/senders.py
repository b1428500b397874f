"""Whose phone it is: a key's secret, account, post and places at this moment."""

from dataclasses import dataclass

from django.conf import settings

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.domains.asking.inbox.actions import Sender
from wangge.domains.duty.field_keys import field_key, secret_of
from wangge.domains.duty.tokens import by_token, note_use


@dataclass(frozen=True, slots=True)
class Holder:
    """A key in use. ``by``: who acts, narrowed to work at doors; ``language``: what its account reads."""

    sender: Sender
    ha1: str
    by: By
    language: str

    @property
    def works(self) -> bool:
        """Whether a post held now lets this account answer at any door."""
        return self.by.may(Right.WORK_DOORS)


def look_up(username: str) -> Holder | None:
    """The holder of a key that is valid now."""
    key = field_key(username)
    if key is None:
        return None
    by = by_token(key)
    scope = by.scopes.get(Right.WORK_DOORS, Scope())
    note_use(key)
    return Holder(
        Sender(key.pk, key.uuid, key.account.uuid, by.post, scope), secret_of(key), by,
        key.account.language or settings.LANGUAGE_CODE,
    )  # fmt: skip
