import FixedPoint
import LinearAlgebra
import TestSupport
import Testing

/// One configuration of an operator under test: a new operator adds its rows to ``all``.
struct OperatorSpecimen: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let link: any Operator
  /// Values within this range are in the operator's domain, away from where it is undefined.
  let range: ClosedRange<Double>

  /// - Parameters:
  ///   - name: the operator's name in the catalog.
  ///   - note: tells configurations of one operator apart.
  ///   - fields: as a session would give them.
  ///   - shape: of the running value and of the state.
  ///   - input: x.
  ///   - range: where values are sampled.
  /// - Throws: `FieldError` if the fields do not fit.
  init(
    _ name: String, _ note: String, _ fields: [String: FieldValue], shape: [Int] = [4], input: Tensor? = nil,
    range: ClosedRange<Double> = -2...2
  ) throws {
    let context = OperatorContext(incoming: Shape(shape), state: Shape(shape), input: input)
    link = try #require(OperatorCatalog.named(name)).init(FieldValues(fields), in: context)
    testDescription = "\(name) \(note)"
    self.range = range
  }

  static let all: [OperatorSpecimen] = {
    do {
      return try linear + convolutions + propagations + injections + activations + normalizations + simple
    } catch {
      fatalError("a specimen is malformed: \(error)")
    }
  }()

  /// Uniform entries within [-1, 1].
  static func tensor(_ sizes: [Int], seed: UInt64) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    return Tensor(shape: Shape(sizes), values: generator.vector(sizes.reduce(1, *)))
  }

  private static var linear: [OperatorSpecimen] {
    get throws {
      [
        try .init("dense", "square", ["weight": .tensor(tensor([4, 4], seed: 1))]),
        try .init("dense", "tall", ["weight": .tensor(tensor([6, 4], seed: 2))]),
        try .init("dense", "on rows", ["weight": .tensor(tensor([2, 4], seed: 3))], shape: [3, 4]),
        try .init("dense", "of rank 3", ["weight": .tensor(tensor([3, 2], seed: 4))], shape: [2, 3, 2]),
        try .init("monotone", "square", monotone(factorRows: 4)),
        try .init("monotone", "flat A", monotone(factorRows: 2)),
        try .init("monotone", "on rows", monotone(factorRows: 4), shape: [3, 4]),
      ]
    }
  }

  private static func monotone(factorRows: Int) -> [String: FieldValue] {
    ["m": .number(0.3), "A": .tensor(tensor([factorRows, 4], seed: 5)), "B": .tensor(tensor([4, 4], seed: 6))]
  }

  private static var convolutions: [OperatorSpecimen] {
    get throws {
      [
        try .init("convolve", "3x3 zero", kernel([2, 2, 3, 3], 20), shape: [2, 2, 3], range: -0.5...0.5),
        try .init(
          "convolve", "3x3 circular", kernel([1, 2, 3, 3], 21, "circular"), shape: [2, 3, 4], range: -0.5...0.5),
        try .init("convolve", "1x1", kernel([3, 2, 1, 1], 22), shape: [2, 2, 3]),
        try .init("convolve", "1x3 circular, fewer channels", kernel([1, 3, 1, 3], 23, "circular"), shape: [3, 1, 5]),
        try .init("convolve", "taller than the image", kernel([2, 1, 5, 1], 24), shape: [1, 2, 3]),
        try .init("convolve", "wider than the image", kernel([1, 2, 1, 5], 26), shape: [2, 2, 2]),
        try .init("convolve", "much wider than the image", kernel([2, 1, 3, 7], 27), shape: [1, 1, 1]),
        try .init("convolve", "as large as the image", kernel([1, 1, 3, 3], 25, "circular"), shape: [1, 3, 3]),
      ]
    }
  }

  private static func kernel(_ sizes: [Int], _ seed: UInt64, _ padding: String = "zero") -> [String: FieldValue] {
    ["kernel": .tensor(tensor(sizes, seed: seed)), "padding": .text(padding)]
  }

  private static var propagations: [OperatorSpecimen] {
    get throws {
      try ["symmetric", "row", "none"].flatMap { normalization -> [OperatorSpecimen] in
        [
          try .init("propagate", "\(normalization) with loops", graph(normalization, true), shape: [5, 1]),
          try .init("propagate", "\(normalization), an isolated node", graph(normalization, false), shape: [5, 3]),
        ]
      }
    }
  }

  /// A triangle with a tail of one node; the node 4 by itself.
  private static func graph(_ normalization: String, _ selfLoops: Bool) -> [String: FieldValue] {
    [
      "edges": .edges([[0, 1], [2, 1], [0, 2], [3, 2]] + (selfLoops ? [] : [[1, 1]])),
      "normalization": .text(normalization), "selfLoops": .flag(selfLoops), "scale": .number(-0.7),
    ]
  }

  private static var injections: [OperatorSpecimen] {
    get throws {
      [
        try .init("inject", "nothing", [:]),
        try .init("inject", "bias", ["bias": .tensor(tensor([4], seed: 7)), "activation": .text("tanh")]),
        try .init("inject", "row bias", ["bias": .tensor(tensor([4], seed: 8))], shape: [3, 4]),
        try .init("inject", "channel bias", ["bias": .tensor(tensor([2, 1, 1], seed: 9))], shape: [2, 3, 2]),
        try .init(
          "inject", "weight", ["weight": .tensor(tensor([4, 3], seed: 10)), "activation": .text("relu")],
          input: tensor([3], seed: 11)),
        try .init(
          "inject", "weight on rows", ["weight": .tensor(tensor([4, 2], seed: 12)), "scale": .number(-0.3)],
          shape: [3, 4], input: tensor([3, 2], seed: 13)),
        try .init(
          "inject", "kernel", ["weight": .tensor(tensor([2, 3, 3, 3], seed: 17)), "activation": .text("tanh")],
          shape: [2, 4, 3], input: tensor([3, 4, 3], seed: 18)),
        try .init("inject", "identity", ["activation": .text("gelu")], input: tensor([4], seed: 14)),
      ]
    }
  }

  private static var activations: [OperatorSpecimen] {
    get throws {
      let parametrized: [OperatorSpecimen] = [
        try .init("activation", "steep leaky-relu", ["kind": .text("leaky-relu"), "slope": .number(0.4)]),
        try .init("activation", "wide softshrink", ["kind": .text("softshrink"), "threshold": .number(1.1)]),
        try .init("activation", "square", ["kind": .text("identity"), "power": .number(2)]),
        try .init("activation", "cube", ["kind": .text("identity"), "shift": .number(-0.5), "power": .number(3)]),
        try .init("activation", "sine squared", ["kind": .text("sin"), "power": .number(2)]),
        try .init(
          "activation", "inverse of negative values",
          ["kind": .text("tanh"), "shift": .number(-2), "power": .number(-1)]),
        try .init("activation", "constant", ["kind": .text("tanh"), "power": .number(0)]),
      ]
      return try parametrized
        + ActivationKind.allCases.flatMap { kind -> [OperatorSpecimen] in
          let range: ClosedRange<Double> = kind.domainStart < -1 ? -3...3 : 0.05...3
          return [
            try .init("activation", kind.rawValue, ["kind": .text(kind.rawValue)], range: range),
            try .init(
              "activation", kind.rawValue + " shifted, to a power",
              ["kind": .text(kind.rawValue), "shift": .number(3.5), "power": .number(0.6)], range: range),
            try .init(
              "activation", kind.rawValue + " inverted",
              ["kind": .text(kind.rawValue), "shift": .number(4), "power": .number(-1)], range: range),
          ]
        }
    }
  }

  private static var normalizations: [OperatorSpecimen] {
    get throws {
      let norms: [FieldValue] = [.number(1), .number(1.5), .number(2), .number(3), .number(40), .text("inf")]
      return try norms.flatMap { norm -> [OperatorSpecimen] in
        [
          try .init("normalize", "\(norm)", ["norm": norm]),
          try .init("normalize", "\(norm) per node", ["norm": norm, "axis": .text("node")], shape: [3, 2]),
          try .init(
            "normalize", "\(norm) per channel", ["norm": norm, "axis": .text("channel")], shape: [2, 2, 2],
            range: 0.5...2),
        ]
      }
    }
  }

  private static var simple: [OperatorSpecimen] {
    get throws {
      [
        try .init("skip", "half", ["scale": .number(0.5)]),
        try .init("skip", "negative", ["scale": .number(-1.3)], shape: [2, 3]),
        try .init("scale", "up", ["by": .number(1.7)]),
        try .init("scale", "negative", ["by": .number(-0.1)]),
      ]
    }
  }
}

extension OperatorSpecimen {
  var incoming: Int { link.inputShape.count }
  var outgoing: Int { link.outputShape.count }

  func value(_ point: [Double], state: [Double]) -> [Double] {
    filled(outgoing) { link.apply(point.span, state: state.span, into: &$0) }
  }

  func pushForward(_ tangent: [Double], at point: [Double]) -> [Double] {
    filled(outgoing) { link.pushForward(tangent.span, at: point.span, into: &$0) }
  }

  func pullBack(_ cotangent: [Double], at point: [Double]) -> [Double] {
    filled(incoming) { link.pullBack(cotangent.span, at: point.span, into: &$0) }
  }

  func pushForwardAbsolute(_ vector: [Double], at point: [Double]) -> [Double] {
    filled(outgoing) { link.pushForwardAbsolute(vector.span, at: point.span, into: &$0) }
  }

  private func filled(_ count: Int, _ body: (inout MutableSpan<Double>) -> Void) -> [Double] {
    var result = [Double](repeating: .nan, count: count)
    var span = result.mutableSpan
    body(&span)
    return result
  }
}
