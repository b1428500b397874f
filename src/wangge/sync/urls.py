"""Addresses of the field app. What is said there: docs/operate/sync.md."""

from django.urls import path

from wangge.sync import commands, contact, package

urlpatterns = [
    path("contact", contact.contact, name="sync-contact"),
    path("package", package.package, name="sync-package"),
    path("commands", commands.commands, name="sync-commands"),
    path("receipts", commands.receipts, name="sync-receipts"),
]
