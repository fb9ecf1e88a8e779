"""Settings for commands that read the code only, such as `makemigrations --check`: there is no database to connect to."""

from jiuye.config.settings import *  # noqa: F403

DATABASES = {}
