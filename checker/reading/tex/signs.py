"""The signs of written mathematics: tables of LaTeX commands and Unicode characters, and what each means."""

from __future__ import annotations

from checker.notation.names import LETTERS, LETTERS_TO_NAMES

RELATIONS = {
    "=": "=", r"\equiv": "=", r"\doteq": "=", "<": "<", ">": ">", r"\lt": "<", r"\gt": ">", r"\le": "<=",
    r"\leq": "<=", r"\leqslant": "<=", r"\ge": ">=", r"\geq": ">=", r"\geqslant": ">=", "≤": "<=", "≥": ">=",
    r"\leqq": "<=", r"\geqq": ">=", r"\ne": "!=", r"\neq": "!=", "≠": "!=",
    r"\approx": "~=", r"\simeq": "~=", r"\cong": "~=", r"\thickapprox": "~=", "≈": "~=", "≃": "~=",
    r"\sim": "~", r"\thicksim": "~", r"\backsim": "~", "∼": "~", r"\propto": "prop", r"\varpropto": "prop",
    "∝": "prop", r"\in": "in", "∈": "in", r"\notin": "notin", "∉": "notin", r"\subset": "subset",
    r"\subseteq": "subset", r"\supset": "superset", r"\supseteq": "superset", ":=": ":=", r"\coloneqq": ":=",
    r"\triangleq": ":=", r"\defeq": ":=", "≔": ":=", "≜": ":=", r"\colonequals": ":=", r"\eqdef": ":=",
    r"\ll": "<<", r"\gg": ">>", r"\succ": "succ", r"\succeq": "succeq", r"\prec": "prec", r"\preceq": "preceq",
    r"\perp": "perp", r"\bot": "perp", r"\gets": "<-", r"\leftarrow": "<-", r"\mapsto": "|->", "←": "<-",
    r"\nleq": "nle", r"\ngeq": "nge", r"\asymp": "~=",
}  # fmt: skip
"""Signs between the members of a chain."""

ARROWS = {
    r"\Rightarrow": "=>", r"\implies": "=>", r"\Longrightarrow": "=>", "⇒": "=>", r"\rightarrow": "=>", r"\to": "=>",
    r"\longrightarrow": "=>", "→": "=>", "⟹": "=>", r"\leadsto": "=>", r"\iff": "<=>", r"\Leftrightarrow": "<=>",
    r"\Longleftrightarrow": "<=>", "⇔": "<=>", "⟺": "<=>", r"\leftrightarrow": "<=>", r"\Leftarrow": "<=",
    r"\impliedby": "<=", r"\Longleftarrow": "<=", "⇐": "<=",
}  # fmt: skip
"""Signs between statements."""

OPENINGS = {r"\therefore", "∴", r"\because", "∵", r"\bullet", r"\star"}
"""Signs before a statement that claim no more than the statement does."""

ADDITIVE = {"+": 1, "-": -1, "−": -1, "–": -1, r"\pm": 2, r"\mp": -2, "±": 2, "∓": -2}
"""Signs of terms: 1 and −1; 2 and −2 where both are meant, the upper one first or the lower one."""
MULTIPLICATIVE = {r"\cdot", r"\times", "*", "·", "×", "⋅", r"\ast", "∗", r"\bullet"}
DIVISION = {"/", r"\div", "÷"}
DOT = {r"\cdot", "·", "⋅", r"\bullet"}
"""The signs of an inner product of vectors."""
DOTS = {
    r"\dots",
    r"\hdots",
    r"\ldots",
    r"\cdots",
    r"\dotsc",
    r"\dotsb",
    r"\dotsm",
    r"\dotso",
    r"\vdots",
    r"\ddots",
    "…",
    "⋯",
}

OPENING = {"(": "()", "[": "[]", r"\{": "{}", r"\lbrace": "{}", r"\lbrack": "[]", r"\langle": "⟨⟩", r"\lvert": "||",
           r"\lVert": "‖‖", r"\lceil": "⌈⌉", r"\lfloor": "⌊⌋"}  # fmt: skip
CLOSING = {")": "()", "]": "[]", r"\}": "{}", r"\rbrace": "{}", r"\rbrack": "[]", r"\rangle": "⟨⟩", r"\rvert": "||",
           r"\rVert": "‖‖", r"\rceil": "⌈⌉", r"\rfloor": "⌊⌋"}  # fmt: skip
BARS = {
    "|": "||",
    r"\vert": "||",
    r"\|": "‖‖",
    r"\Vert": "‖‖",
    r"\mid": "||",
    "∣": "||",
    "‖": "‖‖",
    r"\Arrowvert": "‖‖",
}

FUNCTIONS = {
    name: name
    for name in ("log", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "arcsin",
                 "arccos", "arctan", "max", "min", "det", "tr", "sgn", "arsinh", "artanh", "arcosh", "sup", "inf",
                 "gcd", "dim", "rank", "diag")
} | {"ln": "log", "lg": "lg", "Tr": "tr", "trace": "tr", "sign": "sgn", "sqrt": "sqrt", "asin": "arcsin",
     "acos": "arccos", "atan": "arctan", "Exp": "exp", "Log": "log"}  # fmt: skip
"""Names of functions, as commands, as \\operatorname{…} and \\text{…}, and as plain letters."""

PLAIN_FUNCTIONS = frozenset(
    "log ln exp sin cos tan sinh cosh tanh sqrt max min arcsin arccos arctan argmax argmin det rank diag tr Tr "
    "trace".split()
)
"""Those that plain letters in a row are taken for."""

BIG = {r"\sum": "sum", r"\prod": "product", "∑": "sum", "∏": "product", r"\int": "integral", "∫": "integral",
       r"\iint": "integral", r"\oint": "integral", r"\lim": "limit", r"\bigcup": "union", r"\bigcap": "intersection",
       r"\coprod": "coproduct", r"\bigoplus": "directsum"}  # fmt: skip
LIMITED = {"max": "max", "min": "min", "argmax": "argmax", "argmin": "argmin", "sup": "sup", "inf": "inf"}
"""Functions that become big operators when something stands below them."""

ACCENTS = {
    r"\hat": "hat", r"\widehat": "hat", r"\bar": "bar", r"\overline": "bar", r"\tilde": "tilde",
    r"\widetilde": "tilde", r"\dot": "dot", r"\ddot": "ddot", r"\check": "check", r"\breve": "breve",
    r"\acute": "acute", r"\grave": "grave", r"\mathring": "ring", r"\underline": "underline",
}  # fmt: skip
STYLES = {
    r"\mathbf": "bold", r"\boldsymbol": "bold", r"\bm": "bold", r"\pmb": "bold", r"\bold": "bold",
    r"\mathcal": "script",
    r"\mathscr": "script", r"\mathfrak": "fraktur", r"\mathbb": "blackboard", r"\mathbbm": "blackboard",
    r"\mathds": "blackboard", r"\mathrm": "roman", r"\mathsf": "roman", r"\mathit": "", r"\mathnormal": "",
    r"\operatorname": "roman", r"\mathtt": "roman", r"\rm": "roman", r"\vec": "bold", r"\overrightarrow": "bold",
    r"\mathop": "roman", r"\mathbfit": "bold", r"\symbf": "bold",
}  # fmt: skip
"""Commands that change how letters look; bold and arrows make no new name."""

DROPPED = frozenset(
    r"\displaystyle \textstyle \scriptstyle \scriptscriptstyle \limits \nolimits \nonumber \notag \left \right \middle "
    r"\big \Big \bigg \Bigg \bigl \Bigl \biggl \Biggl \bigr \Bigr \biggr \Biggr \bigm \Bigm \noindent \centering "
    r"\normalsize \small \large \Large \scriptsize \footnotesize \allowdisplaybreaks \hline \par \strut \mathstrut "
    r"\bf \it \rm \sf \tt \cal \normalfont \mathopen \mathclose \mathbin \mathrel \mathord \mathinner \mathpunct "
    r"\relax \protect \ensuremath \null \hfil \hss \break \nobreak \indent \qedhere \qed \blacksquare \square".split()
)
"""Commands that change only how something looks."""
DROPPED_WITH_ARGUMENT = {
    r"\label": 1, r"\tag": 1, r"\hspace": 1, r"\vspace": 1, r"\color": 1, r"\phantom": 1, r"\hphantom": 1,
    r"\vphantom": 1, r"\ref": 1, r"\eqref": 1, r"\cite": 1, r"\footnote": 1, r"\mspace": 1, r"\kern": 0,
    r"\tag*": 1, r"\hypertarget": 1, r"\marginpar": 1, r"\index": 1, r"\fontsize": 2, r"\setlength": 2,
}  # fmt: skip
"""Commands that say nothing, with the number of their arguments."""
TRANSPARENT = {
    r"\boxed": 0, r"\fbox": 0, r"\framebox": 0, r"\cancel": 0, r"\bcancel": 0, r"\xcancel": 0, r"\colorbox": 1,
    r"\textcolor": 1, r"\fcolorbox": 2, r"\mathstrut": 0, r"\smash": 0, r"\underbrace": 0, r"\overbrace": 0,
    r"\mathclap": 0, r"\mathllap": 0, r"\mathrlap": 0, r"\Aboxed": 0, r"\uline": 0, r"\underline": 0, r"\emphbox": 0,
    r"\tcboxmath": 0, r"\hl": 0, r"\enclose": 1, r"\ensuremath": 0,
}  # fmt: skip
"""Commands around something that stays as it is, with the number of arguments before it."""
SHOWN = {
    **dict.fromkeys((r"\boxed", r"\fbox", r"\framebox", r"\Aboxed", r"\emphbox", r"\tcboxmath"), r"\boxed"),
    **dict.fromkeys((r"\cancel", r"\bcancel", r"\xcancel"), r"\cancel"),
}
"""Those that are shown around it, as the command that reports know."""
ARGUMENTS = {
    r"\frac": 2, r"\dfrac": 2, r"\tfrac": 2, r"\cfrac": 2, r"\nicefrac": 2, r"\sfrac": 2, r"\sqrt": 1, r"\binom": 2,
    r"\dbinom": 2, r"\tbinom": 2, r"\overset": 2, r"\underset": 2, r"\stackrel": 2, r"\substack": 1, r"\not": 1,
    r"\pmod": 1, r"\xrightarrow": 1, r"\xRightarrow": 1, r"\sideset": 2,
} | dict.fromkeys([*ACCENTS, *STYLES], 1)  # fmt: skip
"""Commands that take arguments, with their number."""

LETTER_COMMANDS = {rf"\{name}": name for name in LETTERS} | {
    r"\infty": "infinity", r"\hbar": "hbar", r"\Re": "Re", r"\Im": "Im", r"\emptyset": "emptyset", r"\top": "top",
    r"\intercal": "top", r"\dagger": "dagger", r"\imath": "i", r"\jmath": "j", r"\aleph": "aleph",
    r"\varnothing": "emptyset", r"\complement": "complement",
}  # fmt: skip

UNICODE = {
    "−": "-", "–": "-", "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "∑": r"\sum", "∏": r"\prod", "∂": r"\partial",
    "∇": r"\nabla", "∈": r"\in", "∞": r"\infty", "√": r"\sqrt", "′": "'", "’": "'", "·": r"\cdot", "×": r"\times",
    "…": r"\dots", "⋯": r"\dots", "∼": r"\sim", "≈": r"\approx", "∝": r"\propto", "⇒": r"\Rightarrow",
    "⇔": r"\Leftrightarrow", "→": r"\rightarrow", "∴": r"\therefore", "∵": r"\because", "∫": r"\int",
    "∣": "|", "∥": r"\|", "‖": r"\|", "⟨": r"\langle", "⟩": r"\rangle", "¬": r"\neg", "∀": r"\forall", "∪": r"\cup",
    "∩": r"\cap", "⊤": r"\top", "≜": r"\triangleq", "≔": ":=", "µ": r"\mu", "∆": r"\Delta", "∗": "*", "⋅": r"\cdot",
} | {form: rf"\{name}" for form, name in LETTERS_TO_NAMES.items()}  # fmt: skip
BLACKBOARD = dict(zip("ℝℕℤℚℂ𝔼𝟙𝟏", "RNZQCE11", strict=True))
"""Letters that are printed in blackboard style."""
LATIN_LOOKS = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
"""Greek letters that look like Latin ones, and that LaTeX has no commands for."""
SUPERSCRIPT_DIGITS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
SUBSCRIPT_DIGITS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))

LABELS = frozenset(
    "new old ml map mle max min opt train test ols ridge lasso true false model data prior post posterior gen disc "
    "pred obs tot total total avg mean in out ref eff null init final total ke pe kl ce mse rmse and or if up down "
    "cv emp est reg sc pr th nd st".split()
)
"""Subscripts of several letters that are words."""
