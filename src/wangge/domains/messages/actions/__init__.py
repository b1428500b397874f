"""The verbs of messages."""

from wangge.domains.messages.actions.calling import confirm, note_call, stop_texts
from wangge.domains.messages.actions.groups import connect_robot, end_robot, post_to_groups
from wangge.domains.messages.actions.keeping import keep_template, retire_template
from wangge.domains.messages.actions.outbox import claim, note_report, note_results, sweep
from wangge.domains.messages.actions.sending import Told, close_of_response, send, stop_about, tell
from wangge.domains.messages.actions.ways import DoorSaid, choose_ways, make_address, note_door_ways

__all__ = [
    "DoorSaid", "Told", "choose_ways", "claim", "close_of_response", "confirm", "connect_robot", "end_robot",
    "keep_template", "make_address", "note_call", "note_door_ways", "note_report", "note_results", "post_to_groups",
    "retire_template", "send", "stop_about", "stop_texts", "sweep", "tell",
]  # fmt: skip
