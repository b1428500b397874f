"""docs/states says in tables what the code's tables say; the pages are made from them."""

import pytest
from tools import states


def test_every_page_is_what_the_code_says() -> None:
    stale = [name for name, text in states.pages().items() if _written(name) != text]
    assert stale == [], "Run python tools/states.py and look at what changed."


def test_no_page_is_left_over() -> None:
    assert {file.name for file in states.PAGES.glob("*.md")} == set(states.pages())


def _written(name: str) -> str:
    file = states.PAGES / name
    return file.read_text(encoding="utf-8") if file.exists() else ""


@pytest.mark.parametrize("page", ["exposure.md", "order.md", "work.md", "rights.md", "covid19-v8.md"])
def test_a_page_speaks_both_languages(page: str) -> None:
    text = states.pages()[page]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in text)
    assert "None" not in text


def test_the_close_contacts_days_can_be_read_off() -> None:
    page = states.pages()["covid19-v8.md"]
    assert "| central isolation (集中隔离医学观察) | 14 | D1 to D14 |" in page
    assert "| health monitoring at home (居家健康监测) | 7 | D15 to D21 |" in page
    assert "| day 14 | 2 | at a site |" in page
