"""Fuzzing: every reader and writer is given damaged files and nasty values; see README.md."""
