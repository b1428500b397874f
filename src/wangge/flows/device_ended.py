"""A lost phone, or the last post of somebody: what they kept for a shift without a network opens no more."""

from uuid import UUID

from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.phones.actions import destroy_keys


def follow(event: Event) -> None:
    """Answer ``duty.device_ended``: the keys of everybody who shared it are destroyed."""
    destroy_keys(device=UUID(event.data["device"]), by=SYSTEM, cause=event.uuid)


def access(event: Event) -> None:
    """Answer ``duty.access_ended``."""
    destroy_keys(account=subject_of(event), by=SYSTEM, cause=event.uuid)
