"""In which language an article is written: only French can be read."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_SHORTEST = 150  # characters; in fewer, names decide, and they have no language
_LONGEST = 5000  # characters looked at
_SURE = 0.99
# those that archives of the press hold beside French; more would only bring confusions
_LANGUAGES = ["ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ro", "ru", "tr", "uk", "zh"]


def foreign_language(text: str) -> str:
    """Code of the language of a text that is surely not French; empty for French or in doubt.

    >>> foreign_language("The president of Benin was received in Lome on Thursday. " * 4)
    'en'
    >>> foreign_language("Le président béninois a été reçu à Lomé jeudi par son homologue. " * 4)
    ''
    """
    beginning = text[:_LONGEST]
    if len(beginning.strip()) < _SHORTEST:
        return ""
    language, probability = _identifier().classify(beginning)
    return "" if language == "fr" or probability < _SURE else str(language)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # slow to load

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_LANGUAGES)
    return identifier
