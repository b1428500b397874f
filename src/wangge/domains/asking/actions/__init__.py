"""The verbs of asking."""

from wangge.domains.asking.actions.closing import close_ask, close_of_response, close_over
from wangge.domains.asking.actions.days import decide_overflow, fit_days, learn_costs
from wangge.domains.asking.actions.following import follow_task
from wangge.domains.asking.actions.publishing import publish_questionnaire
from wangge.domains.asking.actions.recording import Recorded, record_answers
from wangge.domains.asking.actions.renewing import Renewed, renew_all, renew_list, renew_near
from wangge.domains.asking.actions.sending import Wish, confirm_ask, decline_ask, estimate, send_ask, would_list
from wangge.domains.asking.actions.settling import settle_answer
from wangge.domains.asking.actions.taking import offer_file, publish_file

__all__ = [
    "Recorded",
    "Renewed",
    "Wish",
    "close_ask",
    "close_of_response",
    "close_over",
    "confirm_ask",
    "decide_overflow",
    "decline_ask",
    "estimate",
    "fit_days",
    "follow_task",
    "learn_costs",
    "offer_file",
    "publish_file",
    "publish_questionnaire",
    "record_answers",
    "renew_all",
    "renew_list",
    "renew_near",
    "send_ask",
    "settle_answer",
    "would_list",
]  # fmt: skip
