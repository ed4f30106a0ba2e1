"""A real OpenSearch of a few nodes on this machine, for tests and trials: the parts of scripts/cluster.

    command         what is asked for, and what is printed
    cluster         the nodes of one name together: start, stop, wait, state
    node            one node: its settings, its process, its log
    distribution    the archive of OpenSearch, fetched by Maven and unpacked whole
    java            a JDK that is new enough
    home            the folder that all this is kept in, its lock, free ports
    faults          what may go wrong, with the exit code

Each node is a process of its own made from the official archive, so that one can be killed while the others go on. The
OpenSearch runner, which starts several nodes in one process, cannot do that. Standard library alone; POSIX systems.
"""
