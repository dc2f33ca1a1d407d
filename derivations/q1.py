"""AlexNet: how many units, weights and connections each layer has, and what would save them.

Layer t has N_t units, P_t weights and U_t connections (biases are not counted). A convolution gives W×H positions of M
maps, with a kernel of K×K over C channels; a fully connected layer goes from n inputs to m outputs. Layers 2, 4 and 5
are split over two GPUs, each of which computes M maps from the C channels that it holds.
"""

from sympy import Add, Eq, Mul, Pow, Rational, S, Symbol, symbols

from checker.derivation import Derivation, Givens
from checker.expressions import Partial
from checker.tables import Convention, LayerKind, Slip

W, H, K, C, M = symbols("W H K C M", positive=True)
n, m = symbols("n m", positive=True)
N, P, U = symbols("N P U", positive=True)


def of_layers(letter, first, last):
    """The symbols letter_first, …, letter_last, by their numbers."""
    return {t: Symbol(f"{letter}_{t}", integer=True, positive=True) for t in range(first, last + 1)}


Wt, Ht, Kt, Ct, Mt = (of_layers(letter, 1, 5) for letter in "WHKCM")
nt, mt = (of_layers(letter, 6, 8) for letter in "nm")
units, weights, connections = (of_layers(letter, 1, 8) for letter in "NPU")

convolutions = {  # W, H, K, C, M
    1: (55, 55, 11, 3, 96),
    2: (27, 27, 5, 48, 128),
    3: (13, 13, 3, 256, 384),
    4: (13, 13, 3, 192, 192),
    5: (13, 13, 3, 192, 128),
}
fully_connected = {6: (Mul(6, 6, 256), 4096), 7: (4096, 4096), 8: (4096, 1000)}  # n, m
halves = {1: 1, 2: 2, 3: 1, 4: 2, 5: 2}

sizes = [
    Eq(symbol, value)
    for t, values in convolutions.items()
    for symbol, value in zip((Wt[t], Ht[t], Kt[t], Ct[t], Mt[t]), values, strict=True)
] + [
    Eq(symbol, value)
    for t, values in fully_connected.items()
    for symbol, value in zip((nt[t], mt[t]), values, strict=True)
]  # fmt: skip
counts = [
    equation
    for t, half in halves.items()
    for equation in (
        Eq(units[t], half * (Wt[t] * Ht[t] * Mt[t])),
        Eq(weights[t], half * (Kt[t] ** 2 * Ct[t] * Mt[t])),
        Eq(connections[t], half * (Wt[t] * Ht[t] * Kt[t] ** 2 * Ct[t] * Mt[t])),
    )
] + [
    equation
    for t in fully_connected
    for equation in (
        Eq(units[t], mt[t]),
        Eq(weights[t], nt[t] * mt[t]),
        Eq(connections[t], nt[t] * mt[t]),
    )
]  # fmt: skip

derivation = Derivation(
    "q1",
    "Units, weights and connections of AlexNet",
    Givens(definitions=(*sizes, *counts, Eq(P, K**2 * C * M), Eq(U, W * H * K**2 * C * M))),
)


# --- a -----------------------------------------------------------------------------------------------------------

a = derivation.part("a", "The table of units, weights and connections")

# convolution 1
a.start(units[1])
a.equals(Wt[1] * Ht[1] * Mt[1], by="definition")
a.equals(Mul(55, 55, 96), by="definition")
a.equals(290400, by="arithmetic")
a.start(weights[1])
a.equals(Kt[1] ** 2 * Ct[1] * Mt[1], by="definition")
a.equals(Mul(Pow(11, 2), 3, 96), by="definition")
a.equals(34848, by="arithmetic")
a.start(connections[1])
a.equals(Wt[1] * Ht[1] * Kt[1] ** 2 * Ct[1] * Mt[1], by="definition")
a.equals(Mul(55, 55, Pow(11, 2), 3, 96), by="definition")
a.equals(105415200, by="arithmetic")

# convolution 2, two halves
a.start(units[2])
a.equals(2 * (Wt[2] * Ht[2] * Mt[2]), by="definition")
a.equals(Mul(2, 27, 27, 128), by="definition")
a.equals(186624, by="arithmetic")
a.start(weights[2])
a.equals(2 * (Kt[2] ** 2 * Ct[2] * Mt[2]), by="definition")
a.equals(Mul(2, Pow(5, 2), 48, 128), by="definition")
a.equals(307200, by="arithmetic")
a.start(connections[2])
a.equals(2 * (Wt[2] * Ht[2] * Kt[2] ** 2 * Ct[2] * Mt[2]), by="definition")
a.equals(Mul(2, 27, 27, Pow(5, 2), 48, 128), by="definition")
a.equals(223948800, by="arithmetic")

# convolution 3
a.start(units[3])
a.equals(Wt[3] * Ht[3] * Mt[3], by="definition")
a.equals(Mul(13, 13, 384), by="definition")
a.equals(64896, by="arithmetic")
a.start(weights[3])
a.equals(Kt[3] ** 2 * Ct[3] * Mt[3], by="definition")
a.equals(Mul(Pow(3, 2), 256, 384), by="definition")
a.equals(884736, by="arithmetic")
a.start(connections[3])
a.equals(Wt[3] * Ht[3] * Kt[3] ** 2 * Ct[3] * Mt[3], by="definition")
a.equals(Mul(13, 13, Pow(3, 2), 256, 384), by="definition")
a.equals(149520384, by="arithmetic")

# convolution 4, two halves
a.start(units[4])
a.equals(2 * (Wt[4] * Ht[4] * Mt[4]), by="definition")
a.equals(Mul(2, 13, 13, 192), by="definition")
a.equals(64896, by="arithmetic")
a.start(weights[4])
a.equals(2 * (Kt[4] ** 2 * Ct[4] * Mt[4]), by="definition")
a.equals(Mul(2, Pow(3, 2), 192, 192), by="definition")
a.equals(663552, by="arithmetic")
a.start(connections[4])
a.equals(2 * (Wt[4] * Ht[4] * Kt[4] ** 2 * Ct[4] * Mt[4]), by="definition")
a.equals(Mul(2, 13, 13, Pow(3, 2), 192, 192), by="definition")
a.equals(112140288, by="arithmetic")

# convolution 5, two halves
a.start(units[5])
a.equals(2 * (Wt[5] * Ht[5] * Mt[5]), by="definition")
a.equals(Mul(2, 13, 13, 128), by="definition")
a.equals(43264, by="arithmetic")
a.start(weights[5])
a.equals(2 * (Kt[5] ** 2 * Ct[5] * Mt[5]), by="definition")
a.equals(Mul(2, Pow(3, 2), 192, 128), by="definition")
a.equals(442368, by="arithmetic")
a.start(connections[5])
a.equals(2 * (Wt[5] * Ht[5] * Kt[5] ** 2 * Ct[5] * Mt[5]), by="definition")
a.equals(Mul(2, 13, 13, Pow(3, 2), 192, 128), by="definition")
a.equals(74760192, by="arithmetic")

# fully connected 1
a.start(units[6])
a.equals(mt[6], by="definition")
a.equals(4096, by="definition")
a.start(weights[6])
a.equals(nt[6] * mt[6], by="definition")
a.equals(Mul(6, 6, 256, 4096), by="definition")
a.equals(37748736, by="arithmetic")
a.start(connections[6])
a.equals(nt[6] * mt[6], by="definition")
a.equals(Mul(6, 6, 256, 4096), by="definition")
a.equals(37748736, by="arithmetic")

# fully connected 2
a.start(units[7])
a.equals(mt[7], by="definition")
a.equals(4096, by="definition")
a.start(weights[7])
a.equals(nt[7] * mt[7], by="definition")
a.equals(Mul(4096, 4096), by="definition")
a.equals(16777216, by="arithmetic")
a.start(connections[7])
a.equals(nt[7] * mt[7], by="definition")
a.equals(Mul(4096, 4096), by="definition")
a.equals(16777216, by="arithmetic")

# output
a.start(units[8])
a.equals(mt[8], by="definition")
a.equals(1000, by="definition")
a.start(weights[8])
a.equals(nt[8] * mt[8], by="definition")
a.equals(Mul(4096, 1000), by="definition")
a.equals(4096000, by="arithmetic")
a.start(connections[8])
a.equals(nt[8] * mt[8], by="definition")
a.equals(Mul(4096, 1000), by="definition")
a.equals(4096000, by="arithmetic")

# what an answer states


def called(number, *names):
    """How a layer is called, by its number among those of its kind; the first is its title."""
    return tuple(f"{name} {number}" for name in names)


convolution_names = ("convolution", "convolutional", "conv", "c")
connected_names = (
    "fully connected", "fully connect", "fully convolution", "fully convolutional", "full", "full connected",
    "connected", "full connection", "fc", "dense", "linear", "f", "fcn",
)  # fmt: skip

no_split = Convention(
    "no split over the GPUs",
    ("no split", "not split", "without split", "without splitting", "ignore split", "ignoring split", "single gpu",
     "one gpu", "not divided", "not splitting", "do not split", "not halved"),
    (
        Eq(Ct[2], 96), Eq(Mt[2], 256), Eq(Ct[4], 384), Eq(Mt[4], 384), Eq(Ct[5], 384), Eq(Mt[5], 256),
        *(
            equation
            for t in (2, 4, 5)
            for equation in (
                Eq(units[t], Wt[t] * Ht[t] * Mt[t]),
                Eq(weights[t], Kt[t] ** 2 * Ct[t] * Mt[t]),
                Eq(connections[t], Wt[t] * Ht[t] * Kt[t] ** 2 * Ct[t] * Mt[t]),
            )
        ),
    ),
)  # fmt: skip
no_pooling = Convention(
    "no pooling before the first fully connected layer",
    ("no pooling", "without pooling", "no pool", "ignore pooling", "ignoring pooling", "before pooling", "not pooled",
     "ignoring max pooling", "without max pooling", "no max pooling", "ignore max pooling"),
    (Eq(nt[6], Mul(13, 13, 256)),),
)  # fmt: skip
with_biases = Convention(
    "biases among the weights",
    ("with biases", "with bias", "including biases", "including bias", "including the biases", "including the bias",
     "plus bias", "plus biases", "biases included", "bias included", "counting biases", "count biases",
     "incl biases", "incl bias", "incl the biases", "incl the bias",
     "biases counted", "biases are counted", "biases are included", "include biases", "include the biases"),
    (
        *(Eq(weights[t], (connections[t] + units[t]) / (Wt[t] * Ht[t])) for t in convolutions),  # split or not
        *(Eq(weights[t], nt[t] * mt[t] + mt[t]) for t in fully_connected),
    ),
)  # fmt: skip

a.table(
    rows={
        **{
            (*called(t, *convolution_names), f"layer {t}"): (units[t], weights[t], connections[t])
            for t in convolutions
        },
        (*called(1, *connected_names), *called(6, *connected_names), "layer 6"): (units[6], weights[6], connections[6]),
        (*called(2, *connected_names), *called(7, *connected_names), "layer 7"): (units[7], weights[7], connections[7]),
        ("output", "output layer", "softmax", *called(3, *connected_names), *called(8, *connected_names), "layer 8"):
            (units[8], weights[8], connections[8]),
    },
    columns=[
        ("units", "unit", "neurons", "neuron", "nodes", "n t"),
        ("weights", "weight", "parameters", "parameter", "params", "param", "p t"),
        ("connections", "connection", "connects", "conns", "conn", "u t"),
    ],
    marks=0.5,
    conventions=[no_split, no_pooling, with_biases],
    slips=[Slip(Rational(1, 2), "the two GPUs counted once", ("convolution 2", "convolution 4", "convolution 5"))],
    kinds=[
        LayerKind(
            "convolution",
            ("convolution", "convolutional", "convolutions", "conv"),
            (Eq(N, W * H * M), Eq(P, K**2 * C * M), Eq(U, W * H * K**2 * C * M)),
        ),
        LayerKind(
            "fully connected",
            ("connected", "fc", "dense", "fully convolution", "fully convolutional"),
            (Eq(N, m), Eq(P, n * m), Eq(U, n * m)),
            shapes=(
                (Eq(n, W * H * C), Eq(m, W * H * M)),
                (Eq(n, W * H * C), Eq(m, M)),
                (Eq(n, C), Eq(m, M)),
            ),
        ),
    ],
    beside=["input", "image", "total", "sum", "pool", "pooling", "norm", "normalization", "dropout", "relu", "data"],
)  # fmt: skip


# --- b -----------------------------------------------------------------------------------------------------------

b = derivation.part("b", "What saves weights, and what saves connections", words=4)

# A smaller kernel has fewer weights, and fewer connections.
b.start(Partial(P, K))
b.equals(2 * K * C * M, by="differentiate")
b.greater(0, by="positivity")

b.start(Partial(U, K))
b.equals(2 * W * H * K * C * M, by="differentiate")
b.greater(0, by="positivity")

# The fully connected layers hold most of the weights …
b.start((weights[6] + weights[7] + weights[8]) / Add(*weights.values()))
b.equals(
    Add(37748736, 16777216, 4096000) / Add(34848, 307200, 884736, 663552, 442368, 37748736, 16777216, 4096000),
    by="definition",
)
b.equals(S(58621952) / 60954656, by="arithmetic")
b.equals(Rational(1831936, 1904833), by="arithmetic")

# … and the convolutions most of the connections.
b.start(
    (connections[1] + connections[2] + connections[3] + connections[4] + connections[5]) / Add(*connections.values())
)
b.equals(
    Add(105415200, 223948800, 149520384, 112140288, 74760192)
    / Add(105415200, 223948800, 149520384, 112140288, 74760192, 37748736, 16777216, 4096000),
    by="definition",
)
b.equals(S(665784864) / 724406816, by="arithmetic")
b.equals(Rational(20805777, 22637713), by="arithmetic")
