public import FixedPoint
internal import Glibc

/// One operator of a network that a test writes down.
public enum Link: Sendable {
  case dense([[Double]])
  case inject([Double])
  case activation(ActivationKind, shift: Double = 0, power: Double = 1)
  case normalize(Double)
  case skip(Double)
  case scale(Double)

  private var fields: (name: String, values: FieldValues) {
    switch self {
    case .dense(let rows):
      let tensor = Tensor(shape: Shape([rows.count, rows[0].count]), values: rows.flatMap { $0 })
      return ("dense", FieldValues(["weight": .tensor(tensor)]))
    case .inject(let bias): return ("inject", FieldValues(["bias": .tensor(Tensor(vector: bias))]))
    case .activation(let kind, let shift, let power):
      return (
        "activation",
        FieldValues(["kind": .text(kind.rawValue), "shift": .number(shift), "power": .number(power)])
      )
    case .normalize(let norm):
      return ("normalize", FieldValues(["norm": norm == .infinity ? .text("inf") : .number(norm)]))
    case .skip(let factor): return ("skip", FieldValues(["scale": .number(factor)]))
    case .scale(let factor): return ("scale", FieldValues(["by": .number(factor)]))
    }
  }

  func built(incoming: Shape, state: Shape) throws -> any Operator {
    let (name, values) = fields
    guard let type = OperatorCatalog.named(name) else { throw UnknownLink(name: name) }
    return try type.init(values, in: OperatorContext(incoming: incoming, state: state, input: nil))
  }

  private struct UnknownLink: Error {
    let name: String
  }
}

extension Network {
  /// A network of flat vectors of this dimension.
  public init(_ dimension: Int, _ links: [Link]) throws {
    let state = Shape([dimension])
    var operators: [any Operator] = []
    for link in links {
      operators.append(try link.built(incoming: operators.last?.outputShape ?? state, state: state))
    }
    try self.init(stateShape: state, operators: operators)
  }
}

extension SeededGenerator {
  /// Standard normal, by the polar method.
  public mutating func gaussian() -> Double {
    while true {
      let (x, y) = (number(), number())
      let square = x * x + y * y
      if square > 0 && square < 1 { return x * (-2 * log(square) / square).squareRoot() }
    }
  }

  /// Independent normal entries with standard deviation gain / √columns.
  public mutating func gaussianRows(_ rows: Int, _ columns: Int, gain: Double) -> [[Double]] {
    let deviation = gain / Double(columns).squareRoot()
    return (0..<rows).map { _ in (0..<columns).map { _ in deviation * gaussian() } }
  }
}
