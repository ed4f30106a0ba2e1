"""The ASGI app: four pages, four JSON resources, one style sheet. It answers GET, keeps no state, runs no script."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from searcher.archive import Archive
from searcher.choices import PAGE_FACETS
from searcher.errors import ArticleMissing, SearcherError, UsageError
from searcher.render.data import article_dict, results_dict, story_dict
from searcher.render.page import article_page, error_page, results_page, story_page, stylesheet
from searcher.render.state import State
from searcher.web.description import DESCRIPTION_PATH, NUMBERS, description
from searcher.web.guard import SECURITY, Guard
from searcher.web.hosts import Hosts

__all__ = ["make_app"]

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="7" cy="7" r="4.5" fill="none" '
    'stroke="#44719f" stroke-width="2"/><path d="M10.5 10.5 15 15" stroke="#44719f" stroke-width="2"/></svg>'
)
SIMILAR = 5


def make_app(archive: Archive, hosts: Hosts | None = None) -> Starlette:
    """The app for one archive; requests that name other hosts than these are refused, by default all but loopback."""
    pages = _Pages(archive)
    return Starlette(
        routes=[
            Route("/", pages.results),
            Route("/article/{article_id}", pages.article),
            Route("/story/{article_id}", pages.story),
            Route("/api/search", pages.api_search),
            Route("/api/article/{article_id}", pages.api_article),
            Route("/api/story/{article_id}", pages.api_story),
            Route(DESCRIPTION_PATH, _description),
            Route("/style.css", _style),
            Route("/icon.svg", _icon),
        ],
        middleware=[Middleware(Guard, hosts=hosts or Hosts(), refuse=_message)],
        exception_handlers={SearcherError: _failed, HTTPException: _refused, Exception: _broken},
    )


class _Pages:
    """The handlers: functions, which starlette runs in threads, so that no slow search holds up the others."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def results(self, request: Request) -> Response:
        state = _state(request)
        results = self._archive.search(state.query, facets=PAGE_FACETS, **state.options())
        return HTMLResponse(results_page(results, state))

    def article(self, request: Request) -> Response:
        state, article_id = _state(request), request.path_params["article_id"]
        article = self._archive.get(article_id)
        marks = self._archive.marks(article, state.query, **state.options()) if state.params else ()
        copies = self._archive.copies(article)
        similar = [hit for hit in self._archive.similar(article_id, SIMILAR + len(copies)) if hit not in copies]
        return HTMLResponse(article_page(article, marks, state, similar[:SIMILAR], copies))

    def story(self, request: Request) -> Response:
        return HTMLResponse(story_page(self._archive.story(request.path_params["article_id"]), _state(request)))

    def api_search(self, request: Request) -> Response:
        params, state = request.query_params, _state(request)
        options = {**state.options(), **_numbers(request)}
        if "facet" in params:
            options["facets"] = tuple(params.getlist("facet"))
        if "explain" in params:
            options["explain"] = True
        return JSONResponse(results_dict(self._archive.search(state.query, **options)))

    def api_article(self, request: Request) -> Response:
        return JSONResponse(article_dict(self._archive.get(request.path_params["article_id"])))

    def api_story(self, request: Request) -> Response:
        return JSONResponse(story_dict(self._archive.story(request.path_params["article_id"])))


async def _description(_: Request) -> Response:
    return JSONResponse(description())


async def _style(_: Request) -> Response:
    return Response(stylesheet(), media_type="text/css")


async def _icon(_: Request) -> Response:
    return Response(ICON, media_type="image/svg+xml")


def _state(request: Request) -> State:
    return State.read(request.query_params.multi_items())


def _numbers(request: Request) -> dict[str, int]:
    """`limit`, `offset` and `facet_size` where they are given."""
    made = {}
    for name in NUMBERS:
        text = request.query_params.get(name) or request.query_params.get(name.replace("_", "-"))
        if text is None:
            continue
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise UsageError(f"{name} is {text!r}: give a whole number")
        made[name] = int(text)
    return made


def _failed(request: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, ArticleMissing) else 400 if isinstance(error, UsageError) else 503
    return _message(request, str(error), status)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class alone
    response = _message(request, error.detail, error.status_code)
    response.headers.update(error.headers or {})
    return response


def _broken(request: Request, error: Exception) -> Response:
    """A fault of the program: starlette answers these outside the guard and raises them again, for the log."""
    message = f"the server has a fault ({type(error).__name__}); what happened is where it was started"
    response = _message(request, message, 500)
    response.headers.update(SECURITY)
    return response


def _message(request: Request, message: str, status: int) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message}, status_code=status)
    return HTMLResponse(error_page(message, _state(request)), status_code=status)
