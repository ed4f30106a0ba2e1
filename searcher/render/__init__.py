"""How is an answer shown? Values of `searcher.models` in, text out; nothing here searches.

text      for a terminal or a pipe       data   JSON, JSON lines, CSV
page      the results page as HTML       state  a search as the query string of a URL
"""
