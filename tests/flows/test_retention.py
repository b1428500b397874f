"""After a Response: what is due is deleted with proof, the rest and the log stay, and nothing of it can be read."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.fixtures import Settings
from tests.flows.stage import RETEST, SCREEN, Stage, everything

from wangge.base import clock, keys, sealing, worker
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event, FlowRun
from wangge.base.receipts.models import Intake, IntakeRow
from wangge.base.retention import queries
from wangge.base.retention.fields import personal_fields
from wangge.domains.cases.models import Case
from wangge.domains.isolation.models import Order, OrderReason
from wangge.domains.isolation.models import Stage as OrderStage
from wangge.domains.people.actions import register_person
from wangge.domains.people.inputs import read_person
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details
from wangge.domains.places.models import Place
from wangge.domains.protocol.actions import close_response, open_response
from wangge.domains.testing import files
from wangge.domains.testing.models import TestResult
from wangge.domains.work.models import Tally, Task
from wangge.flows import retention

FILE = "姓名,证件号码,样本编号,检测类型,检测结果,采样时间,报告时间\r\n赵无名,110105200001011111,X-77,初筛,阴性,x,y\r\n"


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path) -> None:
    """The Response of every test has the same id; a key destroyed in one must not be missing in the next."""
    settings.WANGGE_KEYS = Path(shutil.copy(settings.WANGGE_KEYS, tmp_path / "keys.json"))


def day_after(stage: Stage, days: float) -> None:
    """So many days after the closing the worker's alarms ring, and everything that follows is done."""
    with clock.held(closed(stage) + timedelta(days=days)):
        worker.ring_alarms()
        worker.run_pending()
    assert not FlowRun.objects.exclude(state="done").exists()


def closed(stage: Stage) -> datetime:
    stage.tiny.response.refresh_from_db()
    assert stage.tiny.response.closed_at
    return stage.tiny.response.closed_at


def close(stage: Stage) -> None:
    close_response(response=stage.tiny.response, by=stage.tiny.by("zhihuibu"))
    worker.run_pending()


def a_file(stage: Stage) -> IntakeRow:
    by = stage.tiny.by("jiance")
    intake, _new = files.receive_file(name="赵无名.csv", content=FILE.encode(), by=by)
    worker.run_pending()
    return IntakeRow.objects.get(intake=intake)


def noted(stage: Stage) -> Person:
    typed = read_person(name="钱过路", phone="13900009999")
    home = stage.tiny.homes[3]
    return register_person(typed=typed, home=home, by=stage.tiny.by("liudiao"), noted_for=stage.tiny.response.uuid)


def test_what_is_due_goes_by_its_days_and_the_register_stays(stage: Stage) -> None:
    stage.case_of(stage.tiny.family[0])
    row, passer = a_file(stage), noted(stage)
    close(stage)
    assert row.content
    day_after(stage, 0.9)
    row.refresh_from_db()
    assert bytes(row.content) == b""  # 0 days
    day_after(stage, 29)
    assert Case._base_manager.count() == 1
    people = Person._base_manager.count()
    day_after(stage, 31)
    assert (Case._base_manager.count(), TestResult._base_manager.count(), Task._base_manager.count()) == (0, 0, 0)
    assert Order._base_manager.count() > 0  # they can still be contested
    assert Person._base_manager.count() == people - 1  # the passer-by was in no register
    assert not Person._base_manager.filter(uuid=passer.uuid).exists()
    assert Tally.objects.exists()
    day_after(stage, 186)
    assert (Order._base_manager.count(), OrderReason.objects.count(), OrderStage.objects.count()) == (0, 0, 0)


def test_the_proof_counts_before_and_after_and_names_the_key(stage: Stage) -> None:
    stage.case_of(stage.tiny.family[0])
    noted(stage)
    close(stage)
    before = {term.days: queries.count(term) for term in queries.terms(stage.tiny.response.uuid, closed(stage))}
    results = TestResult._base_manager.count()
    day_after(stage, 31)
    day_after(stage, 186)
    proofs = queries.proofs(stage.tiny.response.uuid)
    done = {event.data["days"]: event.data for event in proofs if event.kind == "retention.deletion_done"}
    assert done[30]["before"] == before[30]
    assert done[30]["before"]["wangge_testresult"]["person"] == results > 0
    assert all(queries.total(data["after"]) == 0 for data in done.values())
    destroyed = [event for event in proofs if event.kind == "retention.key_destroyed"]
    assert [event.data["key"] for event in destroyed] == [str(stage.tiny.response.uuid)]
    assert stage.tiny.response.uuid not in keys.load(settings.WANGGE_KEYS).responses


def test_an_old_copy_of_the_database_cannot_be_read_any_more(stage: Stage) -> None:
    row, passer = a_file(stage), noted(stage)
    envelopes = [("wangge_intakerow", row.uuid, bytes(row.content)), ("wangge_person", passer.uuid, passer.sealed)]
    assert sealing.unseal(*envelopes[0])["cells"]["document"] == "110105200001011111"
    close(stage)
    day_after(stage, 31)
    for envelope in envelopes:
        with pytest.raises(keys.KeyDestroyed):
            sealing.unseal(*envelope)


def test_a_key_that_came_back_with_an_old_key_file_is_destroyed_again(stage: Stage) -> None:
    a_file(stage)
    close(stage)
    uuid = stage.tiny.response.uuid
    old = settings.WANGGE_KEYS.read_text()
    day_after(stage, 31)
    assert uuid not in keys.load(settings.WANGGE_KEYS).responses
    settings.WANGGE_KEYS.write_text(old)
    assert uuid in keys.load(settings.WANGGE_KEYS).responses
    day_after(stage, 32)
    assert uuid not in keys.load(settings.WANGGE_KEYS).responses
    assert Event.objects.filter(kind="retention.key_destroyed").count() == 1


def test_the_log_leads_to_nobody_and_stays_whole(stage: Stage) -> None:
    person = stage.tiny.family[0]
    stage.case_of(person)
    before = {one.pk: (one.uuid, one.name, details(one)) for one in Person._base_manager.all()}
    events = Event.objects.count()
    close(stage)
    day_after(stage, 31)
    day_after(stage, 186)
    after = {one.pk: (one.uuid, one.name, details(one)) for one in Person._base_manager.all()}
    assert {pk: row[1:] for pk, row in after.items()} == {pk: row[1:] for pk, row in before.items()}
    named = {
        event.data["person"]
        for event in Event.objects.filter(response=stage.tiny.response.uuid)
        if "person" in event.data
    }
    assert str(before[person.pk][0]) in named
    assert not Person._base_manager.filter(uuid__in=named).exists()
    homes = set(Place.objects.filter(kind__in=["household", "bed", "yard"]).values_list("uuid", flat=True))
    mentioned = Event.objects.filter(response=stage.tiny.response.uuid).exclude(place=None)
    assert not homes & set(mentioned.values_list("place", flat=True))
    assert Event.objects.count() > events
    uuids = set(Event.objects.values_list("uuid", flat=True))
    assert set(Event.objects.exclude(cause=None).values_list("cause", flat=True)) <= uuids


def test_somebody_in_an_open_response_is_held_by_it(stage: Stage) -> None:
    person = stage.tiny.family[0]
    stage.case_of(person)
    passer = noted(stage)
    other = open_response(
        title="防汛", protocol="flood-evacuation", area=stage.tiny.places["community"], authority="区防指",
        document_no="防指9号", ground="防洪法", remedy="区政府", drill=True, by=stage.tiny.by("zhihuibu"),
    )  # fmt: skip
    worker.run_pending()
    close(stage)
    day_after(stage, 186)
    assert Case._base_manager.count() == 0
    assert {order.response_id for order in Order._base_manager.all()} <= {other.pk}
    assert Person._base_manager.filter(uuid=passer.uuid).exists()  # on the list of a door that is still open
    assert details(Person._base_manager.get(uuid=passer.uuid))["phone"] == "13900009999"
    assert Person._base_manager.get(pk=person.pk).uuid == person.uuid
    with clock.held(closed(stage) + timedelta(days=187)):
        close_response(response=other, by=stage.tiny.by("zhihuibu"))
        worker.run_pending()
    day_after(stage, 187 + 186)
    day_after(stage, 187 + 187)  # the night after the last order was gone
    assert not Person._base_manager.filter(uuid=passer.uuid).exists()
    assert Person._base_manager.get(pk=person.pk).uuid != person.uuid


def test_an_open_response_and_a_second_night_change_nothing(stage: Stage) -> None:
    stage.case_of(stage.tiny.family[0])
    with clock.held(clock.now() + timedelta(days=400)):
        retention.due(Event(kind="clock.day_began", uuid=stage.tiny.response.uuid))
    assert not Event.objects.filter(kind__startswith="retention.").exists()
    close(stage)
    day_after(stage, 186)
    state = everything(but=("FlowRun",))
    retention.due(Event.objects.filter(kind="clock.day_began").order_by("-id")[0])
    for event in Event.objects.filter(kind="retention.deletion_done"):
        retention.done(event)
    assert everything(but=("FlowRun",)) == state


def test_many_rows_go_in_parts_and_each_part_is_counted(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "PART", 3)
    stage.case_of(stage.tiny.family[0])
    close(stage)
    day_after(stage, 31)
    done = Event.objects.get(kind="retention.deletion_done", data__days=30)
    parts = Event.objects.filter(kind="retention.part_deleted", data__days=30)
    assert parts.count() > 3
    deleted = sum(queries.total(part.data["deleted"]) for part in parts)
    assert Case._base_manager.count() == 0
    assert deleted >= done.data["before"]["wangge_case"]["person"]


def test_rows_in_no_response_run_by_their_own_clock(stage: Stage) -> None:
    row = a_file(stage)
    Intake.objects.update(response=None)
    now = clock.now()
    for days, left in ((29, True), (31, False)):
        with clock.held(now + timedelta(days=days)):
            worker.ring_alarms()
            worker.run_pending()
        row.refresh_from_db()
        assert bool(bytes(row.content)) is left
    assert Intake.objects.get().name == ""


def test_every_declared_field_is_reached_by_a_term_or_is_in_a_register(stage: Stage) -> None:
    response = stage.tiny.response.uuid
    reached = {
        (field.table, field.name)
        for term in (*queries.terms(response, clock.now()), *queries.own_terms(clock.now()))
        for field in queries.fields_of(term)
    }
    registers = {(one.table, one.name) for one in personal_fields() if one.kept.register and not one.kept.response}
    assert {(one.table, one.name) for one in personal_fields()} - reached == registers
    assert {table for table, _name in registers} == {"wangge_account", "wangge_duplicate", "wangge_merge"}


def test_results_of_a_second_test_are_deleted_in_their_own_response_only(stage: Stage) -> None:
    stage.result(stage.tiny.family[0], SCREEN)
    worker.run_pending()
    stage.result(stage.tiny.family[0], RETEST)
    worker.run_pending()
    close(stage)
    day_after(stage, 31)
    assert not TestResult.objects.within(EVERYTHING).exists()
