"""A backup is whole and of one instant; restored into an empty installation it is the same; less is refused."""

import json
import signal
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.installation import Installation
from tests.operate.office import content, empty, manifest, office, on_sqlite, said, wangge


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def keys(made: Installation) -> Path:
    return Path(made.env["WANGGE_VAR"]) / "keys.json"


@pytest.fixture(scope="module")
def backup(made: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(said(wangge(made.env, "backup", "--json", tmp_path_factory.mktemp("backups")))["file"])


def test_a_restored_copy_is_the_same_by_check_and_by_every_digest(
    made: Installation, keys: Path, backup: Path, tmp_path: Path
) -> None:
    copy = empty(tmp_path / "copy", keys)
    found = said(wangge(copy.env, "restore", "--json", backup))
    assert (found["restored"], found["wrong"]) == (True, [])
    again = Path(said(wangge(copy.env, "backup", "--json", tmp_path))["file"])
    assert content(again) == content(backup)
    assert manifest(again)["tables"]["wangge_event"]["rows"] == manifest(backup)["tables"]["wangge_event"]["rows"] + 1
    assert sum(one["rows"] for one in manifest(backup)["checkins"].values()) > 50
    assert "sealed" in {one["state"] for one in manifest(backup)["checkins"].values()}


def test_dropped_days_stay_dropped_and_numbers_are_not_given_twice(
    made: Installation, keys: Path, backup: Path, tmp_path: Path
) -> None:
    copy = empty(tmp_path / "copy", keys)
    said(wangge(copy.env, "restore", "--json", backup))
    look = (
        "import json; from wangge.domains.venues.models import CheckInDay; from wangge.domains.venues import storage\n"
        "from wangge.base.problems import Problem\n"
        "from wangge.domains.people.models import Person; from wangge.base.access.scope import EVERYTHING\n"
        "import uuid; from datetime import datetime, UTC; from wangge.domains.venues.storage import CheckIn\n"
        "day = CheckInDay.objects.get(state='dropped').day\n"
        "at = int(datetime(day.year, day.month, day.day, 4, tzinfo=UTC).timestamp())\n"
        "try:\n    storage.add([CheckIn(uuid.uuid4(), 1, 1, at)]); said = 'taken'\n"
        "except Problem as error: said = error.code\n"
        "last = Person.objects.within(EVERYTHING).order_by('-pk').first()\n"
        "new = Person.objects.create(name='甲', home=last.home)\n"
        "print(json.dumps([said, new.pk - last.pk]))"
    )
    assert copy.run(look) == ["check_in_day_dropped", 1]


def test_it_goes_from_one_kind_of_database_to_the_other_and_back(
    made: Installation, keys: Path, backup: Path, tmp_path: Path
) -> None:
    light = on_sqlite(tmp_path / "light", keys)
    said(wangge(light.env, "restore", "--json", backup))
    middle = Path(said(wangge(light.env, "backup", "--json", tmp_path / "light"))["file"])
    assert manifest(middle)["database"] == "sqlite"
    last = empty(tmp_path / "last", keys)
    assert said(wangge(last.env, "restore", "--json", middle))["wrong"] == []
    end = Path(said(wangge(last.env, "backup", "--json", tmp_path))["file"])
    assert content(end) == content(backup)


def test_without_the_key_file_it_says_which_key_is_missing_and_writes_none(backup: Path, tmp_path: Path) -> None:
    copy = empty(tmp_path / "copy", None)
    done = wangge(copy.env, "restore", backup)
    assert done.returncode == 1
    assert f"no key file {tmp_path / 'copy' / 'keys.json'}" in done.stderr
    assert "sealing key 1" in done.stderr
    assert not (tmp_path / "copy" / "keys.json").exists()


def test_another_installations_key_file_is_named_with_the_fingerprint_that_is_needed(
    backup: Path, tmp_path: Path
) -> None:
    from wangge.base import keys as key_file

    key_file.create(tmp_path / "other.json")
    copy = empty(tmp_path / "copy", tmp_path / "other.json")
    done = wangge(copy.env, "restore", "--look", backup)
    assert done.returncode == 1
    assert "another sealing key 1" in done.stderr
    assert manifest(backup)["keys"]["sealing"]["1"] in done.stderr


def test_another_secret_is_named_because_second_factors_hang_on_it(keys: Path, backup: Path, tmp_path: Path) -> None:
    other = json.loads(keys.read_text()) | {"secret": "another-secret-of-fifty-characters-or-a-few-more-000"}
    (tmp_path / "other.json").write_text(json.dumps(other))
    copy = empty(tmp_path / "copy", tmp_path / "other.json")
    done = wangge(copy.env, "restore", "--look", backup)
    assert done.returncode == 1
    assert "another secret" in done.stderr
    assert manifest(backup)["keys"]["secret"] in done.stderr


def _half(backup: Path, to: Path) -> None:
    to.write_bytes(backup.read_bytes()[:-5000])


def _damaged(backup: Path, to: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        info = archive.getinfo("tables/wangge_person.tsv")
    raw = bytearray(backup.read_bytes())
    raw[info.header_offset + 200] ^= 0xFF
    to.write_bytes(raw)


def _rewritten(backup: Path, to: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            if (text := change(name, old.read(name))) is not None:
                new.writestr(name, text)


def _less(backup: Path, to: Path) -> None:
    _rewritten(backup, to, lambda name, text: None if name == "tables/wangge_place.tsv" else text)


def _changed(backup: Path, to: Path) -> None:
    _rewritten(backup, to, lambda name, text: text[1:] if name == "tables/wangge_place.tsv" else text)


def _no_manifest(backup: Path, to: Path) -> None:
    _rewritten(backup, to, lambda name, text: None if name == "manifest.json" else text)


def _newer(backup: Path, to: Path) -> None:
    def change(name: str, text: bytes) -> bytes:
        if name != "manifest.json":
            return text
        found = json.loads(text)
        found["migrations"].append(["wangge", "9999_from_later"])
        return json.dumps(found).encode()

    _rewritten(backup, to, change)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_half, "not a whole backup"),
        (_damaged, "tables/wangge_person.tsv"),
        (_less, "lacks tables/wangge_place.tsv"),
        (_changed, "tables/wangge_place.tsv"),
        (_no_manifest, "no manifest"),
        (_newer, "9999_from_later"),
    ],
)
def test_what_is_not_whole_is_refused_in_a_sentence_and_nothing_is_written(
    spoil: Callable[[Path, Path], None], sentence: str, keys: Path, backup: Path, tmp_path: Path
) -> None:
    copy = empty(tmp_path / "copy", keys)
    spoil(backup, tmp_path / "spoilt.zip")
    done = wangge(copy.env, "restore", tmp_path / "spoilt.zip")
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert copy.run("from wangge.operate import emptying; print(str(emptying.is_empty()).lower())") is True


def test_an_installation_is_never_restored_over(made: Installation, backup: Path) -> None:
    done = wangge(made.env, "restore", backup)
    assert done.returncode == 2
    assert "empty one only" in done.stderr


def test_a_restore_that_is_killed_leaves_an_empty_installation_and_is_repeated(
    keys: Path, backup: Path, tmp_path: Path
) -> None:
    copy = empty(tmp_path / "copy", keys)
    killed = (
        "import os, signal; from wangge.operate import comparing; from wangge.cli.main import main\n"
        "comparing.same = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"main(['restore', {str(backup)!r}])"
    )
    process = copy.start(killed)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert copy.run("from wangge.operate import emptying; print(str(emptying.is_empty()).lower())") is True
    assert said(wangge(copy.env, "restore", "--json", backup))["wrong"] == []


def test_a_backup_that_is_killed_is_no_backup(made: Installation, tmp_path: Path) -> None:
    killed = (
        "import os, signal; from wangge.operate import backing_up; from wangge.cli.main import main\n"
        "backing_up._days = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"main(['backup', {str(tmp_path / 'one.zip')!r}])"
    )
    process = made.start(killed)
    process.communicate(timeout=60)
    assert not (tmp_path / "one.zip").exists()
    done = wangge(made.env, "restore", "--look", tmp_path / "one.zip.part")
    assert done.returncode == 1
    assert "being written when that was stopped" in done.stderr


def test_files_are_not_written_over_and_old_ones_of_a_timer_go(made: Installation, tmp_path: Path) -> None:
    (tmp_path / "there.zip").write_text("mine")
    assert wangge(made.env, "backup", tmp_path / "there.zip").returncode == 2
    assert (tmp_path / "there.zip").read_text() == "mine"
    old = [tmp_path / f"wangge-2022040{day}T000000Z.zip" for day in (1, 2, 3)]
    for one in old:
        one.write_text("")
    found = said(wangge(made.env, "backup", "--json", "--keep", 2, tmp_path))
    assert sorted(found["removed"]) == [str(one) for one in old[:2]]
    assert old[2].exists()
    assert (tmp_path / "there.zip").exists()
    assert Path(found["file"]).stat().st_mode & 0o077 == 0


WRITER = """
import sys, time
from uuid import uuid4
from wangge.base import clock
from wangge.base.access.scope import EVERYTHING
from wangge.domains.people.models import Person
from wangge.domains.venues import storage
home = Person.objects.within(EVERYTHING).order_by("pk").first().home
print("ready", flush=True)
while True:
    one = Person.objects.create(name="甲", home=home)
    storage.add([storage.CheckIn(uuid4(), one.pk, 1, int(clock.now().timestamp()))])
    time.sleep(0.005)
"""


def test_a_backup_taken_while_others_write_is_of_one_instant(keys: Path, tmp_path: Path) -> None:
    """Every check-in in it is of a person in it, and each person written before the last check-in has theirs."""
    busy = office(tmp_path / "busy")
    writer = busy.start(WRITER)
    assert writer.stdout
    writer.stdout.readline()
    time.sleep(0.5)
    found = said(wangge(busy.env, "backup", "--json", tmp_path))
    assert writer.poll() is None
    writer.kill()
    writer.wait(30)
    with zipfile.ZipFile(found["file"]) as archive:
        people = [line.split("\t") for line in archive.read("tables/wangge_person.tsv").decode().splitlines()]
        days = [name for name in archive.namelist() if name.startswith("checkins/")]
        seen = {line.split("\t")[1] for name in days for line in archive.read(name).decode().splitlines()}
    written = [row[0] for row in people if row[2] == "甲"]
    assert len(written) > 5
    assert seen <= {row[0] for row in people}
    assert set(written[:-1]) <= seen  # the last may be between its two writes


def test_the_commands_say_what_is_wrong_with_the_keys(made: Installation, tmp_path: Path) -> None:
    lost = {**made.env, "WANGGE_KEYS": str(tmp_path / "keys.json")}
    for command in (("serve", "--port", "18999"), ("worker",), ("check",), ("migrate",)):
        done = wangge(lost, *command)
        assert done.returncode == 1, command
        assert f"no key file {tmp_path / 'keys.json'}" in done.stderr
    assert not (tmp_path / "keys.json").exists()
    (tmp_path / "keys.json").write_text('{"sealing"')
    done = wangge(lost, "worker")
    assert done.returncode == 1
    assert "is damaged" in done.stderr
    from wangge.base import keys as key_file

    (tmp_path / "keys.json").unlink()
    key_file.create(tmp_path / "keys.json")
    done = wangge(lost, "worker")
    assert done.returncode == 1
    assert "another installation's key file" in done.stderr


def test_nothing_is_said_to_a_pipe_while_it_works(made: Installation, tmp_path: Path) -> None:
    done = wangge(made.env, "backup", tmp_path)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\r" not in done.stdout
