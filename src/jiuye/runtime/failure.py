"""What a command says when it cannot go on."""


class Failure(Exception):
    """Why a launcher command stops: one clear line for the person at the keyboard, and the exit code (never 0)."""

    def __init__(self, line: str, *, code: int = 1) -> None:
        super().__init__(line)
        self.line = line
        self.code = code
