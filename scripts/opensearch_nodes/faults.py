"""What may go wrong, each with the exit code of the command."""

__all__ = ["ClusterError", "Lacking", "NotSo"]


class ClusterError(Exception):
    """A node or the download failed; the message says what happened, where, and what to do next."""

    status = 1


class NotSo(ClusterError):
    """That cluster or node is not there, or is there in another form than was asked for."""

    status = 3


class Lacking(ClusterError):
    """What this machine lacks and is needed: a JDK, Maven, a folder that the nodes may enter."""

    status = 4
