"""Backups of a whole installation, and the way back: `./jiuye backup`, `./jiuye restore` (docs/backup.md)."""
