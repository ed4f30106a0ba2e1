"""The outlet that published an article: named by the file, else the host of its address."""

from dataclasses import replace
from urllib.parse import urlsplit

from searcher.normalize.draft import Draft

__all__ = ["name_outlet"]


def name_outlet(draft: Draft) -> Draft:
    """The draft with its outlet; one that is given as an address goes by its host, without `www.`."""
    given = draft.source or draft.url
    host = _host(given)
    if "://" in given or not draft.source:
        return replace(draft, source=host)
    return draft


def _host(address: str) -> str:
    """The host of an address; empty where there is none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
