"""Settings, all from the environment; what is not set gives a working single-box installation.

``docs/operate/settings.md`` has a heading for each variable.
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from wangge.base import keys, logs
from wangge.base.access.address import networks

HERE = Path(__file__).resolve().parent
VAR = Path(os.environ.get("WANGGE_VAR", "var")).resolve()
VAR.mkdir(parents=True, exist_ok=True)

WANGGE_KEYS = keys.where()
SECRET_KEY = keys.load(WANGGE_KEYS).secret
DEBUG = os.environ.get("WANGGE_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("WANGGE_HOSTS", "*").split(",")
BEHIND_PROXY = os.environ.get("WANGGE_HTTPS") == "1"
#: HTTPS, spoken by a proxy in front or by ``wangge serve`` itself with a certificate.
#: Whose X-Forwarded-For is believed; a proxy beside us needs no naming.
WANGGE_PROXIES = networks(os.environ.get("WANGGE_PROXIES") or ("127.0.0.1,::1" if BEHIND_PROXY else ""))
SECURE = BEHIND_PROXY or bool(os.environ.get("WANGGE_CERTIFICATE"))


def _database() -> dict[str, Any]:
    """SQLite in ``var/`` unless WANGGE_DATABASE_URL names another database."""
    url = os.environ.get("WANGGE_DATABASE_URL") or f"sqlite:///{VAR / 'wangge.sqlite3'}"
    config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; "
            # What was deleted is overwritten, not only forgotten.
            "PRAGMA secure_delete=ON;",
        }
        config["TEST"] = {"NAME": os.environ.get("WANGGE_TEST_SQLITE")}
    else:
        # Disks have no heads any more: a range of an index is read as readily as a table from end to end.
        config.setdefault("OPTIONS", {}).setdefault("options", "-c random_page_cost=1.1")
    return config


DATABASES = {"default": _database()}
# Check-ins live beside the main database, one table a day; used only when that database is SQLite.
WANGGE_CHECKINS = Path(os.environ.get("WANGGE_CHECKINS", VAR / "checkins.sqlite3"))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_htmx",
    "wangge",
]
MIDDLEWARE = [
    "wangge.web.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "wangge.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wangge.web.access.RightsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wangge.api.problems.ApiMiddleware",
    "wangge.web.problems.ProblemMiddleware",
    "axes.middleware.AxesMiddleware",
    "wangge.web.turns.TurnsMiddleware",
]
ROOT_URLCONF = "wangge.urls"
WSGI_APPLICATION = "wangge.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wangge.web.context.page",
            ],
            "builtins": ["wangge.web.templatetags.wangge", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

AUTH_USER_MODEL = "wangge.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
# Accounts of the invented city get in with the password alone; nobody else ever does.
WANGGE_DEMO_WAIVER = os.environ.get("WANGGE_DEMO_WAIVER", "1") == "1"

# django-allauth does second factors, passkeys and the steps of signing in. What it offers beyond (sign-up, mail,
# telephone codes) has no address: web/account/urls.py. django-axes counts wrong passwords, base/access/tries.py the
# rest; allauth's own counts live in one process's memory and are off.
ACCOUNT_ADAPTER = "wangge.web.account.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_ADAPTER = "wangge.web.account.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "网格"
MFA_TOTP_TOLERANCE = 1  # phones' clocks run up to half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "wangge.web.account.forms.CodeForm",
    "reauthenticate": "wangge.web.account.forms.CodeAgainForm",
    "activate_totp": "wangge.web.account.forms.NewAppForm",
    "add_webauthn": "wangge.web.account.forms.NewPasskeyForm",
}
SESSION_ENGINE = "wangge.web.account.sessions"
SESSION_COOKIE_AGE = 14 * 3600  # a long shift
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "wangge.web.problems.form_too_old"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # a balancer asks from beside us
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# Five wrong passwords lock the account from that address for a quarter of an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "wangge/locked_out.html"
AXES_VERBOSE = False
# Where and when somebody signed in is not kept; of a wrong try nothing that was typed is, and a day later nothing.
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username", "password", "code", "who", "which", "next"]
AXES_CLIENT_IP_CALLABLE = "wangge.base.access.address.client_of"

# Hours from its last contact for which a phone can open what it keeps: a long shift.
WANGGE_SHIFT_HOURS = int(os.environ.get("WANGGE_SHIFT_HOURS", "14"))
# Working days within which a resident's request about their own data is answered.
WANGGE_REQUEST_DAYS = int(os.environ.get("WANGGE_REQUEST_DAYS", "15"))

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_NAME = _("Wangge")
WANGGE_LOG = os.environ.get("WANGGE_LOG") or "lines"
LOGGING = logs.configuration(WANGGE_LOG, requests=WANGGE_LOG == "json")
