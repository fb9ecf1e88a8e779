"""Stories run in the same browser and platform as the other browser tests."""

from tests.e2e.conftest import chromium, platform, signed_in, visit

__all__ = ["chromium", "platform", "signed_in", "visit"]
