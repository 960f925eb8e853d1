"""Trained models shipped with the package, one folder each."""
