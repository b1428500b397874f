"""Where Django finds the models; they live in their streets."""

from wangge.base.access.models import AccessLog, Tries
from wangge.base.events.models import Event, FlowRun, WorkerSign
from wangge.base.receipts.models import Intake, IntakePart, IntakeRow
from wangge.domains.asking.models import (
    Answer,
    Ask,
    AskQuestion,
    AskSubject,
    AskTally,
    Form,
    FormSource,
    Overflow,
    Question,
    ReceivedForm,
    Submission,
    VisitCost,
)
from wangge.domains.cases.models import Case, CaseNumber, Contact, Exposure
from wangge.domains.checkpoints.models import Checkpoint, Emergency, Pass, RegisterLine, Shift
from wangge.domains.codes.models import CodeAppeal, CodeLink, CodeSlot, CodeVerdict, PrintedCode, StatusList
from wangge.domains.duty.models import (
    Account,
    ApiToken,
    Code,
    Device,
    Enrolment,
    Holding,
    Post,
    PostGrid,
    Recovery,
    Sitting,
)
from wangge.domains.isolation.models import Order, OrderReason, Stage
from wangge.domains.lists.models import HandedList, ListRow
from wangge.domains.people.models import Duplicate, Merge, Person
from wangge.domains.phones.models import Command, Handed, Phone, ShiftKey
from wangge.domains.places.models import Grid, GridMember, Place, PlaceAlias
from wangge.domains.protocol.models import Response, ResponsePhase
from wangge.domains.requests.models import Request
from wangge.domains.risk.models import RiskArea, RiskInterval, RiskList, RiskRun
from wangge.domains.selfreports.models import SelfReport
from wangge.domains.tables.models import SavedTable, TableFile, TableFilePart, TableSchedule
from wangge.domains.testing.models import TestDue, TestResult
from wangge.domains.venues.models import CheckInDay, PosterCheck, Venue, VenueApplication
from wangge.domains.work.models import Attempt, Difference, HandOver, Tally, Task, TaskItem

__all__ = [
    "AccessLog", "Account", "Answer", "ApiToken", "Ask", "AskQuestion", "AskSubject", "AskTally", "Attempt", "Case",
    "CaseNumber", "CheckInDay", "Checkpoint", "Code", "CodeAppeal", "CodeLink", "CodeSlot", "CodeVerdict", "Command",
    "Contact", "Device", "Difference", "Duplicate", "Emergency", "Enrolment", "Event", "Exposure", "FlowRun", "Form",
    "FormSource", "Grid", "GridMember", "HandOver", "Handed", "HandedList", "Holding", "Intake", "IntakePart",
    "IntakeRow", "ListRow", "Merge", "Order", "OrderReason", "Overflow", "Pass", "Person", "Phone", "Place",
    "PlaceAlias", "Post", "PostGrid", "PosterCheck", "PrintedCode", "Question", "ReceivedForm", "Recovery",
    "RegisterLine", "Request", "Response", "ResponsePhase", "RiskArea", "RiskInterval", "RiskList", "RiskRun",
    "SavedTable", "SelfReport", "Shift", "ShiftKey", "Sitting", "Stage", "StatusList", "Submission", "TableFile",
    "TableFilePart", "TableSchedule", "Tally", "Task", "TaskItem", "TestDue", "TestResult", "Tries", "Venue",
    "VenueApplication", "VisitCost", "WorkerSign",
]  # fmt: skip
