"""Addresses of asking."""

from django.urls import path

from wangge.web.asks import asks, bank, bank_file, deciding, figures, held, lines, overflow, sending, settling

urlpatterns = [
    path("", asks.asks, name="asks"),
    path("new", sending.new, name="ask-new"),
    path("overflow/", overflow.overflows, name="overflows"),
    path("overflow/<uuid:uuid>/decide", overflow.decide, name="overflow-decide"),
    path("disputed/", settling.disputed, name="disputed"),
    path("disputed/<uuid:uuid>/", settling.settle, name="answer-settle"),
    path("held/", held.held_forms, name="held-forms"),
    path("held/<uuid:uuid>/", held.held_form, name="held-form"),
    path("questionnaires/", bank.questionnaires, name="questionnaires"),
    path("questionnaires/send", bank.send, name="questionnaire-send"),
    path("questionnaires/shipped", bank.shipped, name="questionnaire-shipped"),
    path("questionnaires/files/<uuid:uuid>/", bank_file.look, name="questionnaire-file"),
    path("questionnaires/<uuid:uuid>/", bank_file.version, name="questionnaire"),
    path("questionnaires/<uuid:uuid>/file", bank_file.download, name="questionnaire-source"),
    path("<uuid:uuid>/", figures.ask, name="ask-page"),
    path("<uuid:uuid>/confirm", deciding.confirm, name="ask-confirm"),
    path("<uuid:uuid>/decline", deciding.decline, name="ask-decline"),
    path("<uuid:uuid>/at/<uuid:place>/", figures.ask_at, name="ask-at"),
    path("<uuid:uuid>/at/<uuid:place>/figures", figures.live, name="ask-figures"),
    path("<uuid:uuid>/at/<uuid:place>/lines/", lines.lines, name="ask-lines"),
]
