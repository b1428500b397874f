"""What each street brings in a file of its own is collected: a file that nobody reads would be a silent hole."""

import re
from pathlib import Path

from wangge import sentences
from wangge.web import event_words

SOURCE = Path(__file__).resolve().parents[2] / "src" / "wangge"


def test_the_models_of_every_street_are_found() -> None:
    there = {
        f"wangge.{floor}.{one.parent.name}.models"
        for floor in ("base", "domains") for one in (SOURCE / floor).glob("*/models*")
        if one.name in ("models", "models.py")
    }  # fmt: skip
    assert set(re.findall(r"^import (\S+)", (SOURCE / "models.py").read_text(encoding="utf-8"), re.MULTILINE)) == there


def test_the_sentences_of_every_street_are_said() -> None:
    files = {file.stem for file in (SOURCE / "web" / "event_words").glob("*.py")} - {"__init__", "counts"}
    assert {street.__name__.rpartition(".")[2] for street in event_words.STREETS} == files


def test_the_refusals_of_every_street_are_said() -> None:
    there = {
        file.parent.name
        for floor in ("base", "domains")
        for file in (SOURCE / floor).glob("*/words.py")
        if "PROBLEMS" in file.read_text(encoding="utf-8")
    }
    assert {street.__name__.split(".")[-2] for street in sentences.STREETS} == there
