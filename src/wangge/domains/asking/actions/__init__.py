"""The verbs of asking."""

from wangge.domains.asking.actions.publishing import publish_questionnaire
from wangge.domains.asking.actions.sending import Wish, confirm_ask, decline_ask, estimate, send_ask

__all__ = ["Wish", "confirm_ask", "decline_ask", "estimate", "publish_questionnaire", "send_ask"]
