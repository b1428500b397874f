"""The entry point of ``wangge serve``: Django and the hot paths beside it, in one process (see docs/adr)."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.settings")
django = get_wsgi_application()

from wangge.hot.application import Application  # noqa: E402  # Django must be set up before

application = Application(django)
gc.collect()
gc.freeze()  # what an installation is made of stays: a collection that looks through it makes everybody wait
