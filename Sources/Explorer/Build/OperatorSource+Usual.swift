import FixedPoint
import Sessions

extension OperatorSource {
  /// An operator with values that people start from, which takes a running value of this shape and gives it back.
  static func usual(_ name: String, on shape: Shape, in document: SessionDocument) -> OperatorSource {
    let seed = document.largestSeed + 1
    func weight(_ gain: Double, seed: UInt64) -> FieldSource.Value {
      .tensor(.ensemble(Ensemble(.gaussian, seed: seed, gain: gain), shape: nil))
    }
    let fields: [FieldSource] =
      switch name {
      case "dense": [FieldSource("weight", weight(0.5, seed: seed))]
      case "monotone":
        [
          FieldSource("m", .number(0.5)), FieldSource("A", weight(0.5, seed: seed)),
          FieldSource("B", weight(0.5, seed: seed + 1)),
        ]
      case "convolve": [FieldSource("kernel", weight(0.5, seed: seed))]
      case "propagate":
        [FieldSource("edges", .edges(.pairs(ring(shape.sizes[0])))), FieldSource("scale", .number(0.9))]
      case "inject": injection(weight(0.5, seed: seed), on: shape, document)
      case "activation": [FieldSource("kind", .text("tanh"))]
      case "normalize": [FieldSource("norm", .number(2))]
      case "skip": [FieldSource("scale", .number(0.5))]
      default: [FieldSource("by", .number(0.5))]
      }
    return OperatorSource(name, fields)
  }

  /// The input as it is where it has the value's shape, else by weights; without an input a constant.
  private static func injection(
    _ weight: FieldSource.Value, on shape: Shape, _ document: SessionDocument
  ) -> [FieldSource] {
    guard let input = document.network.inputShape else { return [FieldSource("bias", .tensor(.fill(0.5, shape: nil)))] }
    return input == shape ? [] : [FieldSource("weight", weight)]
  }

  /// Every node joined to the next, the last to the first.
  private static func ring(_ nodes: Int) -> [[Int]] {
    nodes < 3 ? (1..<max(1, nodes)).map { [$0 - 1, $0] } : (0..<nodes).map { [$0, ($0 + 1) % nodes].sorted() }
  }

  /// Why an operator cannot take a running value of this shape; `nil` if it can.
  static func obstacle(_ name: String, on shape: Shape) -> String? {
    switch name {
    case "convolve" where shape.rank != 3: "needs a value of shape [channels, height, width], here \(shape)"
    case "propagate" where shape.rank != 2: "needs a value of shape [nodes, features], here \(shape)"
    default: nil
    }
  }
}

extension SessionDocument {
  /// The largest seed of any tensor, so that another one is told apart.
  var largestSeed: UInt64 {
    let own = network.operators.flatMap(\.fields).compactMap { field -> TensorSource? in
      if case .tensor(let source) = field.value { source } else { nil }
    }
    return (own + [input, start].compactMap(\.self)).map { source in
      if case .ensemble(let ensemble, _) = source { ensemble.seed } else { 0 }
    }.max() ?? 0
  }
}
