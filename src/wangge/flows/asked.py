"""What follows when an ask goes out: a day that no longer holds its doors says so at once, not tomorrow morning."""

from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.domains.asking.actions import fit_days


def follow(event: Event) -> None:
    """Answer ``asking.sent``: posts that cannot reach their doors by their days send the rest up with a proposal.

    A post whose day was fitted this morning is fitted again tomorrow: what the level above was asked once a day is
    decided once a day.
    """
    fit_days(by=SYSTEM)
