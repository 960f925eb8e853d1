"""Puts parts of speech that are read off the vectors of our NER component, which are made once."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import load_config, registry
from thinc.api import Model

from entextract.reading.press_ner import ModelMismatch

FOLDER = "pos_presse"
PIPE = "morphologizer"
_FILES = ("config.cfg", "meta.json", f"{PIPE}/model", f"{PIPE}/cfg")


def add_press_pos(nlp: Language, folder: Path, ner: Path) -> None:
    """Add the component of a folder to a pipeline that has our ``ner``, and join their vectors.

    Args:
        nlp: holds the ``ner`` that ``add_press_ner`` adds, and neither ``tok2vec`` nor
            ``morphologizer``.
        folder: holds ``config.cfg``, ``meta.json`` and ``morphologizer/``.
        ner: the folder of our ``ner``.

    Raises:
        ModelMismatch: a file is missing or damaged, or the component was trained with another
            ``ner``; the message names the file and the remedy.
    """
    for name in _FILES:
        if not (folder / name).is_file():
            raise ModelMismatch(f"{folder / name} is missing; install entextract again")
    path = folder / "meta.json"
    try:
        wanted = json.loads(path.read_text(encoding="utf-8"))["requires"]["ner"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelMismatch(f"{path} is damaged ({error!r}); install entextract again") from error
    if wanted != weights_digest(ner):
        raise ModelMismatch(f"{path}: trained with another ner than {ner}; train it again")
    share_tok2vec(nlp, folder / "config.cfg")
    pipe: Any = nlp.get_pipe(PIPE)
    try:
        pipe.from_disk(folder / PIPE, exclude=["vocab"])
    except (ValueError, KeyError, TypeError, EOFError) as error:
        raise ModelMismatch(
            f"{folder / PIPE}: the weights cannot be read ({error}); install entextract again"
        ) from error


def share_tok2vec(nlp: Language, config: Path) -> None:
    """Take the ``tok2vec`` out of a ``ner``, and add a ``morphologizer``: both listen to it.

    The ``ner`` finds what it found before; the ``morphologizer`` is not trained.

    Args:
        nlp: has a ``ner`` with a ``tok2vec`` of its own.
        config: says how the three are made.
    """
    settings = load_config(config, interpolate=False)["components"]
    ner: Any = nlp.get_pipe("ner")
    own = ner.model.get_ref("tok2vec").layers[0]
    nlp.add_pipe("tok2vec", config={"model": settings["tok2vec"]["model"]}, before="ner")
    tok2vec: Any = nlp.get_pipe("tok2vec")
    for before, after in zip(_weighted(own), _weighted(tok2vec.model), strict=True):
        for name in before.param_names:
            after.set_param(name, before.get_param(name))
    listening = settings["ner"]["model"]["tok2vec"]
    ner.model.replace_node(own, registry.resolve({"model": listening})["model"])
    nlp.get_pipe_config("ner")["model"]["tok2vec"] = listening
    tok2vec.find_listeners(ner)
    nlp.add_pipe(PIPE, config={"model": settings[PIPE]["model"]}, before="ner")


def _weighted(model: Model[Any, Any]) -> list[Model[Any, Any]]:
    """The layers that have weights, from the first to the last."""
    return [node for node in model.walk(order="dfs_pre") if node.param_names]


def weights_digest(ner: Path) -> str:
    """MD5 of the weights in the folder of our ``ner``."""
    weights = (ner / "ner" / "model").read_bytes()
    return hashlib.md5(weights, usedforsecurity=False).hexdigest()
