"""``wangge import zone-notice``: the city's own notice is taken to be placed, twice is once, nothing is in force."""

import json
import time
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from wangge.base.access.by import SYSTEM
from wangge.cli.main import main
from wangge.demo.opening import open_drill
from wangge.domains.places.actions import import_divisions
from wangge.domains.places.inputs import read_divisions
from wangge.domains.places.queries import by_code
from wangge.domains.zones.models import Zone, ZoneLine, ZoneNotice
from wangge.domains.zones.placing import proposals

pytestmark = pytest.mark.django_db
DATA = Path(settings.HERE) / "data"
REAL = DATA / "zone_notice_2022-04-07.json"


@pytest.fixture(autouse=True)
def taiyuan() -> None:
    """The ten districts with their 1,401 communities, and a Response."""
    with (DATA / "taiyuan_divisions_nbs2023.csv").open("rb") as file:
        import_divisions(rows=read_divisions(file), city="太原市", edition=date(2023, 6, 30), by=SYSTEM)
    open_drill(area=by_code("140100000000"), seed="zones")


def test_the_real_notice_is_taken_and_waits_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "zone-notice", str(REAL), "--json"]) == 0
    (notice,) = json.loads(capsys.readouterr().out)["notices"]
    assert (notice["lines"], notice["unplaced"]) == (41, 41)
    assert (notice["proposed"], notice["nothing"]) == (5, 32), "the published list has no compounds and no shops"
    assert not Zone.objects.exists()
    assert main(["import", "zone-notice", str(REAL)]) == 0
    assert "41 lines" in capsys.readouterr().out
    assert ZoneNotice.objects.count() == 1


def test_the_real_notice_is_resolved_in_under_a_second_each_line_in_its_district() -> None:
    assert main(["import", "zone-notice", str(REAL)]) == 0
    notice, lines = ZoneNotice.objects.get(), list(ZoneLine.objects.all())
    begin = time.perf_counter()
    offered = proposals(notice, lines)
    assert time.perf_counter() - begin < 1
    codes = {"小店区": "140105", "迎泽区": "140106", "晋源区": "140110", "万柏林区": "140109"}
    where = {one.pk: by_code(codes[one.district]) for one in lines}
    for one in lines:
        assert all(each.place.path.startswith(where[one.pk].path) for each in offered[one.pk].candidates)
    names = {one.text: offered[one.pk].one.name for one in lines if offered[one.pk].one}  # type: ignore[union-attr]
    assert names["小店街道"] == "小店街道"
    assert names["黄陵街道(太原机场除外)"].startswith("黄陵街道")
    (airport,) = (offered[one.pk] for one in lines if "太原机场" in one.text)
    assert airport.lost == ("太原机场",)


def test_a_broken_file_is_named_and_the_others_are_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    assert main(["import", "zone-notice", str(broken), str(REAL)]) == 1
    assert "broken.json" in capsys.readouterr().err
    assert ZoneNotice.objects.count() == 1
