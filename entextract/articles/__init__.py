"""Reads articles from files, folders and tables, and says what could not be read and why.

No language processing here, but for leaving out what is not French. The offsets of every later
table count the characters of ``Article.text``, so what a reader changes is little, and named: the
newlines of files become ``\\n``, and a character that no file can carry becomes one space.
"""

from entextract.articles.interface import ColumnError
from entextract.articles.sources import read_articles, sample_articles
from entextract.articles.stream import ArticleStream

__all__ = ["ArticleStream", "ColumnError", "read_articles", "sample_articles"]
