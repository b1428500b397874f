"""Habits of the code that no other tool holds. Limits are ratchets: lower them when the code allows it."""

import ast
import re
import sys

from tests.house.tree import SOURCE, Function, called, functions, imported, modules, name_of, parsed

FILE_LINES = 300
TEST_FILE_LINES = 450
FUNCTION_LINES = 40
CODE = ("src", "tools", "bench")
TEMPLATE_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->", re.DOTALL)
INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "script without src": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE),
    "javascript address": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
}
# A test states a result itself, or hands it to a helper whose name says so.
STATES = re.compile(r"assert|^_?(?:check|expect|refuse)|^(?:raises|warns|fail|looked_at)$")
# Vocabulary that rules may speak although it lives in the base; it is held to the same purity.
SHARED_WORDS = {"wangge.base.access.rights"}
# A face that still reads a table itself; it wants a verb or a named read.
AT_THE_TABLES = {"src/wangge/web/me.py"}


def test_files_are_short() -> None:
    limits = [(path, FILE_LINES) for path in modules(*CODE)] + [(path, TEST_FILE_LINES) for path in modules("tests")]
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) - limit for path, limit in limits}
    assert {name: over for name, over in lengths.items() if over > 0} == {}


def test_functions_are_short() -> None:
    lengths = {
        f"{name_of(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in modules(*CODE) for node in functions(path)
    }  # fmt: skip
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES} == {}


def test_every_module_says_what_it_is_for() -> None:
    assert [name_of(path) for path in modules(*CODE) if not ast.get_docstring(parsed(path))] == []


def test_nothing_happens_behind_a_save() -> None:
    """No signals and no save() of our own: what follows a fact stands in flows."""
    found = []
    for path in modules("src"):
        decorators = [part for node in functions(path) for part in node.decorator_list]
        found += [f"{name_of(path)}: {name}" for name in imported(path) if "signals" in name]
        found += [f"{name_of(path)}: receiver" for part in decorators if "receiver" in called(part)]
        found += [f"{name_of(path)}:save" for node in functions(path) if node.name == "save"]
    assert found == []


def test_faces_do_not_touch_the_tables() -> None:
    found = {
        name_of(path) for path in modules("src/wangge/web") for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    }  # fmt: skip
    assert found == AT_THE_TABLES


def test_rules_know_nothing_of_the_machinery() -> None:
    """Rules import the standard library and other rules: facts in, verdict out."""
    rooms = [path for path in modules("src/wangge/domains") if path.name == "rules.py" or path.parent.name == "rules"]
    rooms += [SOURCE.parent / (name.replace(".", "/") + ".py") for name in SHARED_WORDS]
    foreign = {
        f"{name_of(path)}: {name}" for path in rooms for name in imported(path)
        if name.split(".")[0] not in sys.stdlib_module_names and ".rules" not in name and name not in SHARED_WORDS
    }  # fmt: skip
    assert len(rooms) > 5
    assert foreign == set()


def states(node: ast.AST, steps: dict[str, Function]) -> bool:
    """Whether a piece of code states a result, itself or in the steps of its own file that it calls."""
    names = set(called(node))
    if any(isinstance(part, ast.Assert) for part in ast.walk(node)) or any(STATES.search(name) for name in names):
        return True
    rest = {name: step for name, step in steps.items() if name not in names}
    return any(states(steps[name], rest) for name in names & set(steps))


def test_every_test_states_a_result() -> None:
    empty = []
    for path in modules("tests"):
        steps = {node.name: node for node in functions(path) if not node.name.startswith("test_")}
        tests = [node for node in functions(path) if node.name.startswith("test_")]
        empty += [f"{name_of(path)}:{node.name}" for node in tests if not states(node, steps)]
    assert empty == []


def test_templates_hold_nothing_the_content_policy_forbids() -> None:
    found = []
    for path in sorted((SOURCE / "templates").rglob("*.html")):
        text = TEMPLATE_TAG.sub("", path.read_text(encoding="utf-8"))
        found += [f"{name_of(path)}: {what}" for what, pattern in INLINE.items() if pattern.search(text)]
    assert found == []
