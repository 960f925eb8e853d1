"""The command line, called in this process."""

from typer.testing import CliRunner, Result

from entextract.cli import app


def run_command(*arguments: str, code: int = 0) -> Result:
    """What a command says, which must end with this exit code and never with a traceback."""
    result = CliRunner().invoke(app, arguments, prog_name="entextract")
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert result.exit_code == code, result.output
    return result
