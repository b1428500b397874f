"""Addresses of the field app. What is said there: docs/operate/sync.md."""

from django.urls import path

from wangge.sync import commands, contact, gates, package

urlpatterns = [
    path("contact", contact.contact, name="sync-contact"),
    path("package", package.package, name="sync-package"),
    path("commands", commands.commands, name="sync-commands"),
    path("checkpoints", gates.checkpoints, name="sync-checkpoints"),
    path("list", gates.status_list, name="sync-list"),
    path("keys", gates.keys, name="sync-keys"),
    path("receipts", commands.receipts, name="sync-receipts"),
]
