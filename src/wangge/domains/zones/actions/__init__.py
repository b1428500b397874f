"""Verbs: a notice is taken, its lines are placed, it comes into force; a zone changes and ends."""

from wangge.domains.zones.actions.notices import decide_line, decide_lines, put_in_force, take_notice
from wangge.domains.zones.actions.zones import decide_places, end_of_response, release_zone

__all__ = [
    "decide_line",
    "decide_lines",
    "decide_places",
    "end_of_response",
    "put_in_force",
    "release_zone",
    "take_notice",
]
