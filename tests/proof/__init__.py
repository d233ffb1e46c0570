"""Proof by force: load, faults and malice against the real process on the stand-in for Discord.

`python -m tests.proof` (make prove) runs every trial in full and prints what was tried, held and lost;
`tests/proof/test_short_forms.py` runs a short form of each with all other tests.
"""
