"""A spaCy model is found, loaded once, run without what names do not need, and asked piece by piece."""

import sys
from pathlib import Path

import pytest
import spacy
from entities.spacy_models import PATTERNS, found_by, from_model, ruled
from hypothesis import given
from hypothesis import strategies as st
from spacy.training import Example

from searcher.config import Settings
from searcher.entities import extract, spacy_model
from searcher.entities.extractors import extractor, settled
from searcher.entities.spacy_model import installed, load, pieces
from searcher.errors import MissingExtra, ModelError, UsageError
from searcher.ingest import read


@pytest.fixture
def unloaded() -> None:
    """No model has been loaded yet."""
    load.cache_clear()


@given(text=st.text(st.sampled_from("ab. \n"), max_size=200), most=st.integers(1, 40))
def test_pieces_are_the_text(text: str, most: int) -> None:
    """Together they are all of it, none is too long, and each knows where it stands."""
    cut = list(pieces(text, most))
    assert "".join(piece for _, piece in cut) == text
    assert all(len(piece) <= most and text.startswith(piece, first) for first, piece in cut)
    assert all(piece for _, piece in cut) or text == ""


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("One two.\n\nThree four.", 15, ["One two.\n\n", "Three four."]),  # a paragraph before a word
        ("One two\nthree four", 14, ["One two\n", "three four"]),  # a line before a word
        ("One. Two three", 10, ["One. ", "Two three"]),  # a sentence before a word
        ("One two three", 9, ["One two ", "three"]),
        ("onetwothree", 6, ["onetwo", "three"]),  # nothing to cut at
        ("short", 5, ["short"]),
        ("", 5, [""]),
    ],
)
def test_where_long_texts_are_cut(text: str, most: int, expected: list[str]) -> None:
    """At the largest border that fits."""
    assert [piece for _, piece in pieces(text, most)] == expected


@pytest.mark.parametrize("limit", ["ours", "the model's"])
def test_a_long_text_is_read_in_pieces(model: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """The same mentions at the same offsets as at once, whichever limit is the lower one."""
    paragraphs = [
        "The norvik yards built hallan bridge.",
        "İt rained in zarvik.",
        "Then ana luisa korvald ﬁshed in lake hallan.",
    ]
    body = "\n\n".join(paragraphs * 5)
    at_once = found_by(model, body)
    if limit == "ours":
        monkeypatch.setattr(spacy_model, "LONGEST", 60)
    else:
        monkeypatch.setattr(load(str(model))._pipeline, "max_length", 60)
    assert len(list(pieces(body, 60))) > 5
    assert found_by(model, body) == at_once
    assert len(from_model(at_once)) == 25


def test_a_model_is_loaded_once(unloaded: None, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is read with it, and however often it is asked for."""
    loads = []
    monkeypatch.setattr(spacy, "load", lambda name, real=spacy.load: loads.append(name) or real(name))
    choice = settled(f"spacy:{model}")
    for body in ("Rain in zarvik.", "Sun in zarvik."):
        assert from_model(extractor(choice).extract(body))
    assert loads == [str(model)]


def test_new_words_do_not_stay_in_memory(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive of millions of articles has no end of them: they are forgotten after so much text."""
    monkeypatch.setattr(spacy_model, "FORGET_AFTER", 1000)
    loaded = load(str(model))
    kept = []
    for number in range(200):
        assert [found.label for found in loaded.names(f"Rain{number} in zarvik and Town{number}.")] == ["GPE"]
        kept.append("Town7" in loaded._pipeline.vocab.strings)
    assert (kept[7], kept[-1]) == (True, False)


def test_a_model_reads_its_own_language(model: Path) -> None:
    """What is known to be in another is left to the rules; an unknown language, and a model of all, are read."""
    body = "Rain in zarvik, Syria."
    every = ruled(model.with_name("every"), PATTERNS, "xx")
    read_by = {
        (folder.name, language): bool(from_model(extractor(f"spacy:{folder}", language).extract(body)))
        for folder in (model, every)
        for language in ("en", "", "fr")
    }
    assert read_by == {
        ("ruled", "en"): True, ("ruled", ""): True, ("ruled", "fr"): False,
        ("every", "en"): True, ("every", ""): True, ("every", "fr"): True,
    }  # fmt: skip
    assert extractor(f"spacy:{model}", "fr").extract(body) == extract(body)


LISTENER = {"model": {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "hidden_width": 8,
    "extra_state_tokens": False, "maxout_pieces": 2, "use_upper": True, "nO": None,
    "tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}}}  # fmt: skip
UNKNOWN_PART = """[nlp]
lang = "en"
pipeline = ["ner"]
[components.ner]
factory = "of_mine"
"""
PHRASE = {"label": "GPE", "pattern": "Zarvik"}
BY_TAG = {"label": "GPE", "pattern": [{"TAG": "N"}]}


@pytest.mark.parametrize(
    ("parts", "patterns", "kept"),
    [
        (("tagger", "parser", "ner"), [], ["ner"]),  # names alone
        (("tok2vec", "tagger", "ner"), [], ["ner"]),  # a layer that only the tagger could hear
        (("tok2vec", "tagger", "listener"), [], ["tok2vec", "listener"]),  # a layer that the names need
        (("tagger", "entity_ruler"), [PHRASE], ["entity_ruler"]),  # phrases are words
        (("tagger", "entity_ruler"), [PHRASE, BY_TAG], ["tagger", "entity_ruler"]),  # patterns may ask for tags
        (("tagger", "span_ruler"), [PHRASE], ["tagger", "span_ruler"]),  # so may what is not known
    ],
)
def test_parts_that_names_do_not_need_are_not_run(
    tmp_path: Path, parts: tuple[str, ...], patterns: list[dict[str, object]], kept: list[str]
) -> None:
    """Tags and syntax take most of the time of a model."""
    pipeline = spacy.blank("en")
    for part in parts:
        listens = part == "listener"
        pipeline.add_pipe("ner" if listens else part, name=part, config=LISTENER if listens else {})
    gold = {"entities": [(8, 14, "GPE")], "tags": ["N", "P", "N"], "heads": [0, 0, 1], "deps": ["ROOT", "p", "o"]}
    pipeline.initialize(lambda: [Example.from_dict(pipeline.make_doc("Rain in Zarvik"), gold)])
    for part in (name for name in parts if name.endswith("_ruler")):
        pipeline.get_pipe(part).add_patterns(patterns)
    pipeline.to_disk(tmp_path / "parts")
    loaded = load(str(tmp_path / "parts"))
    assert loaded._pipeline.pipe_names == kept
    loaded.names("Rain in zarvik.")


def test_a_model_that_is_a_package(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Found by its name, as what `python -m spacy download` installs."""
    package = tmp_path / "en_zarvik_sm"
    package.mkdir()
    (package / "__init__.py").write_text(
        "from pathlib import Path\nfrom spacy.util import load_model_from_path\n\n\n"
        f"def load(**options):\n    return load_model_from_path(Path({str(model)!r}), **options)\n"
    )
    info = tmp_path / "en_zarvik_sm-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: en_zarvik_sm\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[spacy_models]\nen_zarvik_sm = en_zarvik_sm\n")
    assert "en_zarvik_sm" not in installed()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert "en_zarvik_sm" in installed()
    assert settled("spacy:en_zarvik_sm") == "spacy:en_zarvik_sm"
    assert from_model(extractor("spacy:en_zarvik_sm").extract("Rain in zarvik."))


def test_without_spacy(unloaded: None, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line that installs it."""
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingExtra) as caught:
        settled(f"spacy:{model}")
    assert str(caught.value) == "spaCy is not installed: pip install 'searcher[spacy]'"


@pytest.mark.parametrize("name", ["en_core_web_none", "json"])
def test_a_model_that_is_not_installed(name: str) -> None:
    """How to get it; a module of Python is no model and is not imported as one."""
    with pytest.raises(ModelError) as caught:
        settled(f"spacy:{name}")
    assert str(caught.value) == (
        f'no spaCy model "{name}" is installed: python -m spacy download {name}, or give the folder of one'
    )


def test_a_folder_that_is_not_there() -> None:
    """Nothing is to be downloaded."""
    with pytest.raises(ModelError, match=r'no spaCy model is at "./nowhere": give the folder that holds its meta.json'):
        settled("spacy:./nowhere")


def test_a_kept_folder_is_absolute(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later `add` may stand elsewhere; what settings name is never looked for in the folder somebody stands in."""
    monkeypatch.chdir(model.parent)
    assert settled(f"spacy:{model.name}") == f"spacy:{model.resolve()}"
    with pytest.raises(ModelError, match=f'no spaCy model "{model.name}"'):
        extractor(f"spacy:{model.name}")


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("meta.json", None),
        ("meta.json", "{"),
        ("meta.json", "[]"),
        ("config.cfg", None),
        ("config.cfg", "["),
        ("config.cfg", "[nlp]\nlang = \"xyz\"\npipeline = []\n"),
        ("config.cfg", UNKNOWN_PART),
        ("entity_ruler/patterns.jsonl", "{"),
        ("tokenizer", "x"),
    ],
)  # fmt: skip
def test_a_damaged_model(tmp_path: Path, file: str, content: str | None) -> None:
    """One line that names it, whatever spaCy says."""
    folder = ruled(tmp_path / "damaged", {"GPE": ["Zarvik"]})
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_text(content)
    with pytest.raises(ModelError) as caught:
        load(str(folder))
    message = str(caught.value)
    assert message.startswith(f'spaCy model "{folder}" cannot be used: ')
    assert "\n" not in message
    assert caught.value.__cause__


@pytest.mark.parametrize("choice", ["", "rule", "spacy", "spacy:", "spaCy:en", "model:en"])
def test_an_unknown_choice(choice: str) -> None:
    """The message lists what is possible."""
    for asked in (settled, extractor):
        with pytest.raises(UsageError, match=r"give rules, or spacy:MODEL with the name or the folder of an installed"):
            asked(choice)


def test_reading_says_first_what_is_missing(tmp_path: Path) -> None:
    """Before a file is opened, be there one or not."""
    with pytest.raises(ModelError, match="en_core_web_none"):
        next(read(tmp_path / "missing.txt", Settings(entities="spacy:en_core_web_none")))
