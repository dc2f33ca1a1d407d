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
import warnings
from collections.abc import Iterator

import pytest

import checker

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _parser as parser  # type: ignore[attr-defined]

METHODS = {"compile", "match", "search", "sub", "fullmatch", "split", "findall", "finditer"}
LENGTH = 3_000
SECONDS = 0.5
"""At this length what takes quadratic time takes a tenth of it, and what takes cubic time minutes."""
PUMPS = ("a", "A", "1", " ", "\n", "\t", "\\", "$", "{", "}", "(", ")", "[", "]", ",", ".", "-", ">", "<", "_", "^", "=", "|", "é",
         "a ", " a", "1 ", "1.", ",1", "a,", "\\a", "\\\\", "{}", "()", "[]", "$$", "a\n", "\n>", "> ", "- ", "`", "~", "\\{", "'a", "&",
         "and ", "the ", "we ", "is the ", "\n\n", " \n", "\t\n", "a\t", "#", "%", "!", "\\a{", "\\a[", "*", ":", ";")  # fmt: skip


def expressions() -> dict[str, re.Pattern[str]]:
    """The regular expressions by where they stand."""
    found = {}
    for module in pkgutil.walk_packages(checker.__path__, "checker."):
        if module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        for node in ast.walk(ast.parse(source := open(loaded.__file__, encoding="utf-8").read())):
            if _is_of_re(node):
                for number, pattern in enumerate(_patterns(node, loaded.__dict__, source)):
                    found[f"{module.name}:{node.lineno}" + (f":{number}" if number else "")] = pattern
    return found


def _is_of_re(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in METHODS
    )


def _patterns(call: ast.Call, names: dict[str, object], source: str) -> Iterator[re.Pattern[str]]:
    flags = [word.value for word in call.keywords if word.arg == "flags"] + call.args[1:2] * (call.func.attr == "compile")
    flags += call.args[2:3] * (call.func.attr in ("match", "search", "fullmatch", "split", "findall"))
    try:
        chosen = eval(compile(ast.Expression(flags[0]), "flags", "eval"), dict(names)) if flags else 0
        text = eval(compile(ast.Expression(call.args[0]), "pattern", "eval"), dict(names))
    except NameError:  # made of what a call is given
        return
    yield text if isinstance(text, re.Pattern) else re.compile(text, chosen)


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


def slowest(pattern: re.Pattern[str]) -> tuple[float, str]:
    worst = (0.0, "")
    for text in sorted(attacks(pattern)) + [pump * (LENGTH // len(pump)) + "\0" for pump in PUMPS]:
        start = time.process_time()
        for _ in pattern.finditer(text):
            pass
        pattern.fullmatch(text)
        worst = max(worst, (time.process_time() - start, text[:60]))
    return worst


ALL = expressions()


def test_the_expressions_are_found():
    assert len(ALL) > 150


@pytest.mark.parametrize("pattern", ALL.values(), ids=ALL)
def test_no_text_makes_an_expression_slow(pattern):
    seconds, text = slowest(pattern)
    assert seconds < SECONDS, f"{seconds:.1f} s on {text!r}…"
