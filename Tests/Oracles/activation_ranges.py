#!/usr/bin/env python3
"""Exact ranges of every activation, of its slope and of its powers over intervals, for the tests of enclosures.

Writes Tests/FixedPointTests/Operators/Fixtures/activation-ranges.bin. Needs mpmath. Run from the package's folder:

    python3 Tests/Oracles/activation_ranges.py

Values are computed with 700 bits (2,300 where |t| < 1e-90 or > 1e90), or as exact fractions, and rounded outwards.
The file is made of doubles, little-endian, in blocks: kind (its place in KINDS), parameter, shift, power, number of
records; then the records, eight numbers each:

    low high            the interval, whose ends may be infinite
    value low, high     the exact range of (sigma + shift)^power, rounded outwards; NaN where it is not defined on all of it
    slope low, high     of its derivative, every one-sided one included; with a power other than 1 a part of that range
    t, value            a number of the interval, and the value there, rounded down
"""
import math
import os
import random
import struct
from fractions import Fraction

from mpmath import mp, mpf

KINDS = ["identity", "relu", "leaky-relu", "tanh", "sigmoid", "softplus", "softsign", "arctan", "hardtanh", "erf", "elu",
         "gelu", "silu", "sin", "softshrink", "log1p", "sqrt", "exp"]
INF, NAN, MAX, LEAST = math.inf, math.nan, 1.7976931348623157e308, 5e-324
COUNT, POWER_COUNT = 2000, 300


class Bracket:
    """An exact number between two close ones (fractions or mpf's)."""

    def __init__(self, value, exact=False):
        self.value, self.exact = value, exact or isinstance(value, Fraction)

    def down(self):
        return rounded(self.value, -1, self.exact)

    def up(self):
        return rounded(self.value, 1, self.exact)


class Near(Bracket):
    """A fraction, but for a difference that no precision shows, above it (side 1) or below it (side -1)."""

    def __init__(self, limit, side):
        super().__init__(Fraction(limit))
        self.side = side

    def down(self):
        near = rounded(self.value, -1, True)
        return math.nextafter(near, -INF) if self.side < 0 and Fraction(near) == self.value else near

    def up(self):
        near = rounded(self.value, 1, True)
        return math.nextafter(near, INF) if self.side > 0 and Fraction(near) == self.value else near


def fraction(value):
    if isinstance(value, Fraction):
        return value
    sign, mantissa, exponent, _ = value._mpf_
    result = Fraction(int(mantissa)) * (Fraction(2) ** exponent)
    return -result if sign else result


def rounded(value, direction, exact):
    """The nearest double below or above."""
    if isinstance(value, float):
        return value
    if not isinstance(value, Fraction):
        if mp.isinf(value):
            return INF if value > 0 else -INF
        if value == 0:
            return 0.0
        if not exact:
            value = value * (1 + direction * (1 if value > 0 else -1) * mpf(2) ** (30 - mp.prec))
        if abs(value) < mpf(2) ** -1100:
            return 0.0 if (value > 0) == (direction < 0) else direction * LEAST
        if abs(value) > mpf(2) ** 1030:
            return (INF if value > 0 else -INF) if (value > 0) == (direction > 0) else direction * -MAX
        value = fraction(value)
    try:
        near = float(value)
    except OverflowError:
        near = INF if value > 0 else -INF
    if math.isinf(near):
        return near if (near > 0) == (direction > 0) else direction * -MAX
    if direction < 0 and Fraction(near) > value:
        near = math.nextafter(near, -INF)
    if direction > 0 and Fraction(near) < value:
        near = math.nextafter(near, INF)
    return near


def set_precision(*numbers):
    sizes = [abs(t) for t in numbers if t != 0 and not math.isinf(t)]
    mp.prec = 2300 if any(t < 1e-90 or t > 1e90 for t in sizes) else 700


def E(x):
    """exp, with results beyond every double cut off."""
    if x > 100000:
        return mpf(10) ** 40000
    if x < -100000:
        return mpf(10) ** -40000
    return mp.exp(x)


def sigmoid(t):
    return 1 / (1 + E(-t))


def sigmoid_slope(t):
    e = E(-abs(t))
    return e / (1 + e) ** 2


def density(t):
    return E(-t * t / 2) / mp.sqrt(2 * mp.pi)


def distribution(t):
    if t > 400:
        return 1 - mpf(10) ** -30000
    if t < -400:
        return mpf(10) ** -30000
    return mp.erfc(-t / mp.sqrt(2)) / 2


def erf(t):
    if abs(t) > 400:
        return mp.sign(t)
    return mp.erf(t)


def value(kind, parameter, t):
    """sigma(t) as Bracket, t a finite double or an mpf."""
    if not isinstance(t, mpf):
        f = Fraction(t)
        if kind == "identity":
            return Bracket(f)
        if kind == "relu":
            return Bracket(max(f, Fraction(0)))
        if kind == "leaky-relu":
            return Bracket(f if f > 0 else Fraction(parameter) * f)
        if kind == "hardtanh":
            return Bracket(min(max(f, Fraction(-1)), Fraction(1)))
        if kind == "softshrink":
            p = Fraction(parameter)
            return Bracket(f - p if f > p else f + p if f < -p else Fraction(0))
        if kind == "softsign":
            return Bracket(f / (1 + abs(f)))
        if kind == "elu" and t > 0:
            return Bracket(f)
        if kind == "sqrt":
            root = exact_root(f)
            if root is not None:
                return Bracket(root)
        if t == 0:
            fixed = {"sigmoid": Fraction(1, 2), "exp": Fraction(1)}
            if kind not in ("softplus",):
                return Bracket(fixed.get(kind, Fraction(0)))
    if (kind == "gelu" and t > 25) or (kind == "silu" and t > 400):
        return Near(Fraction(float(t)), -1)
    if kind == "softplus" and t > 400:
        return Near(Fraction(float(t)), 1)
    if (kind == "tanh" and abs(t) > 200) or (kind == "erf" and abs(t) > 20):
        return Near(1, -1) if t > 0 else Near(-1, 1)
    x = mpf(t)
    function = {
        "tanh": lambda: mp.tanh(x) if abs(x) < 50000 else mp.sign(x), "sigmoid": lambda: sigmoid(x),
        "softplus": lambda: max(x, 0) + mp.log1p(E(-abs(x))), "arctan": lambda: mp.atan(x), "erf": lambda: erf(x),
        "elu": lambda: mp.expm1(x) if x > -100000 else mpf(-1), "gelu": lambda: x * distribution(x),
        "silu": lambda: x * sigmoid(x), "sin": lambda: mp.sin(x), "log1p": lambda: mp.log1p(x), "sqrt": lambda: mp.sqrt(x),
        "exp": lambda: E(x),
    }[kind]
    return Bracket(function())


def exact_root(f):
    p, q = math.isqrt(f.numerator), math.isqrt(f.denominator)
    return Fraction(p, q) if p * p == f.numerator and q * q == f.denominator else None


def slopes(kind, parameter, t):
    """All one-sided slopes at t."""
    if not isinstance(t, mpf):
        f = Fraction(t)
        if kind == "identity":
            return [Bracket(Fraction(1))]
        if kind in ("relu", "leaky-relu"):
            left = Fraction(parameter) if kind == "leaky-relu" else Fraction(0)
            return [Bracket(s) for s, holds in ((left, t <= 0), (Fraction(1), t >= 0)) if holds]
        if kind == "hardtanh":
            return [Bracket(Fraction(s)) for s, holds in ((0, abs(t) >= 1), (1, abs(t) <= 1)) if holds]
        if kind == "softshrink":
            if parameter == 0:
                return [Bracket(Fraction(1))]
            return [Bracket(Fraction(s)) for s, holds in ((0, abs(t) <= parameter), (1, abs(t) >= parameter)) if holds]
        if kind == "softsign":
            return [Bracket(1 / (1 + abs(f)) ** 2)]
        if kind == "arctan":
            return [Bracket(1 / (1 + f * f))]
        if kind == "log1p":
            return [Bracket(1 / (1 + f))]
        if kind == "elu" and t >= 0:
            return [Bracket(Fraction(1))]
        if kind == "sqrt":
            root = exact_root(f)
            if root is not None:
                return [Bracket(1 / (2 * root))] if root else [Bracket(mpf("inf"))]
        if t == 0:
            fixed = {"tanh": 1, "sin": 1, "exp": 1, "sigmoid": Fraction(1, 4), "softplus": Fraction(1, 2),
                     "gelu": Fraction(1, 2), "silu": Fraction(1, 2)}
            if kind in fixed:
                return [Bracket(Fraction(fixed[kind]))]
    x = mpf(t)
    function = {
        "tanh": lambda: 4 * sigmoid_slope(2 * x), "sigmoid": lambda: sigmoid_slope(x), "softplus": lambda: sigmoid(x),
        "erf": lambda: 2 / mp.sqrt(mp.pi) * E(-x * x), "elu": lambda: E(x),
        "gelu": lambda: distribution(x) + x * density(x), "silu": lambda: sigmoid(x) + x * sigmoid_slope(x),
        "sin": lambda: mp.cos(x), "sqrt": lambda: 1 / (2 * mp.sqrt(x)), "exp": lambda: E(x),
    }[kind]
    return [Bracket(function())]


# Ends at infinity: values and slopes there, as limits; "all" for the sine.
def limit(kind, parameter, end):
    up = end > 0
    one = Fraction(1)
    if kind in ("identity", "softshrink"):
        return end, one
    if kind in ("relu", "softplus", "elu", "gelu", "silu"):
        return (INF, one) if up else (-one if kind == "elu" else Fraction(0), Fraction(0))
    if kind == "leaky-relu":
        return (INF, one) if up else (Fraction(0) if parameter == 0 else -INF, Fraction(parameter))
    if kind == "sigmoid":
        return Fraction(1 if up else 0), Fraction(0)
    if kind in ("tanh", "softsign", "hardtanh", "erf"):
        return Fraction(1 if up else -1), Fraction(0)
    if kind == "arctan":
        return (mp.pi / 2 if up else -mp.pi / 2), Fraction(0)
    if kind == "exp":
        return (INF, INF) if up else (Fraction(0), Fraction(0))
    if kind in ("log1p", "sqrt"):
        return INF, Fraction(0)
    raise ValueError(kind)


def critical(kind):
    """Interior zeros of sigma' and of sigma''."""
    if kind == "gelu":
        zero = mp.findroot(lambda t: distribution(t) + t * density(t), mpf(-0.7517915246935645))
        return [zero], [-mp.sqrt(2), mp.sqrt(2)]
    if kind == "silu":
        zero = mp.findroot(lambda t: 1 + E(-t) + t * E(-t), mpf(-1.2784645427610738))
        turn = mp.findroot(lambda t: 2 * (1 + E(-t)) + t * (E(-t) - 1), mpf(2.3993572805154677))
        return [zero], [-turn, turn]
    if kind in ("tanh", "sigmoid", "softsign", "arctan", "erf"):
        return [], [mpf(0)]
    return [], []


CRITICAL = {}


def critical_points(kind):
    key = (kind, mp.prec)
    if key not in CRITICAL:
        CRITICAL[key] = critical(kind)
    return CRITICAL[key]


def multiples(low, high, offset):
    """Up to three (k + offset) pi inside, with an error far below any rounding."""
    if math.isinf(low) or math.isinf(high):
        return [0, 1]
    k = mp.ceil(mpf(low) / mp.pi - offset)
    found = []
    while len(found) < 3 and (k + offset) * mp.pi <= mpf(high):
        found.append(int(k))
        k += 1
    return found


def hull(brackets):
    return min(b.down() for b in brackets), max(b.up() for b in brackets)


def defined(kind, low):
    return low > -1 if kind == "log1p" else low >= 0 if kind == "sqrt" else True


def ranges(kind, parameter, low, high):
    """(value range, slope range), each a list of Brackets that attain it; None where undefined."""
    if not defined(kind, low):
        return None, None
    if kind == "sin":
        return sine_ranges(low, high)
    values, slope = [], []
    for end in (low, high):
        if math.isinf(end):
            v, s = limit(kind, parameter, end)
            values.append(Bracket(mpf(v) if isinstance(v, float) else v))
            slope.append(Bracket(mpf(s) if isinstance(s, float) else s))
        else:
            values.append(value(kind, parameter, end))
            slope += slopes(kind, parameter, end)
    zeros, turns = critical_points(kind)
    values += [value(kind, parameter, z) for z in zeros if low < z < high]
    slope += [slopes(kind, parameter, z)[0] if z != 0 else slopes(kind, parameter, 0.0)[0] for z in turns if low < z < high]
    kinks = {"relu": [0.0], "leaky-relu": [0.0], "hardtanh": [-1.0, 1.0],
             "softshrink": [-parameter, parameter] if parameter else []}.get(kind, [])
    for k in kinks:
        if low <= k <= high:
            slope += slopes(kind, parameter, k)
    return values, slope


def sine_ranges(low, high):
    values, slope = [], []
    if not (math.isinf(low) or math.isinf(high)):
        values = [value("sin", 0, low), value("sin", 0, high)]
        slope = slopes("sin", 0, low) + slopes("sin", 0, high)
    values += [Bracket(Fraction(1 if k % 2 == 0 else -1)) for k in multiples(low, high, mpf(1) / 2)]
    slope += [Bracket(Fraction(1 if k % 2 == 0 else -1)) for k in multiples(low, high, mpf(0))]
    return values, slope


# Powers.
def power(base, exponent):
    """base^exponent of a Bracket, None where undefined."""
    b = base.value
    if exponent == 0:
        return Bracket(Fraction(1))
    if b == 0:
        return None if exponent < 0 else Bracket(Fraction(0))
    whole = exponent == int(exponent)
    if b < 0 and not whole:
        return None
    if isinstance(base, Near) and whole and abs(exponent) <= 16:
        grows = exponent > 0 and (b > 0 or int(exponent) % 2) or exponent < 0 and b < 0 and int(exponent) % 2 == 0
        return Near(b ** int(exponent), base.side if grows else -base.side)
    if isinstance(b, Fraction) and whole and abs(exponent) <= 16:
        return Bracket(b ** int(exponent))
    x = fraction_to_mpf(b)
    size = mp.exp(mp.log(abs(x)) * mpf(exponent))
    if abs(x) == 1:
        return Bracket(Fraction(1 if x > 0 or int(exponent) % 2 == 0 else -1)) if base.exact else Bracket(x)
    return Bracket(-size if b < 0 and int(exponent) % 2 else size)


def fraction_to_mpf(x):
    return mpf(x.numerator) / x.denominator if isinstance(x, Fraction) else mpf(x)


def shifted(bracket, shift):
    if isinstance(bracket, Near):
        return Near(bracket.value + Fraction(shift), bracket.side)
    if isinstance(bracket.value, Fraction):
        return Bracket(bracket.value + Fraction(shift))
    if mp.isinf(bracket.value) or shift == 0:
        return bracket
    if abs(bracket.value) < mpf(2) ** -500:
        return Near(shift, 1 if bracket.value > 0 else -1)
    return Bracket(bracket.value + mpf(shift))


def power_ranges(kind, parameter, shift, exponent, low, high, inner):
    """Exact value range; slopes at the ends and at inner points."""
    values, _ = ranges(kind, parameter, low, high)
    if values is None:
        return None, None
    bases = [shifted(b, shift) for b in values]
    least = min(bases, key=lambda b: fraction_to_mpf(b.value))
    most = max(bases, key=lambda b: fraction_to_mpf(b.value))
    holds_zero = least.value <= 0 <= most.value
    whole = exponent == int(exponent)
    if (least.value < 0 and not whole) or (holds_zero and exponent < 0):
        return None, None
    images = [power(b, exponent) for b in (least, most) if not (isinstance(b.value, mpf) and mp.isinf(b.value))]
    for b in (least, most):
        if isinstance(b.value, mpf) and mp.isinf(b.value):
            odd = whole and int(exponent) % 2
            images.append(Bracket(Fraction(1 if exponent == 0 else 0)) if exponent <= 0
                          else Bracket(mpf("-inf") if b.value < 0 and odd else mpf("inf")))
    if holds_zero and exponent > 0:
        images.append(Bracket(Fraction(0)))
    slope = []
    for t in [low, high] + inner:
        if math.isinf(t):
            continue
        base = shifted(value(kind, parameter, t), shift)
        factor = Bracket(Fraction(1)) if exponent == 1 else power_minus_one(base, exponent)
        for s in slopes(kind, parameter, t):
            if factor is not None and not (isinstance(s.value, mpf) and mp.isinf(s.value)):
                slope.append(product(exponent, factor, s))
    return images, slope


def power_minus_one(base, exponent):
    if exponent == 0:
        return Bracket(Fraction(0)) if base.value == 0 else power(base, -1)
    if base.value == 0:
        return Bracket(Fraction(0)) if exponent > 1 else None
    if exponent == int(exponent) and abs(exponent) < 2 ** 52:
        return power(base, exponent - 1)
    x = fraction_to_mpf(base.value)
    odd = int(exponent) % 2 == 0
    size = mp.exp(mp.log(abs(x)) * (mpf(exponent) - 1))
    return Bracket(-size if x < 0 and odd else size)


def product(exponent, factor, slope):
    if isinstance(factor.value, Fraction) and isinstance(slope.value, Fraction):
        return Bracket(Fraction(exponent) * factor.value * slope.value)
    return Bracket(mpf(exponent) * fraction_to_mpf(factor.value) * fraction_to_mpf(slope.value))


# Intervals.
def ulps(t, count):
    for _ in range(abs(count)):
        t = math.nextafter(t, INF if count > 0 else -INF)
    return t


def anywhere(rng):
    return rng.choice((-1, 1)) * 10.0 ** rng.uniform(-300, 300) * rng.uniform(1, 2)


def centres(kind, parameter):
    mp.prec = 700
    zeros, turns = critical_points(kind)
    kinks = {"relu": [0], "leaky-relu": [0], "elu": [0], "hardtanh": [-1, 1], "softshrink": [-parameter, parameter],
             "log1p": [-1, 0], "sqrt": [0]}.get(kind, [0])
    return [float(c) for c in list(zeros) + list(turns) + kinks]


def intervals(kind, parameter, rng, count):
    special = centres(kind, parameter)
    ordinary = [0.0, -0.0, LEAST, -LEAST, 2.2250738585072014e-308, MAX, -MAX, 1.0, -1.0, 709.78, -745.2, 27.2, -38.5, 1e16]
    found = []
    while len(found) < count:
        choice = rng.random()
        if choice < 0.15:
            low = anywhere(rng)
            high = ulps(low, rng.randint(0, 50))
        elif choice < 0.3:
            low = anywhere(rng)
            high = low + abs(low) * 10.0 ** rng.uniform(-12, 0)
        elif choice < 0.42:
            low, high = anywhere(rng), anywhere(rng)
        elif choice < 0.55:
            low = rng.uniform(-40, 40)
            high = ulps(low, rng.randint(0, 20))
        elif choice < 0.72:
            low = rng.uniform(-40, 40)
            high = low + 10.0 ** rng.uniform(-9, 1.3)
        elif choice < 0.9:
            if kind == "sin":
                with_digits = int(10.0 ** rng.uniform(0, 16)) if rng.random() < 0.8 else int(10.0 ** rng.uniform(16, 300))
                mp.prec = 2300
                centre = float(mp.pi / 2 * with_digits * rng.choice((-1, 1)))
                size = max(abs(centre) * 2.0 ** -53, 10.0 ** rng.uniform(-16, 0.7))
            else:
                centre = rng.choice(special)
                size = 10.0 ** rng.uniform(-17, 0)
            if rng.random() < 0.4:
                low, high = ulps(centre, -rng.randint(-2, 4)), ulps(centre, rng.randint(-2, 4))
            else:
                low, high = centre - size * rng.uniform(-0.3, 1), centre + size * rng.uniform(-0.3, 1)
        elif choice < 0.94:
            end = rng.choice((anywhere(rng), rng.uniform(-40, 40), rng.choice(special)))
            low, high = rng.choice(((-INF, end), (end, INF), (-INF, INF)))
        else:
            low, high = rng.choice(ordinary), rng.choice(ordinary)
        if kind in ("log1p", "sqrt") and rng.random() < 0.9:
            low, high = (abs(low), abs(high)) if rng.random() < 0.8 or kind == "sqrt" else (-0.99 * math.tanh(abs(low)), high)
        if low > high:
            low, high = high, low
        found.append((low, high))
    return found


def inner_points(rng, low, high, count=3):
    bottom, top = max(low, -1e300), min(high, 1e300)
    if bottom > top:
        return [low if not math.isinf(low) else high if not math.isinf(high) else 0.0]
    return [min(max(bottom + rng.random() * (top - bottom), bottom), top) for _ in range(count)]


def middle(kind, parameter, shift, exponent, points):
    """A point with its value rounded down."""
    for t in points:
        if not math.isinf(t) and defined(kind, t):
            image = power(shifted(value(kind, parameter, t), shift), exponent) if (shift, exponent) != (0, 1) else \
                value(kind, parameter, t)
            if image is not None:
                return t, image.down()
    return NAN, NAN


CAPS = {  # What values and slopes do not leave, where 2,300 bits cannot tell.
    "tanh": ((-1, 1), (0, 1)), "sigmoid": ((0, 1), (0, 0.25)), "softplus": ((0, INF), (0, 1)), "erf": ((-1, 1), (0, 2)),
    "elu": ((-1, INF), (0, 1)), "silu": ((-1, INF), (-1, 2)), "gelu": ((-1, INF), (-1, 2)), "exp": ((0, INF), (0, INF)),
    "sin": ((-1, 1), (-1, 1))}


def record(kind, parameter, shift, exponent, rng, low, high):
    set_precision(low, high)
    points = inner_points(rng, low, high)
    if (shift, exponent) == (0, 1):
        values, slope = ranges(kind, parameter, low, high)
    else:
        values, slope = power_ranges(kind, parameter, shift, exponent, low, high, points)
    value_range = hull(values) if values else (NAN, NAN)
    slope_range = hull(slope) if slope else (NAN, NAN)
    if (shift, exponent) == (0, 1) and kind in CAPS and values:
        (a, b), (c, d) = CAPS[kind]
        value_range = (max(value_range[0], a), min(value_range[1], b))
        slope_range = (max(slope_range[0], c), min(slope_range[1], d))
    return (low, high) + value_range + slope_range + middle(kind, parameter, shift, exponent, points)


POWERS = [  # kind, shift, power
    ("identity", 0, 2), ("identity", 0, 3), ("identity", 0.3, 3), ("identity", 0, 7), ("identity", 0, -1),
    ("identity", 0, -2), ("identity", 0, -3), ("identity", 0, 0), ("identity", 0, 0.5), ("identity", 0, 1.5),
    ("identity", 0, 0.1), ("identity", 0, 0.001), ("identity", 0, 9007199254740994.0), ("relu", 0, 0), ("relu", 0, 2),
    ("tanh", 0, 3), ("tanh", 1.2, 0.5), ("tanh", 0, 2), ("sin", 0, 2), ("exp", 0, -1), ("log1p", 0, 2), ("sqrt", 0, 3),
    ("gelu", 0.5, 2), ("softshrink", 0, 0)]


def block(kind, parameter, shift, exponent, count, seed):
    rng = random.Random(seed)
    data = struct.pack("<5d", KINDS.index(kind), parameter, shift, exponent, count)
    for low, high in intervals(kind, parameter, rng, count):
        data += struct.pack("<8d", *record(kind, parameter, shift, exponent, rng, low, high))
    return data


def main():
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../FixedPointTests/Operators/Fixtures")
    os.makedirs(folder, exist_ok=True)
    parameters = {"leaky-relu": 0.3, "softshrink": 0.7}
    data = b""
    for number, kind in enumerate(KINDS):
        print(kind, flush=True)
        data += block(kind, parameters.get(kind, 0.0), 0, 1, COUNT, 1000 + number)
    for number, (kind, shift, exponent) in enumerate(POWERS):
        print(kind, shift, exponent, flush=True)
        data += block(kind, parameters.get(kind, 0.0), shift, exponent, POWER_COUNT, 2000 + number)
    with open(os.path.join(folder, "activation-ranges.bin"), "wb") as file:
        file.write(data)


main()
