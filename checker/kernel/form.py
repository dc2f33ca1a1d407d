"""Forms: sums of monomials over canonical atoms, with rational coefficients and integer or rational exponents.

    Atom    a canonical thing that field arithmetic does not look into: a symbol, x[n], a log, a sum, an indicator
    Mono    ((atom, exponent), …) sorted by the atoms' keys; negative exponents are divisions
    Form    {mono: coefficient}; no zero coefficients

Equal keys mean equal things: keys are built from canonical parts only, bound indices being named by their level.
Large products and all factorisation are FLINT's (fmpq_mpoly).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

Exponent = int | Fraction
Mono = tuple[tuple["Atom", Exponent], ...]

MAX_TERMS = 20_000
MAX_DIGITS = 4_000
MAX_KEY = 200_000
MAX_DEGREE = 2_000
MAX_EXPONENT = 10**9


class OutsideTheories(Exception):
    """No allowed theory knows the construct, or deciding it would exceed the limits; the message names it."""


class NoTheory(OutsideTheories):
    """No theory knows the construct."""


class Atom:
    """A canonical atom: `head` names its theory's kind, `args` are forms, strings or tuples of such.

    free: the names of the free symbols inside; level: the height of binders inside, which names bound indices.
    positive ⊂ nonnegative ⊂ real; nonzero and integer are what is known of its value. `combines` says that products
    with it have laws of their own (1[a=b]² = 1[a=b], i² = −1), found by its head.
    """

    __slots__ = ("head", "args", "key", "free", "level", "positive", "nonnegative", "real", "nonzero", "integer",
                 "combines", "_hash")  # fmt: skip

    def __init__(
        self,
        head: str,
        args: tuple[Any, ...],
        *,
        free: frozenset[str] | None = None,
        positive: bool = False,
        nonnegative: bool = False,
        real: bool = False,
        nonzero: bool = False,
        integer: bool = False,
        combines: bool = False,
        level: int | None = None,
    ) -> None:
        self.head, self.args = head, args
        self.key = f"{head}({','.join(map(_key, args))})"
        if len(self.key) > MAX_KEY:
            raise OutsideTheories("an expression that is too large to write out")
        self.free = _free(args) if free is None else free
        self.level = _level(args) if level is None else level
        self.positive = positive
        self.nonnegative = nonnegative or positive
        self.real = real or self.nonnegative
        self.nonzero = nonzero or positive
        self.integer = integer
        self.combines = combines
        self._hash = hash(self.key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Atom) and self.key == other.key)

    def __repr__(self) -> str:
        return self.key


def _key(arg: Any) -> str:
    if isinstance(arg, (Form, Atom)):
        return arg.key
    if isinstance(arg, tuple):
        return "[" + ",".join(map(_key, arg)) + "]"
    return str(arg)


def _free(args: tuple[Any, ...]) -> frozenset[str]:
    names: frozenset[str] = frozenset()
    for arg in args:
        if isinstance(arg, (Form, Atom)):
            names |= arg.free
        elif isinstance(arg, tuple):
            names |= _free(arg)
    return names


def _level(args: tuple[Any, ...]) -> int:
    level = 0
    for arg in args:
        if isinstance(arg, (Form, Atom)):
            level = max(level, arg.level)
        elif isinstance(arg, tuple):
            level = max(level, _level(arg))
    return level


class Form:
    """An immutable sum of monomials. Arithmetic is exact; products apply the laws of combining atoms."""

    __slots__ = ("terms", "_key", "_free", "_level")

    def __init__(self, terms: dict[Mono, fmpq]) -> None:
        self.terms = terms
        self._key: str | None = None
        self._free: frozenset[str] | None = None
        self._level: int | None = None

    @property
    def key(self) -> str:
        if self._key is None:
            self._key = "+".join(sorted(f"{c}*{mono_key(m)}" for m, c in self.terms.items())) or "0"
        return self._key

    @property
    def free(self) -> frozenset[str]:
        if self._free is None:
            self._free = frozenset().union(*(atom.free for mono in self.terms for atom, _ in mono if atom.free))
        return self._free

    @property
    def level(self) -> int:
        if self._level is None:
            self._level = max((atom.level for mono in self.terms for atom, _ in mono), default=0)
        return self._level

    def atoms(self) -> set[Atom]:
        return {atom for mono in self.terms for atom, _ in mono}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Form) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(self.key)

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __repr__(self) -> str:
        return self.key

    def __iter__(self) -> Iterator[tuple[Mono, fmpq]]:
        return iter(self.terms.items())

    def __len__(self) -> int:
        return len(self.terms)

    @property
    def is_number(self) -> bool:
        return not self.terms or (len(self.terms) == 1 and () in self.terms)

    @property
    def number(self) -> fmpq:
        """The value of a form without atoms."""
        return self.terms.get((), ZERO_Q)

    @property
    def integer_value(self) -> int | None:
        """The value as an integer, where it is one."""
        if not self.is_number:
            return None
        value = self.number
        return int(value.p) if value.q == 1 else None

    @property
    def single(self) -> tuple[Mono, fmpq] | None:
        """The only term, where there is just one."""
        return next(iter(self.terms.items())) if len(self.terms) == 1 else None

    @property
    def lone_atom(self) -> Atom | None:
        """The atom, where the form is one atom and nothing else."""
        if len(self.terms) != 1:
            return None
        mono, coefficient = next(iter(self.terms.items()))
        return mono[0][0] if coefficient == 1 and len(mono) == 1 and mono[0][1] == 1 else None

    def __add__(self, other: Form) -> Form:
        if not other.terms:
            return self
        if not self.terms:
            return other
        small, large = (self, other) if len(self) <= len(other) else (other, self)
        terms = dict(large.terms)
        for mono, c in small.terms.items():
            known = terms.get(mono)
            total = c if known is None else known + c
            if total:
                terms[mono] = total
            else:
                del terms[mono]
        return Form(terms)

    def __neg__(self) -> Form:
        return Form({m: -c for m, c in self.terms.items()})

    def __sub__(self, other: Form) -> Form:
        return self + -other

    def scale(self, factor: Any) -> Form:
        """The form times a rational number."""
        if factor == 1:
            return self
        factor = fmpq(factor)
        return Form({m: c * factor for m, c in self.terms.items()}) if factor else ZERO

    def __mul__(self, other: Form) -> Form:
        if not self.terms or not other.terms:
            return ZERO
        if self.is_number:
            return other.scale(self.number)
        if other.is_number:
            return self.scale(other.number)
        if len(self) * len(other) > MAX_TERMS:
            return _flint_product(self, other)
        if len(other) == 1:
            self, other = other, self
        terms: dict[Mono, fmpq] = {}
        special: list[Form] = []
        for m1, c1 in self.terms.items():
            for m2, c2 in other.terms.items():
                mono = mono_times(m1, m2)
                if combines(mono):
                    special.append(combined(mono).scale(c1 * c2))
                else:
                    known = terms.get(mono)
                    terms[mono] = c1 * c2 if known is None else known + c1 * c2
        result = Form({m: c for m, c in terms.items() if c})
        return total([result, *special]) if special else result

    def __pow__(self, exponent: int) -> Form:
        """A non-negative integer power."""
        if exponent == 0:
            return ONE
        if len(self) == 1:
            mono, c = next(iter(self.terms.items()))
            guard_power(c, exponent)
            if any(abs(Fraction(e) * exponent) > MAX_EXPONENT for _, e in mono):
                raise OutsideTheories(f"an exponent above {MAX_EXPONENT}")
            return combined(tuple((a, e * exponent) for a, e in mono)).scale(c**exponent)
        if exponent > 200 or len(self) ** min(exponent, 40) > 10**12 and exponent > 12:
            raise OutsideTheories(f"a sum of {len(self)} terms to the power {exponent} is too large to expand")
        half = self ** (exponent // 2)
        square = half * half
        return square * self if exponent % 2 else square


ZERO_Q = fmpq(0)
ONE_Q = fmpq(1)
ZERO = Form({})
ONE = Form({(): ONE_Q})


def guard_power(value: fmpq, exponent: int) -> None:
    """Refuse a power of a number with too many digits."""
    if value not in (1, -1) and max(abs(value.p), value.q).bit_length() * abs(exponent) > MAX_DIGITS * 4:
        raise OutsideTheories(f"a power with exponent {exponent} has too many digits")


def number(value: Any) -> Form:
    """The form of a rational number."""
    if isinstance(value, Fraction):
        value = fmpq(value.numerator, value.denominator)
    value = fmpq(value)
    return Form({(): value}) if value else ZERO


def of(atom: Atom, exponent: Exponent = 1) -> Form:
    """An atom to a power, by the laws of its head."""
    if exponent == 0:
        return ONE
    mono = ((atom, exponent),)
    return combined(mono) if atom.combines else Form({mono: ONE_Q})


def total(forms: Iterable[Form]) -> Form:
    """The sum of many forms."""
    terms: dict[Mono, fmpq] = {}
    for form in forms:
        for mono, c in form.terms.items():
            known = terms.get(mono)
            terms[mono] = c if known is None else known + c
    return Form({m: c for m, c in terms.items() if c})


def product(forms: Iterable[Form]) -> Form:
    """The product of many forms."""
    result = ONE
    for form in forms:
        result = result * form
        if len(result) > MAX_TERMS:
            raise OutsideTheories(f"more than {MAX_TERMS} terms when multiplied out")
    return result


def mono_key(mono: Mono) -> str:
    return "*".join(a.key if e == 1 else f"{a.key}^{e}" for a, e in mono) or "1"


def mono_times(left: Mono, right: Mono) -> Mono:
    """The merged product of two sorted monomials, without the laws of combining atoms."""
    if not left:
        return right
    if not right:
        return left
    exponents: dict[Atom, Exponent] = dict(left)
    for atom, exponent in right:
        exponents[atom] = exponents.get(atom, 0) + exponent
    return mono_of(exponents)


def mono_of(exponents: dict[Atom, Exponent]) -> Mono:
    items = [(a, whole(e)) for a, e in exponents.items() if e != 0]
    items.sort(key=lambda item: item[0].key)
    return tuple(items)


def whole(value: Exponent) -> Exponent:
    """An exponent as an integer, where it is one."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def combines(mono: Mono) -> bool:
    return any(atom.combines for atom, _ in mono)


Law = Callable[[Mono], Form | None]
LAWS: list[Law] = []
"""How monomials with combining atoms are rewritten; each theory adds its own. None: nothing to do."""


def combined(mono: Mono) -> Form:
    """The form of a monomial after the laws of its combining atoms, applied until none changes it."""
    if not combines(mono):
        return Form({mono: ONE_Q})
    for law in LAWS:
        rewritten = law(mono)
        if rewritten is not None:
            return rewritten
    return Form({mono: ONE_Q})


# --- FLINT -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _ring(generators: int) -> fmpq_mpoly_ctx:
    return fmpq_mpoly_ctx.get([f"g{i}" for i in range(max(generators, 1))], Ordering.degrevlex)


class Polynomials:
    """A ring of FLINT polynomials that several forms fit in: each atom a generator to a common root.

    `into` multiplies a form by a power of each atom so that no exponent is negative; `shift` holds those powers.
    """

    def __init__(self, forms: Iterable[Form]) -> None:
        forms = list(forms)
        low: dict[Atom, Exponent] = {}
        roots: dict[Atom, int] = {}
        everywhere: list[dict[Atom, int]] = []
        for form in forms:
            seen: dict[Atom, int] = {}
            everywhere.append(seen)
            for mono in form.terms:
                for atom, exponent in mono:
                    low[atom] = min(low.get(atom, exponent), exponent)
                    roots[atom] = lcm(roots.get(atom, 1), exponent.denominator)
                    seen[atom] = seen.get(atom, 0) + 1
            for atom, count in seen.items():
                if count < len(form.terms):
                    low[atom] = min(low[atom], 0)
        for atom in low:
            if any(atom not in seen for seen in everywhere):
                low[atom] = min(low[atom], 0)
        if any(max(roots[a], 1) > MAX_DEGREE for a in roots):
            raise OutsideTheories("roots of too many different degrees")
        self.atoms = sorted(low, key=lambda atom: atom.key)
        self.position = {atom: i for i, atom in enumerate(self.atoms)}
        self.low, self.roots = low, roots
        self.ring = _ring(len(self.atoms))

    def into(self, form: Form) -> fmpq_mpoly:
        """The polynomial of form · Π atom^(−low)."""
        entries = {}
        base = [int(-self.low[a] * self.roots[a]) for a in self.atoms] or [0]
        for mono, c in form.terms.items():
            exponents = list(base)
            for atom, exponent in mono:
                exponents[self.position[atom]] += int(exponent * self.roots[atom])
            if max(exponents) > MAX_DEGREE:
                raise OutsideTheories(f"a polynomial of degree {max(exponents)}")
            entries[tuple(exponents)] = c
        return self.ring.from_dict(entries)

    def monomial(self) -> Form:
        """Π atom^low, which `into` divided by."""
        return Form({mono_of({a: self.low[a] for a in self.atoms if self.low[a] != 0}): ONE_Q})

    def back(self, polynomial: fmpq_mpoly) -> Form:
        """The form of a polynomial, after the laws of combining atoms."""
        if len(polynomial) > MAX_TERMS:
            raise OutsideTheories(f"more than {MAX_TERMS} terms when multiplied out")
        terms: dict[Mono, fmpq] = {}
        special: list[Form] = []
        for exponents, c in polynomial.to_dict().items():
            mono = tuple(
                (a, whole(Fraction(int(e), self.roots[a]))) for a, e in zip(self.atoms, exponents, strict=False) if e
            )
            if combines(mono):
                special.append(combined(mono).scale(c))
            else:
                terms[mono] = c
        return total([Form(terms), *special]) if special else Form(terms)


def _flint_product(left: Form, right: Form) -> Form:
    if len(left) * len(right) > MAX_TERMS * 500:
        raise OutsideTheories(f"a product of {len(left)} and {len(right)} terms is too large to expand")
    first, second = Polynomials([left]), Polynomials([right])
    shift = first.monomial() * second.monomial()
    left, right = left * inverse_mono(first), right * inverse_mono(second)
    both = Polynomials([left, right])
    return both.back(both.into(left) * both.into(right)) * shift


def inverse_mono(ring: Polynomials) -> Form:
    return Form({mono_of({a: -ring.low[a] for a in ring.atoms if ring.low[a] != 0}): ONE_Q})


def factors(form: Form) -> tuple[fmpq, Mono, list[tuple[Form, int]]]:
    """form = coefficient · monomial · Π factor^multiplicity, the factors irreducible, primitive, of canonical sign."""
    if len(form.terms) == 1:
        mono, c = next(iter(form.terms.items()))
        return c, mono, []
    if _is_irreducible(form):
        unit = content(form)
        return unit, (), [(form.scale(1 / unit), 1)]
    ring = Polynomials([form])
    constant, parts = ring.into(form).factor()
    coefficient = fmpq(constant)
    shift = ring.monomial()
    found: list[tuple[Form, int]] = []
    for polynomial, multiplicity in parts:
        multiplicity = int(multiplicity)
        factor = ring.back(polynomial)
        if len(factor) == 1:
            term, c = next(iter(factor))
            coefficient *= c**multiplicity
            shift = shift * Form({tuple((a, e * multiplicity) for a, e in term): ONE_Q})
            continue
        unit = content(factor)
        coefficient *= unit**multiplicity
        found.append((factor.scale(1 / unit), multiplicity))
    found.sort(key=lambda pair: pair[0].key)
    single = shift.single
    if single is None:
        raise OutsideTheories("a factor that vanishes")
    return coefficient * single[1], single[0], found


def _is_irreducible(form: Form) -> bool:
    """Seen at once: no atom is in all terms, and one is in a single term, as in a x + b without common factors."""
    seen: dict[Atom, int] = {}
    factors: list[Atom] = []
    for mono in form.terms:
        for atom, exponent in mono:
            if exponent < 0 or atom.combines:
                return False
            seen[atom] = seen.get(atom, 0) + 1
            if exponent == 1:
                factors.append(atom)
    return all(count < len(form.terms) for count in seen.values()) and any(seen[atom] == 1 for atom in factors)


def content(form: Form) -> fmpq:
    """The rational c such that form/c has coprime integer coefficients and its first term (by key) is positive."""
    numerators, denominators = 0, 1
    for c in form.terms.values():
        numerators = gcd(numerators, int(c.p))
        denominators = lcm(denominators, int(c.q))
    first = min(form.terms, key=mono_key)
    size = fmpq(numerators, denominators)
    return size if form.terms[first] > 0 else -size
