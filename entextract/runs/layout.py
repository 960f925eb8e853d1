"""What stands in the folder of a run, under which names.

::

    RUN/manifest.json         what was read, with what, and the list of shards, in order
    RUN/names.json            names that the pipeline knows of entities, by id: "known", and the
                              actors of lists that were met
    RUN/report.json           counts and problems, of reading and of the articles
    RUN/reading.parquet       problems of reading: what of the input could not become an article
    RUN/shards/NNNNN-DIGEST/  articles, mentions, relations, quotes, sentences, problems (.parquet),
                              sketches.parquet: what is kept of each text to find its copies,
                              and shard.json: size and digest of each of these
    RUN/tables/               articles, mentions, entities, relations, quotes, sentences, problems,
                              copies (.parquet), linked, and content.json: what they were made of
                              and what decisions changed
    RUN/*.csv                 the same tables, if they were written; report.json has their stamp
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal, get_args

from entextract.actors.actor import Actor
from entextract.linking.agreement import Names
from entextract.records.columns import FORMAT
from entextract.records.files import write_json
from entextract.records.stamp import MANIFEST

ShardTable = Literal["articles", "mentions", "relations", "quotes", "sentences", "problems"]
SHARD_TABLES: tuple[ShardTable, ...] = get_args(ShardTable)
NAMES, READING, SHARDS = "names.json", "reading.parquet", "shards"
SHARD_CONTENT, SKETCHES = "shard.json", "sketches"  # beside the tables in each shard


_SHARD_NAME = re.compile(r"\d{5,}-\w")


class ShardError(ValueError):
    """The folder of a run is not as it should be; the message says what to do."""


def read_manifest(run: Path) -> dict[str, Any] | None:
    """The manifest of a run, or None if there is none.

    Raises:
        ShardError: it is damaged, or written by a version that had another format.
    """
    path = run / MANIFEST
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        written, version = content["format"], content["entextract"]
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise ShardError(
            f"{path} is damaged ({error!r}); delete it and run again: whole shards are kept"
        ) from error
    if written != FORMAT:
        raise ShardError(
            f"{run}: written by entextract {version} in format {written}, and this version reads "
            f"format {FORMAT}; choose another folder, or delete this one"
        )
    return content


def shard_folders(run: Path) -> list[Path]:
    """The shards in a folder, by name; what a system leaves there (``.DS_Store``) is none."""
    found = (run / SHARDS).iterdir()
    return sorted(path for path in found if _SHARD_NAME.match(path.name) and path.is_dir())


def read_names(run: Path) -> Names:
    """What linking needs of the pipeline that read the articles."""
    content = json.loads((run / NAMES).read_text(encoding="utf-8"))
    return Names(content["known"], {i: _actor(**row) for i, row in content["actors"].items()})


def write_names(run: Path, names: Names) -> None:
    """Write what linking needs of the pipeline that reads the articles."""
    actors = {
        entity: {**actor._asdict(), "attributes": dict(actor.attributes)}
        for entity, actor in names.actors.items()
    }
    write_json(run / NAMES, {"known": dict(names.known), "actors": actors})


def _actor(*, aliases: list[str], forms: list[str], **row: Any) -> Actor:
    return Actor(**row, aliases=tuple(aliases), forms=tuple(forms))
