"""The one Django app of the house."""

from django.apps import AppConfig


class WanggeConfig(AppConfig):
    name = "wangge"
    label = "wangge"
    verbose_name = "网格"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the log which flow answers which fact: one table, read in ``flows/registry.py``."""
        from wangge.base.events.subscriptions import connect
        from wangge.flows.registry import ALARMS, FLOWS

        connect(FLOWS, ALARMS)
