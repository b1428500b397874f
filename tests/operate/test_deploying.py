"""The example files parse, and every command and setting they name exists; the wheel holds what the product needs."""

import configparser
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from tests.house.test_documents import variables
from tests.house.tree import ROOT

from wangge.cli.parsing import parser

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
OUTSIDE = {"PASSWORD"}
VARIABLE = re.compile(r"\b(WANGGE_[A-Z_]+)\b")


class Unit(configparser.ConfigParser):
    """A systemd unit as an INI file; names keep their letters."""

    def __init__(self) -> None:
        super().__init__(interpolation=None, strict=True)
        self.optionxform = str  # type: ignore[assignment,method-assign]


def unit(path: Path) -> Unit:
    found = Unit()
    found.read_string(path.read_text(encoding="utf-8"))
    return found


def understood(line: str) -> bool:
    """Whether the product's own parser takes this command."""
    try:
        parser().parse_args(shlex.split(line))
    except SystemExit:
        return False
    return True


def settings_of(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_name_commands_and_files_that_exist(path: Path) -> None:
    found = unit(path)
    if path.suffix == ".timer":
        assert (path.with_suffix(".service")).exists()
        assert found["Install"]["WantedBy"] == "timers.target"
        assert found["Timer"]["OnCalendar"]
        return
    program, _, arguments = found["Service"]["ExecStart"].partition(" ")
    assert program.endswith("/bin/wangge")
    assert understood(arguments)
    assert found["Service"]["EnvironmentFile"] == "/etc/wangge/wangge.env"
    assert found["Service"]["User"] == "wangge"
    written = {f"/var/lib/{name}" for name in found["Service"]["StateDirectory"].split()}
    env = settings_of(DEPLOY / "wangge.env")
    assert {env["WANGGE_VAR"], str(Path(env["WANGGE_KEYS"]).parent)} <= written  # ProtectSystem=strict
    if path.name == "wangge-backup.service":
        assert arguments.split()[-1] in written


def test_keys_are_not_in_the_folder_that_is_backed_up() -> None:
    env = settings_of(DEPLOY / "wangge.env")
    assert not env["WANGGE_KEYS"].startswith(env["WANGGE_VAR"] + "/")


def test_every_setting_that_is_named_exists() -> None:
    known = variables() | OUTSIDE
    files = [path for path in DEPLOY.rglob("*") if path.is_file()] + list((ROOT / "docs" / "operate").glob("*.md"))
    named = {name for path in files for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}
    assert named - known - {"WANGGE_TEST_DATABASE_URL", "WANGGE_CHROMIUM"} == set()
    assert set(settings_of(DEPLOY / "wangge.env")) <= known


def test_the_compose_file_starts_what_it_says() -> None:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    ours = {name: one for name, one in found["services"].items() if "build" in one}
    assert set(ours) == {"migrate", "web", "worker", "backup"}
    for name, one in ours.items():
        assert understood(shlex.join(one["command"])), name
        assert set(one["environment"]) <= variables()
        assert {volume.split(":")[0] for volume in one["volumes"]} <= set(found["volumes"])
        assert set(one["depends_on"]) <= set(found["services"])
    assert ours["web"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_the_proxies_whose_word_is_believed_are_the_ones_in_the_examples() -> None:
    compose: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    (subnet,) = compose["networks"]["default"]["ipam"]["config"]
    assert compose["services"]["web"]["environment"]["WANGGE_PROXIES"] == subnet["subnet"]
    assert "ports" not in compose["services"]["web"]  # only the proxy can reach it
    beside = settings_of(DEPLOY / "wangge.env")
    assert beside["HOST"] in beside["WANGGE_PROXIES"].split(",")
    assert f"reverse_proxy {beside['HOST']}:{beside['PORT']}" in (DEPLOY / "Caddyfile").read_text(encoding="utf-8")


def test_the_database_examples_agree_with_each_other() -> None:
    patroni = yaml.safe_load((DEPLOY / "patroni.yml").read_text(encoding="utf-8"))
    shared = patroni["bootstrap"]["dcs"]
    assert shared["synchronous_mode"] is True
    assert shared["synchronous_mode_strict"] is True
    assert shared["ttl"] >= shared["loop_wait"] + 2 * shared["retry_timeout"]  # Patroni's own rule
    quiet = {"log_parameter_max_length_on_error": 0, "log_min_error_statement": "panic"}
    assert quiet.items() <= shared["postgresql"]["parameters"].items()
    haproxy = sections_of_haproxy((DEPLOY / "haproxy.cfg").read_text(encoding="utf-8"))
    servers = [line.split() for line in haproxy["listen leader"] if line.startswith("server ")]
    port = patroni["restapi"]["listen"].partition(":")[2]
    assert servers[0][2] == patroni["postgresql"]["connect_address"]
    assert {words[words.index("port") + 1] for words in servers} == {port}
    assert "option httpchk OPTIONS /primary" in haproxy["listen leader"]
    assert {"global", "defaults", "listen leader"} == set(haproxy)
    readme = (ROOT / "docs" / "operate" / "README.md").read_text(encoding="utf-8")
    (bind,) = [line.split()[1] for line in haproxy["listen leader"] if line.startswith("bind ")]
    assert f"@{bind}/wangge" in readme


def sections_of_haproxy(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        if line and not line.startswith((" ", "#")):
            name = line.strip()
            found[name] = []
        elif line.startswith(" "):
            found[name].append(line.strip())
    return found


def test_the_caddyfile_is_balanced_and_asks_the_web_where_it_listens() -> None:
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    code = [line.split("#")[0].strip() for line in text.splitlines()]
    depth = 0
    for line in code:
        depth += line.endswith("{") - (line == "}")
        assert depth >= 0
    assert depth == 0
    env = settings_of(DEPLOY / "wangge.env")
    assert any(line.startswith(f"reverse_proxy {env['HOST']}:{env['PORT']}") for line in code)
    assert "health_uri /healthz" in code
    assert not any(line.startswith("log") for line in code)
    assert env["WANGGE_HOSTS"].split(",")[0] + " {" in code
    assert env["WANGGE_HTTPS"] == "1"


def commands_in(path: Path) -> Iterator[str]:
    for line in re.findall(r"`(wangge [^`]+)`", path.read_text(encoding="utf-8")):
        words = line.replace("DIR|FILE", "DIR").replace("BACKUP", "x.zip").replace("COMMAND ", "check ")
        words = words.replace("SHAPE", "linelist").replace("--response ID", f"--response {uuid4()}")
        yield words.removeprefix("wangge ")


def test_every_command_that_the_pages_name_is_understood() -> None:
    pages = sorted((ROOT / "docs" / "operate").glob("*.md"))
    lines = [line for path in pages for line in commands_in(path) if "…" not in line and "--help" not in line]
    assert len(lines) > 15
    bare = {"backup", "restore", "import places", "import people", "export linelist"}  # named, not called
    assert [line for line in lines if line not in bare and not understood(line)] == []


def test_the_wheel_holds_pages_words_protocols_and_divisions(tmp_path: Path) -> None:
    copy = tmp_path / "copy"  # building leaves files beside the source
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copytree(ROOT / "requirements", copy / "requirements")
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, copy / name)
    line = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index",
            "--disable-pip-version-check", "-w", str(tmp_path), str(copy)]  # fmt: skip
    done = subprocess.run(line, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("wangge-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        there = set(archive.namelist())
        entry = next(name for name in there if name.endswith("entry_points.txt"))
        assert "wangge = wangge.cli.main:main" in archive.read(entry).decode()
        (about,) = [name for name in there if name.endswith(".dist-info/METADATA")]
        assert "Requires-Dist: granian" in archive.read(about).decode()
    source = ROOT / "src"
    folders = ("static", "templates", "protocols", "data", "migrations")
    wanted = {
        path.relative_to(source).as_posix() for folder in folders for path in (source / "wangge" / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }  # fmt: skip
    wanted |= {path.relative_to(source).as_posix() for path in (source / "wangge" / "locale").rglob("*.mo")}
    assert sum(name.endswith(".mo") for name in wanted) >= 2
    assert wanted - there == set()
