"""The rights that exist. Which kind of post has which is policy: ``domains/duty/rules.py``."""

from enum import StrEnum


class Right(StrEnum):
    """What a post lets its holder do, at the places the post covers."""

    WORK_DOORS = "work_doors"  # open a door's task, call, record what happened
    SEE_BOARD = "see_board"  # figures by place, down to the door not yet reached
    ENTER_RESULTS = "enter_results"  # test results by desk form or laboratory file
    TRACE = "trace"  # cases, exposures, candidates, interviews
    CONFIRM_ORDERS = "confirm_orders"  # the competent authority's act
    MANAGE_POSTS = "manage_posts"  # appoint, end, hand over
    OPEN_RECORD = "open_record"  # open a person's record, with a reason
    IMPORT_RECORDS = "import_records"  # take people and venues in from a file
    ANSWER_REQUESTS = "answer_requests"  # answer what residents ask about their own data
    ASK = "ask"  # ask a question of the places below, and see how it goes
    KEEP_QUESTIONS = "keep_questions"  # publish questionnaires into the bank
    TAKE_RISK_LISTS = "take_risk_lists"  # take in the published lists of risk areas
    OPEN_RESPONSE = "open_response"  # open, switch, close a Response
    KEEP_CHECKPOINT = "keep_checkpoint"  # scan codes and keep the register at an open checkpoint
    KEEP_VENUES = "keep_venues"  # approve venues, hand out and look at their posters
    AUDIT = "audit"  # read the log and the record of looks


class NotAllowed(Exception):
    """The person's posts do not carry this right here; faces answer 403."""

    def __init__(self, right: Right) -> None:
        super().__init__(right)
        self.right = right
