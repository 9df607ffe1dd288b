import FixedPoint

extension Readout {
  /// `scores(z)` with its constants.
  var pythonFunction: String {
    """

    CLASSES = [
    \(PythonLiteral.lines(classes.map { JSON($0).lineText }))]
    \(pythonConstants)

    def scores(z):
        \"\"\"The scores of the classes, a row for each row of z, by the head that lies beside the session.\"\"\"
    \(pythonStatements.map { "    " + $0 }.joined(separator: "\n"))



    """
  }

  private var pythonConstants: String {
    tensors.map { tensor in
      tensor.key.uppercased().replacing(".", with: "_") + " = " + PythonLiteral.array(tensor.tensor) + "\n"
    }.joined()
  }

  private var pythonStatements: [String] {
    var lines: [String] = []
    if stateShape.rank == 3, pooling > 1 {
      let (side, sizes) = (pooling, featureShape.sizes)
      lines.append("v = z[:, : \(sizes[1] * side), : \(sizes[2] * side)]")
      lines.append(
        "v = v.reshape(\(sizes[0]), \(sizes[1]), \(side), \(sizes[2]), \(side)).mean(axis=(2, 4)).reshape(1, -1)")
    } else {
      lines.append("v = z.reshape(\(rows), -1)")
    }
    if let normalization {
      let count = featureShape.count / normalization.mean.count
      func repeated(_ name: String) -> String { count == 1 ? name : "np.repeat(\(name), \(count))" }
      let deviation = "np.sqrt(\(repeated("HEAD_VARIANCE")) + \(PythonLiteral.number(normalization.floor)))"
      lines.append("v = (v - \(repeated("HEAD_MEAN"))) / \(deviation)")
      lines.append("v = v * \(repeated("HEAD_SCALE")) + \(repeated("HEAD_SHIFT"))")
    }
    lines.append(weight == nil ? "return v" : "return v @ HEAD_WEIGHT.T + HEAD_BIAS")
    return lines
  }

  /// What is added to the result.
  static let pythonResult = """
        if z is not None:
            result["classes"] = [CLASSES[best] for best in np.argmax(scores(z), axis=1)]

    """
}
