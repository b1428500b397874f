"""Codes while others work: whoever names the Response does not wait for its list, and numbers outlive an upgrade."""

from pathlib import Path

import pytest
from django.db import connection
from tests.installation import install

#: The release before, whose number was the row's key, is brought forward. Then three give places to the same people at
#: one time. Last a list is being made and stays uncommitted; meanwhile a gate locks the Response as for each line of
#: its register, and a desk makes a link: whoever waits gets an error after two seconds.
PLAYED = """
import json, threading
from django.core.management import call_command
from django.db import connection, connections, transaction
from wangge.base.worker import run_pending
from wangge.demo import small
from wangge.domains.codes import actions, queries
from wangge.domains.codes.actions.numbering import give_slots, slot_of
from wangge.domains.codes.rules import Consent
from wangge.domains.protocol.models import Response
from tests.flows.stage import SCREEN, Stage

tiny = small.build(check_ins=False)
stage, response, said = Stage(tiny), tiny.response, {}
call_command("migrate", "wangge", "0036", verbosity=0)
with connection.cursor() as cursor:
    for key, person in ((70_001, tiny.family[0]), (70_005, tiny.family[1])):
        cursor.execute("INSERT INTO wangge_codeslot (id, response_id, person_id) VALUES (%s, %s, %s)",
                       [key, response.pk, person.pk])
call_command("migrate", "wangge", verbosity=0)
said["kept"] = [slot_of(person, response) for person in tiny.family[:3]]

def at_once(*works):
    def begin(work):
        try:
            work()
        except Exception as error:
            said[work.__name__] = repr(error)
        connections.close_all()

    every = [threading.Thread(target=begin, args=(one,)) for one in works]
    for one in every: one.start()
    for one in every: one.join()

people = [one.pk for some in tiny.living.values() for one in some][3:]
together, made, done = threading.Barrier(3), threading.Event(), threading.Event()

def giving(first):
    def give():
        mine = people[first:] + people[:first]
        together.wait()
        for at in range(0, len(mine), 3):
            give_slots(response, mine[at:at + 3])
    return give

at_once(giving(0), giving(5), giving(6))
slots = queries.slots_of(response, people).values()  # each its own; who skips past another's leaves a gap now and then
said["given"] = len(set(slots)) == len(people) and min(slots) >= 70_007 and max(slots) < 70_007 + 2 * len(people)

def listing():
    with transaction.atomic():
        actions.publish(response=response)
        made.set()
        done.wait(20)

def desk():
    made.wait(20)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
            list(Response.objects.select_for_update().filter(pk=response.pk))
            actions.allow(person=tiny.family[3], response=response, consent=Consent.OWN, by=tiny.by("bingsi-shuji"))
        said["desk"] = "did not wait"
    finally:
        done.set()

if connection.vendor == "postgresql":  # SQLite has one writer: everybody waits for everybody
    stage.result(tiny.family[0], SCREEN)
    run_pending()
    at_once(listing, desk)
print(json.dumps(said))
"""


@pytest.mark.django_db
def test_numbers_outlive_an_upgrade_and_are_given_once_and_nobody_waits_for_a_list(tmp_path: Path) -> None:
    waited = {"desk": "did not wait"} if connection.vendor == "postgresql" else {}
    assert install(tmp_path).run(PLAYED) == {"kept": [70_001, 70_005, 70_006], "given": True, **waited}
