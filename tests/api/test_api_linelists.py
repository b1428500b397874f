"""Line lists through the API: out with a purpose, in with receipts."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from tests.api.conftest import Asker
from tests.web.examples import Side

from wangge.base import clock
from wangge.base.access.models import AccessLog

SHAPES = ("godata-cases", "godata-contacts", "godata-relationships", "linelist")


def _send(system: Asker, shape: str, side: Side, content: bytes) -> Any:
    return system.client.post(
        f"/api/v1/linelists/{shape}?response={side.task.response.uuid}", content, content_type="text/csv",
        headers=system.headers,
    )  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_list_states_what_it_is(both: tuple[Side, Side], ask: Callable[..., Asker], shape: str) -> None:
    answer = ask("liudiao").get(f"linelists/{shape}", response=both[0].task.response.uuid, purpose="weekly")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert int(answer["X-Count"]) == len(rows) > 0
    assert answer["X-Exported-At"].endswith("+08:00")
    assert str(both[0].task.response.uuid) in answer["X-Filter"]
    look = AccessLog.objects.get(kind="exported")
    assert (look.count, look.reason) == (len(rows), f"linelist:{shape} weekly")


def test_no_list_without_a_purpose_or_the_right(both: tuple[Side, Side], ask: Callable[..., Asker]) -> None:
    response = both[0].task.response.uuid
    assert ask("liudiao").get("linelists/linelist", response=response).json()["code"] == "export_reason_missing"
    assert ask("jiance").get("linelists/linelist", response=response, purpose="x").status_code == 403
    foreign = both[1].response.uuid
    assert ask("liudiao-yingze").get("linelists/linelist", response=foreign, purpose="x").status_code == 404
    assert not AccessLog.objects.filter(kind="exported").exists()


def test_a_list_in_has_a_receipt_for_each_row(both: tuple[Side, Side], ask: Callable[..., Asker]) -> None:
    near, far = both
    system = ask("liudiao-yingze")
    text = f"id,date_onset\n{near.case.uuid},{clock.today()}\n{far.case.uuid},{clock.today()}\n"
    first, again = (_send(system, "linelist", near, text.encode()) for _ in range(2))
    assert first.json() == again.json()
    assert [(row["state"], row["code"]) for row in first.json()["rows"]] == [
        ("taken", ""), ("refused", "case_unknown"),
    ]  # fmt: skip
    receipt = system.get(f"linelists/linelist/receipts/{first.json()['id']}")
    assert receipt.json() == first.json()
    assert system.get(f"cases/{near.case.uuid}").json()["onset_on"] == clock.today().isoformat()


@pytest.mark.parametrize("content", [b"", b"\x00\x00\x00", b"PK\x03\x04broken", b"a,b\n1,2\n", b"%PDF-1.7"])
def test_what_is_no_list_is_refused_whole(both: tuple[Side, Side], ask: Callable[..., Asker], content: bytes) -> None:
    answer = _send(ask("liudiao"), "godata-cases", both[0], content)
    assert answer.status_code == 422
    assert answer.json()["detail"]
