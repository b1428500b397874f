"""``wangge import register FILE``: a whole city's people from one CSV file of any length, with all processors.

Beside ``import people``, which keeps a receipt of every row: here the rows that come back are written to a file.
"""

import csv
import json
from argparse import Namespace
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

from django.utils import translation

from wangge.base.access.by import SYSTEM
from wangge.base.problems import Problem
from wangge.cli.progress import Progress
from wangge.cli.saying import SENTENCES, problem, refuse, say
from wangge.domains.people.filling.actions import Filled, fill
from wangge.domains.people.filling.heading import find
from wangge.domains.people.filling.pool import processes_for
from wangge.domains.people.filling.reading import Refused

REASON = {"zh-hans": "退回原因", "zh-hant": "退回原因", "en": "reason"}


def command(args: Namespace) -> int:
    """0 when every row is in, 1 when rows came back or the file was refused."""
    try:
        source, heading = find(args.file)
        with _Rejects(args.rejects, heading, source.encoding, args.language) as rejects, Progress() as now:
            filled = fill(
                source=source, by=SYSTEM, make_doors=args.make_doors, refused=rejects,
                processes=args.processes if args.processes is not None else processes_for(source),
                progress=lambda rows, _: now(f"{rows:,} rows read"),
            )  # fmt: skip
    except OSError as error:
        return refuse(f"{error.filename} cannot be read or written ({error.strerror}). Look at the name of the file.")
    except Problem as error:
        return refuse(problem(error))
    _end(filled, rejects, args)
    return 1 if filled.refused else 0


class _Rejects:
    """Rows that come back, as they came, with a column for the reason; without a file they are only counted."""

    def __init__(self, path: Path | None, heading: list[str], encoding: str, language: str) -> None:
        self.counts: Counter[str] = Counter()
        self.language = language
        self._file = path.open("w", encoding=encoding, newline="") if path else None
        self._writer = csv.writer(self._file) if self._file else None
        if self._writer:
            self._writer.writerow([*heading, REASON[language]])

    def __call__(self, row: Refused) -> None:
        self.counts[row.problems[0].code] += 1
        if self._writer:
            with translation.override(self.language):
                reasons = " ".join(problem(one) for one in row.problems)
            self._writer.writerow([*map(_harmless, row.cells), reasons])

    def __enter__(self) -> "_Rejects":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._file:
            self._file.close()


def _harmless(cell: str) -> str:
    """No cell can begin a formula in a spreadsheet."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell


def _end(filled: Filled, rejects: _Rejects, args: Namespace) -> None:
    if args.json:
        say(json.dumps(asdict(filled) | {"reasons": dict(rejects.counts)}))
        return
    say(f"{filled.rows:>11,} rows")
    for name in ("new", "known", "changed", "refused"):
        say(f"{getattr(filled, name):>11,} {name}")
    for code, count in rejects.counts.most_common(10):
        sentence = str(SENTENCES.get(code, code))
        say(f"{count:>17,} × {sentence.partition('%')[0].strip() or code} …")
