"""Sentences that may declare: their words and formulas, and whether the words declare.

A sentence declares where it opens with one of OPENERS.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checker.reading.layout.pieces import Gap as Separator
from checker.reading.layout.pieces import Member, Piece, Remark, Sign
from checker.reading.tex.items import text_of
from checker.reading.tex.signs import DOTS

OPENERS = re.compile(
    r"^\W*(?:\(?(?:[ivx]{1,4}|[a-h]|\d{1,2})[.)]\s*)?"
    r"(?:(?:and|also|now|we|i|then|so|first|next|again|throughout|that is|i\.e\.)\W+)*"
    r"(given|let|assume|assuming|suppose|define|denote|write|consider|here|where|with|for|"
    r"under|subject to|(?:the )?naive bayes(?: \w+)? assum\w+)\b",
    re.IGNORECASE,
)
"""How a sentence that declares opens, perhaps behind its number in a list."""


NO_DECLARATION = re.compile(
    r"\b(?:show|shows|prove|proves|verify|compute|calculate|derive|evaluate|simplify|expand|differentiate|rewrite|"
    r"solve|check|see|conclude|get|gets|obtain|find|claim|want|wants|wish|aim|whether|if|unless|not|false|no(?!\.)|never|cannot|can't|contradiction|would|should|could|might|guess|conjecture|goal|proof|"
    r"impossible|wrong|when|whenever|except|in case|it follows|we have|yields?|gives?|implies|neither|nor|isn't|"
    r"doesn't|aren't)\b",
    re.IGNORECASE,
)
"""Words of sentences that speak of something without saying that it holds."""


SPOKEN_OF = re.compile(
    r"\?|\b(?:show|shows|showing|prove|proves|proving|verify|check|claims?|wants?|wish|aim|whether|if|unless|not|false|no(?!\.)|"
    r"never|cannot|can't|contradiction|would|should|could|might|guess|conjecture|goal|impossible|wrong|when|whenever|"
    r"except|neither|nor|isn't|doesn't|aren't|were|had|suppose|assum\w+|otherwise|mistake|error|typo|case)\b",
    re.IGNORECASE,
)
"""Words of sentences that speak of an equation without saying that it holds."""


_SAID = (
    r"(?:(?:is|are|being|be|an?|the|of|all|both|real|positive|negative|invertible|symmetric|square|fixed|known|random|"
    r"variables?|vectors?|matrix|matrices|scalars?|constants?|parameters?|numbers?|integers?|data|samples?|observations?|"
    r"labels?|one-?hot|encodings?|features?|identity|non-?zero|non-?negative|distinct|unknown|does|do|not|depend|on|independent|i\.?\s?i\.?\s?d|"
    r"for|each|every|any|and|our|some|its|full|rank|column|row|diagonal|orthogonal|model|class|size|set|where|with|"
    r"joint|conditional|marginal|probability|probabilities|weights?|values?|means?|variances?|counts?|targets?)[^\w:?]+)*"
)


MODEL = re.compile(
    r"\b(?:models?|generat\w+|factori[sz]\w*|markov|bayes\w*|naive|graphical|network|mixture|hierarch\w+|latent|drawn|sampled)\b"
)
"""Words by which the probabilities of a sentence say how the data arise, and not only what they are."""


BEFORE_FIRST = re.compile(
    r"\W*(?:(?:and|also|now|we|i|throughout|then|next|first|moreover|further|furthermore|let|us|given|assume|assuming|suppose|define|"
    r"denote|write|consider|here|with|under|subject|to|where|by|that|the|our|an?|class|model|prior|priors|constraints?|conditions?|fact|"
    r"assumptions?|naive|bayes|conditional|independence)[^\w:?]*)+"
)
"""The words from the opening of a sentence to a fact that it states; a conclusion or an aside has others."""


BEFORE_FACT = re.compile(
    rf"[^\w:?]*{_SAID}[^\w:?]*(?:(?:and|also|with|where|such|that|subject|to|satisfying|satisfy|satisfies|under|model|"
    r"the|an?|class|prior|priors|constraints?|conditions?|fact|by|we|have|given|likelihood)[^\w:?]*)*"
)
"""The words between what a sentence declares and a fact that it goes on with."""


_NOUNS = re.compile(
    r"\W*(?:be|is|are|denotes?|represents?|stands? for)\s+(?:[\w'-]+\s+){0,6}[\w'-]+\s*"
    r"(?:[,;(]|\b(?:with|such that|satisfying|where|so that|subject to)\b)\W*"
    r"(?:and|with|where|so that|such that|satisfying)?\W*"
)
"""What a name is called, before a fact on it."""


def is_called(words: str) -> bool:
    """Words between a name and a fact that only say what the name is called: "be a one-hot vector, with"."""
    return bool(_NOUNS.fullmatch(words)) and not (
        DOUBT.search(words) or SPOKEN_OF.search(words) or NO_DECLARATION.search(words) or CONCLUSION.search(words)
    )


_CONSTRAINT = re.compile(
    r"\W*(?:with|under|given|subject to)\s+(?:the\s+|a\s+|our\s+)?(?:\w+\s+)?"
    r"(?:constraints?|conditions?|normali[sz]ation)(?:\s+that)?\W*",
    re.IGNORECASE,
)


def constraint(clauses: Sequence[Clause]) -> list[Clause]:
    """ "With the constraint $…$" alone, whatever the sentence goes on with; else the clauses as they are."""
    if len(clauses) > 1 and isinstance(clauses[0], Said) and _CONSTRAINT.fullmatch(clauses[0].text):
        return list(clauses[:2])
    return list(clauses)


_NOUN_PHRASE = re.compile(
    r"\W*(?:(?:and|with|where|whose|having|of|consider|given|let|here)\W+)*(?:[a-z][\w-]*\s+){0,7}\W*"
)


def only_names(words: str) -> bool:
    """Words before the formula of a new name that only say what it is: "consider a network with hidden units"."""
    return bool(_NOUN_PHRASE.fullmatch(f"{words} ")) and not (
        DOUBT.search(words) or SPOKEN_OF.search(words) or NO_DECLARATION.search(words) or CONCLUSION.search(words)
    )


def states(words: str) -> bool:
    """Whether a sentence that has declared something goes on with a fact behind these words."""
    return bool(BEFORE_FACT.fullmatch(words)) or is_called(words)


CUE = re.compile(
    r"(?:^|(?<=[\s(,;:\[]))(?:only\s+(?:if|when|where|for|at|in)|if|when|whenever|unless|for|at|provided|assuming|supposing|"
    r"as\s+long\s+as|so\s+long\s+as|in\s+(?:the|this|that)\s+(?:special\s+|particular\s+)?case|in\s+case|case|\\forall)"
    r"(?:\s+(?:that|when|where|of|in|which|all|any|every|each|both|the|now|and\s+only\s+if|(?:\w|\d+|i{1,3})[.:)]))*[\s:]*$",
    re.IGNORECASE,
)
"""How words end behind which a relation is a condition."""


DOUBT = re.compile(
    r"\b(?:case|lemma|claims?|event|truth|come|were|had|students?|example|questions?|excluded|nobody|otherwise|often|"
    r"if|when|need|hold|possible|typo|mistake|error)\b"
)
"""Words beside an equation that is spoken of, and defines nothing."""
DEFINING = re.compile(
    r"^\W*(?:(?:and|also|now|we|i|throughout|then|so|first|next)\W+)*(?:let|define|denote|write|given|introduce|set|put)\b",
    re.IGNORECASE,
)


def defines(clauses: Sequence[Clause]) -> bool:
    """A sentence that opens as a definition, whatever its nouns."""
    return bool(clauses) and isinstance(clauses[0], Said) and bool(DEFINING.match(clauses[0].text))


AFTER_NO_FACT = re.compile(
    r"\W*(?:were\b|come\b|comes\b|by\b|because\b|fails?\b|otherwise\b|is (?:excluded|wrong|false|impossible|absurd)|\?"
    r"|in (?:the|this|that|one|some)\s(?:[\w-]+\s){0,3}(?:case|example|setting|limit)\b)"
    r"|.*\?\s*$|.*\bcontradict",
    re.IGNORECASE | re.DOTALL,
)
"""How words go on behind what is no fact."""


_SOMEWHERE = re.compile(r"\W*where\W*", re.IGNORECASE)
_THERE = re.compile(r"\W*(?:the|we|it|they|both|these|this|one|there)\b", re.IGNORECASE)
_CHANCE = re.compile(r"\W*(?:unknown|with\s+(?:high\s+)?probability)\b", re.IGNORECASE)


def is_place(before: str, after: str) -> bool:
    """Words around what holds at some points alone: "Where $x > 0$, the first is larger"."""
    return bool(_SOMEWHERE.fullmatch(before) and _THERE.match(after)) or bool(_CHANCE.match(after))


CONCLUSION = re.compile(
    r"\b(?:so|thus|hence|therefore|then|implies|consequently|whence|because|since|why)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Said:
    """Words of a sentence."""

    text: str


@dataclass(frozen=True)
class Chain:
    """Members of a formula with the signs between them."""

    members: tuple[Member, ...]
    signs: tuple[Sign, ...]


Clause = Said | Chain


_LED_IN = re.compile(
    r"(?:^|[,;:]|^\W*for\s(?:[a-z-]+\s+){1,4}?)\W*(?:(?:we|i|let us|let's)\s+)?"
    r"(?P<opener>(?:let|define|denote|write)\b)",
    re.IGNORECASE,
)
"""A clause behind a comma, or behind "for the variances", that opens as a definition."""


_INTRODUCING = re.compile(
    r"^\W*(?:now\W+|here\W+)?(?:(?:(?:we|i)\s+(?:have|observe|collect|are\s+(?:also\s+)?given)|there\s+(?:are|is)"
    r"|(?:our|the)\s+(?:data|data\s?set|training\s+set|sample)\s+(?:is|are|consists?\s+of|contains?))\b"
    r"(?=\W*(?:(?:an?|the|of|some|exactly|two|three|all|i\.?i\.?d\.?|labell?ed|training|independent|observed|binary|real)\W+)*"
    r"(?:data\w*|sets?|samples?|observations?|examples?|points?|instances?|class(?:es)?|features?|inputs?|measurements?|"
    r"documents?|images?|pairs?|variables?|labels?|pixels?)\b)|(?P<model>(?:our|the|this)\s+model\s+is\b))",
    re.IGNORECASE,
)
"""How a sentence introduces data or a model: "we have N samples", "the model is"."""


_FEW_WORDS = re.compile(r"\W*(?:[\w-]+\W*){0,2}")


def _introduced(clauses: Sequence[Clause]) -> list[Clause] | None:
    """A sentence that introduces data or a model, as one that opens as a declaration; None for another.

    "There are points with $a = b$" says of some what need not hold of all, and "there are $K = 3$ classes" a number.
    """
    words = " ".join(clause.text for clause in clauses if isinstance(clause, Said))
    match = _INTRODUCING.match(words)
    first = clauses[0] if clauses else None
    if match is None or not isinstance(first, Said) or match.end() > len(first.text):
        return None
    last = clauses[-1]
    counting = len(clauses) == 3 and not first.text[match.end() :].strip()
    counting = counting and isinstance(last, Said) and bool(_FEW_WORDS.fullmatch(last.text))
    if not match["model"] and not counting and any(isinstance(c, Chain) and _restricts(c) for c in clauses):
        return None
    opening = "assume the model" if match["model"] else "given"
    return [Said(opening + first.text[match.end() :]), *clauses[1:]]


_OPTIMISED = re.compile(r"\b(?:maxim|minim|optim|extrem)\w*|\bstationary\b", re.IGNORECASE)
_SUBJECT_TO = re.compile(
    r"\b(?P<subject>subject to|under)\b\s*"
    r"(?P<rest>(?:the\s+|an?\s+)?(?:\w+\s+){0,2}?(?:constraints?|conditions?)?(?:\s+that)?\W*)$",
    re.IGNORECASE,
)
_DOUBTED = re.compile(
    r"\b(?:if|unless|whether|not|never|without|when|would|could|instead|relax\w*|drop\w*)\b", re.IGNORECASE
)


def _constrained(clauses: Sequence[Clause]) -> list[Clause] | None:
    """The constraint of a sentence that optimises: "subject to $g = c$" of "we maximise $f$ subject to $g = c$"."""
    before = ""
    for at, clause in enumerate(clauses):
        if not isinstance(clause, Said):
            continue
        before += f" {clause.text}"
        match = _SUBJECT_TO.search(clause.text)
        if match is None or not _OPTIMISED.search(before) or _DOUBTED.search(before) or "?" in before:
            continue
        if match["subject"].lower() == "subject to" or "constraint" in match["rest"].lower():
            return [Said(f"subject to {match['rest']}"), *clauses[at + 1 :]]
    return None


def _bounds(chain: Chain) -> bool:
    return any(sign.sign in ("<", ">", "<=", ">=", "!=") for sign in chain.signs)


def _restricts(chain: Chain) -> bool:
    """An equation or an inequality, and no set or range: $y_n \\in S$, $n = 1, \\dots, N$."""
    signs = [sign.sign for sign in chain.signs]
    ranged = signs == ["="] and any(text_of(item) in DOTS for item in chain.members[-1].items)
    return not ranged and any(sign != "in" for sign in signs)


def from_opening(clauses: Sequence[Clause]) -> list[Clause]:
    """The sentence from the clause that opens it as a definition: "for the variance, let …" from "let".

    As it is where it opens otherwise, or where what stands before that clause says that something need not hold. The
    inequalities before it are kept: "for $n > 1$, let …".
    """
    introduced = _introduced(clauses) or _constrained(clauses)
    if introduced is not None:
        return introduced
    words = ""
    for at, clause in enumerate(clauses):
        if not isinstance(clause, Said):
            continue
        match = _LED_IN.search(clause.text)
        before = words + (clause.text[: match.start("opener")] if match else clause.text)
        if SPOKEN_OF.search(before) or NO_DECLARATION.search(before) or CONCLUSION.search(before):
            return list(clauses)
        if match and (at or match.start("opener")):
            bounds = [each for each in clauses[:at] if isinstance(each, Chain) and _bounds(each)]
            if bounds:
                opened = [part for each in bounds for part in (each, Said("and"))]
                return [
                    Said(f"{match['opener']} for"),
                    *opened,
                    Said(clause.text[match.end("opener") :]),
                    *clauses[at + 1 :],
                ]
            return [Said(clause.text[match.start("opener") :]), *clauses[at + 1 :]]
        if match or opens_declaration(words or clause.text) and DEFINING.match(words or clause.text):
            return list(clauses)
        words = before
    return list(clauses)


_NAMING = re.compile(
    r"\b(?:the|an?|our|its|this)\s+(?:(?!(?:fact|claims?|identity|equation|equality|formula|relation|statement|result|"
    r"property|case|condition|constraint|assumption|hypothesis|that|of|if|when|where|is|are|solution|expression|value|"
    r"line|step|answer|derivative|gradient|wrong|incorrect|false|old|former|previous|hypothetical)\b)[A-Za-z][\w-]*\s+){1,4}$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"^\s*,?\s*(?:satisf(?:y|ies)|is|has|are|can|maps?|takes|belongs|obeys?|depends|attains|grows|which|whose)\b",
    re.IGNORECASE,
)


_STATED = re.compile(
    r"^\W*(?:(?:now|here|finally|then|and|also|next)\W+)*(?:the|our|its|an?)\s+(?:[\w-]+\s+){0,3}"
    r"(?:loss|cost|objective|error|risk|energy|lagrangian|function|outputs?|predictions?|residuals?|activations?|network|"
    r"kernel|score|density|pdf|pmf|sigmoid|softmax)\s+"
    r"(?:(?:is|are)(?:\s+(?:given|defined)\s+(?:by|as|to\s+be))?|reads|equals)\W*$",
    re.IGNORECASE,
)


def appositions(clauses: Sequence[Clause]) -> list[Chain]:
    """The formulas of what a noun is: of "the loss is $L = …$", and of "the map $f(a) = …$ is odd"."""
    found = [
        here for before, here, after in zip(clauses, clauses[1:], clauses[2:], strict=False)
        if isinstance(before, Said) and isinstance(here, Chain) and isinstance(after, Said)
        and _NAMING.search(before.text) and _VERB.match(after.text)
    ]  # fmt: skip
    first = clauses[1] if len(clauses) > 1 and isinstance(clauses[0], Said) and _STATED.match(clauses[0].text) else None
    return [*found, first] if isinstance(first, Chain) and first not in found else found


_WHERE = re.compile(r"^[\s,;]*(?:and\s+)?where\b", re.IGNORECASE)
_EXISTENCE = re.compile(r"\bthere\s+(?:is|are|exists?)\b", re.IGNORECASE)


def at_where(clauses: Sequence[Clause]) -> int:
    """Where "where …" behind a formula begins within a sentence: what stands from there declares. 0 where nothing does.

    Not in a sentence that speaks of something without saying that it holds.
    """
    for at, clause in enumerate(clauses[1:], 1):
        if isinstance(clause, Said) and isinstance(clauses[at - 1], Chain) and _WHERE.match(clause.text):
            before = " ".join(each.text for each in clauses[:at] if isinstance(each, Said))
            return 0 if SPOKEN_OF.search(before) or _EXISTENCE.search(before) else at
    return 0


def opens_declaration(words: str) -> bool:
    """Whether a sentence that begins with these words declares."""
    return bool(OPENERS.match(words.lstrip()))


def chains_of(pieces: Sequence[Piece]) -> list[Clause]:
    """The chains of a formula between its commas and words, and its words."""
    found: list[Clause] = []
    members: list[Member] = []
    signs: list[Sign] = []

    def close() -> None:
        if members:
            found.append(Chain(tuple(members), tuple(signs[: len(members) - 1])))
        members.clear()
        signs.clear()

    for piece in pieces:
        if isinstance(piece, Member):
            if len(members) > len(signs):
                close()
            members.append(piece)
        elif isinstance(piece, Sign):
            if members:
                signs.append(piece)
        elif isinstance(piece, Remark) and members and len(members) == len(signs):
            found.append(Said(piece.words))  # over the sign
        else:
            close()
            if isinstance(piece, Remark):
                found.append(Said(piece.words))
            elif isinstance(piece, Separator) and piece.word in ("and", "or"):
                found.append(Said(piece.word))
    close()
    return found


_TELLING = re.compile(
    r"\b(?:says?|indicat\w+|tells?|denot\w+|records?|encod\w+|means?|states?|marks?)\s+(?:whether|if)\b", re.IGNORECASE
)
"""What a name tells: "$x_{nd}$ says whether word $d$ occurs"."""


_SUPPOSED = re.compile(r"^(\W*(?:suppose|assume|consider)\s(?:that\s)?)we have\b", re.IGNORECASE)
"""What is supposed, and not found: "suppose we have $N$ samples"."""


_HEDGED = re.compile(
    r"\b(?:possibly|perhaps|maybe|sometimes|typically|usually|mostly|generally|in general|probably|(?:un)?likely|"
    r"rarely|seldom|hardly|nearly|almost(?!\s+(?:surely|everywhere))|fail(?:s|ed|ing)?|violat\w+|drop(?:s|ped|ping)?|remov\w+|"
    r"relax\w*|ignor\w+|abandon\w*|there\s+exists?|"
    r"instead|rather than|opposite|contrary|converse|negation|negat(?:e|es|ed|ing)|"
    r"denied|"
    r"too\s+(?:strong|weak|strict)|remains?\s+to|yet\s+to|or\s+(?:less|more|else)|excluding|barring|"
    r"without(?!\s+(?:loss|replacement)))\b",
    re.IGNORECASE,
)
"""Words beside an equation or an inequality that may take back what it says: "possibly $x > 0$", "is violated"."""


def declares(clauses: Sequence[Clause]) -> bool:
    """Whether the words of a sentence leave no doubt that it declares."""
    words = " ".join(clause.text for clause in clauses if isinstance(clause, Said))
    words = re.sub(r"(?:does|do) not depend|not (?:equal to )?(?:zero|0)\b", "", words)
    words = _TELLING.sub("", words)
    words = _SUPPOSED.sub(r"\1", words)
    if NO_DECLARATION.search(words):
        return False
    if _HEDGED.search(words) and any(isinstance(clause, Chain) and _restricts(clause) for clause in clauses):
        return False
    return not any(isinstance(c, Said) and c.text.strip().lower() == "or" for c in clauses)


_HOLDING = re.compile(
    r"\b(?:hold|holding|keep|keeping|treat|treating|with|regard|regarding|take|taking)(?:\s+[\w'-]+){0,4}\s*$",
    re.IGNORECASE,
)
_FIXED = re.compile(r"\s*(?:(?:to be|being|held|kept|as)\s+)*(?:an?\s+)?(?:fixed|constants?)\b", re.IGNORECASE)
_FIXING = re.compile(
    r"\b(?:fix|fixing|for fixed|given fixed|holding fixed|keeping fixed)(?:\s+[\w'-]+){0,3}\s*$", re.IGNORECASE
)


_HELD = re.compile(
    r"\s*(?:is|are)\s+(?:(?:now|then|all|both)\s+)*(?:(?:held|kept|considered)\s+(?:fixed|constant)"
    r"|(?:treated|regarded|considered)\s+as\s+(?:an?\s+)?(?:fixed|constants?))\b",
    re.IGNORECASE,
)


def holds_fixed(before: str, after: str) -> bool:
    """Words around a name that hold it fixed: "we hold the $r_{nk}$ fixed", "treating $r$ as a constant"."""
    if SPOKEN_OF.search(before):
        return False
    return bool(_HOLDING.search(before) and _FIXED.match(after) or _FIXING.search(before) or _HELD.match(after))


_MAIN = re.compile(
    r"(?:\s*,\s*|\s*(?=we\b))(?:(?:we|this|these|it|one|you|which|the|that|both|each|equation|eq\.?|first|second|last|former|latter|gradient|"
    r"derivative|solution|posterior|likelihood|result|sum|expression|loss|model)\s+){1,4}"
    r"(?:then\s+|thus\s+|can\s+(?:be\s+)?|now\s+|also\s+|therefore\s+|easily\s+|immediately\s+)*"
    r"(?:get|gets|obtain|find|have|see|gives?|yields?|becomes?|written|rewritten|rewrite|write|simplif\w+|compute|derive|"
    r"evaluate|expand|differentiate|solve|is|are|reads?|satisf\w+)\b",
    re.IGNORECASE,
)
"""A comma and the main clause of a sentence: ", we get", ", the first gives"."""


_WITH = re.compile(r"\W*(?:\(?\w[.)]\s*)?(?:with|given|let|define)\b", re.IGNORECASE)


def before_main_clause(clauses: Sequence[Clause]) -> list[Clause]:
    """What a sentence declares before it says what follows: "with $m = …$" of "with $m = …$, we get"."""
    for at, clause in enumerate(clauses):
        if not isinstance(clause, Said) or not _MAIN.match(clause.text):
            continue
        stated = {sign.sign for c in clauses[:at] if isinstance(c, Chain) for sign in c.signs}
        first = clauses[0].text if isinstance(clauses[0], Said) else ""
        signs = {"=", ":=", "in"} | ({">", "<"} if _WITH.match(first) and "=" in stated else set())
        if stated and stated <= signs:  # else x > 0 may be a condition of what follows
            rest = " ".join(c.text for c in clauses[at:] if isinstance(c, Said))
            return list(clauses) if SPOKEN_OF.search(rest) or "contradict" in rest else list(clauses[:at])
    return list(clauses)


def before_conclusion(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses up to "so", "then", …, behind which a sentence declares no more."""
    found: list[Clause] = []
    for clause in clauses:
        if (
            isinstance(clause, Said)
            and any(isinstance(each, Chain) for each in found)
            and (conclusion := CONCLUSION.search(clause.text))
        ):
            return [*found, Said(clause.text[: conclusion.start()])]
        found.append(clause)
    return found
