"""What can go wrong, told so that the reader knows what to do next."""


class EmbeddedPostgresError(RuntimeError):
    """The embedded server cannot be started or stopped; the message says what helps."""
