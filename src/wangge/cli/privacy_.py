"""``wangge check --privacy``: what is due for deletion, what is coming, and what was deleted with proof."""

import json
from typing import Any

from wangge.base import clock
from wangge.base.retention.fields import personal_fields
from wangge.base.retention.queries import Counts, total
from wangge.cli.saying import say, table
from wangge.domains.protocol.queries import closed_responses
from wangge.domains.protocol.retention import Outlook, Proof, When, key_destroyed, outlook, proofs
from wangge.domains.venues import storage

WORDS = {
    When.OVERDUE: "overdue: the night that should have deleted it has passed. Is the worker running? See wangge check.",
    When.DUE: "due: the worker deletes it tonight",
    When.COMING: "coming within 30 days",
}


def report(*, as_json: bool) -> int:
    """Say it, for people or programs; the exit code is 1 when something is overdue."""
    found = outlook(clock.now(), storage.responses())
    overdue = any(one.when == When.OVERDUE for one in found)
    if as_json:
        say(json.dumps(_everything(found) | {"overdue": overdue}, ensure_ascii=False, indent=1))
    else:
        _tell(found)
    return 1 if overdue else 0


def _tell(found: list[Outlook]) -> None:
    for when, words in WORDS.items():
        lines = [row for one in found if one.when == when for row in _lines(one)]
        say(f"{words}:" if lines else f"{when.value}: nothing")
        for line in table(lines) if lines else []:
            say(f"  {line}")
    done = [row for response in _responses() for row in _proven(*response)]
    say("deleted with proof:" if done else "deleted with proof: nothing yet")
    for line in table(done) if done else []:
        say(f"  {line}")
    say("kept in a register, without a day:")
    for line in table(_registers()):
        say(f"  {line}")


def _lines(one: Outlook) -> list[tuple[str, ...]]:
    title = one.response.title if one.response else "in no Response"
    since = clock.day_of(one.due).isoformat() if one.due else f"{one.days} days"
    if one.key:
        return [(since, title, "the data key", "still in the key file")]
    return [(since, title, name, str(number)) for name, number in _flat(one.counts).items() if number]


def _flat(counts: Counts) -> dict[str, int]:
    return {
        f"{rows.removeprefix('wangge_')}.{name}": n for rows, fields in counts.items() for name, n in fields.items()
    }


def _responses() -> list[tuple[str, list[Proof], str]]:
    found = [("in no Response", proofs(None), "")]
    for one in closed_responses():
        at = key_destroyed(one.uuid)
        found.append((one.title, proofs(one.uuid), at.isoformat() if at else ""))
    return found


def _proven(title: str, done: list[Proof], key: str) -> list[tuple[str, ...]]:
    rows = []
    for one in done:
        counts = f"{total(one.before)} -> {total(one.after)}"
        rows.append((clock.day_of(one.done).isoformat(), title, f"after {one.days} days", counts, str(one.event)))
    return [*rows, *([(key[:10], title, "the data key", "destroyed", "")] if key else [])]


def _registers() -> list[tuple[str, str]]:
    return [
        (f"{one.table.removeprefix('wangge_')}.{one.name}", one.kept.register)
        for one in personal_fields()
        if one.kept.register
    ]


def _everything(found: list[Outlook]) -> dict[str, Any]:
    return {
        "fields": [
            {"when": one.when.value, "response": str(one.response.uuid) if one.response else None, "days": one.days,
             "due": one.due.isoformat() if one.due else None, "counts": one.counts, "key": one.key}
            for one in found
        ],
        "deleted": [
            {"response": str(one.response) if one.response else None, "days": one.days, "due": one.due.isoformat(),
             "began": one.began.isoformat(), "done": one.done.isoformat(), "before": one.before, "after": one.after,
             "event": str(one.event)}
            for uuid in [None, *(response.uuid for response in closed_responses())] for one in proofs(uuid)
        ],
        "keys_destroyed": {
            str(one.uuid): at.isoformat() for one in closed_responses() if (at := key_destroyed(one.uuid))
        },
        "registers": dict(_registers()),
    }  # fmt: skip
