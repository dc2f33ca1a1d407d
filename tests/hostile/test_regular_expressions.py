"""No regular expression of the checker takes long on a text made against it: they all stay near linear time.

Every expression in the source is found, also those inside functions. Against each, texts are made that repeat what it
repeats, and what it does not, and then do not match.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]  # the one that compiles them

import pytest

import checker

METHODS = {"match", "search", "sub", "fullmatch", "split", "findall", "finditer"}
LENGTH = 2_000
SECONDS = 1.0
"""Of the processor. At this length what takes quadratic time takes a tenth of it, and what takes cubic time minutes."""
PUMPS = (
    "a", "1", " ", "\n", "\t", "\\", "$", "{", "}", "(", ")", "[", "]", ",", ".", "-", ">", "a ", "1.", ",1", "\\a",
    "{}", "[]", "a\n", "> ", "- ", "`", "'a", "and ", "we ", "a\t", "#", "!", "\\a{",
)  # fmt: skip


def expressions() -> dict[str, tuple[re.Pattern[str], set[str]]]:
    """The regular expressions by where they stand, and how they are used."""
    names = [module.name for module in pkgutil.walk_packages(checker.__path__, "checker.")]
    # the one runs the command, the other makes the process that imports it a worker's
    modules = [name for name in names if not name.endswith(("__main__", "checker.preload"))]
    loaded = [importlib.import_module(name) for name in modules]
    trees = {module: ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")) for module in loaded}
    uses: dict[str, set[str]] = {}
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in METHODS:
                uses.setdefault(node.value.id, set()).add(node.attr)
    found = {}
    for module, tree in trees.items():
        for node in ast.walk(tree):
            named = isinstance(node, ast.Assign) and _is_of_re(node.value, {"compile"})
            if named and isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if isinstance(pattern := vars(module).get(name), re.Pattern):
                    found[f"{module.__name__}:{name}"] = (pattern, uses.get(name, {"match", "fullmatch"}))
            elif isinstance(node, ast.Call) and _is_of_re(node, METHODS) and (pattern := _of_call(node, vars(module))):
                assert isinstance(node.func, ast.Attribute)
                found[f"{module.__name__}:{node.lineno}"] = (pattern, {node.func.attr})
    return found


def _is_of_re(node: ast.AST, methods: set[str]) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr in methods


def _of_call(call: ast.Call, names: dict[str, object]) -> re.Pattern[str] | None:
    """The expression of a call, None where it is made of what the call is given."""
    try:
        made = eval(compile(ast.Expression(call.args[0]), "pattern", "eval"), dict(names))
    except NameError:
        return None
    return made if isinstance(made, re.Pattern) else re.compile(made)


# --- texts against an expression --------------------------------------------------------------------------------------


def attacks(pattern: re.Pattern[str]) -> set[str]:
    """What begins like a match and repeats what may be repeated, and then goes on otherwise."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    texts = set()
    for prefix, body in _repeats(list(tree), ""):
        for pump in _samples(body):
            if pump:
                texts.add(prefix + pump * (LENGTH // len(pump)) + "\0")
                texts.add((prefix + pump * 5) * (LENGTH // (len(prefix) + 5 * len(pump))))
    return texts


def _repeats(items: list, prefix: str) -> Iterator[tuple[str, list]]:
    """Each part that may be repeated without end, and a text that leads to it."""
    for operator, argument in items:
        name = str(operator)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, body = argument
            if most > 30:
                yield prefix, list(body)
            yield from _repeats(list(body), prefix)
        elif name == "SUBPATTERN":
            yield from _repeats(list(argument[-1]), prefix)
        elif name == "BRANCH":
            for branch in argument[1]:
                yield from _repeats(list(branch), prefix)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _repeats(list(argument[1]), prefix)
        prefix += next(iter(_samples([(operator, argument)])), "")


def _samples(items: list) -> list[str]:
    """A few texts that match."""
    texts = [""]
    for operator, argument in items:
        name = str(operator)
        more = [""]
        if name == "LITERAL":
            more = [chr(argument)]
        elif name == "NOT_LITERAL":
            more = ["a" if argument != ord("a") else "b"]
        elif name == "ANY":
            more = ["a"]
        elif name == "IN":
            more = _of_set(argument)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            fewest, most, body = argument
            more = [each * max(fewest, min(1, most)) for each in _samples(list(body))]
        elif name == "SUBPATTERN":
            more = _samples(list(argument[-1]))
        elif name == "BRANCH":
            more = [each for branch in argument[1] for each in _samples(list(branch))[:2]]
        texts = [text + each for text in texts[:3] for each in more[:6]]
    return texts[:8]


def _of_set(members: list) -> list[str]:
    if str(members[0][0]) == "NEGATE":
        known = {chr(value) for kind, value in members[1:] if str(kind) == "LITERAL"}
        return [each for each in ("a", " ", "1", "\\", ",") if each not in known][:3]
    of_category = {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "1", "CATEGORY_WORD": "a", "CATEGORY_NOT_WORD": " ",
                   "CATEGORY_NOT_SPACE": "a", "CATEGORY_NOT_DIGIT": "a"}  # fmt: skip
    found = []
    for kind, value in members:
        if str(kind) == "LITERAL":
            found.append(chr(value))
        elif str(kind) == "RANGE":
            found.append(chr(value[0]))
        elif str(kind) == "CATEGORY":
            found.append(of_category[str(value)])
    return found


USED: dict[str, Callable[[re.Pattern[str], str], object]] = {
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
}


def slowest(pattern: re.Pattern[str], methods: set[str]) -> tuple[float, str]:
    """How long the expression takes at most, and for which text."""
    worst = (0.0, "")
    for text in [*sorted(attacks(pattern)), *(pump * (LENGTH // len(pump)) + "\0" for pump in PUMPS)]:
        for method in sorted(methods):
            start = time.process_time()
            USED.get(method, lambda pattern, text: [*pattern.finditer(text)])(pattern, text)
            worst = max(worst, (time.process_time() - start, text[:60]))
    return worst


ALL = expressions()


def test_the_expressions_are_found():
    assert len(ALL) > 150


@pytest.mark.parametrize(("pattern", "methods"), ALL.values(), ids=ALL)
def test_no_text_makes_an_expression_slow(pattern, methods):
    seconds, text = slowest(pattern, methods)
    assert seconds < SECONDS, f"{seconds:.1f} s on {text!r}…"
