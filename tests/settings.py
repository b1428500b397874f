"""The product's settings, on a folder, keys and a database of this run alone.

``WANGGE_TEST_DATABASE_URL`` names a PostgreSQL to test on; otherwise SQLite in memory. Whatever the person's own
environment says of the product's database and folder is not looked at: tests never touch real data.
"""

import atexit
import os
import shutil
import tempfile

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")

if WORKER == "main":  # each of its workers has a folder of its own below this one
    for name in [name for name in os.environ if name.startswith("WANGGE_") and not name.startswith("WANGGE_TEST_")]:
        if name != "WANGGE_CHROMIUM":
            del os.environ[name]
    os.environ["WANGGE_VAR"] = tempfile.mkdtemp(prefix="wangge-tests-")
    atexit.register(shutil.rmtree, os.environ["WANGGE_VAR"], ignore_errors=True)
    if url := os.environ.get("WANGGE_TEST_DATABASE_URL"):
        os.environ["WANGGE_DATABASE_URL"] = url

else:  # a key that one worker destroys must not be missing to another
    os.environ["WANGGE_VAR"] = os.path.join(os.environ["WANGGE_VAR"], WORKER)

os.environ["WANGGE_CHECKINS"] = os.path.join(os.environ["WANGGE_VAR"], f"checkins-{WORKER}.sqlite3")

from wangge.settings import *  # noqa: E402, F403

# A password's strength costs a quarter of a second each time; nothing here depends on it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405  (whitenoise looks for it)
