"""An office of an earlier release keeps everything through an upgrade: rows, what is sealed, and its pages work."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.installation import ROOT, Installation
from tests.operate.office import empty, manifest, said, wangge

RELEASE = ROOT / "tests" / "data" / "release-0004"
#: Filled by Django itself, or by what an upgrade says in the log.
MAY_GROW = {"django_content_type", "auth_permission", "wangge_event", "wangge_flowrun", "wangge_workersign"}

LOOK = """
import json
from django.apps import apps
from django.test import Client
from wangge.base.access.scope import EVERYTHING
from wangge.domains.cases.models import Case
from wangge.domains.duty.models import Account
from wangge.domains.people.models import Person
from wangge.domains.people.queries import by_document, details
found = {"sealed": 0, "found": 0, "pages": []}
for one in Person.objects.within(EVERYTHING):
    document = details(one)["document"]
    found["sealed"] += 1
    found["found"] += bool(document) and by_document(EVERYTHING, document) == one
case = Case._base_manager.order_by("pk").first()
for username, path in (
    ("bingsi-1", "/field/"), ("jiance", "/desk/results/"), ("liudiao", "/trace/cases/"),
    ("liudiao", f"/trace/cases/{case.uuid}/"), ("yingze-zhengling", "/desk/orders/"), ("bingsi-shuji", "/desk/people/"),
    ("zhihuibu", "/command/board/"), ("zhihuibu", "/command/posts/"), ("shenji", "/command/log/"), (None, "/healthz"),
):
    client = Client()
    if username:
        account = Account.objects.get(username=username)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    found["pages"].append([path, client.get(path, follow=True).status_code])
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release's office as a backup file."""
    file = tmp_path_factory.mktemp("release") / "release.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(RELEASE.rglob("*")):
            name = path.relative_to(RELEASE).as_posix()
            if path.is_file() and name not in ("README.md", "keys.json"):
                archive.write(path, name)
    return file


def tables(made: Installation) -> dict[str, int]:
    """How many rows each table has."""
    code = (
        "import json; from django.db import connection\n"
        "names = [one for one in connection.introspection.table_names() if 'checkin_' not in one]\n"
        "ask = lambda cursor, name: (cursor.execute(f'SELECT count(*) FROM {name}'), cursor.fetchone()[0])[1]\n"
        "with connection.cursor() as cursor: print(json.dumps({name: ask(cursor, name) for name in names}))"
    )
    found: dict[str, int] = made.run(code)
    return found


@pytest.fixture(scope="module")
def upgraded(release: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, dict[str, Any]]:
    made = empty(tmp_path_factory.mktemp("upgraded") / "office", RELEASE / "keys.json")
    done = wangge(made.env, "restore", "--json", release)
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return made, found


def test_the_release_has_rows_in_every_table_of_ours(release: Path) -> None:
    found = manifest(release)
    assert ["wangge", "0004_rows_wait"] in found["migrations"]
    assert ["wangge", "0005_person_noted_for"] not in found["migrations"]
    assert [name for name, one in found["tables"].items() if name.startswith("wangge_") and not one["rows"]] == []
    assert sum(one["rows"] for one in found["checkins"].values()) > 30


def test_no_row_is_lost(upgraded: tuple[Installation, dict[str, Any]], release: Path) -> None:
    made, found = upgraded
    assert found["restored"]
    assert found["migrations_after"] > 0
    before = {name: one["rows"] for name, one in manifest(release)["tables"].items()}
    after = tables(made)
    assert {name: (rows, after.get(name)) for name, rows in before.items()
            if name not in MAY_GROW and after.get(name) != rows} == {}  # fmt: skip
    assert all(after[name] >= before[name] for name in MAY_GROW & set(before))
    again = Path(said(wangge(made.env, "backup", "--json", made.env["WANGGE_VAR"]))["file"])
    days, old = manifest(again)["checkins"], manifest(release)["checkins"]
    assert {day: one["sha256"] for day, one in days.items()} == {day: one["sha256"] for day, one in old.items()}


def test_what_was_sealed_opens_people_are_found_and_pages_work(
    upgraded: tuple[Installation, dict[str, Any]], release: Path
) -> None:
    made, found = upgraded
    people = manifest(release)["tables"]["wangge_person"]["rows"]
    seen = made.run(LOOK)
    assert seen["sealed"] == people
    assert seen["found"] > people / 2
    assert [page for page in seen["pages"] if page[1] != 200] == []
    # Tallies are counted again with today's rules and clock; everything else must hold as it is.
    assert [one for one in found["wrong"] if not one["check"].startswith("tallies")] == []


def test_it_is_backed_up_before_the_upgrade_by_the_new_version(release: Path, tmp_path: Path) -> None:
    """The new version is installed, the tables are still the old ones: a backup can be taken, and holds the same."""
    made = empty(tmp_path / "old", RELEASE / "keys.json")
    stopped = (
        "from wangge.operate import emptying; from wangge.cli.main import main\n"
        f"emptying.forward = lambda: main(['backup', '--json', {str(tmp_path / 'old.zip')!r}]) or exit(0)\n"
        f"main(['restore', {str(release)!r}])"
    )
    process = made.start(stopped)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert out.strip(), err
    assert out.startswith("{"), out + err
    assert json.loads(out.splitlines()[0])["rows"] > 500
    old, new = manifest(release), manifest(tmp_path / "old.zip")
    assert sorted(new["migrations"]) == sorted(old["migrations"])
    assert {name: one["rows"] for name, one in new["tables"].items()} == {
        name: one["rows"] for name, one in old["tables"].items()
    }
    done = wangge(made.env, "worker")
    assert done.returncode == 1
    assert "wangge migrate" in done.stderr
    assert wangge(made.env, "migrate").returncode == 0
    assert wangge(made.env, "migrate", "--look").returncode == 0
