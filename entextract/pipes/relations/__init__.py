"""What sentences state of the names that stand."""
