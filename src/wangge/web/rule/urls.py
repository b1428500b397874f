"""Addresses of today's rule and of the first-shift card. The page for residents needs no sign-in."""

from django.urls import path

from wangge.web.rule import card, today

urlpatterns = [
    path("", today.mine, name="rule"),
    path("field", today.field, name="rule-field"),
    path("desk", today.desk, name="rule-desk"),
    path("trace", today.trace, name="rule-trace"),
    path("command", today.command, name="rule-command"),
    path("residents", today.residents, name="rule-residents"),
    path("first-shift", card.card, name="first-shift"),
    path("first-shift/read", card.read, name="first-shift-read"),
]
