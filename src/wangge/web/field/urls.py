"""Addresses of the worker's face."""

from django.urls import path

from wangge.web.desk.help_down import at_door
from wangge.web.field import answers, chat, differences, door, intake, knowledge, paper, sheets, stays, today, transfer

urlpatterns = [
    path("", today.today, name="field"),
    path("door/<uuid:uuid>/", door.door, name="door"),
    path("door/<uuid:uuid>/questions", answers.questions, name="door-questions"),
    path("door/<uuid:uuid>/knowledge", knowledge.knowledge, name="door-knowledge"),
    path("door/<uuid:uuid>/intake/<uuid:person>", intake.intake, name="door-intake"),
    path("door/<uuid:uuid>/stays/<uuid:person>", stays.stays, name="door-stays"),
    path("door/<uuid:uuid>/help", at_door, name="door-help"),
    path("door/<uuid:uuid>/paper/<uuid:order>", paper.paper, name="door-paper"),
    path("door/<uuid:uuid>/record", door.record, name="door-record"),
    path("door/<uuid:uuid>/settle", door.settle, name="door-settle"),
    path("door/<uuid:uuid>/call/<uuid:person>", door.call, name="door-call"),
    path("transfer/", transfer.hands, name="hands"),
    path("transfer/offer", transfer.offer, name="hands-offer"),
    path("transfer/wait", transfer.wait, name="hands-wait"),
    path("transfer/doors/<uuid:uuid>/", transfer.door, name="hands-door"),
    path("transfer/doors/<uuid:uuid>/told", transfer.told, name="hands-told"),
    path("transfer/doors/<uuid:uuid>/asked", transfer.asked, name="hands-asked"),
    path("transfer/doors/<uuid:uuid>/person", transfer.person, name="hands-person"),
    path("transfer/doors/<uuid:uuid>/along", transfer.along, name="hands-along"),
    path("transfer/trips/<uuid:uuid>/", transfer.trip, name="hands-trip"),
    path("transfer/trips/<uuid:uuid>/stop", transfer.stop, name="hands-stop"),
    path("transfer/offers/<uuid:uuid>/", transfer.offered, name="hands-offered"),
    path("transfer/offers/<uuid:uuid>/answer", transfer.answer, name="hands-answer"),
    path("differences/", differences.listed, name="differences"),
    path("differences/<uuid:uuid>/", differences.settle, name="difference"),
    path("chat/", chat.paste, name="chat"),
    path("chat/confirm", chat.confirm, name="chat-confirm"),
    path("sheets/", sheets.sheets, name="sheets"),
    path("sheets/print", sheets.print_all, name="sheets-print"),
    path("sheets/<uuid:uuid>/", sheets.sheet, name="sheet"),
    path("sheets/<uuid:uuid>/type-in", sheets.type_in, name="type-in"),
]
