"""What is used has its reason written down, and what is written down is used."""

import json
import re

from tests.house.tree import ROOT, modules, name_of, sections, tracked

DEPENDENCIES = ROOT / "docs" / "dependencies.md"
SETTINGS = ROOT / "docs" / "operate" / "settings.md"
READ = re.compile(r'environ(?:\.get\(|\.setdefault\(|\[)\s*"([A-Z][A-Z_]*)"|getenv\(\s*"([A-Z][A-Z_]*)"')
OUTSIDE = {"PATH", "HOME", "DJANGO_SETTINGS_MODULE"}  # the system's and Django's own
MACHINES = re.compile(r"(?<![\w.>}/-])/(?:home/\w|root/\S|work/(?:main|shared))")
OTHER_INDEX = re.compile(r"^\s*(?:-i|-f|--(?:extra-)?index-url|--find-links|--trusted-host)\b", re.MULTILINE)


def normal(name: str) -> str:
    """A package's name as pip compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def required() -> set[str]:
    """The packages we ask for by name, in any of the .in files."""
    lines = [line for path in (ROOT / "requirements").glob("*.in") for line in path.read_text().splitlines()]
    names = [re.match(r"[A-Za-z0-9._-]+", line) for line in lines if not line.startswith(("-", "#"))]
    return {normal(name.group()) for name in names if name}


def required_by_browsers() -> set[str]:
    """The packages that the browser's part asks for by name."""
    asked = json.loads((ROOT / "frontend" / "package.json").read_text())
    return {normal(name) for name in {**asked["dependencies"], **asked["devDependencies"]}}


def variables() -> set[str]:
    """The environment variables that the product reads."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in modules("src"))
    return {name for pair in READ.findall(text) for name in pair if name} - OUTSIDE


def test_every_dependency_has_its_reason_and_nothing_else_is_listed() -> None:
    assert {normal(name) for name in sections(DEPENDENCIES)} == required() | required_by_browsers()


def test_every_dependency_names_its_licence_and_what_was_not_chosen() -> None:
    wanting = [
        name for name, text in sections(DEPENDENCIES).items()
        if not all(word in text for word in ("Reason:", "Licence:", "Not chosen:"))
    ]  # fmt: skip
    assert wanting == []


def test_every_setting_from_the_environment_has_a_heading() -> None:
    assert set(sections(SETTINGS)) == variables()


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name_of(path)}: {match.group()}" for match in MACHINES.finditer(text)]
    assert found == []


def test_every_package_we_ask_for_is_locked_with_hashes() -> None:
    text = "".join(path.read_text() for path in (ROOT / "requirements").glob("*.txt"))
    locked = {normal(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==\S+.*\\\n +--hash=", text, re.MULTILINE)}
    assert required() - locked == set()


def test_locked_packages_come_from_wherever_the_person_has_set() -> None:
    found = [path.name for path in (ROOT / "requirements").iterdir() if OTHER_INDEX.search(path.read_text())]
    assert found == []
