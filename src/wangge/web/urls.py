"""Every address of the web, by face. Each face has its own file of addresses."""

from django.urls import URLPattern, URLResolver, include, path

from wangge.web import home, me, tokens
from wangge.web.health import healthz
from wangge.web.language import choose
from wangge.web.resident.codes import well_known

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("", include("wangge.web.account.urls")),
    path("language", choose, name="language"),
    path("healthz", healthz, name="healthz"),
    path("me/", me.me, name="me"),
    path("me/act-in", home.act_in, name="act-in"),
    path("me/posts/<uuid:uuid>/take", me.take_offered, name="take-post"),
    path("me/work/<uuid:uuid>/take", me.take_work, name="take-work"),
    path("me/tokens/", tokens.tokens, name="tokens"),
    path("me/tokens/<uuid:uuid>/end", tokens.end, name="token-end"),
    path(".well-known/wangge-codes.json", well_known, name="codes-keys"),
    path("r/", include("wangge.web.resident.urls")),
    path("rule/", include("wangge.web.rule.urls")),
    path("phone/", include("wangge.web.phone.urls")),
    path("field/", include("wangge.web.field.urls")),
    path("desk/", include("wangge.web.desk.urls")),
    path("trace/", include("wangge.web.trace.urls")),
    path("asks/", include("wangge.web.asks.urls")),
    path("command/", include("wangge.web.command.urls")),
]
