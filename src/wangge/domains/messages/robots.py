"""Robots of chat groups (企业微信, 钉钉, 飞书), through apprise, which knows each one's address and signature."""

import logging
from functools import cache
from typing import Any

from wangge.domains.messages.inputs import SERVICES
from wangge.domains.messages.rules import Why


@cache
def _apprise() -> Any:
    """Apprise reads a hundred services as it is loaded: only where a group is written to. What it logs names the
    robot's address, which is its secret: it stays silent."""
    import apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    return apprise.Apprise


def understood(url: str) -> bool:
    """Whether an address is one of a robot that may be written to."""
    return url.partition("://")[0].lower() in SERVICES and _apprise().instantiate(url) is not None


def write(url: str, text: str) -> Why:
    """Write a text into a group. Never raises and never names the address."""
    robot = _apprise().instantiate(url)
    if robot is None:
        return Why.REFUSED
    try:
        return Why.NONE if robot.notify(body=text) else Why.UNAVAILABLE
    except Exception:  # a service's own code: whatever it raises, the group was not told
        return Why.UNAVAILABLE
