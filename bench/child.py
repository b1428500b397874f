"""Runs benchmarks on the database of WANGGE_DATABASE_URL and prints their outcomes as JSON. Started by ``bench``."""

import argparse
import importlib
import sys
from pathlib import Path

import django


def main() -> None:
    """Migrate, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="+")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench.measure import dump, measure
    from bench.stand import Stand

    call_command("migrate", verbosity=0)
    stand, outcomes = Stand(quick=args.quick, folder=args.folder), []
    for name in args.names:
        module = importlib.import_module(f"bench.benchmarks.{name}")
        if hasattr(module, "outcomes"):  # what counts something other than time
            outcomes += module.outcomes(stand)
            continue
        for pair in module.pairs(stand):
            outcomes.append(measure(pair, connection.vendor))
            print(f"{connection.vendor}: {pair.name} measured", file=sys.stderr, flush=True)
    print(dump(outcomes))


if __name__ == "__main__":
    main()
