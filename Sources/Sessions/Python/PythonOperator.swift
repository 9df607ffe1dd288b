import FixedPoint

/// One operator of a session as Python: the constants that it needs and what it does to the running value `v`.
struct PythonOperator {
  private(set) var constants = ""
  private(set) var statement = ""
  private let index: Int
  private let values: FieldValues
  private let link: any Operator

  /// `index` tells the constants of this operator from those of others; `input`, if there is one, is the script's `X`.
  init(_ source: ResolvedOperator, index: Int, input: Tensor?) {
    self.index = index
    values = source.values
    link = source.link
    switch source.name {
    case "dense": addDense()
    case "monotone": addMonotone()
    case "convolve": addConvolve()
    case "propagate": addPropagate()
    case "inject": addInject(input)
    case "activation": addActivation()
    case "normalize": addNormalize()
    case "skip": statement = "v + \(number("scale")) * z"
    case "scale": statement = "\(number("by")) * v"
    default: preconditionFailure("every operator of the catalogue has its Python")
    }
  }

  // MARK: Parts

  private func number(_ name: String) -> String { PythonLiteral.number(values.number(name) ?? 0) }

  /// Adds a constant of this operator; gives its name.
  private mutating func constant(_ letter: String, _ value: String) -> String {
    let name = "\(letter)\(index)"
    constants += "\(name) = \(value)\n"
    return name
  }

  private mutating func tensor(_ field: String, _ letter: String) -> String? {
    values.tensor(field).map { constant(letter, PythonLiteral.array($0)) }
  }

  // MARK: Operators

  private mutating func addDense() { statement = "v @ \(tensor("weight", "W") ?? "").T" }

  private mutating func addMonotone() {
    let (factor, turn) = (tensor("A", "A") ?? "", tensor("B", "B") ?? "")
    let weight = constant(
      "W", "(1 - \(number("m"))) * np.eye(len(\(turn))) - \(factor).T @ \(factor) + \(turn) - \(turn).T")
    statement = "v @ \(weight).T"
  }

  private mutating func addConvolve() {
    statement = "correlate(v, \(tensor("kernel", "K") ?? ""), \(isCircular ? "\"wrap\"" : "\"constant\""))"
  }

  private var isCircular: Bool { values.text("padding") == "circular" }

  private mutating func addPropagate() {
    let edges = (values.edges("edges") ?? []).map { PythonLiteral.tuple($0) }
    let list = constant("E", "[\n" + PythonLiteral.lines(edges) + "]")
    let nodes = link.inputShape.sizes[0]
    let loops = values.flag("selfLoops") == false ? "False" : "True"
    let matrix = constant("G", "graph(\(list), \(nodes), \(loops), \"\(values.text("normalization") ?? "")\")")
    statement = "\(number("scale")) * (\(matrix) @ v)"
  }

  private mutating func addInject(_ input: Tensor?) {
    let source = product(with: input)
    let bias = tensor("bias", "b")
    // Not a constant: another X may be set in a script that imports this one.
    let sum = "(" + [source, bias].compactMap(\.self).joined(separator: " + ").orIfEmpty("np.zeros(1)") + ")"
    let kind = values.text("activation").flatMap(ActivationKind.init(rawValue:)) ?? .identity
    statement = "v + \(number("scale")) * \(Activation(kind).python(of: sum))"
  }

  /// U x in the shape of v; `nil` without an input.
  private mutating func product(with input: Tensor?) -> String? {
    guard let input else { return nil }
    guard let weight = values.tensor("weight"), let name = tensor("weight", "U") else { return "X" }
    if weight.shape.rank == 4 { return "correlate(X, \(name), \"constant\")" }
    let isWhole = weight.shape.sizes == [link.inputShape.count, input.shape.count]
    return isWhole ? "(\(name) @ X.ravel()).reshape(\(PythonLiteral.shape(link.inputShape)))" : "X @ \(name).T"
  }

  private mutating func addActivation() {
    let kind = values.text("kind").flatMap(ActivationKind.init(rawValue:)) ?? .identity
    let activation = Activation(kind, parameter: kind.parameter.flatMap { values.number($0.rawValue) })
    let shifted = "\(activation.python(of: "v")) + \(number("shift"))"
    statement = values.number("power") == 1 ? shifted : "np.power(\(shifted), \(number("power")))"
  }

  private mutating func addNormalize() {
    let exponent = PythonLiteral.number(values.number("norm") ?? .infinity)
    let axes = values.text("axis") == "all" ? "None" : PythonLiteral.tuple(Array(1..<link.inputShape.rank))
    statement = "v / norm(v, \(exponent), \(axes))"
  }
}

extension String {
  fileprivate func orIfEmpty(_ other: String) -> String { isEmpty ? other : self }
}
