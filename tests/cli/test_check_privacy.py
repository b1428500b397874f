"""``wangge check --privacy``: what is overdue, due, coming and proven; the exit code says whether to act."""

import json
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as product
from pytest_django.fixtures import Settings

from wangge.base import clock, worker
from wangge.cli.main import parser
from wangge.cli.privacy_ import report
from wangge.demo import small
from wangge.domains.people.actions import register_person
from wangge.domains.people.inputs import read_person
from wangge.domains.protocol.actions import close_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(settings: Settings, tmp_path: Path) -> Iterator[datetime]:
    """A Response with one person noted for it, just closed; the clock is held there."""
    settings.WANGGE_KEYS = Path(shutil.copy(settings.WANGGE_KEYS, tmp_path / "keys.json"))
    settings.WANGGE_CHECKINS = tmp_path / "checkins.sqlite3"
    tiny = small.build(check_ins=False)
    worker.run_pending()
    at = clock.now()
    with clock.held(at):
        by = tiny.by("liudiao")
        typed = read_person(name="钱过路", phone="13900009999")
        register_person(typed=typed, home=tiny.homes[0], by=by, noted_for=tiny.response.uuid)
        close_response(response=tiny.response, by=tiny.by("zhihuibu"))
        worker.run_pending()
        yield at


def said(capsys: pytest.CaptureFixture[str], *, as_json: bool = False) -> tuple[int, str]:
    code = report(as_json=as_json)
    return code, capsys.readouterr().out


def test_it_names_field_count_since_when_and_response(closed: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys)
    assert (code, "coming within 30 days:" in text) == (0, True)
    due = clock.day_of(closed + timedelta(days=30)).isoformat()
    line = next(line for line in text.splitlines() if "person.name" in line)
    assert line.split()[0] == due
    assert line.split()[-1] == "1"
    assert "钱过路" not in text


def test_overdue_is_a_failure_until_the_worker_has_run(closed: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    with clock.held(closed + timedelta(days=32)):
        code, text = said(capsys)
        assert code == 1
        assert "overdue: the night" in text
        worker.ring_alarms()
        worker.run_pending()
        code, text = said(capsys)
    assert code == 0
    assert "overdue: nothing" in text
    assert "destroyed" in text


def test_a_program_reads_the_same(closed: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    with clock.held(closed + timedelta(days=32)):
        worker.ring_alarms()
        worker.run_pending()
        code, text = said(capsys, as_json=True)
    found = json.loads(text)
    assert (code, found["overdue"]) == (0, False)
    assert found["deleted"][0]["before"]["wangge_person"]["name"] == 1
    assert found["deleted"][0]["after"]["wangge_person"]["name"] == 0
    assert len(found["keys_destroyed"]) == 1
    assert "account.name" in found["registers"]


def test_a_key_that_should_be_gone_is_named(closed: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    old = product.WANGGE_KEYS.read_text()
    with clock.held(closed + timedelta(days=190)):
        worker.ring_alarms()
        worker.run_pending()
        assert said(capsys)[0] == 0
        product.WANGGE_KEYS.write_text(old)
        code, text = said(capsys)
    assert code == 1
    assert "the data key" in text


def test_the_command_line_knows_it() -> None:
    args = parser().parse_args(["check", "--privacy", "--json"])
    assert (args.privacy, args.json) == (True, True)
