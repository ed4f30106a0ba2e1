"""Making searcher/entities/data/gazetteer.bin: places and their spellings from packages and our own lists.

places.py   cities, with the spellings worth keeping, and the names newsrooms print
areas.py    states, provinces and counties
shared.py   which places bear the name of a better known one
arrays.py   all of them as the columns of the file
"""
