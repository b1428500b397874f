"""Which flow answers which fact. The whole of "what happens next" starts here."""

from collections.abc import Mapping, Sequence

from wangge.base.events.subscriptions import Alarm, Flow

FLOWS: Mapping[str, Sequence[Flow]] = {}
ALARMS: Sequence[Alarm] = ()
