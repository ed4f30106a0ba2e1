"""The shape of the package: imports point one way, each library has one home, what is public is said so."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import searcher

PACKAGE = Path(searcher.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))

# Each part may import itself and what it names here; the order is that of the design.
BASE = {"errors", "disk", "models", "config", "choices", "languages", "alarm"}
MAY_IMPORT = {
    "errors": set(),
    "choices": set(),
    "alarm": set(),
    "languages": set(),
    "models": {"errors"},
    "disk": {"errors"},
    "places": set(),
    "config": {"errors", "disk"},
    "analysis": BASE,
    "readers": BASE,
    "normalize": BASE,
    "entities": BASE,
    "events": BASE,
    "query": BASE | {"analysis"},
    "render": BASE,
    "engines": BASE | {"analysis", "query", "articlejson", "places"},
    "articlejson": {"models"},
    "ledger": BASE | {"articlejson"},
    "ingest": BASE | {"readers", "normalize", "entities", "events", "engines", "ledger"},
    "spelling": BASE | {"analysis", "query", "engines"},
    "lookalikes": BASE | {"analysis", "query", "entities", "engines"},
    "unanswered": BASE | {"query", "engines"},
    "similar": BASE | {"analysis", "engines"},
    "lineage": BASE | {"engines"},
    "archive": BASE
    | {
        "analysis",
        "articlejson",
        "query",
        "entities",
        "engines",
        "ingest",
        "spelling",
        "lookalikes",
        "similar",
        "lineage",
        "unanswered",
        "ledger",
        "places",
    },
    "cli": BASE | {"archive", "ingest", "render", "web"},
    "web": BASE | {"archive", "render"},
}
# Folders of plug-ins, and the modules beside them that every plug-in may know: a plug-in never imports a sibling.
PLUGINS = {
    "readers": {
        "anpa",
        "csv",
        "docx",
        "eml",
        "factiva",
        "feeds",
        "html",
        "iptc7901",
        "json",
        "jsonl",
        "mbox",
        "mhtml",
        "newsml",
        "newsmlg2",
        "nexis",
        "nexistext",
        "ninjs",
        "nitf",
        "pdf",
        "reuters",
        "ris",
        "rtf",
        "text",
        "trec",
        "wacz",
        "warc",
        "wxr",
    },
    "engines": {"opensearch", "whoosh"},
}
HOMES = {
    "Stemmer": {"analysis"},
    "anyascii": {"entities"},
    "anyio": {"web"},
    "brotli": {"readers"},
    "bs4": {"normalize", "readers"},
    "click": {"cli"},
    "dask": {"ingest"},
    "dateparser": {"normalize"},
    "dateutil": {"normalize"},
    "distributed": {"ingest"},
    "docx": {"readers"},
    "fastwarc": {"readers"},
    "feedparser": {"readers"},
    "htmldate": {"normalize"},
    "jinja2": {"render"},
    "lxml": {"normalize", "readers"},
    "numpy": {"engines", "entities", "ingest", "normalize"},
    "opensearchpy": {"engines"},
    "orjson": {"articlejson", "engines", "ledger"},
    "py3langid": {"normalize"},
    "pypdf": {"readers"},
    "rapidfuzz": {"entities"},
    "rensa": {"normalize"},
    "spacy": {"entities"},
    "starlette": {"web"},
    "striprtf": {"readers"},
    "tomlkit": {"entities"},
    "tqdm": {"cli"},
    "trafilatura": {"normalize"},
    "urllib3": {"engines"},  # by which opensearchpy connects: it takes its timeouts
    "uvicorn": {"web"},
    "warcio": {"readers"},
    "watchdog": {"ingest"},
    "whoosh": {"engines"},
    "zstandard": {"engines", "ledger", "readers"},
}


def part_of(path: Path) -> str:
    """The folder or module directly below the package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports anywhere, by its full name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.parent != PACKAGE or path.stem != "__init__"], ids=str
)
def test_imports_point_one_way(path: Path) -> None:
    """A part imports itself and what the table allows."""
    part = part_of(path)
    inner = {name.split(".")[1] for name in imports(path) if name.startswith("searcher.")}
    assert inner - {part} <= MAY_IMPORT[part]


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_each_library_has_one_home(path: Path) -> None:
    """What is not the standard library is imported where the table says, and nowhere else."""
    outer = {name.split(".")[0] for name in imports(path)} - {"searcher", ""}
    libraries = outer - set(sys.stdlib_module_names)
    assert libraries <= HOMES.keys()
    assert [name for name in sorted(libraries) if part_of(path) not in HOMES[name]] == []


@pytest.mark.parametrize("folder", sorted(PLUGINS))
def test_plug_ins_know_no_sibling(folder: str) -> None:
    """Whoever writes a reader or an engine has to read the base alone."""
    for path in (PACKAGE / folder).rglob("*.py"):
        own = path.relative_to(PACKAGE / folder).parts[0].removesuffix(".py")
        if own in PLUGINS[folder]:
            known = {name.split(".")[2] for name in imports(path) if name.startswith(f"searcher.{folder}.")}
            assert known & PLUGINS[folder] <= {own}, path


def test_there_is_no_drawer() -> None:
    """A module is named for its concept."""
    assert [path for path in MODULES if path.stem in ("utils", "util", "helpers", "helper", "misc", "common")] == []


def test_public_names_are_sorted_and_exist() -> None:
    """`__all__` of the package is complete: every name in it can be had, and dir() lists it."""
    assert searcher.__all__ == sorted(searcher.__all__)
    assert [name for name in searcher.__all__ if getattr(searcher, name, None) is None] == []
    assert set(searcher.__all__) <= set(dir(searcher))
    with pytest.raises(AttributeError, match="nothing"):
        getattr(searcher, "nothing")  # noqa: B009 - the attribute is not there on purpose


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_each_module_says_what_it_is_and_what_it_offers(path: Path) -> None:
    """A docstring, and a sorted `__all__` of names that it defines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), path
    offered = [ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign) and _is_all(node)]
    for names in offered:
        # Constants, then classes, then functions: the order of isort, which ruff holds.
        assert names == sorted(names, key=_isort_key), path
    public = [
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"
    ]
    assert set(public) <= set(offered[0] if offered else []), f"{path}: public but not in __all__"


def _is_all(node: ast.Assign) -> bool:
    return isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__"


def _isort_key(name: str) -> tuple[int, str]:
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2
    return kind, name


@pytest.mark.parametrize(
    ("statement", "heavy"),
    [
        ("import searcher", ("numpy", "whoosh", "bs4", "click", "jinja2", "starlette", "dateutil", "Stemmer", "spacy")),
        ("import searcher", ("trafilatura", "htmldate", "dateparser", "lxml")),
        # An archive in a directory needs nothing of a cluster.
        (
            "from searcher import Archive; assert not Archive.open('none').exists",
            ("opensearchpy", "searcher.archive.cluster"),
        ),
        # A page is what these are for; a text needs none of them, and a page with a date no other reader of dates.
        ("import searcher.normalize", ("trafilatura", "htmldate", "dateparser")),
        ("import searcher.cli.archive", ("trafilatura", "htmldate", "dateparser", "lxml")),
        (
            "import searcher.cli.search",
            ("numpy", "whoosh", "bs4", "jinja2", "starlette", "dateutil", "Stemmer", "tempfile", "webbrowser", "spacy"),
        ),
        (
            "import searcher.cli.archive",
            ("numpy", "whoosh", "bs4", "jinja2", "starlette", "dateutil", "Stemmer", "spacy"),
        ),
        (
            "from searcher import Archive",
            ("numpy", "whoosh", "bs4", "jinja2", "starlette", "dateutil", "lxml", "spacy"),
        ),
        ("from searcher import extract; assert extract('Rain in Syria.').mentions", ("spacy",)),
        ("from searcher.entities.extractors import extractor; assert extractor('rules')", ("spacy",)),
        # A query asks for names in the compiled lists: those as written are for reading articles.
        (
            "from searcher.entities import spellings; assert spellings('Abu Kamal')",
            ("searcher.entities.lexicon", "anyascii"),
        ),
    ],
)
def test_importing_stays_light(statement: str, heavy: tuple[str, ...]) -> None:
    """What is heavy is imported where it is used."""
    program = f"{statement}\nimport sys\nprint(*[name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
