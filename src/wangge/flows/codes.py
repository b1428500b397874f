"""Codes follow facts: the city's list is made again when something was recorded, and ends with its Response."""

import logging
from datetime import datetime

from django.db import transaction

from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.base.worker import reason_of
from wangge.domains.codes import actions, queries
from wangge.domains.protocol import queries as protocols
from wangge.domains.protocol.rules import Named

log = logging.getLogger("wangge.flows")


def lists(now: datetime) -> None:
    """Make the list of each Response that has codes, at most once a minute; nothing is made where nothing happened."""
    for response in protocols.naming(Named.CODES):
        try:
            with transaction.atomic():  # a missing key, or no number left, stops no other city's list
                if queries.in_use(response) and queries.due(response, now):
                    actions.publish(response=response)
        except Exception as error:
            log.error("no list for %s: %s", response.uuid, reason_of(error))


def appeals_late(now: datetime) -> None:
    """Appeals past their deadline are seen by the level above as well."""
    actions.raise_late(now=now, by=SYSTEM)


def closed(event: Event) -> None:
    """Answer ``protocol.response_closed``: no phone shows a code from this minute on; what is kept goes that night."""
    actions.end_all_in(response=protocols.response(subject_of(event)), by=SYSTEM)
