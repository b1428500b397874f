"""``wangge import risk-list``: in any order, an old one only as history, a broken one named while the rest go in."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.domains.risk.conftest import HERE, written

from wangge.base import clock
from wangge.cli.main import main
from wangge.domains.risk.models import RiskInterval, RiskList

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def end_of_april() -> Iterator[None]:
    with clock.held(datetime(2022, 4, 30, 4, 0, tzinfo=UTC)):
        yield


def list_of(folder: Path, day: int, *names: str) -> str:
    path = folder / f"list-{day}.json"
    path.write_bytes(written(f"2022-04-{day} 8时", {}, {HERE: names}))
    return str(path)


def test_lists_are_taken_the_earliest_first_however_they_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later, earlier = list_of(tmp_path, 17, "学府小区7栋"), list_of(tmp_path, 15, "学府小区7栋", "柳林镇洋河村")
    assert main(["import", "risk-list", later, earlier]) == 0
    said = capsys.readouterr().out
    assert said.index("list-15.json") < said.index("list-17.json")
    assert "2 areas known, 2 intervals, 1 in force" in said
    assert main(["import", "risk-list", later]) == 0
    assert "1 known already" in capsys.readouterr().out


def test_an_older_list_is_refused_with_what_to_do_and_taken_as_history(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "risk-list", list_of(tmp_path, 17, "学府小区7栋")]) == 0
    older = list_of(tmp_path, 15, "学府小区7栋")
    assert main(["import", "risk-list", older]) == 1
    assert "2022-04-17 08:00" in capsys.readouterr().err
    assert main(["import", "risk-list", older, "--history"]) == 0
    assert RiskInterval.objects.get().starts == datetime(2022, 4, 15, 0, 0, tzinfo=UTC)


def test_a_broken_file_is_named_and_the_others_go_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.json"
    broken.write_bytes(b"<html>")
    files = [str(broken), str(tmp_path / "nowhere.json"), list_of(tmp_path, 15, "学府小区7栋")]
    assert main(["import", "risk-list", *files, "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["new"], said["refused"], said["in_force"]) == (1, 2, 1)
    assert [Path(one["file"]).name for one in said["reasons"]] == ["broken.json", "nowhere.json"]
    assert RiskList.objects.count() == 1
