"""``wangge import questionnaires``: good ones are published, in bad ones everything wrong is named where it stands."""

import json
from pathlib import Path

import pytest
from tests.domains.asking.writing import SURVEY, as_csv, as_workbook, book

from wangge.cli.main import main
from wangge.domains.asking.models import Form

pytestmark = pytest.mark.django_db


@pytest.fixture
def good(tmp_path: Path) -> str:
    (tmp_path / "good.xlsx").write_bytes(as_workbook(book(), top=2, merged="行程摸排"))
    return str(tmp_path / "good.xlsx")


@pytest.fixture
def bad(tmp_path: Path) -> str:
    survey = [*SURVEY, ["text", "back", "又是"], ["text", "x", "X", "${gone} = 1"]]
    (tmp_path / "bad.csv").write_bytes(as_csv(book(survey)))
    return str(tmp_path / "bad.csv")


def test_a_good_one_goes_in_beside_a_bad_one(good: str, bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "questionnaires", bad, good]) == 1
    said = capsys.readouterr()
    assert "published" in said.out
    assert "survey 表，第 12 行，C 列: " in said.err
    assert "survey 表，第 13 行，E 列，第 1 个字符: " in said.err
    assert [(form.form_id, form.version) for form in Form.objects.all()] == [("travel", "20220403")]
    assert main(["import", "questionnaires", good]) == 0
    assert "known already" in capsys.readouterr().out


def test_a_check_publishes_nothing(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "questionnaires", good, "--check"]) == 0
    assert "could be published" in capsys.readouterr().out
    assert Form.objects.count() == 0


def test_a_program_reads_what_is_wrong(bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "questionnaires", bad, "gone.xlsx", "--json", "--language", "en"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["refused"] == 2
    first, second = said["files"][0]["errors"]
    assert (first["code"], first["sheet"], first["row"], first["column"]) == ("name_twice", "survey", 12, "C")
    assert second["where"] == "sheet survey, row 13, column E, character 1"
    assert "cannot be read" in said["files"][1]["errors"][0]["what"]


def test_those_of_the_product_go_in_and_no_file_is_no_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "questionnaires", "--shipped"]) == 0
    assert Form.objects.count() == 8
    assert "基本生活物资" in capsys.readouterr().out
    assert main(["import", "questionnaires"]) == 2


def test_another_content_under_a_published_version_is_refused(
    good: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "questionnaires", good]) == 0
    (tmp_path / "other.csv").write_bytes(as_csv(book([*SURVEY, ["text", "more", "还有吗？"]])))
    assert main(["import", "questionnaires", str(tmp_path / "other.csv")]) == 1
    assert "20220403" in capsys.readouterr().err
