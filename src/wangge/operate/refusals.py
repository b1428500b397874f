"""Why something was not done, in a sentence that says what to do next."""


class Refused(Exception):
    """``code`` is the exit code: 1 something is wrong here, 2 the call or what it was given is wrong."""

    def __init__(self, sentence: str, *, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code
