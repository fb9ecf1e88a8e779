"""The error of a launcher command that cannot continue."""


class Failure(Exception):
    """Why a launcher command stops: one line for the user, and the exit code (never 0)."""

    def __init__(self, line: str, *, code: int = 1) -> None:
        super().__init__(line)
        self.line = line
        self.code = code
