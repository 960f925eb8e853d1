"""What only some users need, and install when they do: the extras of ``setup.cfg``."""

from __future__ import annotations

from importlib.util import find_spec


def need(extra: str, what: str, *modules: str) -> None:
    """Refuse a work for which an extra is not installed.

    Args:
        extra: its name.
        what: what needs it, for the message.
        modules: what it installs.

    Raises:
        ImportError: one of them is not there; the message says what to install.

    >>> need("corpus", "Parquet files", "csv", "no_such_module")
    Traceback (most recent call last):
        ...
    ImportError: Parquet files need no_such_module: pip install 'entextract[corpus]'
    """
    if lacking := [name for name in modules if find_spec(name) is None]:
        named = " and ".join(lacking)
        raise ImportError(f"{what} need {named}: pip install 'entextract[{extra}]'")


def need_shards() -> None:
    """Refuse runs by shards without what writes and joins their tables.

    Raises:
        ImportError: it is not installed; the message says what to install.
    """
    need("corpus", "runs by shards, or by several workers,", "pyarrow", "duckdb")
