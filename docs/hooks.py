"""Puts into the site the pages that live elsewhere in the project, and the help of the command."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from typer.main import get_command

ROOT = Path(__file__).resolve().parents[1]
PAGES = (
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "entextract/data/README.md",
    "models/README.md",
    "models/ner_presse/README.md",
    "models/ner_presse/EXPERIMENTS.md",
    "models/ner_presse/press_style/README.md",
    "models/pos_presse/README.md",
)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The pages, in the same folders as in the project, so that their links go on leading there."""
    for page in PAGES:
        content = (ROOT / page).read_text(encoding="utf-8")
        files.append(File.generated(config, f"projet/{page}", content=content))
    files.append(File.generated(config, "reference/commande.md", content=_command_page()))
    return files


def _command_page() -> str:
    """What ``--help`` says, of each command, in French."""
    from entextract.cli import app
    from entextract.cli.language import speak

    speak("fr")
    group = get_command(app)
    context = group.make_context("entextract", [], resilient_parsing=True)
    pages = [f"# La commande `entextract`\n\n```text\n{group.get_help(context)}\n```"]
    waiting = sorted(group.commands.items())  # type: ignore[attr-defined]
    for name, command in waiting:
        inner = getattr(command, "commands", {})
        waiting += [(f"{name} {one}", inner[one]) for one in sorted(inner)]
        own = command.make_context(f"entextract {name}", [], resilient_parsing=True)
        pages.append(f"## {name}\n\n```text\n{command.get_help(own)}\n```")
    return "\n\n".join(pages) + "\n"
