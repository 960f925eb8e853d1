"""What a writer warns of, for the tests that compare it to the letter."""

import warnings
from collections.abc import Callable
from typing import Any

from entextract.export import ExportWarning


def changes_of(write: Callable[..., None], *arguments: Any, **options: Any) -> tuple[str, ...]:
    """Write, and return the changes that the writer warned of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        write(*arguments, **options)
    found: list[str] = []
    for one in caught:
        assert isinstance(one.message, ExportWarning), one.message
        found += one.message.changes
    return tuple(found)
