"""Compiles the catalogues of messages whenever the package is built; all else is in setup.cfg."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithCatalogues(build_py):
    """Builds the modules, and the catalogues that stand among them."""

    def run(self) -> None:
        for source in Path("entextract/cli/locale").glob("*/LC_MESSAGES/*.po"):
            with source.open("rb") as read, source.with_suffix(".mo").open("wb") as written:
                write_mo(written, read_po(read))
        super().run()


setup(cmdclass={"build_py": BuildWithCatalogues})
