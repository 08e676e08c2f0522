"""The command line's grammar; no command is imported to build it."""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from reports.errors import ReviewError
from reviewer.cli.export_grammar import add_columns_option, add_export_options
from reviewer.cli.file_grammar import add_details, add_file_commands, add_watching
from reviewer.cli.history_grammar import add_history_command
from reviewer.cli.life_grammar import add_life_commands
from reviewer.cli.over_time_grammar import add_over_time_commands
from reviewer.cli.people_grammar import add_commands
from reviewer.cli.revision_grammar import add_revision_commands
from reviewer.cli.views_grammar import add_view_option, add_views_command
from reviewer.i18n import N_, _


class UsageError(ReviewError):
    """A command line that cannot be understood."""


class Parser(argparse.ArgumentParser):
    """A parser that answers a mistake with one sentence instead of its whole usage. Numbers are such as the
    record can hold."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.register("type", int, _number)

    def error(self, message: str) -> NoReturn:
        raise UsageError(
            N_("{message} `{program} --help` shows what there is."),
            message=_plain(message),
            program=self.prog,
        )


def _number(word: str) -> int:
    number = int(word)
    if abs(number) >= 2**63:
        raise ValueError(word)
    return number


def _plain(message: str) -> str:
    """argparse's sentence, with the nearest choice first where a word is none of many."""
    found = re.match(
        r"argument [^:]*: invalid choice: '(?P<word>[^']*)' \(choose from (?P<all>.*)\)", message
    )
    if not found:
        return message.rstrip(".") + "."
    choices = re.findall(r"[\w-]+", found["all"])
    near = difflib.get_close_matches(found["word"], choices, 1, 0.6)
    if near:
        return _("“{word}” is not known; did you mean {nearest}?").format(word=found["word"], nearest=near[0])
    return _("“{word}” is not known; there are {choices}.").format(
        word=found["word"], choices=", ".join(choices)
    )


def build_parser() -> Parser:
    """The whole grammar, its help in the reader's language."""
    parser = Parser(
        prog="reviewer",
        description=_(
            "Read reports, tag their problems, keep the issue list. Without a command: the screen."
        ),
    )
    parser.add_argument("--db", metavar="FILE", help=_("the database (else $REVIEWER_DB, else your own)"))
    parser.add_argument("--lang", choices=("en", "vi"), help=_("language of texts"))
    parser.add_argument("--compact", action="store_true", help=_("the screen for a thin line: fewer bytes"))
    parser.add_argument("--no-mouse", action="store_true", help=_("the screen without the mouse"))
    parser.add_argument("--version", action="store_true", help=_("versions of the program and its parts"))
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"), parser_class=Parser)
    commands.add_parser("demo", help=_("the screen on sample reports, apart from your own"))
    _reports(commands)
    _annotations(commands)
    _issues(commands)
    _codebook(commands)
    _upkeep(commands)
    add_commands(commands, Parser)
    add_revision_commands(commands)
    add_history_command(commands)
    add_life_commands(commands)
    add_over_time_commands(commands)
    add_file_commands(commands)
    add_views_command(commands, Parser)
    return parser


def _command(commands: argparse._SubParsersAction[Parser], name: str, text: str, json: bool = True) -> Parser:
    parser = commands.add_parser(name, help=text, description=text)
    if json:
        parser.add_argument("--json", action="store_true", help=_("print JSON"))
    return parser


def _reports(commands: argparse._SubParsersAction[Parser]) -> None:
    imports = _command(commands, "import", _("files and folders in; prints each report's slug"))
    imports.add_argument(
        "paths", nargs="*", metavar="PATH", help=_("a file, a folder, or - for standard input")
    )
    add_details(imports)
    imports.add_argument("--encoding", help=_("of the text, where it is taken for another: tcvn3, vni, …"))
    imports.add_argument("--revises", metavar="REPORT", help=_("the report that this is a corrected text of"))
    imports.add_argument("--new", action="store_true", help=_("a report of its own, whatever it looks like"))
    imports.add_argument("--name", help=_("file name of what comes through standard input"))
    add_watching(imports)
    _command(commands, "reports", _("the reports"))
    show = _command(commands, "show", _("one report's text, its passages marked"))
    show.add_argument("report", metavar="REPORT")
    show.add_argument("--revision", type=int, metavar="N", help=_("an older text, as it was marked then"))
    show.add_argument("--mentions", action="store_true", help=_("only the agencies that it names"))


def _annotations(commands: argparse._SubParsersAction[Parser]) -> None:
    annotate = _command(commands, "annotate", _("tag a passage and link its agencies"))
    annotate.add_argument("report", metavar="REPORT")
    annotate.add_argument("--quote", required=True, metavar="TEXT", help=_("the passage's words"))
    annotate.add_argument("--nth", type=int, metavar="N", help=_("which one, where they stand several times"))
    annotate.add_argument(
        "--again", action="store_true", help=_("also where the passage has such an annotation already")
    )
    _issue_fields(annotate)
    update = _command(commands, "update", _("change annotations: fields, tags, agencies; one act"))
    update.add_argument("ids", nargs="+", type=int, metavar="ID")
    _issue_fields(update)
    update.add_argument("--untag", action="append", default=[], metavar="TAG")
    update.add_argument("--unlink", action="append", default=[], metavar="AGENCY")
    delete = _command(commands, "delete", _("delete annotations; `restore` brings them back"))
    delete.add_argument("ids", nargs="+", type=int, metavar="ID")
    restore = _command(commands, "restore", _("bring deleted annotations back"))
    restore.add_argument("ids", nargs="+", type=int, metavar="ID")
    _command(commands, "undo", _("take your last act back"))
    _command(commands, "redo", _("do again what you took back"))


def _issue_fields(parser: Parser) -> None:
    parser.add_argument("--tag", action="append", default=[], metavar="TAG", help=_("slug, key or label"))
    parser.add_argument(
        "--agency",
        action="append",
        default=[],
        metavar="A[:ROLE]",
        help=_("any name; lead if no role is given"),
    )
    parser.add_argument("--note")
    parser.add_argument("--severity", choices=("low", "medium", "high"))
    parser.add_argument("--status", choices=("open", "in-progress", "resolved", "rejected"))
    parser.add_argument("--due", metavar="YYYY-MM-DD")


def _issues(commands: argparse._SubParsersAction[Parser]) -> None:
    issues = _command(commands, "issues", _("the issue list as a table"))
    _filter_options(issues)
    issues.add_argument("--limit", type=int, metavar="N", help=_("at most so many rows"))
    add_columns_option(issues)
    export = _command(commands, "export", _("the issue list as a file"), json=False)
    _filter_options(export)
    add_export_options(export)
    stats = _command(commands, "stats", _("counts, cross-tabulated"))
    _filter_options(stats)
    stats.add_argument(
        "--by", default="status", metavar="A,B", help=_("agency, tag, status, period, reviewer, …")
    )
    stats.add_argument(
        "--chart", action="store_true", help=_("drawn: bars, a heat map by two things, the trend by period")
    )
    grid = _command(commands, "grid", _("deadlines kept and missed, for each lead agency"))
    _filter_options(grid)


def _filter_options(parser: Parser) -> None:
    parser.add_argument(
        "filter", nargs="*", metavar="FILTER", help=_("as in the filter line: agency:stnmt !tag:…")
    )
    add_view_option(parser)
    for word, text in (
        ("agency", _("any name, with its descendants")),
        ("tag", _("slug, key or label, with its descendants")),
        ("status", None),
        ("severity", None),
        ("report", None),
        ("period", None),
        ("reviewer", None),
        ("owner", _("me, none, or a name")),
        ("due", _("before:DATE, after:DATE, none")),
        ("deadline", _("on-time, late, in-time, overdue")),
        ("placement", _("waiting, marked, orphan, exact")),
        ("periods", _("at least so many periods in a row")),
        ("since", _("created on or after DATE")),
        ("until", _("created on or before DATE")),
        ("search", _("words of passage and note")),
    ):
        parser.add_argument(f"--{word}", action="append", default=[], metavar=word.upper(), help=text)
    parser.add_argument("--role", choices=("lead", "coordinating"))
    meant = parser.add_mutually_exclusive_group()
    meant.add_argument(
        "--as-written", action="store_true", help=_("agencies as linked, without their predecessors")
    )
    meant.add_argument("--current", action="store_true", help=_("by the agencies that answer today"))
    parser.add_argument("--itself", action="store_true", help=_("agencies without those below them"))
    parser.add_argument("--overdue", action="store_true")
    parser.add_argument("--today", metavar="DATE", help=_("the day that “overdue” is measured by"))


def _codebook(commands: argparse._SubParsersAction[Parser]) -> None:
    for name, text in (("tags", _("the codebook")), ("agencies", _("the agency directory"))):
        parser = commands.add_parser(name, help=text, description=text)
        acts = parser.add_subparsers(dest="act", metavar=_("ACT"), parser_class=Parser)
        listing = _command(acts, "list", _("all of them"))
        listing.add_argument("query", nargs="?", metavar="WORDS")
        imports = _command(acts, "import", _("from a CSV file, all or nothing"))
        imports.add_argument("file", metavar="FILE.csv")
        imports.add_argument("--dry-run", action="store_true", help=_("say what would change"))
        export = acts.add_parser("export", help=_("as CSV"))
        export.add_argument("-o", "--output", metavar="FILE")
        export.add_argument("--force", action="store_true")
        merge = _command(acts, "merge", _("one into another: its annotations follow"))
        merge.add_argument("source", metavar="FROM")
        merge.add_argument("target", metavar="INTO")
        rename = _command(acts, "rename", _("a new name; the old one still finds it"))
        rename.add_argument("item", metavar="NAME")
        rename.add_argument("name", metavar="NEW-NAME")
        retire = _command(acts, "retire", _("not offered any more; what it was put on stays"))
        retire.add_argument("item", metavar="NAME")


def _upkeep(commands: argparse._SubParsersAction[Parser]) -> None:
    _command(commands, "check", _("integrity of the file and of every passage"))
    backup = _command(commands, "backup", _("a checked copy, taken while others work"), json=False)
    backup.add_argument("file", metavar="FILE")


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The options in `words`; raises UsageError, or SystemExit for --help."""
    return build_parser().parse_args(list(words))
