"""``python -m wangge`` is the command ``wangge``."""

import sys

from wangge.cli.main import main

sys.exit(main())
