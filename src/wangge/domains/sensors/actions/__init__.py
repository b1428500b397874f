"""The verbs of sensors. None of them locks anything: a test looks at every one."""

from wangge.domains.sensors.actions.devices import issue, renew, retire
from wangge.domains.sensors.actions.fitting import Under, fit, move_under, not_asked, silence, take_off
from wangge.domains.sensors.actions.planning import plan_opening
from wangge.domains.sensors.actions.receiving import Arrived, Receipt, leave, sign, take
from wangge.domains.sensors.actions.safety import end_for_safety

__all__ = [
    "Arrived", "Receipt", "Under", "end_for_safety", "fit", "issue", "leave", "move_under", "not_asked", "plan_opening",
    "renew", "retire", "sign", "silence", "take", "take_off",
]  # fmt: skip
