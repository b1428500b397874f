"""Questionnaires, answers as facts, asks with their frozen lists, and what a day of asking costs."""

from wangge.domains.asking.models.answers import Answer, Submission
from wangge.domains.asking.models.asks import Ask, AskQuestion, AskSubject, AskTally
from wangge.domains.asking.models.days import Overflow, VisitCost
from wangge.domains.asking.models.forms import Form, FormSource, Question
from wangge.domains.asking.models.inbox import ReceivedForm

__all__ = [
    "Answer", "Ask", "AskQuestion", "AskSubject", "AskTally", "Form", "FormSource", "Overflow", "Question",
    "ReceivedForm", "Submission", "VisitCost",
]  # fmt: skip
