"""Where the house puts its addresses together: the pages, the API and the phones, which do not know each other."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("wangge.api.urls")),
    path("openrosa/", include("wangge.api.openrosa.urls")),
    path("sync/", include("wangge.sync.urls")),
    path("", include("wangge.web.urls")),
]
handler403 = "wangge.web.problems.not_allowed"
handler404 = "wangge.web.problems.not_found"
handler500 = "wangge.web.problems.broken"
