"""Commands on a small city: refusals, the import, and what ``wangge check`` finds."""

from argparse import Namespace
from datetime import date
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from pytest_django.fixtures import Settings

from wangge.base import clock, keys
from wangge.base.access.by import SYSTEM
from wangge.base.events.actions import record
from wangge.base.events.models import FlowRun
from wangge.cli import check_, demo_, import_
from wangge.cli.main import main
from wangge.demo import accounts, small
from wangge.domains.duty.actions import end
from wangge.domains.duty.models import Holding
from wangge.domains.places.models import Place
from wangge.domains.work.actions import Wanted, put_items
from wangge.domains.work.models import Tally

pytestmark = pytest.mark.django_db
HEADING = "code12,county_code,county,town_code,town,town_type,village,village_type\n"
ROW = "140106005010,140106,迎泽区,140106005,桥东街道,subdistrict,并州东街四社区居委会,residents-committee\n"


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    settings.WANGGE_CHECKINS, settings.VAR = tmp_path / "checkins.sqlite3", tmp_path


def check(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = check_.command(Namespace(privacy=False, json=False))
    return code, capsys.readouterr().out


def test_nothing_is_wrong_with_a_small_city(capsys: pytest.CaptureFixture[str]) -> None:
    small.build()
    code, said = check(capsys)
    assert code == 0
    assert "Nothing is wrong." in said


def test_a_wrong_tally_is_found_and_left_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    tiny = small.build()
    wanted = [Wanted(home, "inform_contact", tiny.response.uuid, clock.now()) for home in tiny.homes]
    put_items(response=tiny.response, wanted=wanted, by=SYSTEM)
    Tally.objects.filter(grid=tiny.grids[0]).update(expected=99, not_yet=99)
    code, said = check(capsys)
    assert code == 1
    assert "wrong  tallies" in said
    assert Tally.objects.get(grid=tiny.grids[0]).expected == 99


def test_a_door_that_nobody_answers_for_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    tiny = small.build()
    above = ("dengqiao-1", "dengqiao-shuji", "jiyi", "qingxu", "zhihuibu")
    for holding in Holding.objects.filter(account__username__in=above):
        end(holding=holding, by=SYSTEM)
    code, said = check(capsys)
    assert code == 1
    assert f"nobody answers for 桥西 {tiny.yards[0].name}" in said


def test_a_door_in_another_grid_than_drawn_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    tiny = small.build()
    Place.objects.filter(pk=tiny.homes[0].pk).update(grid=tiny.grids[1])
    code, said = check(capsys)
    assert code == 1
    assert str(tiny.homes[0].uuid) in said


def test_a_flow_that_gave_up_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    event = record("people.died", by=SYSTEM)
    event.runs.update(state=FlowRun.State.FAILED, attempts=8, error="ValueError somewhere:1")
    code, said = check(capsys)
    assert code == 1
    assert "person_died.follow" in said
    assert "failed after 8 tries, ValueError somewhere:1" in said


def test_another_installations_keys_are_named(
    capsys: pytest.CaptureFixture[str], settings: Settings, tmp_path: Path
) -> None:
    small.build()
    settings.WANGGE_KEYS = tmp_path / "other.json"
    keys.create(settings.WANGGE_KEYS)
    code, said = check(capsys)
    assert code == 1
    assert "another installation's key file" in said
    settings.WANGGE_KEYS = tmp_path / "broken.json"
    settings.WANGGE_KEYS.write_text("{")
    assert "is damaged" in check(capsys)[1]


def test_the_demo_refuses_a_database_with_places(capsys: pytest.CaptureFixture[str]) -> None:
    small.build(check_ins=False)
    assert demo_.command(Namespace(csv=None)) == 1
    assert "WANGGE_VAR" in capsys.readouterr().err


def test_a_database_that_does_not_answer_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(args: Namespace) -> int:
        raise OperationalError("connection refused")

    monkeypatch.setattr(check_, "command", refused)
    assert main(["check"]) == 1
    assert "connection refused" in capsys.readouterr().err


def test_the_list_of_sign_ins_goes_where_there_is_no_demo() -> None:
    accounts.path().write_text("[]")
    accounts.write()
    assert not accounts.path().exists()


def importing(file: Path, edition: date = date(2023, 6, 30)) -> int:
    return import_.command(Namespace(what="places", file=file, city="太原市", edition=edition, many_closings=False))


def test_a_file_of_divisions_is_imported_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "places.csv"
    file.write_text(HEADING + ROW, encoding="utf-8")
    assert importing(file) == 0
    assert "3 added" in capsys.readouterr().out
    assert importing(file) == 0
    assert "0 added" in capsys.readouterr().out
    assert Place.objects.count() == 4


def test_bad_lines_are_named_and_the_good_ones_go_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "places.csv"
    file.write_text(HEADING + ROW + ROW.replace("140106005010", "1.40106E+11"), encoding="utf-8")
    assert importing(file) == 1
    said = capsys.readouterr().out
    assert "1 lines refused" in said
    assert "line 3" in said
    assert Place.objects.count() == 4


def test_what_is_no_such_file_is_refused_with_a_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "book.csv").write_bytes(b"PK\x03\x04 a workbook")
    assert importing(tmp_path / "missing.csv") == 1
    assert importing(tmp_path / "book.csv") == 1
    said = capsys.readouterr().err
    assert "missing.csv cannot be read" in said
    assert said.count("wangge: ") == 2
    assert not Place.objects.exists()
    assert connection.is_usable()
