"""Topics of version 1. A device publishes under its own ``event`` and reads its own ``receipt``; there is no other:
nothing can be sent to a device but that it may forget."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from wangge.domains.sensors.actions import Receipt

VERSION = "wangge/1"
EVENTS = f"{VERSION}/+/event"
RECEIPTS = f"{VERSION}/+/receipt"
MOST = 100  # numbers in one receipt: devices have little memory


def device_of(topic: str) -> str:
    """Whose event a topic is; '' for anything else."""
    parts = topic.split("/")
    return parts[2] if len(parts) == 4 and f"{parts[0]}/{parts[1]}" == VERSION and parts[3] == "event" else ""


def answers(receipts: Iterable[Receipt]) -> Iterator[tuple[str, bytes]]:
    """Topic and payload of what devices are told, all numbers of one in one message."""
    mine: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for one in receipts:
        mine[one.code, one.boot, one.refused].append(one.seq)
    for (code, boot, refused), numbers in mine.items():
        for start in range(0, len(numbers), MOST):
            said: dict[str, object] = {"boot": boot, "seq": numbers[start : start + MOST]}
            yield f"{VERSION}/{code}/receipt", msgspec.json.encode(said | ({"refused": refused} if refused else {}))
