"""New keys for old: nothing is lost, nothing that changed meanwhile is overwritten, and what was stopped goes on."""

from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as product
from django.db import models
from pytest_django.fixtures import Settings

from wangge.base import clock, health, keys, sealing, signing
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.receipts.models import Intake, IntakeRow
from wangge.cli import rotate_keys_
from wangge.cli.inspecting import readable_keys
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.duty.models import Account
from wangge.domains.people.envelope import name_birth_index
from wangge.domains.people.models import Person
from wangge.domains.people.queries import by_document, details
from wangge.operate import rotating, sealed
from wangge.operate.refusals import Refused
from wangge.operate.sealed import BEGIN_ANEW, SEALED

pytestmark = pytest.mark.django_db


PLAIN = {("wangge_formsource", "content")}  # an office's file of questions: nothing of anybody


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.WANGGE_KEYS, settings.WANGGE_CHECKINS = tmp_path / "keys.json", tmp_path / "checkins.sqlite3"
    monkeypatch.setattr(rotating, "PAUSE", 0)


@pytest.fixture
def tiny() -> Small:
    """The tiny city, with one refused row of a file."""
    made = small.build(check_ins=False)
    intake = Intake.objects.create(kind="testing.results", name="x", digest="d", received_at=made.response.opened_at)
    uuid = uuid7()
    content = sealing.seal("wangge_intakerow", uuid, {"cells": {"name": "甲"}})
    IntakeRow.objects.create(uuid=uuid, intake=intake, number=2, state="refused", content=content)
    return made


def everybody() -> list[Person]:
    return list(Person.objects.within(EVERYTHING).order_by("pk"))


def command(**chosen: bool) -> int:
    usual = {"blind": False, "drop_old": False, "look": False, "json": True, "codes": False, "revoke": None}
    return rotate_keys_.command(Namespace(**{**usual, **chosen}))


def test_everything_is_sealed_again_and_reads_as_before(tiny: Small, settings: Settings) -> None:
    before = {one.pk: details(one) for one in everybody()}
    assert command() == 0
    assert {one.pk: details(one) for one in everybody()} == before
    assert {bytes(one.sealed)[1] for one in everybody()} == {2}
    assert sealed.envelopes() == {
        "wangge_person.sealed": {2: len(before)}, "wangge_account.sealed": {2: len(tiny.accounts)},
        "wangge_intakerow.content": {2: 1}, "wangge_intakepart.content": {}, "wangge_request.sealed": {},
        "wangge_answer.sealed": {}, "wangge_apitoken.sealed": {}, "wangge_tablefilepart.content": {},
        "wangge_receivedform.sealed": {}, "wangge_listrow.content": {}, "wangge_selfreport.sealed": {},
        "wangge_venueapplication.sealed": {},
        "wangge_handedlist.top": {}, "wangge_shiftkey.sealed": {}, "wangge_command.sealed": {},
        "wangge_registerline.sealed": {},
    }  # fmt: skip
    row = IntakeRow.objects.get()
    assert sealing.unseal("wangge_intakerow", row.uuid, row.content) == {"cells": {"name": "甲"}}


def test_what_was_stopped_goes_on_under_the_same_key(tiny: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotating, "AT_ONCE", 5)

    def stopped(words: str) -> None:
        raise KeyboardInterrupt

    key, new = rotating.begin()
    with pytest.raises(KeyboardInterrupt):
        rotating.seal_again(key, stopped)
    assert sealed.envelopes()["wangge_person.sealed"][2] == 5
    assert rotating.begin() == (2, False)
    assert rotating.seal_again(2, lambda words: None) == len(everybody()) + Account.objects.count() + 1 - 5
    assert new
    assert rotating.left(2) == 0


def test_a_row_that_changed_meanwhile_keeps_its_change(tiny: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who has not seen the new key yet corrects a number between our reading of the row and our writing."""
    one, again = everybody()[0], rotating._again
    corrected = sealing.seal("wangge_person", one.uuid, {**details(one), "phone": "19900009999"})
    written: list[int] = []

    def late(table: str, uuid: Any, envelope: bytes) -> bytes:
        if not written and envelope == bytes(one.sealed):
            written.append(one.pk)
            Person.objects.within(EVERYTHING).filter(pk=one.pk).update(sealed=corrected)
        return again(table, uuid, envelope)

    monkeypatch.setattr(rotating, "_again", late)
    key, _ = rotating.begin()
    rotating.seal_again(key, lambda words: None)
    one.refresh_from_db()
    assert written == [one.pk]
    assert details(one)["phone"] == "19900009999"
    assert bytes(one.sealed)[1] == key


def test_an_old_key_is_dropped_only_when_nothing_is_under_it(tiny: Small, settings: Settings) -> None:
    keys.add_sealing(settings.WANGGE_KEYS)
    with pytest.raises(Refused, match="still under an older key"):
        rotating.drop_old()
    assert command() == 0
    assert rotating.drop_old() == [1]
    assert set(keys.load(settings.WANGGE_KEYS).sealing) == {2}
    assert details(everybody()[0])
    assert rotating.drop_old() == []


def test_a_responses_own_key_is_left_alone(tiny: Small, settings: Settings) -> None:
    one = everybody()[0]
    one.sealed = sealing.seal("wangge_person", one.uuid, {"document": "", "phone": "1"}, response=tiny.response.uuid)
    one.save()
    assert command() == 0
    after = Person.objects.within(EVERYTHING).get(pk=one.pk)
    assert bytes(after.sealed) == bytes(one.sealed)
    assert sealed.responses() == [tiny.response.uuid]


def test_blind_indexes_are_worked_out_again_and_find_the_same_people(tiny: Small, settings: Settings) -> None:
    before = {one.pk: (one.document_index, details(one)["document"]) for one in everybody()}
    names = {one.name_birth_index for one in everybody()} - {""}
    old = keys.load(settings.WANGGE_KEYS).blind
    assert command(blind=True) == 0
    assert keys.load(settings.WANGGE_KEYS).blind != old
    for one in everybody():
        index, document = before[one.pk]
        assert (one.document_index == "") == (index == "")
        if document:
            assert one.document_index != index
            found = by_document(EVERYTHING, document)
            assert found
            assert found.pk == one.pk
        if one.birth_date:
            assert one.name_birth_index == name_birth_index(one.name, one.birth_date)
            assert one.name_birth_index not in names
    assert readable_keys() == []


def test_killed_between_database_and_key_file_it_is_named_and_mended(
    tiny: Small, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(path: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(keys, "use_next_blind", killed)
        with pytest.raises(KeyboardInterrupt):
            rotating.index_again(lambda words: None)
    assert readable_keys() == ["the blind indexes are under the next key already. Run: wangge rotate-keys --blind"]
    assert command(blind=True) == 0
    assert readable_keys() == []


def test_blind_indexes_wait_until_the_worker_has_stopped(
    tiny: Small, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    health.sign("somewhere:1")
    before = settings.WANGGE_KEYS.read_text()
    assert command(blind=True) == 1
    assert "Stop web and worker" in capsys.readouterr().err
    assert settings.WANGGE_KEYS.read_text() == before
    health.leave("somewhere:1")
    assert command(blind=True) == 0


def test_every_sealed_column_and_every_keyed_index_is_covered() -> None:
    covered = {(one.table, name) for one in SEALED for name in (one.column, *one.blind)}
    wanted = set()
    for model in apps.get_app_config("wangge").get_models():
        for field in model._meta.local_concrete_fields:
            keyed = "keyed" in getattr(model.privacy.get(field.name), "why", "")  # type: ignore[attr-defined]
            if (isinstance(field, models.BinaryField) and (model._meta.db_table, field.column) not in PLAIN) or keyed:
                wanted.add((model._meta.db_table, field.column))
    assert covered | BEGIN_ANEW == wanted


def test_what_was_done_stands_in_the_log(tiny: Small) -> None:
    command()
    command(drop_old=True)
    command(blind=True)
    kinds = list(Event.objects.filter(kind__startswith="keeping.").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["keeping.keys_rotated", "keeping.keys_dropped", "keeping.index_rotated"]


def test_a_new_key_signs_codes_and_a_stolen_one_is_revoked(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(codes=True) == 0
    assert command(codes=True) == 0
    second, first = (one.kid for one in signing.known(product.WANGGE_KEYS))
    assert command(revoke="ffffffff") == 1
    assert second in capsys.readouterr().err
    assert command(revoke=second, json=True) == 0
    third = signing.current(product.WANGGE_KEYS, clock.now()).kid
    assert third not in (first, second)
    revoked = {one.kid for one in signing.known(product.WANGGE_KEYS) if one.revoked}
    assert revoked == {second}
    assert set(Event.objects.values_list("kind", flat=True)) == {"keeping.signing_rotated", "keeping.signing_revoked"}
