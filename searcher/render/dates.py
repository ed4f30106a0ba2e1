"""A date as a person reads it: the day where articles are compared, all that is known where one is read."""

from searcher.models import PublicationDate

__all__ = ["UNDATED", "day", "moment"]

UNDATED = "undated"


def day(date: PublicationDate | None) -> str:
    """The day, or the month or year where no more is known: 2017-10-31, 2017-10, 2017."""
    return date.text[:10] if date else UNDATED


def moment(date: PublicationDate | None) -> str:
    """The day and, where it is known, the minute with its zone: 2017-10-31 19:05 +03:00."""
    if date is None or date.precision != "minute":
        return day(date)
    return " ".join(part for part in (date.text[:10], date.text[11:16], date.text[16:]) if part)
