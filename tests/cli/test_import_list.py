"""``wangge import list``: a look that leaves nothing, and the taking."""

import json
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.domains.lists.sent import content

from wangge.base.access.scope import EVERYTHING
from wangge.cli.main import main
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.lists.models import HandedList
from wangge.domains.lists.rules import ITEM
from wangge.domains.work.models import TaskItem

pytestmark = pytest.mark.django_db
SAID = ("--sender", "桥东街道防控办", "--due", "2099-04-08")


@pytest.fixture
def tiny(settings: Settings, tmp_path: Path) -> Small:
    settings.WANGGE_CHECKINS, settings.VAR = tmp_path / "checkins.sqlite3", tmp_path
    return small.build(check_ins=False)


@pytest.fixture
def file(tiny: Small, tmp_path: Path) -> Path:
    path = tmp_path / "协查名单.xlsx"
    path.write_bytes(content(tiny))
    return path


def items() -> int:
    return TaskItem.objects.within(EVERYTHING).filter(kind=ITEM).count()


def test_a_look_says_whom_it_is_about_and_leaves_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "list", str(file), *SAID]) == 1
    said = capsys.readouterr().out
    assert "证件号码 → document" in said
    assert "13 rows about 6 people, nobody was asked" in said
    assert "        3 matched with somebody on record" in said
    assert (items(), HandedList.objects.within(EVERYTHING).count()) == (0, 0)


def test_taken_it_goes_to_doors_and_again_changes_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "list", str(file), *SAID, "--take", "--json"]) == 1
    facts = json.loads(capsys.readouterr().out)
    assert (facts["taken"], facts["rows"], facts["asked"], facts["to_resolve"]) == (True, 13, 3, 2)
    assert main(["import", "list", str(file), *SAID, "--take", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == facts
    assert items() == 3


def test_a_deadline_that_cannot_be_read_is_said(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "list", str(file), "--sender", "x", "--due", "someday"]) == 1
    assert "day and hour" in capsys.readouterr().err
    assert HandedList.objects.within(EVERYTHING).count() == 0
