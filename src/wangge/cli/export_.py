"""``wangge export linelist SHAPE`` and ``wangge export table NAME``: a whole list as a file."""

import json
import shutil
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import IO, cast

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.problems import Problem
from wangge.cli.saying import refuse, say
from wangge.domains.cases.linelists import writing
from wangge.domains.cases.linelists.shapes import Shape
from wangge.domains.places.models import Place
from wangge.domains.places.queries import by_code
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import response as response_named
from wangge.domains.tables import queries as tables
from wangge.domains.tables import writing as table_writing
from wangge.sentences import sentence


def command(args: Namespace) -> int:
    try:
        said = _table(args) if args.what == "table" else _linelist(args)
    except Response.DoesNotExist:
        return refuse(f"no Response has the id {args.response}. It stands in the address of the Response's page.")
    except Place.DoesNotExist:
        return refuse(f"no place has the code {args.area}. Take the 12 digits from the place's page.")
    except Problem as error:
        names = ", ".join(one.name for one in tables.tables(SYSTEM))
        return refuse(sentence(error) + (f" Tables: {names}." if error.code == "table_unknown" else ""))
    except OSError as error:
        return refuse(f"{args.folder} cannot be written ({error.strerror}). Choose another --folder.")
    if args.json:
        say(json.dumps(said, ensure_ascii=False))
    else:
        for name, value in said.items():
            say(f"{name:>12}  {value}")
    return 0


def _linelist(args: Namespace) -> dict[str, str]:
    response = response_named(args.response)
    about = writing.begin(shape=Shape(args.shape), response=response, reason=args.reason, by=SYSTEM)
    path = args.folder / about.file_name(args.format)
    if args.format == "xlsx":
        _write(path, writing.as_workbook(about, SYSTEM))
    else:
        _write(path, writing.as_csv(about, SYSTEM))
    return dict(about.lines()) | {"file": str(path)}


def _table(args: Namespace) -> dict[str, str]:
    definition = tables.table(args.name, SYSTEM)
    area = by_code(args.area) if args.area else None
    about = table_writing.begin(definition=definition, area=area, reason=args.reason, by=SYSTEM)
    path = args.folder / about.file_name(args.format)
    _write(path, table_writing.as_workbook(about) if args.format == "xlsx" else table_writing.as_csv(about))
    at = about.at.astimezone(clock.LOCAL).isoformat(timespec="seconds")
    return {
        "table": definition.name, "title": definition.title, "count": str(about.count), "exported_at": at,
        "filter": table_writing.said(definition) or "none", "file": str(path),
    }  # fmt: skip


def _write(path: Path, content: Iterable[bytes] | IO[bytes]) -> None:
    """To a name of its own first: a file that was broken off is not taken for a list."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        if isinstance(content, Iterable) and not hasattr(content, "read"):
            file.writelines(content)
        else:
            with cast(IO[bytes], content) as book:
                shutil.copyfileobj(book, file)
    part.rename(path)
