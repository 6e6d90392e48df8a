"""What the cloud and its clients both know: IBM's words, value sets, prices and rules.

Everything here is pure: no I/O, no clock, no randomness. Callers pass moments and facts in.
"""
