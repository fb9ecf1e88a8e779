"""The API for machines: every operation declares who may use it; errors are problems (RFC 9457)."""
