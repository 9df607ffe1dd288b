#!/usr/bin/env python3
"""Trainings of small pipelines by NumPy alone, to check those of deq: python3 training.py claims.json

A claim has the operators of a pipeline with their tensors, samples with labels, a head (batch normalisation and a linear
map) and a learning rate. Every step is plain gradient descent on all samples: the fixed point by Newton's method with the
whole Jacobian, the way back by a dense solve with I - J transposed. Prints, for each claim and each number of steps that
it asks for, a fingerprint of every tensor, sum cos(i + 1) t_i; and where a claim brings tensors, how far they are from
the ones here, relative to how far these moved.
"""
import json
import math
import sys

import numpy as np

EPSILON = 1e-5


def sigmoid(t):
    return 1 / (1 + np.exp(-t))


ACTIVATIONS = {
    "identity": (lambda t: t, np.ones_like),
    "tanh": (np.tanh, lambda t: 1 - np.tanh(t) ** 2),
    "relu": (lambda t: np.maximum(t, 0), lambda t: (t > 0) * 1.0),
    "sigmoid": (sigmoid, lambda t: sigmoid(t) * (1 - sigmoid(t))),
    "softplus": (lambda t: np.log1p(np.exp(t)), sigmoid),
}


def taps(kernel, height, width, circular):
    """Every (entry of the kernel, source row, source column, target row, target column) of a cross-correlation."""
    _, _, rows, columns = kernel
    for a in range(rows):
        for b in range(columns):
            for y in range(height):
                for x in range(width):
                    v, u = y + a - rows // 2, x + b - columns // 2
                    if circular:
                        yield a, b, v % height, u % width, y, x
                    elif 0 <= v < height and 0 <= u < width:
                        yield a, b, v, u, y, x


def correlation(shape, incoming, circular):
    """The linear map kernel -> matrix as an array [entries of the kernel, outputs, inputs]."""
    outputs, inputs = shape[:2]
    _, height, width = incoming
    result = np.zeros(tuple(shape) + (outputs, height, width, inputs, height, width))
    for a, b, v, u, y, x in taps(shape, height, width, circular):
        for o in range(outputs):
            for i in range(inputs):
                result[o, i, a, b, o, y, x, i, v, u] += 1
    return result.reshape(int(np.prod(shape)), outputs * height * width, inputs * height * width)


def blocks(shape, count):
    """The same for a matrix that acts on each of `count` rows."""
    rows, columns = shape
    result = np.zeros((rows, columns, count, rows, count, columns))
    for k in range(count):
        for r in range(rows):
            for c in range(columns):
                result[r, c, k, r, k, c] = 1
    return result.reshape(rows * columns, count * rows, count * columns)


def spread(bias, state):
    """The linear map bias -> bias on every entry, [entries, state]."""
    units = np.eye(int(np.prod(bias))).reshape([-1] + list(bias))
    return np.stack([np.broadcast_to(unit, state).ravel() for unit in units])


class Linear:
    """v -> M v, with M linear in a tensor."""

    def __init__(self, tensor, basis):
        self.tensors, self.basis = [tensor], basis

    def matrix(self, values):
        return np.tensordot(values[self.tensors[0]].ravel(), self.basis, axes=1)

    def forward(self, v, z, x, values):
        return self.matrix(values) @ v

    def pull_back(self, g, v, z, x, values):
        gradient = np.einsum("i,kij,j->k", g, self.basis, v)
        return self.matrix(values).T @ g, 0, {self.tensors[0]: gradient.reshape(values[self.tensors[0]].shape)}


class Monotone:
    """v -> ((1 - m) I - A'A + B - B') v, row by row."""

    def __init__(self, a, b, m):
        self.tensors, self.m = [a, b], m

    def matrix(self, values):
        a, b = (values[name] for name in self.tensors)
        return (1 - self.m) * np.eye(b.shape[0]) - a.T @ a + b - b.T

    def forward(self, v, z, x, values):
        return self.matrix(values) @ v

    def pull_back(self, g, v, z, x, values):
        a, _ = (values[name] for name in self.tensors)
        outer = np.outer(g, v)
        return (
            self.matrix(values).T @ g,
            0,
            {self.tensors[0]: -a @ (outer + outer.T), self.tensors[1]: outer - outer.T},
        )


class Inject:
    """v -> v + scale rho(U x + b)."""

    def __init__(self, weight, basis, bias, spread, activation, scale):
        self.weight, self.basis, self.bias, self.spread = weight, basis, bias, spread
        self.function, self.slope = ACTIVATIONS[activation]
        self.scale = scale

    def sums(self, x, values):
        t = x if self.weight is None else np.tensordot(values[self.weight].ravel(), self.basis, axes=1) @ x
        return t if self.bias is None else t + values[self.bias].ravel() @ self.spread

    def forward(self, v, z, x, values):
        return v + self.scale * self.function(self.sums(x, values))

    def pull_back(self, g, v, z, x, values):
        own = g * self.scale * self.slope(self.sums(x, values))
        gradients = {}
        if self.weight is not None:
            gradients[self.weight] = np.einsum("i,kij,j->k", own, self.basis, x).reshape(values[self.weight].shape)
        if self.bias is not None:
            gradients[self.bias] = (self.spread @ own).reshape(values[self.bias].shape)
        return g, 0, gradients


class Activation:
    """v -> (sigma(v) + shift) ** power."""

    def __init__(self, kind, shift, power):
        self.function, self.slope = ACTIVATIONS[kind]
        self.shift, self.power = shift, power

    def forward(self, v, z, x, values):
        return (self.function(v) + self.shift) ** self.power

    def pull_back(self, g, v, z, x, values):
        base = self.function(v) + self.shift
        return g * self.power * base ** (self.power - 1) * self.slope(v), 0, {}


class Normalize:
    """v -> v / |v|_2 of all entries."""

    def forward(self, v, z, x, values):
        return v / np.linalg.norm(v)

    def pull_back(self, g, v, z, x, values):
        size = np.linalg.norm(v)
        return (g - v * (v @ g) / size**2) / size, 0, {}


class Fixed:
    """v -> M v + skip z."""

    def __init__(self, matrix, skip=0.0):
        self.matrix, self.skip = matrix, skip

    def forward(self, v, z, x, values):
        return self.matrix @ v + self.skip * z

    def pull_back(self, g, v, z, x, values):
        return self.matrix.T @ g, self.skip * g, {}


def propagation(edges, nodes, features, scale):
    matrix = np.eye(nodes)
    for u, v in edges:
        matrix[u, v] = matrix[v, u] = 1
    degrees = matrix.sum(axis=1)
    return np.kron(scale * matrix / np.sqrt(np.outer(degrees, degrees)), np.eye(features))


def build(claim, values):
    """The operators of a claim."""
    operators, shape, given = [], list(claim["state"]), list(claim["input"])
    for index, source in enumerate(claim["operators"]):
        name = source["op"]
        tensor = lambda field: f"operators.{index}.{field}"
        count = int(np.prod(shape))
        if name == "dense":
            size = values[tensor("weight")].shape
            operators.append(Linear(tensor("weight"), blocks(size, count // size[1])))
            shape = shape[:-1] + [size[0]]
        elif name == "monotone":
            operators.append(Monotone(tensor("A"), tensor("B"), source["m"]))
        elif name == "convolve":
            size = values[tensor("kernel")].shape
            operators.append(
                Linear(tensor("kernel"), correlation(size, shape, source.get("padding", "zero") == "circular"))
            )
            shape = [size[0]] + shape[1:]
        elif name == "inject":
            weight, bias = (tensor(f) if tensor(f) in values else None for f in ("weight", "bias"))
            basis = None
            if weight and values[weight].ndim == 4:
                basis = correlation(values[weight].shape, given, False)
            elif weight:
                basis = blocks(values[weight].shape, int(np.prod(given)) // values[weight].shape[1])
            operators.append(
                Inject(
                    weight,
                    basis,
                    bias,
                    spread(values[bias].shape, shape) if bias else None,
                    source.get("activation", "identity"),
                    source.get("scale", 1.0),
                )
            )
        elif name == "activation":
            operators.append(Activation(source["kind"], source.get("shift", 0.0), source.get("power", 1.0)))
        elif name == "normalize":
            assert source["norm"] == 2
            operators.append(Normalize())
        elif name == "skip":
            operators.append(Fixed(np.eye(count), source.get("scale", 1.0)))
        elif name == "scale":
            operators.append(Fixed(source["by"] * np.eye(count)))
        elif name == "propagate":
            operators.append(Fixed(propagation(source["edges"], shape[0], shape[1], source.get("scale", 1.0))))
        else:
            raise ValueError(name)
    return operators


def trajectory(operators, z, x, values):
    running = [z]
    for operator in operators:
        running.append(operator.forward(running[-1], z, x, values))
    return running


def pull_back(operators, running, g, x, values):
    """J'g and the gradients of all tensors."""
    z, skipped, gradients = running[0], 0, {}
    for operator, v in zip(reversed(operators), reversed(running[:-1])):
        g, own, more = operator.pull_back(g, v, z, x, values)
        skipped = skipped + own
        gradients.update(more)
    return g + skipped, gradients


def transposed_jacobian(operators, running, x, values):
    n = running[0].size
    return np.stack([pull_back(operators, running, unit, x, values)[0] for unit in np.eye(n)], axis=1)


def fixed_point(operators, start, x, values):
    z = start
    for _ in range(200):
        running = trajectory(operators, z, x, values)
        if np.linalg.norm(running[-1] - z) <= 1e-8 * np.linalg.norm(running[-1]):
            break
        z = running[-1]
    for _ in range(20):
        running = trajectory(operators, z, x, values)
        residual = running[-1] - z
        if np.linalg.norm(residual) <= 1e-15 * np.linalg.norm(z):
            break
        z = z + np.linalg.solve(np.eye(z.size) - transposed_jacobian(operators, running, x, values).T, residual)
    return trajectory(operators, z, x, values)


def head(features, labels, values):
    """Loss, cotangents of the features, gradients of the head."""
    rows = features.shape[0]
    mean, variance = features.mean(axis=0), features.var(axis=0)
    factor = 1 / np.sqrt(variance + EPSILON)
    normal = (features - mean) * factor
    shifted = normal * values["head.scale"] + values["head.shift"]
    scores = shifted @ values["head.weight"].T + values["head.bias"]
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    known = [row for row, label in enumerate(labels) if label is not None]
    g = np.zeros_like(scores)
    loss = 0.0
    for row in known:
        loss -= math.log(shares[row, labels[row]]) / len(known)
        g[row] = shares[row] / len(known)
        g[row, labels[row]] -= 1 / len(known)
    gradients = {"head.weight": g.T @ shifted, "head.bias": g.sum(axis=0)}
    g = g @ values["head.weight"]
    gradients["head.scale"], gradients["head.shift"] = (g * normal).sum(axis=0), g.sum(axis=0)
    own = g * values["head.scale"]
    return loss, factor * (own - own.mean(axis=0) - normal * (own * normal).mean(axis=0)), gradients


def step(claim, operators, values):
    """One step of gradient descent on all samples."""
    start, rate = np.array(claim["start"]), claim["rate"]
    inputs = [np.array(sample) for sample in claim["samples"]]
    runs = [fixed_point(operators, start, x, values) for x in inputs]
    rows = len(claim["labels"])
    features = np.stack([running[-1] for running in runs]).reshape(rows, -1)
    _, cotangents, gradients = head(features, claim["labels"], values)
    for x, running, v in zip(inputs, runs, cotangents.reshape(len(runs), -1)):
        system = np.eye(v.size) - transposed_jacobian(operators, running, x, values)
        _, more = pull_back(operators, running, np.linalg.solve(system, v), x, values)
        for name, gradient in more.items():
            gradients[name] = gradients.get(name, 0) + gradient
    return {name: value - rate * gradients[name] for name, value in values.items()}


def fingerprint(tensor):
    entries = tensor.ravel()
    return float(np.cos(np.arange(1, entries.size + 1)) @ entries)


def replay(claim):
    values = {name: np.array(t["values"], dtype=float).reshape(t["shape"]) for name, t in claim["tensors"].items()}
    first, operators = dict(values), build(claim, values)
    result, worst = {}, 0.0
    for number in range(1, max(claim["steps"]) + 1):
        values = step(claim, operators, values)
        if number not in claim["steps"]:
            continue
        result[str(number)] = {name: fingerprint(value) for name, value in values.items()}
        for name, found in claim.get("found", {}).get(str(number), {}).items():
            move = np.linalg.norm(values[name] - first[name])
            worst = max(worst, np.linalg.norm(np.array(found).reshape(values[name].shape) - values[name]) / move)
    return {"name": claim["name"], "steps": result, "worst": worst}


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        print(json.dumps([replay(claim) for claim in json.load(file)], indent=1, sort_keys=True))
