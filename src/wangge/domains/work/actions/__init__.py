"""The verbs of work: put, withdraw, attempt, settle, raise, hand over."""

from wangge.domains.work.actions.attempts import log_call, note_answered, open_door, record_attempt, settle
from wangge.domains.work.actions.differences import note_difference, settle_difference
from wangge.domains.work.actions.escalation import levels_above, raise_late, raise_task
from wangge.domains.work.actions.handover import accept_handover, follow_grids, offer_post_work, offer_tasks, take_post
from wangge.domains.work.actions.items import (
    Wanted,
    end_items_of_person,
    finish_items,
    put_items,
    void_items,
    withdraw_items,
    withdraw_items_in,
)
from wangge.domains.work.actions.lists import Put, put_list, withdraw_list
from wangge.domains.work.actions.looking import look_by_phone

__all__ = [
    "Put", "Wanted", "accept_handover", "end_items_of_person", "finish_items", "follow_grids", "levels_above",
    "log_call", "look_by_phone", "note_answered", "note_difference", "offer_post_work", "offer_tasks", "open_door",
    "put_items", "put_list", "raise_late", "raise_task", "record_attempt", "settle", "settle_difference", "take_post",
    "void_items", "withdraw_items", "withdraw_items_in", "withdraw_list",
]  # fmt: skip
