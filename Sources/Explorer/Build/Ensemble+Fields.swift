import FixedPoint
import Sessions

extension Ensemble {
  static let seedField = Field("seed", .integer(0...1 << 53), "the same seed gives the same numbers everywhere")
  static let gainField = Field(
    "gain", .number(0 ... .greatestFiniteMagnitude), default: .number(1),
    "entries have standard deviation gain/sqrt(fan-in)")
  static let constraintField = Field(
    "constraint", .choice(Constraint.names), default: .text(Constraint.none), "what is done to the numbers afterwards")

  static let boundField = Field(
    "bound", .number(0 ... .greatestFiniteMagnitude), "what the constraint's number is brought to, by rescaling")
}

extension Ensemble.Law {
  /// The field of a law that has a parameter, and its value.
  var parameter: (Field, Double)? {
    switch self {
    case .sparse(let density):
      (Field("density", .number(.leastNonzeroMagnitude...1), "the share of entries that are there"), density)
    case .lowRank(let rank): (Field("rank", .integer(1...Int(Int32.max)), "the rank of the matrix"), Double(rank))
    case .banded(let width):
      (Field("width", .integer(0...Int(Int32.max)), "how far from the diagonal entries may be"), Double(width))
    case .correlated(let correlation):
      (Field("correlation", .number(-1...1), "the correlation of entries (i, j) and (j, i)"), correlation)
    case .gaussian, .uniform, .orthogonal, .symmetric, .antisymmetric: nil
    }
  }

  /// A law with the parameter that people start from.
  static func usual(_ name: String) -> Ensemble.Law {
    switch name {
    case "uniform": .uniform
    case "orthogonal": .orthogonal
    case "sparse": .sparse(density: 0.2)
    case "low-rank": .lowRank(1)
    case "symmetric": .symmetric
    case "antisymmetric": .antisymmetric
    case "banded": .banded(width: 1)
    case "correlated": .correlated(0.5)
    default: .gaussian
    }
  }

  /// What the law is, in few words.
  static func summary(_ name: String) -> String {
    switch name {
    case "uniform": "independent, uniform"
    case "orthogonal": "orthonormal columns or rows"
    case "sparse": "independent, most of them 0"
    case "low-rank": "a product of two thin matrices"
    case "symmetric": "normal, W = Wᵀ"
    case "antisymmetric": "normal, W = -Wᵀ"
    case "banded": "normal, near the diagonal"
    case "correlated": "normal, (i, j) and (j, i) correlated"
    default: "independent, normal"
    }
  }
}

extension Ensemble.Constraint {
  static let none = "none"
  static let names = [
    none, "nonnegative", "row-stochastic", "spectralRadius", "norm2", "normInf", "perronRoot",
  ]

  var name: String {
    switch self {
    case .nonnegative: "nonnegative"
    case .rowStochastic: "row-stochastic"
    case .spectralRadius: "spectralRadius"
    case .norm2: "norm2"
    case .normInf: "normInf"
    case .perronRoot: "perronRoot"
    }
  }

  /// The value that a rescaling aims at.
  var bound: Double? {
    switch self {
    case .nonnegative, .rowStochastic: nil
    case .spectralRadius(let value), .norm2(let value), .normInf(let value), .perronRoot(let value): value
    }
  }

  /// The constraint of a name as a session says it, with the bound that people start from; `null` for none.
  static func json(_ name: String) -> JSON {
    switch name {
    case none: .null
    case "nonnegative", "row-stochastic": JSON(name)
    default: JSON([JSON.Member(name, 0.9)])
    }
  }
}
