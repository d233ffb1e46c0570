"""No words reach a person without having been handed to translators."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from discord import app_commands

from bot.errors import UserError
from bot.resources.exchange import _EXAMPLE
from cogs.client import FEATURES
from tests.texts_in_code import MARKING, Module, modules, name_of

SENTENCE = re.compile(r"[^\W\d_]{2,}[,;:.!?]? [^\W\d_]{2,}|^[A-Z][a-zé]+(?: [a-z]+)*[.!?…]?$")
"""Two words, or one that is written large, as headings and buttons are."""

PIECE = re.compile(r"\s[^\W\d_]{2,}[,;:.!?…]?(?:\s|$)|^[^\W\d_]{2,}[,;:.!?…]?\s")
"""A word beside a value in an f-string."""

ADDRESS = re.compile(r"https?://|<[@#]")
"""What looks the same to everybody: links and mentions."""

UNHEARD = frozenset(
    {"debug", "info", "warning", "error", "exception", "log", "compile", "execute", "cast", "format_date"}
)
"""What is logged, searched by, or a pattern of dates is read by nobody."""

SHOWN = frozenset({"label", "placeholder", "title", "content", "text", "description"})
"""What discord.py and the features call it that people read, where a single word may stand."""

NO_PROSE = {
    "cogs/client.py": {"discord.py: on_interaction"},
    "cogs/polls/own_votes.py": {"`autodidact ideas rank FILE --receipt "},
    "cogs/ui/counting.py": {"unknown command"},
    # What is typed.
    "bot/inputs.py": {"every day", "working days", "Cn"},
    "bot/leads/filters.py": {"per year"},
    # What Python's readers say and is looked for; and an example of a file, in the words that are read.
    "bot/resources/catalogue.py": {" (at end of document)"},
    "bot/resources/exchange.py": {"field larger", _EXAMPLE},
    # The lines of an introduction are those of its thread, which is in English.
    "bot/introductions/rules.py": {"Location", "Remote", "Willing to relocate", "Technologies", "Email"},
    # Kept in the database, and put into the log.
    "bot/delivery/service.py": {
        "no answer",
        "delivery %s (%s) is put off: %s",
        "delivery %s (%s) cannot be delivered: %s",
    },
    "bot/delivery/outbox.py": {"refused directly"},
}
"""Names, keys, formats and what is typed: words that are the same in every language."""

NEVER_SHOWN = ("cogs/answers.py", "cogs/pictures/fonts.py", "cogs/pictures/runs.py")
"""Names of fonts, of kinds of letters, and of what is counted for whoever runs the bot."""


@pytest.fixture(scope="module")
def commands() -> frozenset[str]:
    """The names of all commands."""
    groups = [group for feature in FEATURES for group in feature.__cog_app_commands__]
    return frozenset(
        command.qualified_name
        for group in groups
        for command in (group.walk_commands() if isinstance(group, app_commands.Group) else [group])
    )


def read_by_members() -> Iterator[Module]:
    yield from (
        module for module in modules("cogs") if module.is_read_by_members and module.name not in NEVER_SHOWN
    )
    # In the core it is the files that have anything to do with texts.
    yield from (
        module
        for module in modules("bot")
        if module.name != "bot/texts_extraction.py"
        and any(isinstance(node, ast.ImportFrom) and node.module == "bot.texts" for node in module.tree.body)
    )


def docstrings(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)


def literals(node: ast.AST) -> Iterator[tuple[ast.Constant, bool]]:
    """The texts under a node that are not marked, and whether each is a piece of an f-string."""
    if isinstance(node, ast.Call) and name_of(node.func) in MARKING | UNHEARD:
        return
    # What an error of a member says is looked at by itself; nobody reads the others.
    if isinstance(node, ast.Assert | ast.Raise):
        return
    # Neither annotations nor keys are texts.
    if isinstance(node, ast.AnnAssign | ast.Subscript):
        children: list[ast.AST] = [node.value] if node.value else []
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        defaults = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
        children = [*node.decorator_list, *defaults, *node.body]
    elif isinstance(node, ast.ClassDef):
        # The template of a custom id stands among the keywords.
        children = [*node.decorator_list, *node.body]
    else:
        children = list(ast.iter_child_nodes(node))
    for child in children:
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child, isinstance(node, ast.JoinedStr)
        else:
            yield from literals(child)


def unmarked(module: Module) -> Iterator[str]:
    skipped, allowed = set(docstrings(module.tree)), NO_PROSE.get(module.name, set())
    for literal, is_piece in literals(module.tree):
        text = str(literal.value)
        if id(literal) in skipped or text in allowed or is_sql(text):
            continue
        if SENTENCE.search(text) or (is_piece and PIECE.search(text)):
            yield f"{module.name}:{literal.lineno} {text!r}"


def is_sql(text: str) -> bool:
    return text.lstrip().startswith(("select ", "insert ", "update ", "delete ", "with "))


def test_every_sentence_is_marked_for_translation(commands: frozenset[str]) -> None:
    found = [
        place
        for module in read_by_members()
        for place in unmarked(module)
        if ast.literal_eval(place.split(" ", 1)[1]) not in commands
    ]
    assert not found, "\n".join(found)


def test_what_may_stand_unmarked_still_stands_there() -> None:
    by_name = {module.name: module for module in read_by_members()}
    for name, texts in NO_PROSE.items():
        said = {literal.value for literal, _is_piece in literals(by_name[name].tree)}
        assert texts <= said, name


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ('title = "Your goals"', True),
        ('title = "Goals"', True),
        ('text = f"{count} days"', True),
        ('text = f"since {day}"', True),
        ('lines = ["a", "one line"]', True),
        ('def card(title: str = "Your goals"): ...', True),
        ('text = "done" if ok else "not done"', True),
        ('text = " · ".join(["so many days", rest])', True),
        ('@command(name=locale_str("a"), description="Show it")\ndef f(): ...', True),
        ('title = _("Your goals")', False),
        ('TITLE = mark("Your goals")', False),
        ('text = ngettext("{count} day", "{count} days", count)', False),
        ('log.info("so many days")', False),
        ('raise ValueError("no such day")', False),
        ('"""What this is about."""', False),
        ('key = f"goal:keep:v1:{goal}"', False),
        ('text = mentions["goal list"]', False),
    ],
)
def test_an_unmarked_sentence_is_found_wherever_it_stands(code: str, is_found: bool) -> None:
    assert bool(list(unmarked(Module("cogs/any.py", ast.parse(code))))) is is_found


def shown(module: Module) -> Iterator[tuple[str, ast.expr]]:
    """What is handed over as something to be read, with its place."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            name = name_of(node.func)
            has_texts = name.startswith(("Text", "Select", "Radio", "Check", "Embed", "Rendered", "set_"))
            has_names = name in ("add_field", "set_author", "describe", "Choice")
            for keyword in node.keywords:
                is_shown = keyword.arg in SHOWN if has_texts else keyword.arg in ("label", "placeholder")
                if is_shown or (has_names and (name, keyword.arg) != ("Choice", "value")):
                    yield f"{module.name}:{node.lineno} {keyword.arg}", keyword.value


def test_not_even_a_word_is_shown_that_is_not_marked() -> None:
    found = [
        f"{place} {literal.value!r}"
        for module in read_by_members()
        for place, expression in shown(module)
        for literal, _is_piece in literals(ast.Expression(expression))
        if re.search(r"[^\W\d_]{2,}", str(literal.value)) and not ADDRESS.match(str(literal.value))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ('Button(label="yes")', True),
        ('SelectOption(label=f"{day} ok", value="x")', True),
        ('embed.add_field(name="day", value="")', True),
        ('embed.set_footer(text=("one" if a else ""))', True),
        ('Choice(name="today", value="today")', True),
        ('Choice(name=locale_str("today"), value="today")', False),
        ('Button(label=_("yes"), custom_id="goal:v1")', False),
        ('TextInput(placeholder="https://example.org/course")', False),
    ],
)
def test_an_unmarked_word_is_found_where_it_is_shown(code: str, is_found: bool) -> None:
    words = [
        literal.value
        for _place, expression in shown(Module("cogs/any.py", ast.parse(code)))
        for literal, _is_piece in literals(ast.Expression(expression))
        if re.search(r"[^\W\d_]{2,}", str(literal.value)) and not ADDRESS.match(str(literal.value))
    ]
    assert bool(words) is is_found


def test_every_error_of_a_member_is_filled_with_values_or_marked_words() -> None:
    found = [
        f"{module.name}:{node.lineno} {literal.value!r}"
        for module in (*modules("bot"), *modules("cogs"))
        if module.is_read_by_members and "operator" not in module.name and "command_line" not in module.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in user_errors()
        for keyword in node.keywords
        for literal, is_piece in literals(keyword.value)
        if (PIECE if is_piece else SENTENCE).search(str(literal.value))
    ]
    assert not found, "\n".join(found)


@cache
def user_errors() -> frozenset[str]:
    """The names of all kinds that there are, now that the features are imported."""

    def kinds(root: type[Exception]) -> Iterator[str]:
        for kind in root.__subclasses__():
            yield kind.__name__
            yield from kinds(kind)

    return frozenset(kinds(UserError))
