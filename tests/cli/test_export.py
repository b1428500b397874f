"""``wangge export linelist`` and ``wangge export table``: a whole file, or a sentence."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.web.conftest import checkins_file, city, tiny
from tests.web.examples import sides

from wangge.base.access.models import AccessLog
from wangge.cli import export_
from wangge.cli.parsing import parser
from wangge.demo.small import Small

__all__ = ["checkins_file", "city", "tiny"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "lists"
    made.mkdir()
    return made


def call(folder: Path, response: Any, *more: str) -> int:
    line = ["export", "linelist", "godata-cases", "--response", str(response), "--folder", str(folder), *more]
    return export_.command(parser().parse_args(line))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_is_written_whole_and_said(
    tiny: Small, folder: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    near, far = sides(tiny)
    assert call(folder, tiny.response.uuid, "--reason", "weekly", "--json", "--format", form) == 0
    said = json.loads(capsys.readouterr().out)
    assert [str(path) for path in folder.iterdir()] == [said["file"]]
    assert said["count"] == "2"
    assert AccessLog.objects.get(kind="exported").count == 2
    if form == "csv":
        text = Path(said["file"]).read_text(encoding="utf-8-sig")
        assert near.person.name in text
        assert far.person.name in text


def test_what_cannot_be_written_is_said(tiny: Small, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(folder, uuid4(), "--reason", "weekly") == 1
    assert call(folder / "none", tiny.response.uuid, "--reason", "weekly") == 1
    assert call(folder, tiny.response.uuid, "--reason", " ") == 1
    assert len(capsys.readouterr().err.splitlines()) == 3
    assert list(folder.iterdir()) == []


def test_a_table_is_written_whole_and_said(tiny: Small, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = ["export", "table", "building-register", "--reason", "weekly", "--folder", str(folder), "--json"]
    assert export_.command(parser().parse_args([*line, "--area", "140106005010"])) == 0
    said = json.loads(capsys.readouterr().out)
    assert [str(path) for path in folder.iterdir()] == [said["file"]]
    assert (said["title"], said["count"]) == ("楼栋住户底册", str(len(tiny.homes) + 1))
    rows = Path(said["file"]).read_text(encoding="utf-8-sig").splitlines()
    assert rows[1 + int(said["count"])] == ""
    assert f"记录数,{said['count']}" in rows


@pytest.mark.parametrize(
    ("more", "words"), [(["nothing"], "Tables: building-register"), (["returnees", "--area", "99"], "no place")]
)
def test_a_table_that_cannot_be_written_says_why(
    tiny: Small, folder: Path, capsys: pytest.CaptureFixture[str], more: list[str], words: str
) -> None:
    line = ["export", "table", *more, "--reason", "x", "--folder", str(folder)]
    assert export_.command(parser().parse_args(line)) != 0
    assert words in capsys.readouterr().err
    assert list(folder.iterdir()) == []
