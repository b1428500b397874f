"""Results through the API: the desk's inputs and verbs, a receipt for each row, and nothing twice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.api.conftest import Asker

from wangge.base import clock, worker
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.receipts.models import Intake, IntakeRow
from wangge.demo.small import Small
from wangge.domains.testing.models import TestResult


def row(tiny: Small, number: int, **other: Any) -> dict[str, Any]:
    """A negative first screen of somebody of the community."""
    known = [one for one in tiny.family if tiny.document(one)]
    person = known[number % len(known)]
    at = clock.now().astimezone(clock.LOCAL) - timedelta(hours=2)
    return {
        "document": tiny.document(person), "laboratory": "市疾控", "specimen_no": f"S{number}", "purpose": "screen",
        "value": "negative", "symptoms": False, "collected_at": (at - timedelta(hours=3)).isoformat(),
        "reported_at": at.isoformat(),
    } | other  # fmt: skip


def recorded() -> list[TestResult]:
    return list(TestResult.objects.within(EVERYTHING).order_by("id"))


def test_one_result_is_recorded_and_known_when_it_comes_again(tiny: Small, ask: Callable[..., Asker]) -> None:
    system, sent = ask("jiance"), row(tiny, 1, id=str(uuid4()), value="positive")
    first, again = system.post("results", sent), system.post("results", sent)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["id"] == sent["id"]
    assert [str(one.uuid) for one in recorded()] == [sent["id"]]
    worker.run_pending()
    assert Event.objects.filter(kind="testing.tests_planned").exists()  # what follows a positive follows here as well


def test_instants_with_another_offset_are_the_same_instant(tiny: Small, ask: Callable[..., Asker]) -> None:
    utc = (clock.now() - timedelta(hours=1)).replace(microsecond=0)
    sent = row(tiny, 1, reported_at=utc.isoformat().replace("+00:00", "Z"))
    assert ask("jiance").post("results", sent).status_code == 201
    assert recorded()[0].reported_at == utc


@pytest.mark.parametrize(("wrong", "field", "code"), [
    ({"document": ""}, "document", "missing"), ({"value": "非阳性"}, "value", "value_unknown"),
    ({"collected_at": "yesterday"}, "collected_at", "time_unreadable"),
    ({"reported_at": "9999-12-31T23:59:59-14:00"}, "reported_at", "time_unreadable"),
    ({"document": "140106199001011230"}, "document", "id_card_wrong"),
    ({"document": "E00000001"}, "document", "person_unknown"), ({"id": "1"}, "id", "id_unreadable"),
])  # fmt: skip
def test_a_wrong_result_is_refused_at_its_field(
    tiny: Small, ask: Callable[..., Asker], wrong: dict[str, str], field: str, code: str
) -> None:
    answer = ask("jiance").post("results", row(tiny, 1, **wrong))
    assert answer.status_code == 422
    assert (field, code) in [(one["field"], one["code"]) for one in answer.json()["errors"]]
    assert recorded() == []


def test_an_id_names_one_specimen_for_good(tiny: Small, ask: Callable[..., Asker]) -> None:
    system, uuid = ask("jiance"), str(uuid4())
    assert system.post("results", row(tiny, 1, id=uuid)).status_code == 201
    assert system.post("results", row(tiny, 2, id=uuid)).json()["code"] == "id_of_another"
    assert len(recorded()) == 1


def test_somebody_of_elsewhere_is_unknown_and_other_posts_enter_nothing(tiny: Small, ask: Callable[..., Asker]) -> None:
    stranger = tiny.living[tiny.yards[0].pk][0]
    far = row(tiny, 1, document=tiny.document(stranger))
    assert ask("jiance").post("results", far).json()["code"] == "person_unknown"
    assert ask("liudiao").post("results", row(tiny, 1)).status_code == 403
    assert ask("liudiao").post("results/bulk", {"rows": [row(tiny, 1)]}).status_code == 403
    assert recorded() == []
    assert not Intake.objects.exists()


def test_each_row_of_many_has_its_receipt_and_the_same_body_again_changes_nothing(
    tiny: Small, ask: Callable[..., Asker]
) -> None:
    system = ask("jiance")
    system.post("results", row(tiny, 1))
    body = {"name": "lab", "rows": [row(tiny, 1), row(tiny, 2), row(tiny, 3, value="?"), row(tiny, 4, specimen_no=4)]}
    first = system.post("results/bulk", body)
    facts = Event.objects.count()
    again = system.post("results/bulk", body)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert [one["state"] for one in first.json()["rows"]] == ["known", "taken", "refused", "taken"]
    assert [first.json()[state] for state in ("taken", "known", "refused", "waiting")] == [2, 1, 1, 0]
    third = first.json()["rows"][2]
    assert (third["row"], third["field"], third["code"]) == (3, "value", "value_unknown")
    assert "“?”" in third["detail"]
    assert Event.objects.count() == facts
    assert len(recorded()) == 3
    assert system.get(f"results/bulk/{first.json()['id']}").json() == first.json()


def test_a_refused_row_is_corrected_on_the_desk(tiny: Small, ask: Callable[..., Asker]) -> None:
    system = ask("jiance")
    receipt = system.post("results/bulk", {"rows": [row(tiny, 1, value="?")]}).json()
    desk = Client()
    desk.force_login(tiny.accounts["jiance"], backend="django.contrib.auth.backends.ModelBackend")
    page = desk.get(f"/desk/results/files/{receipt['id']}/")
    assert page.status_code == 200
    right = {**row(tiny, 1), "symptoms": "no"}
    for name in ("collected_at", "reported_at"):
        right[name] = right[name][:16]
    desk.post(f"/desk/results/files/{receipt['id']}/rows/1/correct", right)
    after = system.get(f"results/bulk/{receipt['id']}").json()
    assert (after["refused"], after["corrected"]) == (0, 1)
    assert after["rows"][0]["result"] == str(recorded()[0].uuid)


def test_rows_left_over_wait_for_the_worker(
    tiny: Small, ask: Callable[..., Asker], monkeypatch: pytest.MonkeyPatch
) -> None:
    from wangge.api import results

    monkeypatch.setattr(results, "PATIENCE", -1.0)
    system, body = ask("jiance"), {"rows": [row(tiny, number) for number in range(1, 6)]}
    answer = system.post("results/bulk", body)
    assert (answer.status_code, answer.json()["waiting"]) == (202, 5)
    worker.run_pending()
    assert system.post("results/bulk", body).json()["taken"] == 5


def test_a_receipt_is_only_for_whoever_sent_it(tiny: Small, ask: Callable[..., Asker]) -> None:
    receipt = ask("jiance").post("results/bulk", {"rows": [row(tiny, 1)]}).json()
    from tests.web.examples import seat

    from wangge.domains.duty.rules import PostKind

    seat(tiny, "other-desk", PostKind.TEST_DESK, tiny.places["county"])
    assert ask("other-desk").get(f"results/bulk/{receipt['id']}").status_code == 404


def test_what_was_taken_leaves_no_personal_text_in_the_receipt(tiny: Small, ask: Callable[..., Asker]) -> None:
    ask("jiance").post("results/bulk", {"rows": [row(tiny, 1)]})
    assert [bytes(one.content) for one in IntakeRow.objects.all()] == [b""]


def test_too_many_rows_at_once_are_refused_whole(tiny: Small, ask: Callable[..., Asker]) -> None:
    body = {"rows": [{"document": "1"}] * 5001}
    assert ask("jiance").post("results/bulk", body).status_code == 422
    assert ask("jiance").post("results/bulk", {"rows": []}).status_code == 422
    assert not Intake.objects.exists()
