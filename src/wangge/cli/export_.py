"""``wangge export linelist SHAPE``: a line list as a file, whole, named by its count and instant."""

import json
import shutil
from argparse import Namespace
from pathlib import Path

from wangge.base.access.by import SYSTEM
from wangge.base.problems import Problem
from wangge.cli.saying import refuse, say
from wangge.domains.cases.linelists import writing
from wangge.domains.cases.linelists.shapes import Shape
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import response as response_named
from wangge.sentences import sentence


def command(args: Namespace) -> int:
    try:
        response = response_named(args.response)
        about = writing.begin(shape=Shape(args.shape), response=response, reason=args.reason, by=SYSTEM)
        path = args.folder / about.file_name(args.format)
        _write(path, about, args.format)
    except Response.DoesNotExist:
        return refuse(f"no Response has the id {args.response}. It stands in the address of the Response's page.")
    except Problem as error:
        return refuse(sentence(error))
    except OSError as error:
        return refuse(f"{args.folder} cannot be written ({error.strerror}). Choose another --folder.")
    said = dict(about.lines()) | {"file": str(path)}
    if args.json:
        say(json.dumps(said, ensure_ascii=False))
    else:
        for name, value in said.items():
            say(f"{name:>12}  {value}")
    return 0


def _write(path: Path, about: writing.About, form: str) -> None:
    """To a name of its own first: a file that was broken off is not taken for a list."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        if form == "xlsx":
            with writing.as_workbook(about, SYSTEM) as book:
                shutil.copyfileobj(book, file)
        else:
            file.writelines(writing.as_csv(about, SYSTEM))
    part.rename(path)
