"""Graphs of entities: co-mentions, relations, significance, structure, periods, evidence."""
