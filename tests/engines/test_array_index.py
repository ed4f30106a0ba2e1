"""An index of this engine under Whoosh's own searcher, and what must not be in it: anything that could run."""

import ast
import pickletools
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from forged import directory_of, with_directory
from samples import article, whole_article
from whoosh import fields, formats, query
from whoosh.filedb.filestore import RamStorage

import searcher.engines.whoosh
from searcher.articlejson import load
from searcher.engines.whoosh import WhooshEngine
from searcher.engines.whoosh.codec import ArrayCodec, ArrayIndex
from searcher.engines.whoosh.codec import index as index_module
from searcher.engines.whoosh.codec.container import Container
from searcher.engines.whoosh.codec.toc import generations, read_contents
from searcher.errors import ArchiveDamaged, ArchiveMissing, UsageError

SOURCES = sorted(Path(searcher.engines.whoosh.__file__).parent.rglob("*.py"))
# Modules that run what they read, or import what they are told to.
EXECUTING = {"pickle", "_pickle", "cPickle", "marshal", "shelve", "dill", "importlib", "imp", "runpy", "code"}
# Where a pickle of protocol 2 to 5 says that it begins.
PICKLE = re.compile(rb"\x80[\x02-\x05]")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An index of three commits: one article replaced and one removed."""
    with closing(WhooshEngine.create(tmp_path)) as engine:
        with engine.writer() as writer:
            writer.add(whole_article())
            writer.add(article("b", title="Abu Kamal", body="Kalibr missiles at Abu Kamal", date="2017-10-31"))
            writer.add(article("c", title="Gone", body="Kalibr"))
        with engine.writer() as writer:
            writer.add(article("d", title="Navy", body="A navy port and a Kalibr missile", date="2016"))
        with engine.writer() as writer:
            writer.remove("c")
            writer.add(article("d", title="Navy", body="A navy port and two Kalibr missiles", date="2019"))
    return tmp_path


def test_whooshs_searcher_runs_on_the_files_of_the_engine(place: Path) -> None:
    """Terms, phrases, order by a column; what is deleted is not found; stored is the article as the engine keeps it."""
    index = ArrayIndex(place)
    assert (index.latest_generation(), index.doc_count(), index.is_empty()) == (3, 3, False)
    with index.searcher() as found:
        assert ids(found.search(query.Term("body", "kalibr"), limit=None)) == {"b", "d"}
        assert ids(found.search(query.Phrase("body", ["kalibr", "missil"]), limit=None)) == {"b", "d"}
        assert ids(found.search(query.Prefix("title_word", "nav"), limit=None)) == {"d"}
        for reverse, expected in ((False, ["b", "whole", "d"]), (True, ["d", "whole", "b"])):
            assert [hit["id"] for hit in found.search(query.Every(), sortedby="moment", reverse=reverse)] == expected
        assert load(found.document(id="whole")["article"]) == whole_article()


def ids(results: Any) -> set[str]:
    """The ids of the hits."""
    return {hit["id"] for hit in results}


def test_a_reader_keeps_its_commit(place: Path) -> None:
    """What is committed and deleted while it is open is seen by the next."""
    index = ArrayIndex(place)
    with index.searcher() as before:
        with closing(WhooshEngine.open(place)) as engine, engine.writer() as writer:
            for each in ("whole", "b", "d"):
                writer.remove(each)
        assert ids(before.search(query.Every(), limit=None)) == {"whole", "b", "d"}
        assert load(before.document(id="whole")["article"]) == whole_article()
    assert (index.is_empty(), index.doc_count()) == (True, 0)
    with index.searcher() as after:
        assert ids(after.search(query.Term("body", "kalibr"))) == set()


def test_a_commit_in_between_is_not_damage(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A segment that commits delete between the table of contents and the opening of its files: looked for again.

    The next commit leaves it there, the one after that takes it away.
    """
    calls = []

    def late(path: Path, generation: int) -> object:
        found = read_contents(path, generation)
        calls.append(generation)
        if len(calls) == 1:
            with closing(WhooshEngine.open(path)) as engine:
                for body in ("newer", "newest"):
                    with engine.writer() as writer:
                        for each in ("whole", "b", "d"):
                            writer.add(article(each, body=body))
        return found

    monkeypatch.setattr(index_module, "read_contents", late)
    with ArrayIndex(place).reader() as reader:
        assert {stored["id"] for stored in reader.all_stored_fields()} == {"whole", "b", "d"}
    assert calls == [3, 5]


def test_there_is_nothing_to_write_with(place: Path) -> None:
    """The error says what there is instead."""
    with pytest.raises(UsageError, match="archive add"):
        ArrayIndex(place).writer()


def test_no_index_is_said_so(tmp_path: Path) -> None:
    """As the engine says it, whether the directory is there or not."""
    for missing in (tmp_path, tmp_path / "none"):
        with pytest.raises(ArchiveMissing, match="no index here; make one with"):
            ArrayIndex(missing)


@pytest.mark.parametrize("ending", [".postings", ".columns", ".stored", ".toc"])
def test_a_damaged_file_is_said_so(place: Path, ending: str) -> None:
    """Cut by one byte: nothing is read of it."""
    newest = max(place.glob(f"*{ending}"), key=lambda path: path.stat().st_mtime_ns)
    newest.write_bytes(newest.read_bytes()[:-1])
    with pytest.raises(ArchiveDamaged, match=re.escape(newest.name)):
        ArrayIndex(place).reader()


def test_positions_given_as_bytes_are_not_read(place: Path) -> None:
    """Whoosh would unpickle them. The engine writes none: such an index was made by somebody else."""
    for path in place.glob("*.postings"):
        whole = path.read_bytes()
        path.write_bytes(with_directory(whole, directory_of(whole).replace(b'"opaque": false', b'"opaque":  true')))
    with pytest.raises(ArchiveDamaged, match=r"field \w+ keeps what this engine does not write"):
        ArrayIndex(place).reader()


def pickles(content: bytes) -> list[int]:
    """Where in some bytes a whole pickle begins."""
    found = []
    for start in (match.start() for match in PICKLE.finditer(content)):
        try:
            list(pickletools.genops(content[start:]))
        except ValueError:
            continue
        found.append(start)
    return found


def test_every_file_of_an_index_is_arrays_or_json(place: Path) -> None:
    """And no pickle lies in any of them."""
    with closing(WhooshEngine.open(place)) as engine:
        assert engine.check(deep=True) == ()
    known = {name for generation in generations(place) for name in read_contents(place, generation).files}
    assert len(generations(place)) == 2
    assert {
        path.name for path in place.iterdir() if path.suffix not in (".toc", "") and "LOCK" not in path.name
    } == known
    for name in known:
        content = (place / name).read_bytes()
        assert Container(content, name).names() != []
        assert pickles(content) == []


def test_what_whooshs_writer_keeps_of_rich_formats_is_no_pickle() -> None:
    """Positions, characters and boosts are numbers in the files, terms by document too."""
    kinds = [formats.Positions(), formats.Characters(), formats.PositionBoosts(), formats.CharacterBoosts()]
    schema = fields.Schema(
        **{f"f{number}": fields.TEXT(vector=kind) for number, kind in enumerate(kinds)},
        **{
            f"g{number}": fields.FieldType(kind, fields.TEXT().analyzer, stored=True)
            for number, kind in enumerate(kinds)
        },
    )
    storage = RamStorage()
    with storage.create_index(schema).writer(codec=ArrayCodec()) as writer:
        for number in range(200):
            writer.add_document(**dict.fromkeys(schema.names(), f"alfa bravo alfa w{number} charlie " * (number % 4)))
    files = {name: bytes(held) for name, held in storage.files.items() if not name.endswith(".toc")}
    assert len(files) == 3
    for name, content in files.items():
        assert Container(content, name).names() != []
        assert pickles(content) == []
    assert pickles(formats.Positions().encode([1, 2, 3])) == [4]  # what is looked for


def run(program: str, *given: str) -> str:
    """What a program prints."""
    done = subprocess.run([sys.executable, "-c", program, *given], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_index_is_read_where_nothing_can_be_unpickled(place: Path) -> None:
    """By the engine and by Whoosh's searcher: terms, phrases, columns and stored fields, of several segments."""
    printed = run(
        """
import pickle, sys
class Refuses:
    def __init__(self, *given, **named):
        raise SystemExit("something was unpickled")
pickle.load = pickle.loads = pickle.Unpickler = Refuses
from pathlib import Path
from searcher.engines.whoosh import WhooshEngine
from searcher.engines.whoosh.codec import ArrayIndex
from searcher.query import SearchRequest, parse
from whoosh import query
place = Path(sys.argv[1])
print(WhooshEngine.open(place).search(SearchRequest(node=parse('"kalibr missile"').node)).total)
with ArrayIndex(place).searcher() as searcher:
    results = searcher.search(query.Phrase("body", ["kalibr", "missil"]), sortedby="moment")
    print([hit["id"] for hit in results], results[0]["article"]["title"])
""",
        str(place),
    )
    assert printed == "2\n['b', 'd'] Abu Kamal\n"


def test_searching_and_adding_need_no_whoosh(place: Path) -> None:
    """Its import takes longer than a search."""
    printed = run(
        """
import sys
from pathlib import Path
from searcher.engines.whoosh import WhooshEngine
from searcher.query import SearchRequest, parse
engine = WhooshEngine.open(Path(sys.argv[1]))
print(engine.search(SearchRequest(node=parse("kalibr").node)).total)
with engine.writer() as writer:
    writer.remove("b")
print(sorted(name for name in sys.modules if name.partition(".")[0] == "whoosh"))
""",
        str(place),
    )
    assert printed == "2\n[]\n"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_nothing_in_the_engine_runs_what_it_reads(path: Path) -> None:
    """No module that unpickles or imports by name, no eval."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert {alias.name.partition(".")[0] for alias in node.names} & EXECUTING == set()
        if isinstance(node, ast.ImportFrom):
            assert (node.module or "").partition(".")[0] not in EXECUTING
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else ""
            reached = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            assert called not in {"eval", "exec", "compile", "__import__"}
            assert reached not in {"read_pickle", "write_pickle", "import_module"}
            assert "allow_pickle" not in {keyword.arg for keyword in node.keywords}


def test_the_codec_offers_two_names_of_whooshs() -> None:
    """Both are had from the package; anything else is said not to be there."""
    from searcher.engines.whoosh import codec

    assert codec.__all__ == ["ArrayCodec", "ArrayIndex"]
    assert (codec.ArrayCodec.__name__, codec.ArrayIndex.__name__) == ("ArrayCodec", "ArrayIndex")
    with pytest.raises(AttributeError, match="has no attribute 'W3Codec'"):
        codec.W3Codec  # noqa: B018 - the attribute is not there on purpose
