import FixedPoint
import TestSupport
import Testing

/// What the theorems are told of the activations.
@Suite struct ActivationTests {
  static let all = ActivationKind.allCases.map { Activation($0) }

  @Test func theKindsOfTheFormat() {
    let names =
      "identity, relu, leaky-relu, tanh, sigmoid, softplus, softsign, arctan, hardtanh, erf, elu, gelu, silu, sin, "
      + "softshrink, log1p, sqrt, exp"
    #expect(ActivationKind.allCases.map(\.rawValue).joined(separator: ", ") == names)
  }

  @Test(arguments: all)
  func slopesStayWithinTheirBounds(_ activation: Activation) {
    guard let bounds = activation.slopeBounds else { return }
    var generator = SeededGenerator(seed: 41)
    var least = Double.infinity
    var largest = -Double.infinity
    for _ in 0..<20_000 {
      let slope = activation.slope(generator.number(in: -12...12))
      least = min(least, slope)
      largest = max(largest, slope)
    }
    #expect(bounds.lower <= least && largest <= bounds.upper)
    #expect(least - bounds.lower <= 0.01 && bounds.upper - largest <= 0.01, "the bounds are attained, or nearly")
  }

  @Test(arguments: all)
  func concavityOnThePositiveHalfLine(_ activation: Activation) {
    var generator = SeededGenerator(seed: 42)
    let isConcave = (0..<5000).allSatisfy { _ in
      let (x, y) = (generator.number(in: 0...6), generator.number(in: 0...6))
      let middle = activation.value(0.5 * (x + y))
      return middle >= 0.5 * (activation.value(x) + activation.value(y)) - 1e-14
        && activation.value(min(x, y)) <= activation.value(max(x, y)) && activation.value(x) >= 0
    }
    #expect(isConcave == activation.isConcaveOnPositive)
  }

  @Test func proximalKinds() {
    let proximal = ActivationTests.all.filter(\.isProximal).map(\.kind)
    #expect(
      proximal == [
        .identity, .relu, .leakyRelu, .tanh, .sigmoid, .softplus, .softsign, .arctan, .hardtanh, .elu, .softshrink,
      ])
  }

  @Test func whatIsNotANumberStaysVisible() throws {
    let context = OperatorContext(incoming: Shape([9]), state: Shape([9]), input: nil)
    for kind in ActivationKind.allCases {
      #expect(Activation(kind).value(.nan).isNaN, "\(kind)")
      let link = try Activate(FieldValues(["kind": .text(kind.rawValue)]), in: context)
      let value = [Double](repeating: .nan, count: 9)
      var result = [Double](repeating: 0, count: 9)
      var span = result.mutableSpan
      link.apply(value.span, state: value.span, into: &span)
      #expect(result.count { $0.isNaN } == 9, "\(kind)")
    }
  }

  /// The vector and the scalar forms agree to the bound of the vector library.
  @Test(arguments: all)
  func vectorFormAgreesWithTheScalarForm(_ activation: Activation) throws {
    let context = OperatorContext(incoming: Shape([1001]), state: Shape([1001]), input: nil)
    let link = try Activate(FieldValues(["kind": .text(activation.kind.rawValue)]), in: context)
    let start = activation.kind.domainStart == -.infinity ? -30 : 0.0
    let value = (0..<1001).map { start + (30 - start) * Double($0) / 1000 }
    var result = [Double](repeating: 0, count: 1001)
    var span = result.mutableSpan
    link.apply(value.span, state: value.span, into: &span)
    for (t, found) in zip(value, result) {
      let expected = activation.value(t)
      #expect(abs(found - expected) <= 8 * expected.ulp)
    }
  }
}
