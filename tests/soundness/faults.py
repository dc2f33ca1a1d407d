"""Faults for the kernel, one a row: a file of checker/kernel, what stands there, and what a mistake would make of it.

Each would let the kernel prove something false, or rests a proof on less than it needs; what looks so and is judged to
let nothing through says why.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """The first place in the module where `old` stands becomes `new`; `harmless`: why nothing false is proved then."""

    module: str
    what: str
    old: str
    new: str
    harmless: str = ""


def _of(module: str, *rows: tuple[str, ...]) -> list[Fault]:
    return [Fault(module, *row) for row in rows]


FAULTS: tuple[Fault, ...] = (
    *_of(
        "field",
        ("division by zero has no condition", "ctx.require(Condition(\"nonzero\", form, written", "(lambda *a, **k: None)(Condition(\"nonzero\", form, written"),
        ("what vanishes may be divided by", "    if not form or not reduced(form):\n        raise OutsideTheories(\"a division by zero, or the logarithm of zero\")\n    if", "    if"),
        ("a negative power is a positive one", "return inverse(base) ** -whole", "return base ** -whole"),
        ("the inverse keeps its coefficient", "combined(tuple((a, -e) for a, e in mono)).scale(1 / c)\n    c,", "combined(tuple((a, -e) for a, e in mono)).scale(c)\n    c,"),
        ("the common denominator is forgotten", "missing[atom] += int(exponent)", "missing[atom] += int(exponent) - 1"),
        ("a division with a remainder is exact", "return None if len(remainder) else", "return"),
        ("what is cancelled is not taken off the denominator", "            below[atom] -= 1\n    return above", "            below[atom] -= 2\n    return above"),
        ("what does not commute is commuted", "if not expression.is_commutative:", "if False:"),
        ("a law divides inside a sum", "if atom.head in dispatch.BINDERS:\n                yield", "if False:\n                yield"),
        ("what a law divides by at a bound index is nothing special", "inside=any(map(is_bound, base.free))", "inside=False"),
        ("what a law divides by makes a hypothesis defined", "base, law=True,", "base, law=False,"),
    ),
    *_of(
        "positivity",
        ("a negative number is positive", "    if form.is_number:\n        return form.number > 0 if strict else form.number >= 0", "    if form.is_number:\n        return form.number > -9 if strict else form.number >= -9"),
        ("a sum with a negative term is positive", "        if c < 0:\n            return False\n        is_positive", "        is_positive"),
        ("a non-negative sum is positive", "    return found or not strict", "    return True"),
        ("two negatives make a negative", "sign ^= multiplicity % 2 == 1\n        elif", "pass\n        elif"),
        ("an even power of zero is positive", "and real(factor) and (nonzero(factor) or not strict)", "and real(factor)"),
        ("an inequality holds outside of its index set", "if is_member(ctx, index, (lower, upper)) is not True:", "if is_member(ctx, index, (lower, upper)) is False:"),
        ("x ≥ 0 is x > 0", "    for given in _matched(ctx, ctx.nonnegatives, form):\n        yield given, False", "    for given in _matched(ctx, ctx.nonnegatives, form):\n        yield given, True"),
        ("a bound is used with the wrong sign", "if have is None or have / c <= 0:", "if have is None:"),
        ("everything is an integer", "return all(c.q == 1 and all(atom.integer and isinstance(e, int) and e > 0 for atom, e in mono) for mono, c in form)", "return True"),
        ("everything is real", "return all(atom.real for atom in form.atoms())", "return True"),
        ("a product is zero only where all factors are", "return all(atom.nonzero or known_nonzero(atom) for atom, _ in single[0])", "return any(atom.nonzero or known_nonzero(atom) for atom, _ in single[0])"),
        ("an index is matched to two others", "if mapping.setdefault(atom.args[0], have) != have:\n                return None", "mapping.setdefault(atom.args[0], have)", "what is given holds at either index, and helps only where it then is the form that is asked for"),
    ),
    *_of(
        "indices",
        ("an even power of a name is positive", "or nonzero and (even and atom.real or atom.nonnegative):", "or even and atom.real or nonzero and atom.nonnegative:"),
        ("what is divided by has a sign", "nonzero and (even and atom.real or atom.nonnegative)", "nonzero and atom.real"),
        ("bounds are off by one", "if bound is not None and bound >= value:", "if bound is not None and bound >= value - 1:"),
        ("an index may be one below its set", "if always_at_least(ctx, form - lower, 0) and", "if always_at_least(ctx, form - lower, -1) and"),
        ("an index may be above its set", "and always_at_least(ctx, upper - form, 0):\n        return True", ":\n        return True"),
        ("what is below the top is outside", "if always_at_least(ctx, form - upper, 1) or", "if always_at_least(ctx, form - upper, 0) or"),
        ("the wrong end of a set", "bounds[int((c > 0) == upper)]", "bounds[int((c > 0) != upper)]"),
        ("the condition of a size is not said", "return always_at_least(ctx, form, 0) or ctx.grant(Condition(\"least\", form))", "return True"),
        ("different names are different indices", "return always_at_least(ctx, gap, 1) or always_at_least(ctx, -gap, 1)", "return bool(gap)"),
    ),
    *_of(
        "sums",
        ("every sum over two indices separates", "    groups += [set(atom.free & variables.keys()) for atom, _ in atoms]\n", "    groups += [{name} for atom, _ in atoms for name in atom.free & variables.keys()]\n"),
        ("dependent bounds separate", "{name} | _tied(bounds, variables)", "{name}", "the indices of one sum never bound one another: a range that depends on an outer index is made a box with an indicator, or the sum stays inside as an atom"),
        ("an indicator collapses outside of the range", "substitute(combined(rest), {name: target}) * inside)", "substitute(combined(rest), {name: target}))"),
        ("a sum collapses where its index bounds another", "        if any(name in b.free for v in remaining.values() for b in v):\n            continue\n        inside", "        inside", "the indices of one sum never bound one another: a range that depends on an outer index is made a box with an indicator, or the sum stays inside as an atom"),
        ("a sum's bound is differentiated away", "if derive(bound):", "if False:"),
        ("a sum with two terms forgets the coefficient", "return total(_sum_mono(ctx, variables, mono).scale(c) for mono, c in reduced(form))", "return total(_sum_mono(ctx, variables, mono) for mono, c in reduced(form))"),
        ("a bound need not be an integer", "if not integer(bound):\n            raise", "if False:\n            raise"),
    ),
    *_of(
        "binding",
        ("an indicator collapses with the wrong sign", "return rest.scale(-c)", "return rest.scale(c)"),
        ("i + i is solved as one i", "or mono[0][0].head != \"sym\" or mono[0][1] != 1:", "or mono[0][0].head != \"sym\":"),
        ("2i = t is solved as i = t", "if len(mine) != 1 or mine[0][1] not in (1, -1):", "if len(mine) != 1:"),
        ("a numeric range lacks its end", "return range(lower, upper + 1)\n\n\ndef solved_for_index", "return range(lower, upper)\n\n\ndef solved_for_index"),
    ),
    *_of(
        "summation",
        ("the size is one too small", "size = bounds[1] - bounds[0] + ONE\n    if not mono:", "size = bounds[1] - bounds[0]\n    if not mono:"),
        ("powers of an index start one too early", "faulhaber(mono[0][1], bounds[0] - ONE)", "faulhaber(mono[0][1], bounds[0])"),
        ("a wrong polynomial for sums of powers", "values.append(values[-1] + fmpq(i) ** k)", "values.append(values[-1] + fmpq(i) ** (k + 1) / i if i < 3 else values[-1] + 1)"),
        ("the geometric sum ends one too early", "power(ctx, (slope * (bounds[1] + ONE),))", "power(ctx, (slope * bounds[1],))"),
        ("the geometric sum at r = 1", "    require_nonzero(ctx, ratio - ONE)\n", ""),
        ("counted from the wrong end", "size = upper - target + ONE\n", "size = upper - target\n"),
        ("a count may be negative", "        if fits:\n            rest = combined", "        if True:\n            rest = combined"),
        ("partial fractions with the wrong sign", "slope * (other - offset)", "slope * (offset - other)"),
        ("the diagonal is lost", ", (half, diagonal.scale(fmpq(1 if gap == 0 else -1, 2)))]", "]"),
        ("an unsymmetric sum is halved", "if swapped == body and gap in (0, -1):", "if gap in (0, -1):"),
    ),
    *_of(
        "ranges",
        ("a shifted range keeps its end", "(lower - step, upper - step), step)", "(lower - step, upper), step)"),
        ("the body is not shifted", "substitute(body, {name: ctx.index(new) + step})", "substitute(body, {name: ctx.index(new)})"),
        ("a sum from l is one from 1", "return [whole, *_negative([before])]", "return [whole]"),
        ("the last terms are taken off", "(lower, base)), *(ends if extra > 0 else _negative(ends))]", "(lower, base)), *(_negative(ends) if extra > 0 else ends)]"),
        ("an empty range has its last term", "    if not granted_least(ctx, (base if extra > 0 else upper) - lower + ONE):\n        return None\n", ""),
    ),
    *_of(
        "products",
        ("a product of zeros is zero, also an empty one", "if not form and granted_least(ctx, bounds[1] - bounds[0]):", "if not form:"),
        ("a constant factor is taken once", "(number(1).scale(c), sum_over(ctx, variables, ONE))", "(number(1).scale(c), ONE)"),
        ("the log of a product of any sign", "if nonnegative(body) else None", ""),
        ("a product of any sign is exp Σ log", "    if positive(base):\n        logarithm", "    if True:\n        logarithm"),
        ("the exponent inside a product is lost", "inside = atom.args[0].scale(number(exponent).number)", "inside = atom.args[0]"),
    ),
    *_of(
        "explog",
        ("log x^2 = 2 log x for any real x", "        elif atom.nonnegative or positive(of(atom)):\n            found.append(_log_atom", "        elif atom.real:\n            found.append(_log_atom"),
        ("log of a product of any sign", "        if nonnegative(factor):\n            found.append(_log_atom(factor)", "        if True:\n            found.append(_log_atom(factor)"),
        ("the log of a denominator is added", "-_log_number(int(c.q))]", "_log_number(int(c.q))]"),
        ("the root of a square is the base", "found.append(dispatch.power(current(), abs_of(of(atom)), whole(k * exponent)))", "found.append(dispatch.power(current(), of(atom), whole(k * exponent)))"),
        ("|x| = x", "            else of(Atom(\"abs\", (base,), nonnegative=True, combines=True))", "            else base"),
        ("a derivative of a log without the inner one", "return derive(atom.args[0]) * inverse(atom.args[0])\n\n\n@deriver(\"abs\")", "return inverse(atom.args[0])\n\n\n@deriver(\"abs\")"),
        ("a derivative of an exp without the inner one", "return of(atom) * derive(atom.args[0])", "return of(atom)"),
        ("0^x has no condition", "        ctx.require(Condition(\"nonzero\", base, law=not positive(-exponent)))  # 0^a is 0 for a > 0\n", "        pass\n"),
        ("0^x is never defined", "law=not positive(-exponent)", "law=False"),
        ("x^a is real for no x < 0", "ctx.roots.append((base, False))", "ctx.roots.append((base, True))"),
        ("(x^a)^b = x^(ab) for any x", "        if atom.nonnegative:\n            found.append(of(atom, whole(k * exponent)))", "        if True:\n            found.append(of(atom, whole(k * exponent)))"),
        ("i squared is one", "sign = number(1 if exponent % 4 < 2 else -1)", "sign = number(1)"),
        ("the cosine of π/3 is that of π/6", "Fraction(1, 3): (Fraction(1, 2), 1),", "Fraction(1, 3): (Fraction(1, 2), 3),"),
        ("the root of a negative number is positive", "rest = ONE if c > 0 else -ONE\n    for atom, k in mono:", "rest = ONE\n    for atom, k in mono:"),
    ),
    *_of(
        "indicators",
        ("an indicator is its square times two", "return combined(tuple((a, 1 if a.head in (\"eq\", \"least\") else e) for a, e in mono))", "return combined(tuple((a, 1 if a.head in (\"eq\", \"least\") else e) for a, e in mono)).scale(2)"),
        ("1[a < b] is 1[a ≤ b]", "gap - ONE if isinstance(condition, (Lt, Gt)) else gap", "gap"),
        ("1[a ≠ b] is 1[a = b]", "return ONE - equal(left, right)", "return equal(left, right)"),
        ("or is and", "return ONE - product(ONE - part for part in parts)", "return product(parts)"),
        ("a complement is off by one", "return ONE - of(_least_atom(-gap - ONE))", "return ONE - of(_least_atom(-gap))"),
        ("an inequality between reals is one of integers", "if not integer(left - right):\n            raise", "if False:\n            raise"),
        ("other factors are written with the wrong index", "            wanted.append(_plain_equal(first, other))", "            pass"),
        ("i ≠ j is used for other letters", "return bool(ctx.apart) and ctx.allows(FACTS) and ctx.apart_by(left - right) is not None", "return bool(ctx.apart) and ctx.allows(FACTS)"),
    ),
    *_of(
        "differentiation",
        ("the exponent is not brought down", "parts.append(product([rest, lowered, inner]).scale(number(exponent).number))", "parts.append(product([rest, lowered, inner]))"),
        ("the exponent is not lowered", "lowered = of(atom, whole(exponent - 1))", "lowered = of(atom, exponent)"),
        ("the derivative by σ² is that by σ", "return plain * inverse(slope)", "return plain"),
        ("one index of a family is enough", "return product(dispatch.rebuild(ctx, \"eq\", pair) for pair in zip(one, other, strict=True))", "return dispatch.rebuild(ctx, \"eq\", (one[0], other[0]))"),
        ("every member of a family is the same", "return _same_member(ctx, atom, variable, mark)", "return ONE"),
        ("a size is differentiated by", "    if atom.integer:\n        raise", "    if False:\n        raise"),
        ("the power of what may be negative", "    if not atom.positive:\n        raise", "    if False:\n        raise"),
        ("an unknown probability depends on nothing", "if f\"{unknown}(\" in form.key:", "if False:"),
    ),
    *_of(
        "events",
        ("A and not A may both be", "            return [], ZERO\n", "            return list(kept.values()), ONE\n"),
        ("two values of a variable at once", "factor = factor * dispatch.BUILDERS[\"eq\"](current(), (known.value, item.value))", "pass"),
    ),
    *_of(
        "factors",
        ("a factor of one value is that of all", "matches.append(dispatch.BUILDERS[\"eq\"](ctx, (form_of(ctx, stated), value)))", "pass"),
    ),
    *_of(
        "probability",
        ("conditioning without dividing", "return joint(ctx, events + given) * inverse(below)", "return joint(ctx, events + given)"),
        ("P(B) = 0 is no condition", "    require_nonzero(ctx, below, Probability(expression.given))\n", ""),
        ("samples that may be one are independent", "if not any(sure_to_differ(ctx, a, b) for a, b in pairs):", "if False:"),
        ("samples are independent where it is not given", "if others or not ctx.allows(INDEPENDENCE) or model is None or model.samples is None:", "if others or not ctx.allows(INDEPENDENCE):"),
        ("events independent given C are independent", "    if {i.key for i in others} != {i.key for i in given}:\n        return _both_ways(ctx, mine, others, given)\n", ""),
        ("independence without its denominator", "return above * inverse(below) ** (len(mine) - 1) if others else above", "return above"),
        ("an integral is left out", "            return evidence(items)\n", "            values[name] = None\n"),
        ("an open factor is summed over any range", "        if bounds == (form_of(ctx, domain.lower), form_of(ctx, domain.upper)):\n            ctx.use(MARGINALS)", "        if True:\n            ctx.use(MARGINALS)"),
        ("a value outside of its domain", "inside.append(within(ctx, value, domain))", "pass"),
        ("what is given may depend on what is not", "or {v.variable.name for v in needed_for(model, behind)} > behind:", "or False:"),
        ("the values of what is given have factors", "own = [variable for variable in needed if variable.variable.name not in behind]", "own = needed"),
    ),
    *_of(
        "operations",
        ("summed where the equation holds at one index", "if equation.pointwise or _others_depend(ctx, name, form):", "if _others_depend(ctx, name, form):"),
        ("multiplied by an inverse at one index", "    if equation.pointwise:\n        return\n    tried", "    tried"),
        ("a root of what may be negative", "or not atom.positive:\n            continue", ":\n            continue"),
        ("a = b gives log a = log b for any sign", "if above and below and positive(above) and positive(below):", "if above and below:"),
        ("an even root is an odd one", "or exponent % 2 == 0 or exponent < 3:", "or exponent < 2:"),
    ),
    *_of(
        "hypotheses",
        ("solved by dividing by what may vanish", "    if not search.may_divide(slope):\n        return None\n", ""),
        ("solved with the wrong sign", "value = -rest * inverse(slope)\n    places", "value = rest * inverse(slope)\n    places"),
        ("a hypothesis holds outside of its set", "return mapping if self._in_sets(mapping) else None", "return mapping"),
        ("everything may be divided by", "        if self.nonzero(form):\n            return True\n", "        return True\n"),
    ),
    *_of(
        "equations",
        ("from a contradiction everything follows", "        if not search.unknown_factors(equation.form):\n            return None\n", "        if not search.unknown_factors(equation.form):\n            return replace(state, goal=equation.form - equation.form)\n"),
        ("a goal that owes a denominator is closed", "    if state.owed:\n        return False\n", ""),
        ("one of the factors divides the goal", "if all(_divides(factor, state.goal) for factor", "if any(_divides(factor, state.goal) for factor"),
    ),
    *_of(
        "setup",
        ("a definition is at its indices in another order", "ctx.definitions[key] = Definition(key, name.base.label, tuple(name.indices), expression)", "ctx.definitions[key] = Definition(key, name.base.label, tuple(reversed(name.indices)), expression)"),
        ("a < b is b < a", "gap = gap if isinstance(fact, (Gt, Ge)) else -gap\n            if", "gap = -gap if isinstance(fact, (Gt, Ge)) else gap\n            if"),
        ("inequalities may contradict each other", "if positive(-gap) or isinstance(fact, (Lt, Gt)) and nonnegative(-gap):", "if False:"),
        ("i ≠ j is no tie", "        if names and not _by_the_sets(ctx, relation):", "        if False:"),
        ("x ≥ 0 is given as x > 0", "(ctx.positives if isinstance(fact, (Lt, Gt)) else ctx.nonnegatives).append(gap)", "ctx.positives.append(gap)"),
        ("alternatives hold together", "return [relation] if isinstance(relation, Eq) else []", "return [r for r in relation.args if isinstance(r, Eq)] if isinstance(relation, Or) else [relation] if isinstance(relation, Eq) else []"),
    ),
    *_of(
        "definitions",
        ("a definition in terms of itself", "if self.name in ctx.unfolding:", "if False:"),
        ("what is defined is not trusted", "        ctx.trusts[(\"definition of\", self.symbol)] = None\n", ""),
        ("a held name is unfolded", "if name in ctx.held or not ctx.allows(DEFINITIONS):", "if not ctx.allows(DEFINITIONS):"),
    ),
    *_of(
        "factorials",
        ("(n + 1)! = n n!", "product(base + number(i) for i in range(1, shift + 1))", "product(base + number(i) for i in range(shift))"),
        ("a factorial of what may be negative", "    if not _not_negative(ctx, inside) and not inside.is_number:", "    if False:"),
        ("C(n, k) without its condition", "if missing and not _granted(ctx, above, below, missing):", "if False:"),
        ("C(n, n − c) for any n", "if rest is not None and 0 <= rest <= MAX_SHIFT and _not_negative(ctx, above):", "if rest is not None and 0 <= rest <= MAX_SHIFT:"),
    ),
    *_of(
        "functions",
        ("the values of a function do not depend on the order of its arguments", "tuple(form_of(ctx, argument) for argument in expression.args)", "tuple(sorted((form_of(ctx, argument) for argument in expression.args), key=lambda form: form.key))"),
        ("all functions are one", "return _value((expression.func.__name__, sign, arguments))", "return _value((\"f\", sign, arguments))"),
        ("all values are positive", "positive=args[1] == POSITIVE", "positive=True"),
    ),
    *_of(
        "proof",
        ("anybody makes a proof", "        if self.key is not _KEY:\n            raise TypeError(\"only the kernel makes proofs\")", "        pass"),
        ("an equivalence in one direction", "((transition.lhs, transition.rhs), (transition.rhs, transition.lhs)):", "((transition.lhs, transition.rhs),):"),
        ("an equation excuses what a law divides by", "    if isinstance(result, Proof) and result.method not in IDENTITIES", "    if False"),
        ("a law's condition on a hypothesis is not said", "for k, c in (laws | ctx.conditions).items()", "for k, c in ctx.conditions.items()"),
        ("≥ is >", "        or transition.relation in (\"<=\", \">=\")\n        and (is_zero(gap)", "        or (is_zero(gap)"),
        ("an inequality of what may not be real", "    if reason:\n        return Unproved(reason)\n    if (\n        positive(gap)", "    if (\n        positive(gap)"),
        ("< is >", "    if transition.relation in (\"<\", \"<=\"):\n        gap = -gap\n", ""),
        ("conditions are not said", "conditions=tuple(dict.fromkeys(_relation(ctx, condition) for condition in _needed(ctx))),", "conditions=(),"),
        ("what is trusted is not said", "trusts=tuple(ctx.trusts),", "trusts=(),"),
        ("the log in a conclusion needs no sign", "if not all(positive(inside) or positive_given(search, known, inside) for inside, _ in ctx.logs):", "if False:"),
        ("the root in a conclusion needs no sign", "if not all(nonnegative(inside) or positive_given(search, known, inside) for inside, _ in ctx.roots):", "if False:"),
        ("one part of a conclusion is enough", "    if isinstance(conclusion, And):\n        return next((reason for part in conclusion.args if (reason", "    if isinstance(conclusion, And):\n        return next((reason for part in conclusion.args[:1] if (reason"),
        ("a log that may not be there is positive", "if certain and not positive(inside) and not any(ctx.tied(h, inside) for h in hypotheses):\n            ctx.positives", "if not positive(inside):\n            ctx.positives"),
        ("a condition on a factor is said for another", "            if parts[key] <= said:", "            if parts[key] & said or said:"),
    ),
    *_of(
        "trigonometry",
        ("the derivative of acos is that of asin", "(-slope if name == \"acos\" else slope)", "slope"),
        ("tan at its poles", "        require_nonzero(ctx, pair[below], WRITTEN", "        (lambda *a: None)(ctx, pair[below], WRITTEN"),
        ("the inverse tangent of one", "of(PI).scale(inside.number / 4)", "of(PI).scale(inside.number / 2)"),
    ),
    *_of(
        "values",
        ("one value of a name is forgotten", "values = only or tuple(range(lower, upper + 1))", "values = only or tuple(range(lower, upper))"),
        ("a fact about one member is one about all", "return known if all(inside) else None", "return known"),
        ("a root of a fact is negated", "roots.add(-factor.number / single[1])", "roots.add(factor.number / single[1])"),
    ),
    *_of(
        "zero",
        ("the denominator of a sum is dropped", "    inner.update(divisor)\n", "", "all sums over a range are then over one denominator, so that leaving it out renames them and identifies none"),
        ("a sum's power is taken once", "written[a] ** int(e) if a in written", "written[a] if a in written"),
    ),
)  # fmt: skip
