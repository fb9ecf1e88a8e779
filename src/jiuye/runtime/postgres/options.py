"""The server's settings, for two cores, given on its command line so that no file of the cluster is edited."""

_ALWAYS = {
    "listen_addresses": "",  # unix socket only
    "unix_socket_permissions": "0700",
    "port": "5432",  # names the socket file; nothing listens on TCP
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "effective_io_concurrency": "100",
    "jit": "off",  # compiling costs more than our short queries
    "timezone": "UTC",
    "lc_messages": "C",
    "log_min_duration_statement": "500",
    "log_checkpoints": "off",
    "logging_collector": "off",
    "idle_in_transaction_session_timeout": "10min",
}

_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}

_THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


def command_line(*, socket_folder: str, durable: bool) -> list[str]:
    """Return the `-c name=value` arguments of the `postgres` program."""
    chosen = _ALWAYS | (_DURABLE if durable else _THROW_AWAY) | {"unix_socket_directories": socket_folder}
    return [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
