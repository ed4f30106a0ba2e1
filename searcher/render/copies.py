"""Articles and the stories they tell, counted for people."""

from searcher.models import FacetCount

__all__ = ["counted_copies", "counted_stories", "differs"]


def differs(count: FacetCount) -> bool:
    """Whether some of the articles with a value tell a story that another of them tells."""
    return 0 < count.stories < count.count


def counted_stories(number: int) -> str:
    """So many stories."""
    return f"{number:,} {'story' if number == 1 else 'stories'}"


def counted_copies(number: int) -> str:
    """So many other articles of a story."""
    return f"{number:,} {'copy' if number == 1 else 'copies'} more"
