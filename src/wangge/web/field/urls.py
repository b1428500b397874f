"""Addresses of the worker's face."""

from django.urls import path

from wangge.web.field import answers, chat, differences, door, intake, knowledge, sheets, stays, today

urlpatterns = [
    path("", today.today, name="field"),
    path("door/<uuid:uuid>/", door.door, name="door"),
    path("door/<uuid:uuid>/questions", answers.questions, name="door-questions"),
    path("door/<uuid:uuid>/knowledge", knowledge.knowledge, name="door-knowledge"),
    path("door/<uuid:uuid>/intake/<uuid:person>", intake.intake, name="door-intake"),
    path("door/<uuid:uuid>/stays/<uuid:person>", stays.stays, name="door-stays"),
    path("door/<uuid:uuid>/record", door.record, name="door-record"),
    path("door/<uuid:uuid>/settle", door.settle, name="door-settle"),
    path("door/<uuid:uuid>/call/<uuid:person>", door.call, name="door-call"),
    path("differences/", differences.listed, name="differences"),
    path("differences/<uuid:uuid>/", differences.settle, name="difference"),
    path("chat/", chat.paste, name="chat"),
    path("chat/confirm", chat.confirm, name="chat-confirm"),
    path("sheets/", sheets.sheets, name="sheets"),
    path("sheets/print", sheets.print_all, name="sheets-print"),
    path("sheets/<uuid:uuid>/", sheets.sheet, name="sheet"),
    path("sheets/<uuid:uuid>/type-in", sheets.type_in, name="type-in"),
]
