"""What is fixed to a door reports. Nothing in the product can lock one: no topic, no verb, no command, no address."""

import ast
import re

from tests.house.tree import modules

from wangge.cli.parsing import COMMANDS
from wangge.domains.sensors import actions
from wangge.domains.sensors.rules import Said, Then
from wangge.listening import config, topics
from wangge.web.desk.urls import urlpatterns as desk
from wangge.web.field.urls import urlpatterns as field
from wangge.web.resident.urls import urlpatterns as resident

#: A word by itself or the beginning of a name: lock, lock_door, doorLocked; not "block" and not "clock".
LOCK = re.compile(r"(?<![a-z])(?:un)?lock(?:s|ed|ing)?(?![a-z])|上锁|锁门|反锁")


def test_no_verb_word_command_or_address_of_sensors_is_about_locking() -> None:
    names = [*actions.__all__, *COMMANDS, *(one.value for one in (*Said, *Then))]
    names += [str(one.pattern) for one in (*desk, *field, *resident)]
    assert [name for name in names if LOCK.search(name)] == []


def test_a_device_is_sent_receipts_and_nothing_else() -> None:
    assert topics.RECEIPTS == "wangge/1/+/receipt"
    written = [line.split()[-1] for line in config.ACL.splitlines() if " write " in line]
    assert written == ["wangge/1/+/receipt", "wangge/1/%u/event"], "we write receipts, devices their own events"
    published = [
        node
        for path in modules("src")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "publish"
        and "_client" in ast.dump(node.func.value)
    ]  # fmt: skip
    assert len(published) == 1, "one place publishes to devices, and it sends receipts"


def test_no_name_in_the_street_and_its_listener_is_about_locking() -> None:
    files = [
        path
        for path in modules("src")
        if {"sensors", "listening"} & {path.parent.name, path.parent.parent.name, path.stem}
    ]
    assert len(files) > 20
    found = []
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        found += [f"{path.name}: {name}" for name in names if LOCK.search(name)]
    assert found == []
