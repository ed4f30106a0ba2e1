"""What `scripts/bench.py` is made of, in the order of a run:

generated, reuters   articles as text: from a seeded generator, or from the sentences of Reuters-21578
corpus               one file of records for all engines, counted while it is written (census)
queries              queries of each class, picked by how many articles have their words
engines/             one adapter an engine, all of the same few methods; Lucene.java is the one in Java
worker               the process of one engine: builds, adds, or answers and times
processes            the other end of its pipe
compare              the run: build, check that all answer alike, time in turn
figures, report      medians, ratios, tables
"""
