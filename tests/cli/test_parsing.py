"""The command line: what is understood, what is not, and how it speaks."""

import argparse
import re
from datetime import date
from pathlib import Path

import pytest
from tests.house.tree import sections

from wangge.cli.parsing import COMMANDS, parser
from wangge.cli.run_ import address
from wangge.cli.saying import table


def test_every_command_has_a_help_and_a_module() -> None:
    folder = Path("src/wangge/cli")
    for name, (words, _) in COMMANDS.items():
        assert words in " ".join(parser().format_help().split())
        assert (folder / f"{name.replace('-', '_')}_.py").exists()


def test_what_the_environment_says_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8111")
    monkeypatch.delenv("HOST", raising=False)
    args = parser().parse_args(["run"])
    assert (args.host, args.port) == ("127.0.0.1", 8111)
    monkeypatch.setenv("HOST", "0.0.0.0")  # honoured when somebody asks for it
    assert parser().parse_args(["serve"]).host == "0.0.0.0"


def test_an_edition_is_a_year_or_a_day() -> None:
    line = ["import", "places", "file.csv", "--edition"]
    assert parser().parse_args(line[:3]).edition == date(2023, 6, 30)
    assert parser().parse_args([*line, "2020"]).edition == date(2020, 6, 30)
    assert parser().parse_args([*line, "2025-12-31"]).edition == date(2025, 12, 31)


@pytest.mark.parametrize(
    "line",
    [
        [],
        ["fly"],
        ["import"],
        ["import", "places"],
        ["run", "--port", "99999"],
        ["import", "places", "f", "--edition", "x"],
    ],
    ids=" ".join,
)
def test_what_is_not_understood_ends_with_2(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(line)
    assert ended.value.code == 2
    assert "usage: wangge" in capsys.readouterr().err


def test_chinese_characters_count_double_in_a_table() -> None:
    assert table([("名字", "x"), ("ab", "y"), ("abcde", "z")]) == ["名字   x", "ab     y", "abcde  z"]


def test_the_address_can_be_typed_into_a_browser() -> None:
    assert address("127.0.0.1", 8000) == "http://127.0.0.1:8000/"
    assert address("0.0.0.0", 80) == "http://127.0.0.1:80/"
    assert address("fd00::1", 8000) == "http://[fd00::1]:8000/"


def commands(of: argparse.ArgumentParser, name: str = "wangge") -> dict[str, argparse.ArgumentParser]:
    """Every command that can be called, those below another included."""
    below = [action for action in of._actions if isinstance(action, argparse._SubParsersAction)]
    found = {} if below else {name: of}
    for action in below:
        for word, one in action.choices.items():
            found |= commands(one, f"{name} {word}")
    return found


def test_the_page_of_commands_says_what_the_parser_takes() -> None:
    pages = sections(Path("docs/operate/commands.md"))
    every = commands(parser())
    assert set(pages) == set(every)
    for name, one in every.items():
        options = {word for action in one._actions for word in action.option_strings} - {"-h", "--help"}
        named = set(re.findall(r"`(--[a-z-]+)", pages[name]))
        assert named == options, name


def test_every_command_says_what_each_of_its_arguments_is() -> None:
    for name, one in commands(parser()).items():
        said = one.format_help()
        assert len(one.description or "") > 30 or name.startswith("wangge import"), name
        assert [action.dest for action in one._actions if not action.help] == [], name
        assert "exit codes" in said or name.startswith("wangge import"), name
