"""Django's PostgreSQL backend with bounded waits: `base` is what `DATABASES` names."""
