"""Figures and ratios of one run on this machine: `make bench`, or `python -m benchmarks`.

Absolute times say little about another machine; a ratio to the no-op bot beside it says more.
"""
