"""Broken input for all that reads what others wrote: targets, samples, mutations, and the process that runs them."""
