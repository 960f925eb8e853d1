"""Agrees entity ids over articles, and counts entities: pure functions on rows."""
