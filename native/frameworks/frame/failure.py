"""Why a probe ends early."""


class Failure(Exception):
    """A reason of the protocol's closed list, and what else is known."""

    def __init__(self, reason, message, code=None, outcome="failure"):
        super().__init__(message)
        self.outcome = outcome
        self.reason = reason
        self.message = message
        self.code = code
        self.phase = None


class Unheard(Exception):
    """Nobody reads what is written, so nothing need be done any more."""


def skipped(reason, message):
    """The same, for a run that was not attempted: that is no failure."""
    return Failure(reason, message, outcome="skipped")
