import FixedPoint

/// A random tensor: a law, a seed, a gain and a constraint.
///
/// The tensor is seen as a matrix, its first axis the units (rows) and the product of the others their inputs (columns);
/// a vector is a column. What each law and constraint means, and how its numbers are made, is in ``EnsembleGenerator``.
public struct Ensemble: Sendable {
  public enum Law: Sendable, Equatable {
    case gaussian
    case uniform
    case orthogonal
    /// Each entry is there with this probability, in (0, 1].
    case sparse(density: Double)
    case lowRank(Int)
    case symmetric
    case antisymmetric
    /// Entries with |i - j| <= width.
    case banded(width: Int)
    /// The correlation of entries (i, j) and (j, i), in [-1, 1].
    case correlated(Double)
  }

  public enum Constraint: Sendable, Equatable {
    case nonnegative
    case rowStochastic
    case spectralRadius(Double)
    case norm2(Double)
    case normInf(Double)
    case perronRoot(Double)
  }

  public var law: Law
  public var seed: UInt64
  public var gain: Double
  public var constraint: Constraint?

  public init(_ law: Law, seed: UInt64, gain: Double = 1, constraint: Constraint? = nil) {
    self.law = law
    self.seed = seed
    self.gain = gain
    self.constraint = constraint
  }
}

extension Ensemble.Law {
  /// The names of the format, in its order.
  public static let names = [
    "gaussian", "uniform", "orthogonal", "sparse", "low-rank", "symmetric", "antisymmetric", "banded", "correlated",
  ]

  public var name: String {
    switch self {
    case .gaussian: "gaussian"
    case .uniform: "uniform"
    case .orthogonal: "orthogonal"
    case .sparse: "sparse"
    case .lowRank: "low-rank"
    case .symmetric: "symmetric"
    case .antisymmetric: "antisymmetric"
    case .banded: "banded"
    case .correlated: "correlated"
    }
  }

  /// The parameter of each law that has one.
  static let parameters = [
    "sparse": Field(
      "density", .number(.leastNonzeroMagnitude...1), required: true, "probability of each entry to be there"),
    "low-rank": Field("rank", .integer(1...Int(Int32.max)), required: true, "the rank"),
    "banded": Field("width", .integer(0...Int(Int32.max)), required: true, "entries with |i - j| of at most this"),
    "correlated": Field("correlation", .number(-1...1), required: true, "of entries (i, j) and (j, i)"),
  ]

  fileprivate init(_ name: String, _ reader: inout ObjectReader) {
    let value = Self.parameters[name].flatMap { reader.required($0) } ?? 0
    switch name {
    case "uniform": self = .uniform
    case "orthogonal": self = .orthogonal
    case "sparse": self = .sparse(density: value)
    case "low-rank": self = .lowRank(Int(value))
    case "symmetric": self = .symmetric
    case "antisymmetric": self = .antisymmetric
    case "banded": self = .banded(width: Int(value))
    case "correlated": self = .correlated(value)
    default: self = .gaussian
    }
  }

  fileprivate var members: [JSON.Member] {
    switch self {
    case .sparse(let density): [JSON.Member("density", JSON(density))]
    case .lowRank(let rank): [JSON.Member("rank", JSON(rank))]
    case .banded(let width): [JSON.Member("width", JSON(width))]
    case .correlated(let correlation): [JSON.Member("correlation", JSON(correlation))]
    default: []
    }
  }
}

extension Ensemble.Constraint {
  fileprivate init(_ json: JSON, path: String) throws(SessionError) {
    if case .text(let name) = json.content {
      switch name {
      case "nonnegative": self = .nonnegative
      case "row-stochastic": self = .rowStochastic
      default: throw SessionError(json, path, expected: Self.expectation)
      }
      return
    }
    var reader = try ObjectReader(json, path: path, expected: Self.expectation)
    let range = 0...Double.greatestFiniteMagnitude
    if let radius = reader.number("spectralRadius", in: range) {
      self = .spectralRadius(radius)
    } else if let norm = reader.number("norm2", in: range) {
      self = .norm2(norm)
    } else if let norm = reader.number("normInf", in: range) {
      self = .normInf(norm)
    } else if let root = reader.number("perronRoot", in: range) {
      self = .perronRoot(root)
    } else {
      try reader.finish()
      throw SessionError(json, path, expected: Self.expectation)
    }
    try reader.finish()
  }

  private static let expectation =
    "\"nonnegative\", \"row-stochastic\" or an object with one of spectralRadius, norm2, normInf, perronRoot"

  fileprivate var json: JSON {
    switch self {
    case .nonnegative: "nonnegative"
    case .rowStochastic: "row-stochastic"
    case .spectralRadius(let radius): ["spectralRadius": JSON(radius)]
    case .norm2(let norm): ["norm2": JSON(norm)]
    case .normInf(let norm): ["normInf": JSON(norm)]
    case .perronRoot(let root): ["perronRoot": JSON(root)]
    }
  }
}

extension Ensemble {
  /// Reads the ensemble's own members; the caller reads the shape and finishes the object.
  init(_ reader: inout ObjectReader) throws(SessionError) {
    let name = try reader.require("ensemble", expected: Field.Kind.choice(Law.names).expectation)
      .choice(of: Law.names, path: reader.path(of: "ensemble"))
    seed = UInt64(reader.required("seed", in: 0...(1 << 53)))
    gain = reader.number("gain", in: 0 ... .greatestFiniteMagnitude) ?? 1
    law = Law(name, &reader)
    constraint = reader.read("constraint", Constraint.init(_:path:))
  }

  /// The members that describe the ensemble, in the order of the format.
  var members: [JSON.Member] {
    var members = [JSON.Member("ensemble", JSON(law.name)), JSON.Member("seed", JSON(Double(seed)))]
    if gain != 1 { members.append(JSON.Member("gain", JSON(gain))) }
    members += law.members
    if let constraint { members.append(JSON.Member("constraint", constraint.json)) }
    return members
  }
}

extension ObjectReader {
  /// The number of a field that must be there.
  fileprivate mutating func required(_ field: Field) -> Double? {
    let value = required(field.name, expected: field.kind.expectation, field.read(_:path:))
    guard case .number(let number) = value else { return nil }
    return number
  }
}
