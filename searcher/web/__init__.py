"""The results page and its JSON, served on this machine: an ASGI app over Archive."""
