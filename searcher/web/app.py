"""The ASGI app: four pages, three JSON resources, one style sheet. It answers GET, keeps no state, runs no script."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from searcher.archive import Archive
from searcher.choices import PAGE_FACETS
from searcher.errors import ArticleMissing, SearcherError, UsageError
from searcher.render.data import article_dict, results_dict, story_dict
from searcher.render.page import article_page, error_page, results_page, story_page, stylesheet
from searcher.render.state import State

__all__ = ["make_app"]

# Nothing but this server's own style, forms and pictures; no script at all.
SECURITY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="7" cy="7" r="4.5" fill="none" '
    'stroke="#44719f" stroke-width="2"/><path d="M10.5 10.5 15 15" stroke="#44719f" stroke-width="2"/></svg>'
)
SIMILAR = 5


def make_app(archive: Archive, hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")) -> Starlette:
    """The app for one archive; requests that name other hosts are refused (DNS rebinding)."""
    pages = _Pages(archive)
    return Starlette(
        routes=[
            Route("/", pages.results),
            Route("/article/{article_id}", pages.article),
            Route("/story/{article_id}", pages.story),
            Route("/api/search", pages.api_search),
            Route("/api/article/{article_id}", pages.api_article),
            Route("/api/story/{article_id}", pages.api_story),
            Route("/style.css", lambda _: Response(stylesheet(), media_type="text/css")),
            Route("/icon.svg", lambda _: Response(ICON, media_type="image/svg+xml")),
        ],
        middleware=[
            Middleware(BaseHTTPMiddleware, dispatch=_secure),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)),
        ],
        exception_handlers={SearcherError: _failed, HTTPException: _refused},
    )


class _Pages:
    """The handlers. The archive does the work in a thread, so that one slow search does not hold up the others."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    async def results(self, request: Request) -> Response:
        state = State.read(request.query_params.multi_items())
        results = await run_in_threadpool(self._archive.search, state.query, facets=PAGE_FACETS, **state.options())
        return HTMLResponse(results_page(results, state))

    async def article(self, request: Request) -> Response:
        state = State.read(request.query_params.multi_items())
        return HTMLResponse(await run_in_threadpool(self._article, request.path_params["article_id"], state))

    async def story(self, request: Request) -> Response:
        state = State.read(request.query_params.multi_items())
        found = await run_in_threadpool(self._archive.story, request.path_params["article_id"])
        return HTMLResponse(story_page(found, state))

    async def api_search(self, request: Request) -> Response:
        params = request.query_params
        state = State.read(params.multi_items())
        options = {**state.options(), **_numbers(request)}
        if "facet" in params:
            options["facets"] = tuple(params.getlist("facet"))
        if "explain" in params:
            options["explain"] = True
        results = await run_in_threadpool(self._archive.search, state.query, **options)
        return JSONResponse(results_dict(results))

    async def api_article(self, request: Request) -> Response:
        article = await run_in_threadpool(self._archive.get, request.path_params["article_id"])
        return JSONResponse(article_dict(article))

    async def api_story(self, request: Request) -> Response:
        found = await run_in_threadpool(self._archive.story, request.path_params["article_id"])
        return JSONResponse(story_dict(found))

    def _article(self, article_id: str, state: State) -> str:
        article = self._archive.get(article_id)
        marks = self._archive.marks(article, state.query, **state.options()) if state.query else ()
        copies = self._archive.copies(article)
        similar = [hit for hit in self._archive.similar(article_id, SIMILAR + len(copies)) if hit not in copies]
        return article_page(article, marks, state, similar[:SIMILAR], copies)


def _numbers(request: Request) -> dict[str, int]:
    """`limit`, `offset` and `facet_size` where they are given."""
    made = {}
    for name in ("limit", "offset", "facet_size"):
        text = request.query_params.get(name) or request.query_params.get(name.replace("_", "-"))
        if text is None:
            continue
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise UsageError(f"{name} is {text!r}: give a whole number")
        made[name] = int(text)
    return made


async def _secure(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    response.headers.update(SECURITY)
    return response


async def _failed(request: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, ArticleMissing) else 400 if isinstance(error, UsageError) else 503
    return _message(request, str(error), status)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class alone
    response = _message(request, error.detail, error.status_code)
    response.headers.update(error.headers or {})
    return response


def _message(request: Request, message: str, status: int) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message}, status_code=status)
    state = State.read(request.query_params.multi_items())
    return HTMLResponse(error_page(message, state), status_code=status)
