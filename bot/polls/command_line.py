"""The commands of `autodidact ideas`."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from bot.given_files import named, printing, read_or, text_of
from bot.operator_errors import NewerRecord, NoRecord, NoSuchReceipt

if TYPE_CHECKING:
    from bot.polls.recount import Recount

app = typer.Typer(
    help="Idea polls.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(short_help="Count the votes of a poll again.")
def rank(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The record of a poll, or - for one piped in.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")] = False,
    receipt: Annotated[
        str | None, typer.Option(metavar="CODE", help="Show the votes behind a receipt instead.")
    ] = None,
) -> None:
    """Count the votes of a poll again; ends with status 1 where the file states another result."""
    counted = _counted(file)
    with printing():
        if receipt is None:
            _tell_result(counted, as_json=as_json)
        else:
            _tell_voter(counted, receipt, as_json=as_json)
    if not counted.is_same:
        raise typer.Exit(1)


def _counted(file: str) -> "Recount":
    from bot.polls import record_reading
    from bot.polls.recount import recount

    try:
        with read_or(NoRecord, file):
            return recount(text_of(file))
    except record_reading.NewerRecord as problem:
        raise NewerRecord(name=named(file), version=problem) from None
    except record_reading.NotARecord as problem:
        raise NoRecord(name=named(file), reason=problem) from None


def _tell_result(counted: "Recount", *, as_json: bool) -> None:
    from bot.polls.record import result_as_data
    from bot.polls.recount_words import result_lines

    if as_json:
        told = {
            "same": counted.is_same,
            "differences": list(counted.differences),
            "result": result_as_data(counted.result),
        }
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(result_lines(counted)))


def _tell_voter(counted: "Recount", receipt: str, *, as_json: bool) -> None:
    from bot.polls.record import voter_as_data
    from bot.polls.recount_words import printable, voter_lines
    from bot.polls.votes import read_receipt

    wanted = read_receipt(receipt)
    voter = next((each for each in counted.record.voters if each.receipt == wanted), None)
    if voter is None:
        raise NoSuchReceipt(given=printable(receipt))
    if as_json:
        typer.echo(json.dumps(voter_as_data(voter), ensure_ascii=False))
    else:
        typer.echo("\n".join(voter_lines(counted.record, voter)))
