"""docs/facts.md names every fact the code records, and every fact has a sentence for the log's readers."""

import re
from pathlib import Path

from wangge.flows.registry import FLOWS

ROOT = Path(__file__).resolve().parents[2]
STREETS = (
    "receipts|places|people|duty|protocol|work|testing|cases|isolation"
    "|venues|checkpoints|retention|requests|asking|risk|selfreports|lists|codes|clock|keeping|tables|phones"
)
NO_FACTS = {  # kinds of an intake, and names of files
    "codes.html",
    "people.csv",
    "testing.results", "people.people", "venues.venues", "lists.list",
    "cases.godata_cases", "cases.godata_contacts", "cases.linelist",
}  # fmt: skip


def recorded() -> set[str]:
    """Every literal of the form street.what_happened in the source."""
    pattern = re.compile(rf'"((?:{STREETS})\.[a-z_]*[a-z])"')
    files = (ROOT / "src" / "wangge").rglob("*.py")
    return {kind for file in files for kind in pattern.findall(file.read_text(encoding="utf-8"))} - NO_FACTS


def documented() -> set[str]:
    text = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8")
    return set(re.findall(rf"^### `((?:{STREETS})\.[a-z_]+)`", text, re.MULTILINE))


def test_every_fact_is_documented_and_every_documented_fact_exists() -> None:
    assert documented() == recorded()


def test_flows_answer_facts_that_are_recorded() -> None:
    assert set(FLOWS) <= recorded()
