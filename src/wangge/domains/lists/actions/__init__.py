"""The verbs of lists: look at one, take it, resolve, forward and return rows, note what came of them, report up."""

from wangge.domains.lists.actions.passing import accept_list, forward_rows, return_row
from wangge.domains.lists.actions.reporting import log_report, report_up
from wangge.domains.lists.actions.resolving import place_row, resolve_row
from wangge.domains.lists.actions.sending import send_matched, settle_rows, take_list
from wangge.domains.lists.actions.taking import keep_file, look_at, read_on, throw_away

__all__ = [
    "accept_list", "forward_rows", "keep_file", "log_report", "look_at", "place_row", "read_on", "report_up",
    "resolve_row", "return_row", "send_matched", "settle_rows", "take_list", "throw_away",
]  # fmt: skip
