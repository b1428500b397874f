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
from wangge.domains.help.models import Apart, ApartReader, Call, CallTry, HelpNote, HelpRequest, Watch
from wangge.domains.isolation.models import (
    HomeHelper,
    HomeRooms,
    Order,
    OrderChange,
    OrderReason,
    PaperHanded,
    Release,
    Stage,
)
from wangge.domains.lists.models import HandedList, ListRow
from wangge.domains.medicine.models import CardCount, CardHand, Need, NeedStep, Prescription
from wangge.domains.messages.models import (
    ChannelSign,
    ContactChoice,
    Dispatch,
    GroupPost,
    GroupRobot,
    Message,
    MessageTemplate,
    PhoneCall,
)
from wangge.domains.monitoring.models import (
    DailyReport,
    DoctorCall,
    Heat,
    HomeWatch,
    ReportConsent,
    ReportLink,
    ReportSlot,
    WatchTally,
)
from wangge.domains.people.models import Duplicate, Merge, Person
from wangge.domains.phones.models import Command, Handed, Phone, ShiftKey
from wangge.domains.places.models import Grid, GridMember, Place, PlaceAlias, PlacePoint
from wangge.domains.protocol.models import Response, ResponsePhase
from wangge.domains.requests.models import Request
from wangge.domains.risk.models import RiskArea, RiskInterval, RiskList, RiskRun
from wangge.domains.selfreports.models import SelfReport
from wangge.domains.sensors.models import Fit, Listener, Planned, Reading, Rejected, Sensor
from wangge.domains.supplies.models import Shipment, Shortage, Stock, Store, SupplyEntry, SupplyItem
from wangge.domains.tables.models import SavedTable, TableFile, TableFilePart, TableSchedule
from wangge.domains.testing.models import TestDue, TestResult
from wangge.domains.transfer.models import (
    InClothing,
    OfferedPerson,
    Passenger,
    PeopleOffer,
    TransferAlert,
    TransferPlan,
    TransferSite,
    TransferVehicle,
    Trip,
)
from wangge.domains.venues.models import CheckInDay, PosterCheck, Venue, VenueApplication
from wangge.domains.work.models import Attempt, Difference, HandOver, Tally, Task, TaskItem
from wangge.domains.zones.models import LinePlace, Zone, ZoneLine, ZoneNotice, ZonePlace

__all__ = [
    "AccessLog", "Account", "Answer", "Apart", "ApartReader", "ApiToken", "Ask", "AskQuestion", "AskSubject",
    "AskTally", "Attempt", "Call", "CallTry", "CardCount", "CardHand", "Case", "CaseNumber", "ChannelSign",
    "CheckInDay", "Checkpoint", "Code", "CodeAppeal", "CodeLink", "CodeSlot", "CodeVerdict", "Command", "Contact",
    "ContactChoice", "DailyReport", "Device", "Difference", "Dispatch", "DoctorCall", "Duplicate", "Emergency",
    "Enrolment", "Event", "Exposure", "Fit", "FlowRun", "Form", "FormSource", "Grid", "GridMember", "GroupPost",
    "GroupRobot", "HandOver", "Handed", "HandedList", "Heat", "HelpNote", "HelpRequest", "Holding", "HomeHelper",
    "HomeRooms", "HomeWatch", "InClothing", "Intake", "IntakePart", "IntakeRow", "LinePlace", "ListRow", "Listener",
    "Merge", "Message", "MessageTemplate", "Need", "NeedStep", "OfferedPerson", "Order", "OrderChange", "OrderReason",
    "Overflow", "PaperHanded", "Pass", "Passenger", "PeopleOffer", "Person", "Phone", "PhoneCall", "Place",
    "PlaceAlias", "PlacePoint",
    "Planned", "Post", "PostGrid", "PosterCheck", "Prescription", "PrintedCode", "Question", "Reading",
    "ReceivedForm", "Recovery", "RegisterLine", "Rejected", "Release", "ReportConsent", "ReportLink", "ReportSlot",
    "Request", "Response", "ResponsePhase", "RiskArea", "RiskInterval", "RiskList", "RiskRun", "SavedTable",
    "SelfReport", "Sensor", "Shift", "ShiftKey", "Shipment", "Shortage", "Sitting", "Stage", "StatusList", "Stock",
    "Store", "Submission", "SupplyEntry", "SupplyItem", "TableFile", "TableFilePart", "TableSchedule", "Tally",
    "Task", "TaskItem", "TestDue", "TestResult", "TransferAlert", "TransferPlan", "TransferSite", "TransferVehicle",
    "Tries", "Trip", "Venue", "VenueApplication", "VisitCost", "Watch", "WatchTally", "WorkerSign", "Zone",
    "ZoneLine", "ZoneNotice", "ZonePlace",
]  # fmt: skip
