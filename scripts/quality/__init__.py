"""How good are the entities, and what is read from pages? Each module scores one kind of text that people marked.

    scores.py       right, wrong and missed -> precision, recall, F1
    reuters.py      countries, people and organisations that the agency's indexers gave its stories
    spans.py        names marked word by word: CoNLL++ and wikigold
    toponyms.py     places marked in local and world news, with the country they lie in
    spellings.py    is a place found by a spelling that no list has? are two places of one country ever taken for one?
    pages.py        bodies, titles, authors and dates of saved pages of news sites
    datetraps.py    texts of which date parsers make wrong dates: is one invented?
    seed.py         the article the project began with: what has to be found, and nothing else
    labelled.py     fifty short texts of our own, for a checkout without the sets above
    markup.py       the form those texts are written in
    sets.py         which set is scored by which module, and the digest of its files
    floors.py       what no score may fall below, and when a floor may be lowered: only when asked for by name
    errors.py       what can be wrong with the files of all these

scripts/quality_gate.py runs them all; docs/entities.md says what the figures mean.
"""
