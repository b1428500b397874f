"""``wangge import register``: a city's file comes in, bad rows come back, several processes do what one does."""

import csv
import io
import json
from pathlib import Path

import pytest
from tests.installation import Installation, install

from wangge.base.access.scope import EVERYTHING
from wangge.cli.main import main
from wangge.demo import small
from wangge.domains.people.models import Person
from wangge.domains.people.rules import check_digit

TITLE = ["并州东街四社区人员名册", "", "", "", ""]
HEADING = ["姓名", "身份证号码", "联系电话", "所属社区", "家庭住址"]


def number(sequence: int) -> str:
    first = f"140102{1950 + sequence % 60}0101{sequence % 1000:03d}"
    return first + check_digit(first)


def lines(count: int) -> list[list[str]]:
    return [
        [f"田{n}号", number(n), f"199{n:08d}", "并州东街四社区", f"东岗里{n % 2 + 1}号楼{n % 2 + 1}单元{n % 3 + 1}01室"]
        for n in range(count)
    ]


def write(path: Path, rows: list[list[str]], encoding: str = "gb18030") -> Path:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([TITLE, HEADING, *rows])
    path.write_bytes(out.getvalue().encode(encoding))
    return path


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_good_rows_go_in_and_bad_ones_come_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    small.build(check_ins=False)
    before = Person.objects.within(EVERYTHING).count()
    bad = [["=田错", "140106199001011236", "", "并州东街四社区", "东岗里1-1-101"],
           ["田远", number(900), "", "并州东街四社区", "东岗里9号楼1单元101"]]  # fmt: skip
    file, rejects = write(tmp_path / "people.csv", [*lines(40), *bad], encoding), tmp_path / "back.csv"
    call = ["import", "register", str(file), "--rejects", str(rejects), "--processes", "0", "--json"]
    assert main(call) == 1
    said = json.loads(capsys.readouterr().out)
    assert said == {
        "rows": 42, "new": 40, "known": 0, "changed": 0, "refused": 2, "reasons": {"id_check": 1, "door_unknown": 1},
    }  # fmt: skip
    assert Person.objects.within(EVERYTHING).count() == before + 40
    back = list(csv.reader(io.StringIO(rejects.read_text(encoding=encoding), newline="")))
    assert back[0] == [*HEADING, "退回原因"]
    assert [row[0] for row in back[1:]] == ["'=田错", "田远"]
    assert "第 18 位" in back[1][-1]
    assert main([*call, "--make-doors"]) == 1
    again = json.loads(capsys.readouterr().out)
    assert (again["new"], again["known"], again["refused"]) == (1, 40, 1)


@pytest.mark.django_db
def test_what_is_no_register_is_refused_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for content, words in (
        (b"PK\x03\x04 nothing", "workbook"), ("甲,乙\n1,2\n".encode(), "姓名"), (b"", "empty"),
        (b"\x00\x01\x02" * 99, "CSV"),
    ):  # fmt: skip
        (tmp_path / "x.csv").write_bytes(content)
        assert main(["import", "register", str(tmp_path / "x.csv")]) == 1
        assert words in capsys.readouterr().err
    assert main(["import", "register", str(tmp_path / "none.csv")]) == 1
    assert "cannot be read" in capsys.readouterr().err


BUILD = "from wangge.demo import small; small.build(check_ins=False)"
IMPORT = """import json
from wangge.cli.main import main
if __name__ == "__main__":
    main(["import", "register", {file!r}, "--processes", "2", "--json"])
"""
COUNT = """from wangge.base.access.scope import EVERYTHING
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details
found = Person.objects.within(EVERYTHING).filter(name__contains="号")
print(json.dumps([found.count(), details(found.order_by("name").first())["phone"]]))"""


def test_two_processes_do_what_one_does(tmp_path: Path) -> None:
    made: Installation = install(tmp_path / "var")
    made.run(BUILD)
    file = write(tmp_path / "people.csv", lines(600))
    said = made.run(IMPORT.format(file=str(file)))
    assert (said["rows"], said["new"], said["refused"]) == (600, 600, 0)
    assert made.run("import json\n" + COUNT) == [600, "19900000000"]
    said = made.run(IMPORT.format(file=str(file)))
    assert (said["new"], said["known"]) == (0, 600)
