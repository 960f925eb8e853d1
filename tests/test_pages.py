"""Saved web pages: their headline, standfirst, authors, day, source and whole text, and no more."""

import json
from pathlib import Path
from typing import Any

import pytest

from entextract.articles import read_articles
from entextract.records.nouns import Article, Problem

TITLE = "Le barrage de la Falaise mis en eau"
STANDFIRST = (
    "Après huit ans de travaux, les vannes ont été fermées mercredi soir devant les ouvriers."
)
BODY = [
    "Les vannes du barrage ont été fermées mercredi soir, après deux reports décidés par le "
    "ministère de l'Énergie et une longue dispute avec le maître d'ouvrage.",
    "Le président guinéen a salué devant les ouvriers une étape décisive pour l'électricité de la "
    "région, où les coupures durent parfois plusieurs jours de suite.",
    "Les habitants des villages déplacés demandent encore le versement des indemnités que le "
    "gouvernement leur avait promises au début du chantier, voilà huit ans.",
    "Une seconde tranche de travaux doit commencer au printemps, a dit le directeur du chantier, "
    "sans préciser combien de turbines seront posées avant l'été.",
]
TEASER = "Le maire de Lomé a présenté hier soir les plans du nouveau port aux pêcheurs de la baie."


def page(body: str, head: str = "", said: Any = None) -> str:
    script = f'<script type="application/ld+json">{json.dumps(said)}</script>' if said else ""
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}{script}</head>{body}</html>'


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def news(**said: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", **said}


def read(tmp_path: Path, source: str, **options: Any) -> tuple[Article, list[Problem]]:
    (tmp_path / "a.html").write_text(source, encoding="utf-8")
    stream = read_articles(tmp_path / "a.html", **options)
    (article,) = stream
    return article, stream.problems


def lines(tmp_path: Path, source: str, **options: Any) -> list[str]:
    return read(tmp_path, source, **options)[0].text.split("\n")


# ---- headline and standfirst

SHOWN = {
    "by its class": (f'<div class="c-chapo"><p>{STANDFIRST}</p></div>', ""),
    "by a class in two words": (f'<p class="article-standFirst">{STANDFIRST}</p>', ""),
    "by itemprop": (f'<h2 itemprop="description">{STANDFIRST}</h2>', ""),
    "as the page describes itself": (
        f"<div><span>{STANDFIRST}</span></div>",
        f'<meta property="og:description" content="{STANDFIRST}">',
    ),
}


@pytest.mark.parametrize("how", SHOWN)
def test_the_standfirst_stands_between_title_and_text(how: str, tmp_path: Path) -> None:
    standfirst, head = SHOWN[how]
    top = f"<header><h1>{TITLE}</h1>{standfirst}</header>"
    source = page(f"<article>{top}<div>{paragraphs(*BODY)}</div></article>", head)
    article, problems = read(tmp_path, source)
    assert article.text.split("\n") == [TITLE, STANDFIRST, *BODY]
    assert (article.title, article.meta["standfirst"], problems) == (TITLE, STANDFIRST, [])


def test_one_switch_leaves_headline_and_standfirst_out_of_the_text(tmp_path: Path) -> None:
    top = f'<h1>{TITLE}</h1><p class="chapo">{STANDFIRST}</p>'
    source = page(f"<article>{top}{paragraphs(*BODY)}</article>")
    article, _ = read(tmp_path, source, headlines=False)
    assert article.text.split("\n") == BODY
    assert (article.title, article.meta["standfirst"]) == (TITLE, STANDFIRST)


def test_a_description_that_is_the_first_paragraph_is_not_doubled(tmp_path: Path) -> None:
    head = f'<meta name="description" content="{BODY[0]}">'
    source = page(f"<article><h1>{TITLE}</h1>{paragraphs(*BODY)}</article>", head)
    assert lines(tmp_path, source) == [TITLE, *BODY]


def test_a_description_that_the_page_does_not_show_is_no_text(tmp_path: Path) -> None:
    head = f'<meta name="description" content="{STANDFIRST}">'
    source = page(f"<article><h1>{TITLE}</h1>{paragraphs(*BODY)}</article>", head)
    article, _ = read(tmp_path, source)
    assert article.text.split("\n") == [TITLE, *BODY]
    assert article.meta["description"] == STANDFIRST


def test_the_caption_that_repeats_the_standfirst_is_not_it(tmp_path: Path) -> None:
    top = f"""<h1>{TITLE}</h1><figure><figcaption>{STANDFIRST} (Photo Le Pli)</figcaption></figure>
    <div class="lead">{STANDFIRST}</div>"""
    head = f'<meta property="og:description" content="{STANDFIRST}">'
    source = page(f"<article>{top}{paragraphs(*BODY)}</article>", head)
    assert lines(tmp_path, source) == [TITLE, STANDFIRST, *BODY]


@pytest.mark.parametrize(
    ("shown", "declared", "title"),
    [
        (TITLE, TITLE, TITLE),
        (TITLE, TITLE[:-3], TITLE),  # cut
        (f"Vidéo {TITLE}", TITLE, TITLE),  # a label before it
        (TITLE, "Guinée : un barrage", "Guinée : un barrage"),
        (TITLE, f"{TITLE} - Le Pli", TITLE),
        (TITLE, "", TITLE),
        ("", TITLE, TITLE),
    ],
)
def test_title(shown: str, declared: str, title: str, tmp_path: Path) -> None:
    said = news(headline=declared, publisher={"name": "Le Pli"})
    top = f"<h1>{shown}</h1>" if shown else ""
    article, _ = read(tmp_path, page(f"<article>{top}{paragraphs(*BODY)}</article>", "", said))
    assert article.title == title
    assert article.text.split("\n") == [shown or title, *BODY]


# ---- the text

CARD = f'<li class="item"><h3><a href="/2">Un nouveau port à Lomé</a></h3><p>{TEASER}</p></li>'
BESIDE = {
    "other articles": f"<ul>{CARD}{CARD.replace('Lomé', 'Kara')}{CARD}</ul>",
    "a newsletter": f'<div class="NewsletterBlock"><p>{TEASER}</p></div>',
    "a caption": f"<figure><img><figcaption>{TEASER}</figcaption></figure>",
    "a link to read": f'<p><a href="/2">{TEASER}</a></p>',
    "comments": f'<section class="comments"><p>{TEASER}</p></section>',
    "cookies": f'<div id="cookie-banner"><p>{TEASER}</p></div>',
    "what is hidden": f'<div style="display: none"><p>{TEASER}</p></div>',
    "a line of newsletters": "<p>Pour tout savoir, inscrivez-vous à notre newsletter du matin.</p>",
    "a signature": "<p>Par Awa Sarr</p>",
}


@pytest.mark.parametrize("what", BESIDE)
@pytest.mark.parametrize("inside", [True, False])
def test_what_is_no_text_of_the_article(what: str, inside: bool, tmp_path: Path) -> None:
    body = paragraphs(*BODY)
    body = body.replace("</p>", f"</p>{BESIDE[what]}", 1) if inside else body
    after = "" if inside else BESIDE[what]
    source = page(
        f"<main><article><h1>{TITLE}</h1>{body}</article>{after}</main>",
        '<meta name="author" content="Awa Sarr">',
    )
    assert lines(tmp_path, source) == [TITLE, *BODY]


ARTICLE = {
    "in blocks of one kind": [
        f'<div class="text x{n}"><p>{t}</p></div>' for n, t in enumerate(BODY)
    ],
    "its beginning before the rest": [
        *(f"<p>{text}</p>" for text in BODY[:1]),
        f'<div class="paywall"><div>{paragraphs(*BODY[1:])}</div></div>',
    ],
    "line breaks": ["<p>", "<br><br>".join(BODY), "</p>"],
    "no paragraphs": [f"<div>{text}</div>" for text in BODY],
    "a quotation": [
        f"<p>{BODY[0]}</p><blockquote class='quote'>{BODY[1]}</blockquote>",
        paragraphs(*BODY[2:]),
    ],
    "an article without share buttons": [f'<div class="no-comments">{paragraphs(*BODY)}</div>'],
}


@pytest.mark.parametrize("how", ARTICLE)
def test_no_paragraph_of_the_text_is_lost(how: str, tmp_path: Path) -> None:
    body = "".join(ARTICLE[how])
    assert lines(tmp_path, page(f"<article><h1>{TITLE}</h1>{body}</article>")) == [TITLE, *BODY]


def test_titles_between_paragraphs_are_kept(tmp_path: Path) -> None:
    body = f"{paragraphs(*BODY[:2])}<h2>Des villages déplacés</h2>{paragraphs(*BODY[2:])}"
    source = page(f"<article><h1>{TITLE}</h1>{body}</article>")
    assert lines(tmp_path, source) == [TITLE, *BODY[:2], "Des villages déplacés", *BODY[2:]]


def test_an_article_in_a_menu_that_was_never_closed(tmp_path: Path) -> None:
    body = f'<nav><a href="/">Accueil</a><article><h1>{TITLE}</h1>{paragraphs(*BODY)}</article>'
    assert lines(tmp_path, page(body)) == [TITLE, *BODY]


def test_the_declared_text_is_taken_where_the_page_shows_little_of_it(tmp_path: Path) -> None:
    said = news(headline=TITLE, articleBody="\n".join(BODY * 2).replace("'", "&#39;"))
    source = page(f"<article><h1>{TITLE}</h1><p>{BODY[0]}</p></article>", "", said)
    article, _ = read(tmp_path, source)
    assert article.text.split("\n") == [TITLE, *BODY, *BODY]
    assert (article.meta["read"], article.meta["text_from"]) == ("whole", "declared")


def test_paragraphs_are_those_of_the_page_not_of_the_declared_text(tmp_path: Path) -> None:
    said = news(headline=TITLE, articleBody="".join(BODY))  # « d'ouvrage.Le président »
    source = page(f"<article><h1>{TITLE}</h1>{paragraphs(*BODY)}</article>", "", said)
    assert lines(tmp_path, source) == [TITLE, *BODY]


# ---- what is missing


@pytest.mark.parametrize(
    ("said", "read_as", "reason"),
    [
        (news(isAccessibleForFree=True), "whole", ""),
        (news(isAccessibleForFree="False"), "cut", "the page says that it is for subscribers"),
        (news(wordCount=900), "cut", " words read of the 900 that the page declares"),
        (news(wordCount=90), "whole", ""),
    ],
)
def test_a_text_that_is_cut_is_said_to_be(
    said: Any, read_as: str, reason: str, tmp_path: Path
) -> None:
    source = page(f"<article><h1>{TITLE}</h1>{paragraphs(*BODY)}</article>", "", said)
    article, problems = read(tmp_path, source)
    assert article.meta["read"] == read_as
    assert [(p.article, p.action) for p in problems] == [("a", "shortened")] * bool(reason)
    assert all(reason in problem.reason for problem in problems)


def test_a_page_that_shows_its_standfirst_only(tmp_path: Path) -> None:
    head = f'<meta property="og:description" content="{STANDFIRST}">'
    source = page(f"<article><h1>{TITLE}</h1><p class='chapo'>{STANDFIRST}</p></article>", head)
    article, problems = read(tmp_path, source)
    assert article.text.split("\n") == [TITLE, STANDFIRST]


# ---- authors, source, day


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Awa Sarr"}, "Awa Sarr"),
        ([{"name": "Awa Sarr"}, {"name": " AFP"}], "Awa Sarr"),
        ("Par Awa Sarr et Jean Dupré", "Awa Sarr; Jean Dupré"),
        ("Awa Sarr avec Reuters", "Awa Sarr"),
        ("Awa Sarr, édité par Jean Dupré", "Awa Sarr; Jean Dupré"),
        ("Recueilli par Awa SARR.", "Awa SARR"),
        ("AFP Publié le 3 mai 2024 à 10:30", "AFP"),
        ({"givenName": "Awa", "familyName": "Sarr"}, "Awa Sarr"),
        ("Le Pli avec AFP", "Le Pli avec AFP"),
        ("https://lepli.example/awa", None),
        ({"name": None}, None),
    ],
)
def test_authors_are_names(author: Any, names: str | None, tmp_path: Path) -> None:
    said = news(author=author, publisher={"name": "Le Pli"})
    source = page(f"<article><h1>{TITLE}</h1>{paragraphs(*BODY)}</article>", "", said)
    assert read(tmp_path, source)[0].meta.get("author") == names


@pytest.mark.parametrize(
    ("shown", "names"),
    [
        ('<p class="byline">Par <a href="/awa">Awa Sarr</a></p>', "Awa Sarr"),
        ('<a rel="author" href="/awa">Awa Sarr</a>', "Awa Sarr"),
        ('<span itemprop="author">Awa Sarr, journaliste</span>', "Awa Sarr"),
        ('<figure><span class="author">Jean Photo</span></figure>', None),
        ('<div class="comment"><span class="author">Le Lecteur</span></div>', None),
    ],
)
def test_authors_that_only_the_page_shows(shown: str, names: str | None, tmp_path: Path) -> None:
    head = '<meta name="author" content="Le-Pli.fr"><meta property="og:site_name" content="Le Pli">'
    source = page(f"<article><h1>{TITLE}</h1>{shown}{paragraphs(*BODY)}</article>", head)
    assert read(tmp_path, source)[0].meta.get("author") == names


def test_an_author_in_the_graph_of_the_page(tmp_path: Path) -> None:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Article", "author": {"@id": "#awa"}, "publisher": {"@id": "#pli"}},
            {"@type": "Person", "@id": "#awa", "name": "Awa Sarr"},
            {"@type": "Organization", "@id": "#pli", "name": "Le Pli"},
        ],
    }
    source = page(f"<article><h1>{TITLE}</h1>{paragraphs(*BODY)}</article>", "", graph)
    article, _ = read(tmp_path, source)
    assert (article.meta["author"], article.source) == ("Awa Sarr", "Le Pli")


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ('<link rel="canonical" href="https://www.lemonde.fr/1"> ', "Le Monde"),
        (
            '<meta property="og:site_name" content="Le Monde.fr">'
            '<meta property="og:url" content="https://www.lemonde.fr/1">',
            "Le Monde",
        ),
        ('<link rel="canonical" href="https://regions.lepli.example/1">', "regions.lepli.example"),
        ('<meta property="og:site_name" content="Le Pli">', "Le Pli"),
    ],
)
def test_source(head: str, source: str, tmp_path: Path) -> None:
    body = f"<article><h1>{TITLE}</h1>{paragraphs(*BODY)}</article>"
    assert read(tmp_path, page(body, head))[0].source == source


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        (
            '<meta property="article:published_time" content="2024-05-02T23:30:00Z">',
            "",
            "2024-05-02",
        ),
        ('<meta name="date" content="2024-05-02">', "", "2024-05-02"),
        (
            "",
            '<time itemprop="datePublished" datetime="2024-05-02T08:00">hier</time>',
            "2024-05-02",
        ),
        ("", "<p>Publié le 2 mai 2024 à 10:30</p>", "2024-05-02"),
        ("", "<footer>© Le Pli 2023</footer>", ""),  # not 2023-01-01
    ],
)
def test_day(head: str, body: str, day: str, tmp_path: Path) -> None:
    source = page(f"<article><h1>{TITLE}</h1>{body}{paragraphs(*BODY)}</article>", head)
    assert read(tmp_path, source)[0].date == day


# ---- bad input


@pytest.mark.parametrize(
    "script",
    [
        "{",
        '{"@type": "NewsArticle", "headline": "x",}',
        "[[[[[[[[[[[[]]]]]]]]]]]]",
        "[" * 5000,
        '{"@type": ["NewsArticle", 3], "headline": 3, "author": 4, "datePublished": {}}',
        '{"@type": "NewsArticle", "publisher": [], "mainEntityOfPage": 1, "articleBody": [1, {}]}',
        '{"@type": "NewsArticle", "url": "https://[", "wordCount": "²", "articleSection": {}}',
    ],
)
def test_json_that_is_none_stops_nothing(script: str, tmp_path: Path) -> None:
    head = f'<script type="application/ld+json">{script}</script>'
    source = page(f"<article><h1>{TITLE}</h1>{paragraphs(*BODY)}</article>", head)
    article, problems = read(tmp_path, source)
    assert article.text.split("\n")[-4:] == BODY
    assert problems == []


def test_text_that_stands_in_no_element_is_read(tmp_path: Path) -> None:
    loose = "Le maire a reçu lundi les habitants du quartier du port, qui protestent. " * 6
    assert loose.strip()[:40] in read(tmp_path, f"{loose}</div></div></body></htm")[0].text


# ---- what pages write around authors, dates, titles and pictures


@pytest.mark.parametrize(
    ("signature", "authors"),
    [
        ("Publié le 5 mars 2024 à 8h12 par Awa Ndiaye", "Awa Ndiaye"),
        ("Mis à jour le 05/03/2024, 08:12 par Awa Ndiaye", "Awa Ndiaye"),
        ("Awa Ndiaye (à Accra) et Paul Kerjean", "Awa Ndiaye; Paul Kerjean"),
        ("AWA NDIAYE ET PAUL KERJEAN", "AWA NDIAYE; PAUL KERJEAN"),
        ("Textes : Awa Ndiaye / Photos : Jean Durand", "Awa Ndiaye"),
        ("Enquête Awa Ndiaye, photographies Jean Durand", "Awa Ndiaye"),
        ("Vidéo : Jean Durand", ""),
        ("Photini Diop", "Photini Diop"),
    ],
)
def test_a_signature(signature: str, authors: str, tmp_path: Path) -> None:
    source = f"<h1>{TITLE}</h1><p class='byline'>{signature}</p>{paragraphs(*BODY)}"
    assert read(tmp_path, page(source))[0].meta.get("author", "") == authors


def test_the_host_after_a_title_is_no_part_of_it(tmp_path: Path) -> None:
    for written in (f"{TITLE} | lepli.fr", f"{TITLE} - www.le-pli.sn"):
        article, _ = read(tmp_path, page(paragraphs(*BODY), f"<title>{written}</title>"))
        assert article.title == TITLE
    article, _ = read(tmp_path, page(paragraphs(*BODY), "<title>Un port - deux projets</title>"))
    assert article.title == "Un port - deux projets"


def test_a_year_alone_is_no_day(tmp_path: Path) -> None:
    year = '<meta name="date" content="2024-01-01">'
    assert read(tmp_path, page(paragraphs(*BODY), year))[0].date == ""
    hour = '<meta name="date" content="2024-01-01T07:30:00+01:00">'
    assert read(tmp_path, page(paragraphs(*BODY), hour))[0].date == "2024-01-01"


def test_a_legend_without_a_box_of_its_own(tmp_path: Path) -> None:
    legend = "Le ministre devant les vannes du barrage, mercredi soir, avec ses conseillers. (DR)"
    picture = f'<div><img src="x"><span class="legend">{legend}</span></div>'
    source = page(f"<article><h1>{TITLE}</h1><p>{BODY[0]}</p>{picture}{paragraphs(*BODY[1:])}")
    assert lines(tmp_path, source) == [TITLE, *BODY]
    inside = f'<p>{BODY[0]} <span class="credit">{legend}</span> {BODY[1]}</p>'
    source = page(f"<article><h1>{TITLE}</h1>{inside}{paragraphs(*BODY[2:])}")
    assert lines(tmp_path, source) == [TITLE, f"{BODY[0]} {legend} {BODY[1]}", *BODY[2:]]


# ---- pages that are no article, or not the whole of one


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Page introuvable - Le Pli", "<h1>Page introuvable</h1><p>Elle a été déplacée.</p>"),
        ("Just a moment...", "<h1>www.lepli.example</h1><p>Wait a few seconds, please.</p>"),
        ("Erreur 404 | Le Pli", f"<h1>Erreur 404</h1><p>{TEASER}</p>"),
        (
            "Le Pli",
            "<div><p>Avec votre accord, nos partenaires et nous utilisons des cookies pour lire "
            "des informations personnelles comme votre visite sur ce site.</p></div>",
        ),
    ],
)
def test_an_error_or_a_banner_is_no_article(title: str, body: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(body, f"<title>{title}</title>"), encoding="utf-8")
    stream = read_articles(tmp_path / "a.html")
    assert list(stream) == []
    assert [problem.action for problem in stream.problems] == ["empty"]


@pytest.mark.parametrize(
    "said",
    [
        "Cet article est réservé aux abonnés. Connectez-vous pour continuer.",
        "Il vous reste 83 % de cet article à lire.",
    ],
)
def test_a_page_that_says_below_its_text_that_it_is_cut(said: str, tmp_path: Path) -> None:
    source = f"<article><h1>{TITLE}</h1>{paragraphs(*BODY[:2])}<div><p>{said}</p></div></article>"
    article, problems = read(tmp_path, page(source))
    assert article.text.split("\n") == [TITLE, *BODY[:2]]
    assert article.meta["read"] == "cut"
    assert [problem.action for problem in problems] == ["shortened"]


def test_a_page_whose_neighbours_are_for_subscribers_is_whole(tmp_path: Path) -> None:
    teasers = "".join(
        f"<li><a href='/{n}'>{TEASER}</a><span>Réservé aux abonnés</span></li>" for n in range(8)
    )
    above = f"<p>Réservé aux abonnés</p><article><h1>{TITLE}</h1>{paragraphs(*BODY)}</article>"
    source = f"{above}<p>Le Pli</p><p>Contact</p><p>Plan du site</p><p>Aide</p><ul>{teasers}</ul>"
    assert read(tmp_path, page(source))[0].meta["read"] == "whole"
