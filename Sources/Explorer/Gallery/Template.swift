import FixedPoint
import Sessions

/// A session to begin from.
public enum Template: Sendable, Equatable, CaseIterable {
  case normalized, tanh, monotone, convolution, graph, twoUnits, blank

  /// What it is, in few words.
  var title: String {
    switch self {
    case .normalized: "normalised tanh"
    case .tanh: "tanh"
    case .monotone: "monotone operator"
    case .convolution: "convolution"
    case .graph: "graph"
    case .twoUnits: "two units"
    case .blank: "blank"
    }
  }

  var detail: String {
    switch self {
    case .normalized: "tanh + 1.603, divided by its largest entry"
    case .tanh: "dense weights, a constant, tanh"
    case .monotone: "monDEQ: weights that prove one fixed point, ReLU"
    case .convolution: "an image of 2 x 6 x 6, 3 x 3 kernels, tanh"
    case .graph: "8 nodes in two circles that touch, 2 features each"
    case .twoUnits: "each holds the other down: when do they split?"
    case .blank: "f(z) = z: no operators yet"
    }
  }

  /// The session, untitled.
  var document: SessionDocument {
    var document = SessionDocument(network: network)
    document.input = input
    document.start = start
    // Without a bias the fixed point is 0, which a relative residual never reaches.
    document.stopping = StoppingRule(measure: .residualAbsolute)
    return document
  }

  private var input: TensorSource? {
    switch self {
    case .normalized: .ensemble(Ensemble(.uniform, seed: 4), shape: nil)
    case .graph: .ensemble(Ensemble(.gaussian, seed: 1), shape: nil)
    case .tanh, .monotone, .convolution, .twoUnits, .blank: nil
    }
  }

  private var start: TensorSource {
    switch self {
    case .normalized, .blank: .fill(1, shape: nil)
    case .tanh, .monotone, .convolution, .graph: .fill(0, shape: nil)
    case .twoUnits: .values(Tensor(vector: [1.3, 1.1]))
    }
  }

  private var network: NetworkSource {
    switch self {
    case .normalized:
      NetworkSource(
        stateShape: Shape([16]), inputShape: Shape([8]),
        operators: [
          OperatorSource("dense", [.weights("weight", seed: 1, gain: 0.5)]),
          OperatorSource("activation", [FieldSource("kind", .text("tanh")), FieldSource("shift", .number(1.603))]),
          OperatorSource(
            "inject",
            [
              .weights("weight", seed: 2, gain: 1), .weights("bias", seed: 3, gain: 0.1),
              FieldSource("activation", .text("relu")),
            ]),
          OperatorSource("normalize", [FieldSource("norm", .text("inf"))]),
        ])
    case .tanh:
      NetworkSource(
        stateShape: Shape([16]),
        operators: [
          OperatorSource("dense", [.weights("weight", seed: 1, gain: 0.9)]),
          OperatorSource("inject", [.weights("bias", seed: 2, gain: 1)]),
          OperatorSource("activation", [FieldSource("kind", .text("tanh"))]),
        ])
    case .monotone:
      NetworkSource(
        stateShape: Shape([8]),
        operators: [
          OperatorSource(
            "monotone",
            [FieldSource("m", .number(0.5)), .weights("A", seed: 1, gain: 0.5), .weights("B", seed: 2, gain: 0.5)]),
          OperatorSource("inject", [.weights("bias", seed: 3, gain: 1)]),
          OperatorSource("activation", [FieldSource("kind", .text("relu"))]),
        ])
    case .convolution:
      NetworkSource(
        stateShape: Shape([2, 6, 6]),
        operators: [
          OperatorSource("convolve", [.weights("kernel", seed: 1, gain: 0.8)]),
          OperatorSource(
            "inject", [FieldSource("bias", .tensor(.ensemble(Ensemble(.gaussian, seed: 2), shape: Shape([2, 6, 6]))))]),
          OperatorSource("activation", [FieldSource("kind", .text("tanh"))]),
        ])
    case .graph:
      NetworkSource(
        stateShape: Shape([8, 2]), inputShape: Shape([8, 2]),
        operators: [
          OperatorSource(
            "propagate", [FieldSource("edges", .edges(.pairs(Self.circles))), FieldSource("scale", .number(0.9))]),
          OperatorSource("inject", [FieldSource("scale", .number(0.1))]),
          OperatorSource("activation", [FieldSource("kind", .text("tanh"))]),
        ])
    case .twoUnits:
      NetworkSource(
        stateShape: Shape([2]),
        operators: [
          OperatorSource(
            "dense", [FieldSource("weight", .tensor(.values(Tensor(shape: Shape([2, 2]), values: [1, -1, -1, 1]))))]),
          OperatorSource("scale", [FieldSource("by", .number(0.3))]),
          OperatorSource("activation", [FieldSource("kind", .text("tanh")), FieldSource("shift", .number(1.2))]),
        ])
    case .blank: NetworkSource(stateShape: Shape([4]), operators: [])
    }
  }

  /// Two circles of four nodes each, joined by one edge.
  private static let circles = [[0, 1], [1, 2], [2, 3], [0, 3], [4, 5], [5, 6], [6, 7], [4, 7], [3, 4]]
}

extension FieldSource {
  /// A tensor of normal entries.
  fileprivate static func weights(_ name: String, seed: UInt64, gain: Double) -> FieldSource {
    FieldSource(name, .tensor(.ensemble(Ensemble(.gaussian, seed: seed, gain: gain), shape: nil)))
  }
}

extension Menu {
  static var templates: Menu {
    Menu(
      title: "A new session from",
      items: Template.allCases.map { Item($0.title, $0.detail, .gallery(.create($0))) })
  }
}
