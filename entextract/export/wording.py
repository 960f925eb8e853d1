"""The words of the HTML page, in French and in English."""

from typing import Any

from entextract.records.edge_keys import COMENTION

WORDS: dict[str, Any] = {
    "fr": {
        "title": "Réseau des entités",
        "words": {
            "search": "Chercher un nom",
            "types": "Types",
            "community": "Communauté",
            "colour": "Colorer par communauté",
            "period": "Période",
            "from": "De",
            "to": "À",
            "weight": "Poids des liens",
            "linked": "Cacher les entités sans lien",
            "help": (
                "Cliquez sur une entité ou un lien pour lire ses phrases. "
                "Molette : agrandir ; glisser : déplacer."
            ),
            "all": "Tout voir",
            "in": "Agrandir",
            "out": "Réduire",
            "close": "Fermer",
            "any": "Toutes",
            "other": "Autre",
            "nothing": "Aucun nom ne correspond.",
            "quotes": "Phrases",
            "noQuotes": "Aucune phrase à montrer.",
            "ends": "Entités reliées",
            "noLinks": "Aucun lien.",
            "alone": "Sans lien",
            COMENTION: "cooccurrence",
            "typeNames": {
                "PER": "Personnes",
                "COUNTRY": "Pays",
                "ORG": "Organisations",
                "LOC": "Lieux",
            },
            "entity": ["entité", "entités"],
            "link": ["lien", "liens"],
            "mention": ["mention", "mentions"],
            "article": ["article", "articles"],
            "weightIs": "poids",
        },
    },
    "en": {
        "title": "Network of entities",
        "words": {
            "search": "Search a name",
            "types": "Types",
            "community": "Community",
            "colour": "Colour by community",
            "period": "Period",
            "from": "From",
            "to": "To",
            "weight": "Weight of links",
            "linked": "Hide entities without a link",
            "help": ("Click an entity or a link to read its sentences. Wheel: zoom; drag: move."),
            "all": "See all",
            "in": "Zoom in",
            "out": "Zoom out",
            "close": "Close",
            "any": "All",
            "other": "Other",
            "nothing": "No such name.",
            "quotes": "Sentences",
            "noQuotes": "No sentence to show.",
            "ends": "Linked entities",
            "noLinks": "No link.",
            "alone": "Without a link",
            COMENTION: "co-mention",
            "typeNames": {
                "PER": "People",
                "COUNTRY": "Countries",
                "ORG": "Organisations",
                "LOC": "Places",
            },
            "entity": ["entity", "entities"],
            "link": ["link", "links"],
            "mention": ["mention", "mentions"],
            "article": ["article", "articles"],
            "weightIs": "weight",
        },
    },
}
