"""``wangge import people`` and ``venues``: the dry run, the taking, what comes back, what programs read."""

import json
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.base.receipts import sheets

from wangge.base import worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import FlowRun
from wangge.base.receipts.models import Intake, IntakePart
from wangge.base.receipts.tables import read_sheet
from wangge.cli.main import main
from wangge.demo import small
from wangge.domains.people.columns import FORM
from wangge.domains.people.models import Person
from wangge.domains.venues.models import Venue
from wangge.flows import importing

pytestmark = pytest.mark.django_db
HEADING = (*sheets.HEADING, "社区")


@pytest.fixture(autouse=True)
def city(settings: Settings, tmp_path: Path) -> None:
    settings.WANGGE_CHECKINS, settings.VAR = tmp_path / "checkins.sqlite3", tmp_path
    small.build(check_ins=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Three rows, the second with a mistyped number."""
    rows = [[*row, "并州东街四社区"] for row in sheets.people(3)]
    rows[1][3] = rows[1][3][:16] + "00"
    (tmp_path / "居民.xlsx").write_bytes(sheets.book(rows, top=(HEADING,)))
    return tmp_path / "居民.xlsx"


def count() -> int:
    return Person.objects.within(EVERYTHING).count()


def test_a_dry_run_says_what_would_happen_and_leaves_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, out = count(), file.with_name("退回.xlsx")
    assert main(["import", "people", str(file), "--dry-run", "--rejects", str(out)]) == 1
    said = capsys.readouterr().out
    assert "身份证号码 → document" in said
    assert "        2 new" in said
    assert "        1 come back" in said
    assert (count(), Intake.objects.count()) == (before, 0)
    back = read_sheet(out.read_bytes(), FORM)
    assert [cells[0] for _, cells in back.rows] == ["2"]
    assert [column.heading for column in back.columns][-2:] == ["行号", "原因"]


def test_rows_are_taken_once_and_what_comes_back_goes_in_when_corrected(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, out = count(), file.with_name("退回.xlsx")
    assert main(["import", "people", str(file), "--rejects", str(out)]) == 1
    assert count() == before + 2
    assert main(["import", "people", str(file)]) == 1
    assert "was taken before" in capsys.readouterr().out
    back = read_sheet(out.read_bytes(), FORM)
    cells = list(back.rows[0][1])
    cells[3] = sheets.people(3)[1][3]
    out.write_bytes(sheets.book([cells], top=([column.heading for column in back.columns],)))
    assert main(["import", "people", str(out)]) == 0
    assert count() == before + 3
    worker.run_pending()
    assert not FlowRun.objects.exclude(state="done").exists()


def test_programs_get_one_line_of_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "people", str(file), "--json", "--dry-run"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert {name: said[name] for name in ("rows", "new", "changed", "known", "refused", "doors", "dry_run")} == {
        "rows": 3, "new": 2, "changed": 0, "known": 0, "refused": 1, "doors": 0, "dry_run": True,
    }  # fmt: skip
    assert said["columns"][1] == {"heading": "姓名", "field": "name", "why": "heading"}


def test_a_column_is_corrected_and_a_wrong_one_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "people", str(file), "--json", "--column", "备注=phone_2", "--column", "性别="]) == 1
    columns = {one["heading"]: one["field"] for one in json.loads(capsys.readouterr().out)["columns"]}
    assert (columns["备注"], columns["性别"]) == ("phone_2", "")
    other = file.with_name("b.csv")
    other.write_text(sheets.text(sheets.people(1)), encoding="utf-8")
    assert main(["import", "people", str(other), "--column", "备注=nonsense"]) == 1
    assert "names no column of this file, or no field" in capsys.readouterr().err


def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "x.xlsx"
    bad.write_bytes(b"PK\x03\x04" + bytes(1000))
    assert main(["import", "people", str(bad)]) == 1
    assert "workbook is damaged" in capsys.readouterr().err
    assert main(["import", "venues", str(tmp_path / "nothing.csv")]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_a_killed_import_is_finished_by_the_worker(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = count()
    with monkeypatch.context() as patch:
        patch.setattr("wangge.cli.importing._go_on", lambda intake, what: _die() if what == "taken" else _look(intake))
        assert main(["import", "people", str(file)]) == 1
    assert count() == before
    worker.run_pending()
    assert count() == before + 2
    assert IntakePart.objects.get().outcomes == "nrn"


def _die() -> None:
    raise KeyboardInterrupt


def _look(intake: Intake) -> None:
    importing.go_on(intake=intake, by=SYSTEM)


def test_venues_come_in(tmp_path: Path) -> None:
    file, before = tmp_path / "场所.csv", Venue.objects.count()
    file.write_bytes("店名,类型,所属社区\r\n福满超市,超市,并四社区\r\n".encode("gb18030"))
    assert main(["import", "venues", str(file)]) == 0
    assert Venue.objects.count() == before + 1
