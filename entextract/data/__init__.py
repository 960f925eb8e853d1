"""Linguistic tables and sample articles: data only, read by ``entextract.tables``."""
