"""The list of commands, and the parser that finds the one that was asked for."""

from __future__ import annotations

import argparse
import difflib
import importlib
import keyword
from collections.abc import Sequence
from typing import NoReturn, Protocol, cast

from tallyroom.errors import TallyroomError

COMMANDS = {
    "read": "Read briefings and print their observations.",
    "evaluate": "Score the reader on somebody's annotations.",
    "figures": "Print the figures that stand in the record.",
    "sql": "Ask the record in SQL.",
    "trace": "Follow a figure to its source's characters, and to what was made of it.",
    "bounds": "Tell how low and how high a figure may be, published or not.",
    "check": "Audit the record: what cannot be true, and what looks wrong.",
    "compare": "Put two sources or two releases side by side.",
    "correct": "Give a figure of the record other values; what it said first stays.",
    "review": "Accept, amend or reject a figure of the record.",
    "log": "List the commits of the record.",
    "verify": "Check the record against its hashes.",
    "generate": "Generate briefings and returns at random to test with.",
    "export": "Write the record as Parquet files with a manifest.",
    "import": "Take an export into a record, with the same hashes.",
    "codebook": "Check, explain and list what the reader knows.",
    "campaign": "List, show and check the campaigns that are declared.",
    "release": "Build bulletins and tables; verify, compare and list them.",
    "returns": "Write forms; submit, accept and total returns; load published tables.",
}
"""Each command is the module `tallyroom.cli.NAME`; the summary stands here so that help imports none."""

EPILOG = "Exit status: 0 done, 1 something could not be done (told on stderr with a code), 2 wrong usage."


class WrongUsage(TallyroomError):
    """The command line is not one that the program understands."""

    code = "CL100"


class Command(Protocol):
    """What the module of a command offers."""

    USAGE: str

    def describe(self, parser: argparse.ArgumentParser) -> None:
        """Add the description and the arguments of the command."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it and return the exit status."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors have a code, and which takes no option by half its name."""

    def __init__(self, prog: str, usage: str | None = None) -> None:
        super().__init__(
            prog,
            usage,
            formatter_class=Formatter,
            allow_abbrev=False,
            add_help=False,
            epilog=EPILOG,
        )
        self.add_argument("-h", "--help", action="help", help="Show this text and exit.")

    def error(self, message: str) -> NoReturn:
        """Raise `WrongUsage` with the nearest known option, where one is near."""
        options = [option for action in self._actions for option in action.option_strings]
        unknown = [word for word in message.split() if word.startswith("-")]
        near = difflib.get_close_matches(unknown[0], options, 1) if unknown else []
        hint = f"did you mean {near[0]}?" if near else f"{self.prog} --help lists what there is"
        raise WrongUsage(message, where=self.prog, next_step=hint)


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with room for long options, the same wherever and by whichever Python it is printed."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=96)

    def _format_action_invocation(self, action: argparse.Action) -> str:
        if not action.option_strings:
            return super()._format_action_invocation(action)
        value = f" {action.metavar}" if action.nargs != 0 and action.metavar else ""
        return ", ".join(action.option_strings) + value


def parser_of(name: str) -> Parser:
    """Return the parser of one command; importing its module is what takes time."""
    parser = Parser(f"tallyroom {name}")
    module = _module(name)
    parser.usage = module.USAGE
    module.describe(parser)
    return parser


def top_parser() -> Parser:
    """Return the parser that knows the commands by name and summary alone."""
    parser = Parser("tallyroom")
    names = "\n".join(f"  {name:<12}{summary}" for name, summary in COMMANDS.items())
    parser.usage = "tallyroom COMMAND ..."
    parser.description = (
        "The record behind the briefing: official statistics of law enforcement, pinned to their source.\n\n"
        f"commands:\n{names}\n\n`tallyroom COMMAND --help` tells about one of them."
    )
    parser.add_argument("--version", action="store_true", help="Print the version and exit.")
    return parser


def run(argv: Sequence[str]) -> int:
    """Run the command that `argv` names.

    Raises:
        WrongUsage: There is no such command, or it does not take these arguments.
    """
    if argv and argv[0] in COMMANDS:
        return _module(argv[0]).run(parser_of(argv[0]).parse_args(argv[1:]))
    if argv and not argv[0].startswith("-"):
        raise _no_such_command(argv[0])
    return _answer_without_command(argv)


def _answer_without_command(argv: Sequence[str]) -> int:
    parser = top_parser()
    if parser.parse_args(argv).version:
        from tallyroom import __version__

        print(f"tallyroom {__version__}")
        return 0
    parser.print_help()
    return 0 if argv else 2


def _no_such_command(name: str) -> WrongUsage:
    near = difflib.get_close_matches(name, COMMANDS, 1)
    return WrongUsage(
        f"there is no command {name!r}",
        expected=", ".join(COMMANDS),
        next_step=f"did you mean {near[0]}?" if near else "tallyroom --help",
    )


def _module(name: str) -> Command:
    home = f"{name}_" if keyword.iskeyword(name) else name
    return cast(Command, importlib.import_module(f"tallyroom.cli.{home}"))
