"""Settings, all from the environment: none is needed to develop, a public site refuses to start without its secrets."""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from sistercities.database import database_settings

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# --- which kind of running this is -------------------------------------------------------------------
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
# A site that readers reach over https is never in development by mistake.
DEVELOPMENT = env.bool("DEVELOPMENT", default=not HTTPS)
# Technical error pages are for whoever debugs; everybody else, developers too, sees the pages that readers see.
DEBUG = DEVELOPMENT and env.bool("DEBUG", default=False)
DEVELOPMENT_KEY = "development only: any value will do, for nothing that it signs leaves this machine"
SECRET_KEY = env.str("SECRET_KEY", default=DEVELOPMENT_KEY if DEVELOPMENT else "")
# The first key signs personal links, every key still opens them: rotate by putting a new one in front.
LINK_KEYS = env.list("LINK_KEYS", default=[DEVELOPMENT_KEY] if DEVELOPMENT else [])
EMAIL_URL = env.str("EMAIL_URL", default="")
if not DEVELOPMENT and not (SECRET_KEY and LINK_KEYS and EMAIL_URL):
    raise ImproperlyConfigured(
        "Set SECRET_KEY, LINK_KEYS and EMAIL_URL, or DEVELOPMENT=true: see .env.example."
    )
SITE_HOST = SITE_URL.partition("://")[2].partition(":")[0]
OWN_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if DEVELOPMENT else [SITE_HOST]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=OWN_HOSTS)

# --- what it is made of ------------------------------------------------------------------------------
INSTALLED_APPS = [
    "events",
    "relationships",
    "people",
    "sistercities.news",
    "sistercities.newsletter",
    "sistercities.pages",
    "sistercities.mail",
    "sistercities.intake",
    "sistercities.limits",
    "sistercities.handbook",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "sistercities.apps.CurationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "sistercities.health.AnswerWithoutDatabase",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "sistercities.headers.PolicyHeaders",
    "sistercities.headers.RefuseNul",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "sistercities.headers.ExplainWrongMethod",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.second_factor.SecondFactorOfStaff",
]
ROOT_URLCONF = "sistercities.urls"
WSGI_APPLICATION = "sistercities.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sistercities.pages.context.site",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "civic"
CRISPY_TEMPLATE_PACK = "civic"
CRISPY_FAIL_SILENTLY = not DEVELOPMENT

# --- where things are kept ---------------------------------------------------------------------------
DATABASES = {"default": database_settings(env, BASE_DIR)}
DATABASES["default"]["TEST"] = {"NAME": "test_sistercities" + env.str("TEST_DB_SUFFIX", default="")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_KEPT_PAGES = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"}
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    "pages": {**_KEPT_PAGES, "OPTIONS": {"MAX_ENTRIES": 500}},
}
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=BASE_DIR / "var" / "static")
STATICFILES_DIRS = [BASE_DIR / "static", ("handbook", BASE_DIR / "docs" / "pictures")]
STATICFILES_FINDERS = [
    "sistercities.pages.bundle.BundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEVELOPMENT
# What browsers and phones ask for at the root without being told: /favicon.ico, /apple-touch-icon.png.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=BASE_DIR / "var" / "media")
PRIVATE_ROOT = env.path("PRIVATE_ROOT", default=BASE_DIR / "var" / "private")
_FILES, _STATIC = (
    "django.core.files.storage.FileSystemStorage",
    "django.contrib.staticfiles.storage.StaticFilesStorage",
)
_UNDER_PRIVATE_ROOT = {"location": PRIVATE_ROOT, "base_url": None}
STORAGES: dict[str, dict[str, Any]] = {
    "default": env.json("MEDIA_STORAGE", default={"BACKEND": _FILES}),
    # What nobody may fetch by an address: the originals of pictures, and files that were handed in for import.
    "private": env.json("PRIVATE_STORAGE", default={"BACKEND": _FILES, "OPTIONS": _UNDER_PRIVATE_ROOT}),
    "staticfiles": {
        "BACKEND": _STATIC if DEVELOPMENT else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# A form of the size of the largest page of a speech, no more: nobody uploads gigabytes into memory.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# --- languages and time ------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
FORMAT_MODULE_PATH = "sistercities.formats"
TIME_ZONE = env.str("TIME_ZONE", default="America/Los_Angeles")  # where the association counts its days
SITE_NAME = {
    "en": env.str("SITE_NAME_EN", default="Los Angeles–Guangzhou Sister City Association"),
    "zh-hans": env.str("SITE_NAME_ZH_HANS", default="洛杉矶—广州友好城市协会"),
}
# On what terms the association gives its own texts away; docs/open-data.md has the names that are known.
OPEN_DATA_LICENCE = env.str("OPEN_DATA_LICENCE", default="CC-BY-4.0")

# --- mail --------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="receptions@sistercities.example")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_REPLY_TO = env.str("MAIL_REPLY_TO", default=DEFAULT_FROM_EMAIL)
# Where mail comes back to, each under an address of its own: name+number-signature@…; see read_bounces.
MAIL_BOUNCES = env.str("MAIL_BOUNCES", default="")
MAILBOX_DIR = BASE_DIR / "var" / "mail"
if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAILBOX_DIR
EMAIL_TIMEOUT = env.float("MAIL_TIMEOUT", default=20)

# --- who signs in ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Member"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # an e-mail is unique however it is written: a constraint of ours
AUTHENTICATION_BACKENDS = ["people.passwords.MemberBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_page"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": False}
# What strangers may do only so often is counted in sistercities/limits; the library counts what members do.
ACCOUNT_RATE_LIMITS = {"login": None, "reset_password": None, "reset_password_from_key": None}
MFA_RATE_LIMITS = {"webauthn_login": None}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_ADAPTER = "people.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "people.forms.LoginForm",
    "confirm_email_verification_code": "people.forms.ConfirmEmailForm",
    "add_email": "people.forms.AddEmailForm",
    "reauthenticate": "people.forms.ReauthenticateForm",
    "change_password": "people.forms.ChangePasswordForm",
    "set_password": "people.forms.SetPasswordForm",
    "reset_password": "people.forms.ResetPasswordForm",
    "reset_password_from_key": "people.forms.ResetPasswordKeyForm",
}
MFA_ADAPTER = "people.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "people.forms.AuthenticateForm",
    "authenticate_webauthn": "people.forms.SecondFactorPasskeyForm",
    "reauthenticate": "people.forms.ProveAgainForm",
    "reauthenticate_webauthn": "people.forms.ProveWithPasskeyForm",
    "login_webauthn": "people.forms.SignInWithPasskeyForm",
    "add_webauthn": "people.forms.AddPasskeyForm",
    "edit_webauthn": "people.forms.RenamePasskeyForm",
    "activate_totp": "people.forms.ActivateAppForm",
    "deactivate_totp": "people.forms.DeactivateAppForm",
}
# Whoever works in the admin needs a passkey or an app; off, a code by mail or a password is enough there.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=not DEVELOPMENT)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# --- what browsers are told --------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
if HTTPS:
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
CSRF_FAILURE_VIEW = "sistercities.health.csrf_failure"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without links": {"()": "sistercities.logs.WithoutLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without links"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # The server of development names every address that it is asked for.
    "loggers": {"django.server": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
