"""Loads the pipeline, and makes rows of what it finds in articles."""
