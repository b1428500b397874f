"""The verbs of daily reports."""

from wangge.domains.monitoring.actions.calling import ask_doctor, raise_late_calls, record_call, take_back_calls
from wangge.domains.monitoring.actions.expecting import Missed, count_misses, expect, recount
from wangge.domains.monitoring.actions.heating import declare_heat
from wangge.domains.monitoring.actions.pages import agree, disagree, make_link
from wangge.domains.monitoring.actions.reporting import Sent, receive, refuse
from wangge.domains.monitoring.actions.watching import asked, keep_watches

__all__ = [
    "Missed", "Sent", "agree", "ask_doctor", "asked", "count_misses", "declare_heat", "disagree", "expect",
    "keep_watches", "make_link", "raise_late_calls", "receive", "record_call", "recount", "refuse", "take_back_calls",
]  # fmt: skip
