"""The fields of an index and its settings.

title, body                     terms by the language of the article, with positions: words and phrases
title_word, body_word           unstemmed words: exact words and patterns
location actor mention source author language
                                values as they are shown, to be counted; NAME_key is `folded` SPELLED `shown`, to be
                                looked for however it is written; NAME_words are the words of each value
located                         each place and the country that it lies in
moment, day                     minutes since year 1 on the publisher's clock; the day
event_span                      the days told of, as ranges of day numbers; event_day, event_month, event_year to count
id path told copy_of            keys: the story told, and the same where another article told it first
bands                           pieces of the sketch, each with its place
article sketch                  the article itself, kept and not searched

The text arrives as `searcher.analysis.lines` makes it, so that what is a word is the same for every engine; it is not
kept a second time. Nothing may hold a field that is not named here.
"""

from typing import Any

from searcher.analysis.lines import BAR, LONGEST
from searcher.choices import TEXT_FIELDS, VALUE_FIELDS

__all__ = ["COUNTED_OFTEN", "FORMAT", "SPELLED", "WORD_SUFFIX", "index_body"]

FORMAT = 1
WORD_SUFFIX = "_word"
# Between the folded value and the value; like all control characters it stands in no name.
SPELLED = "\x1e"
# Facets of almost every search: their tables are made when an index is read anew, not by the search that comes next.
COUNTED_OFTEN = ("location", "actor")

_KEYWORD = {"type": "keyword", "norms": False}
_ANALYSIS = {
    "tokenizer": {"blanks": {"type": "char_group", "tokenize_on_chars": [" "], "max_token_length": 2 * LONGEST}},
    "filter": {"bars": {"type": "pattern_capture", "preserve_original": False, "patterns": [rf"([^{BAR}]+)"]}},
    "analyzer": {
        "positions": {"type": "custom", "tokenizer": "blanks", "filter": ["bars"]},
        "words": {"type": "custom", "tokenizer": "blanks"},
    },
}


def index_body(shards: int, made_for: str, *, replicas: bool) -> dict[str, Any]:
    """What an index is created with: one copy of each shard on another node, where there is one and it is wanted.

    Nothing is refreshed by the clock: a batch is, when it is committed.
    """
    return {
        "settings": {
            "index": {
                "number_of_shards": shards,
                **({"auto_expand_replicas": "0-1"} if replicas else {"number_of_replicas": 0}),
                "refresh_interval": "-1",
                "codec": "best_compression",
                "sort.field": ["moment", "id"],
                "sort.order": ["desc", "asc"],
                "sort.missing": ["_last", "_last"],
                "mapping.total_fields.limit": 100,
                "max_regex_length": 100_000,  # the names of a page of places, each with its country
            },
            "analysis": _ANALYSIS,
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"format": FORMAT, "archive": made_for},
            "_source": {"includes": ["article", "sketch"]},
            "properties": _fields(),
        },
    }


def _fields() -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name in TEXT_FIELDS:
        fields[name] = {"type": "text", "analyzer": "positions", "index_options": "positions"}
        fields[name + WORD_SUFFIX] = {"type": "text", "analyzer": "words", "index_options": "freqs"}
    for name in VALUE_FIELDS:
        fields[name] = {"type": "keyword", "index": False, "eager_global_ordinals": name in COUNTED_OFTEN}
        fields[f"{name}_key"] = _KEYWORD
        fields[f"{name}_words"] = {
            "type": "text", "analyzer": "words", "norms": False, "position_increment_gap": 1000
        }  # fmt: skip
    for name in ("located", "id", "path", "told", "copy_of", "event_day", "event_month", "event_year"):
        fields[name] = _KEYWORD
    return {
        **fields,
        "path": {**_KEYWORD, "doc_values": True},
        "bands": {"type": "long", "doc_values": False},
        "moment": {"type": "long"},
        "day": {"type": "date", "format": "strict_date"},
        "event_span": {"type": "integer_range"},
        "article": {"type": "object", "enabled": False},
        "sketch": {"type": "keyword", "index": False, "doc_values": False},
    }
