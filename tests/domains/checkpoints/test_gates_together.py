"""Two gates write a line of their registers at one time: neither waits for the other, and closing waits for both."""

import threading

import pytest
from django.db import OperationalError, connection, connections, transaction

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind, segment
from wangge.domains.protocol.actions import close_response
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import held_open


def patient_for(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{seconds}s'")


@pytest.fixture
def response(transactional_db: None) -> Response:
    area = Place.objects.create(kind=Kind.CITY, name="太原市", path=segment(1), code="140100000000")
    return Response.objects.create(title="演练", area=area, opened_at=clock.now(), document_no="演练1号")


@transaction.atomic
def closed(response: Response) -> None:
    """Raises OperationalError where it has to wait for longer than a second."""
    patient_for(1)
    close_response(response=response, by=SYSTEM)


def test_gates_hold_their_response_together(response: Response) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer: everybody waits for everybody")
    held, both, over = list[bool](), threading.Barrier(3), threading.Event()

    def gate() -> None:
        with transaction.atomic():
            patient_for(2)
            held.append(held_open(response.uuid))
            both.wait(20)
            over.wait(20)
        connections.close_all()

    gates = [threading.Thread(target=gate) for _number in range(2)]
    for one in gates:
        one.start()
    both.wait(20)
    with pytest.raises(OperationalError):
        closed(response)
    over.set()
    for one in gates:
        one.join()
    closed(response)
    assert [*held, held_open(response.uuid)] == [True, True, False]
