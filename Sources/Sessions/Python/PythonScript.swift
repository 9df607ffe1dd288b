import FixedPoint

/// A session as a Python script that needs nothing but NumPy: to check f and its fixed point independently of this
/// program.
///
/// The script states the session, defines `f`, and run on its own prints residuals and fixed point as JSON; it solves by
/// plain steps, damped where they do not converge, and Newton's method with central differences. All tensors are written
/// out with the digits that read back as the same numbers.
public enum PythonScript {
  /// The script of a session; relative paths of tensor files start from `directory`. With a readout it also says the class
  /// of its fixed point.
  /// - Throws: `SessionError` whose path names the field at fault.
  public static func text(
    of document: SessionDocument, directory: String, readout: Readout? = nil
  ) throws(SessionError) -> String {
    let resolver = TensorResolver(directory: directory, catalog: .standard())
    let input = try Problem.input(document, resolver)
    let operators = try Problem.resolved(document.network, input: input, resolver).enumerated()
      .map { PythonOperator($1, index: $0, input: input) }
    let start = try Problem.tensor(document.start, "start", shape: document.network.stateShape, resolver)
    let constants =
      "START = \(PythonLiteral.array(start))\n" + (input.map { "X = \(PythonLiteral.array($0))\n" } ?? "")
      + operators.map(\.constants).joined()
    let statements = operators.map { "    v = \($0.statement)\n" }.joined()
    let (head, result) = readout.map { ($0.pythonFunction, Readout.pythonResult) } ?? ("", "")
    return header(document) + helpers + constants + function(statements) + head
      + solver.replacing("    print(json", with: result + "    print(json")
  }

  /// Writes the script of a session.
  /// - Throws: `SessionError` of kind `unwritable`, or about the session.
  public static func write(
    _ document: SessionDocument, directory: String, readout: Readout? = nil, to path: String
  ) throws(SessionError) {
    try FileSystem.replace(path, with: Array(try text(of: document, directory: directory, readout: readout).utf8))
  }

  /// The session as comments; its JSON has no line breaks within a text.
  private static func header(_ document: SessionDocument) -> String {
    var plain = document
    plain.recording = nil
    let lines = String(decoding: SessionFile.text(of: plain), as: UTF8.self).split(separator: "\n")
    return """
      #!/usr/bin/env python3
      # The map f of this session and its fixed point z* = f(z*), with NumPy alone; prints JSON. Ends with 0 if there is
      # a fixed point, else with 1 and the reason.
      #
      \(lines.map { "# " + $0 }.joined(separator: "\n"))

      import json
      import math
      import sys

      import numpy as np


      """
  }

  private static let helpers = #"""
    erf = np.vectorize(math.erf, otypes=[float])
    erfc = np.vectorize(math.erfc, otypes=[float])


    def norm(v, p, axes):
        """The p-norm over the axes, scaled by the largest entry."""
        peak = np.max(np.abs(v), axis=axes, keepdims=True)
        if p == math.inf:
            return peak
        return peak * np.sum((np.abs(v) / peak) ** p, axis=axes, keepdims=True) ** (1 / p)


    def correlate(v, kernel, padding):
        """The cross-correlation of [channels, height, width]; height and width stay."""
        _, height, width = v.shape
        rows, columns = kernel.shape[2:]
        padded = np.pad(v, ((0, 0), (rows // 2,) * 2, (columns // 2,) * 2), mode=padding)
        result = np.zeros((kernel.shape[0], height, width))
        for a in range(rows):
            for b in range(columns):
                result += np.tensordot(kernel[:, :, a, b], padded[:, a : a + height, b : b + width], axes=1)
        return result


    def graph(edges, nodes, loops, normalization):
        """The matrix that passes values along the edges."""
        matrix = np.eye(nodes) if loops else np.zeros((nodes, nodes))
        for u, v in edges:
            matrix[u, v] = matrix[v, u] = 1.0
        degrees = np.maximum(matrix.sum(axis=1), 1.0)
        if normalization == "symmetric":
            return matrix / np.sqrt(np.outer(degrees, degrees))
        return matrix / degrees[:, None] if normalization == "row" else matrix



    """#

  private static func function(_ statements: String) -> String {
    """


    def f(z):
        v = z
    \(statements)    return v



    """
  }

  private static let solver = #"""
    def finite(number):
        """The number for JSON, which has none that is not finite."""
        return float(number) if np.isfinite(number) else None


    def residuals(z):
        image = f(z)
        distance = np.linalg.norm((image - z).ravel())
        size = np.linalg.norm(image.ravel())
        return {
            "residual_relative": finite(distance / size) if size > 0 else 0.0 if distance == 0 else None,
            "residual_absolute": finite(distance),
            "residual_sup": finite(np.max(np.abs(image - z))),
        }


    def settle(z, factor, tolerance):
        """Steps of z + factor (f(z) - z) until the relative residual is small; None if it does not become so."""
        for _ in range(20000):
            image = f(z)
            size = np.linalg.norm(image.ravel())
            if not np.isfinite(size):
                return None
            if np.linalg.norm((image - z).ravel()) <= tolerance * size:
                return z
            z = z + factor * (image - z)
        return None


    def jacobian(z):
        """By central differences."""
        columns = []
        for i in range(z.size):
            step = np.zeros(z.size)
            step[i] = 1e-6 * max(1.0, abs(z.flat[i]))
            step = step.reshape(z.shape)
            columns.append((f(z + step) - f(z - step)).ravel() / (2 * step.flat[i]))
        return np.stack(columns, axis=1)


    def polish(z):
        """Newton's method on f(z) - z, while it gets better."""
        for _ in range(10):
            residual = (f(z) - z).ravel()
            try:
                step = np.linalg.solve(np.eye(z.size) - jacobian(z), residual)
            except np.linalg.LinAlgError:
                return z
            better = z + step.reshape(z.shape)
            if not np.linalg.norm((f(better) - better).ravel()) < np.linalg.norm(residual):
                return z
            z = better
        return z


    def solve():
        """A fixed point from START, or None: plain steps first, then damped ones, then Newton's method."""
        for factor in (1.0, 0.5, 0.1, 0.02):
            z = settle(START, factor, 1e-7)
            if z is not None:
                z = polish(z) if z.size <= 2000 else z
                finer = settle(z, factor, 1e-14)
                return z if finer is None else finer
        return None


    if __name__ == "__main__":
        with np.errstate(all="ignore"):
            z = solve()
            result = {
                "residual": residuals(START if z is None else z),
                "fixedPoint": None if z is None else [float(entry) for entry in z.ravel()],
            }
        print(json.dumps(result, allow_nan=False))
        if z is None:
            sys.exit("no fixed point: neither plain nor damped steps from START settle, within 20,000 of each")

    """#
}
