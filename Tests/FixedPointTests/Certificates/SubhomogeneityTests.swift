import FixedPoint
import Glibc
import LinearAlgebra
import TestSupport
import Testing

struct SubhomogeneityTests {
  private func texts(_ calculus: Subhomogeneity) -> [String] { calculus.derivation.map(\.text) }

  @Test func derivationOfAPowerScaledMap() throws {
    let network = try Network(
      2,
      [
        .dense([[0.5, -0.3], [0.2, 0.4]]), .activation(.tanh, shift: 1.2, power: 0.6), .inject([0, 0.5]),
      ])
    let calculus = Analysis(network: network).subhomogeneityEverywhere
    #expect(
      texts(calculus) == [
        "weights of both signs: linear, along rays only", "tanh + 1.2 on R", "power 0.6", "+ y >= 0: not larger",
      ])
    // sup |t sech² t| / (tanh t + 1.2) from an independent computation.
    let exact = 0.999_123_163_902_097_5
    let values = calculus.derivation.compactMap(\.value)
    #expect(values.count == 4 && values[0] == 1)
    #expect(values[1] >= exact && values[1] <= exact + 1e-6)
    #expect(values[2] >= 0.6 * exact && values[2] <= 0.6 * exact + 1e-6)
    #expect(calculus.radial == values[3] && values[3] == values[2])
    #expect(calculus.strong == nil && !calculus.isOrderPreserving)
  }

  @Test func derivationOfANormalisedNonNegativeMap() throws {
    let network = try Network(
      2,
      [.dense([[0.5, 0.3], [0.2, 0.4]]), .activation(.tanh, shift: 1.2), .inject([0, 0.5]), .normalize(.infinity)])
    let calculus = Analysis(network: network).subhomogeneity
    #expect(
      texts(calculus) == [
        "weights >= 0: order-preserving, degree kept", "tanh + 1.2 on t > 0", "+ y >= 0: not larger",
        "normalise: Hilbert, order-preserving",
      ])
    let exact = 0.246_993_982_634_037_24
    let degree = try #require(calculus.beforeNormalization?.strong)
    #expect(degree >= exact && degree <= exact + 1e-6)
    #expect(calculus.beforeNormalization?.isOrderPreserving == true)
  }

  @Test func aSecondSignedLayerLosesTheDegree() throws {
    let signed = [[0.5, -0.3], [0.2, 0.4]]
    let network = try Network(
      2, [.dense(signed), .activation(.tanh, shift: 1.2), .dense(signed), .activation(.tanh, shift: 1.2)])
    #expect(Analysis(network: network).subhomogeneity.radial == nil)
  }

  @Test func reluKeepsLinearityAlongRays() throws {
    let signed = [[0.5, -0.3], [0.2, 0.4]]
    let network = try Network(
      2, [.dense(signed), .activation(.relu), .dense(signed), .activation(.tanh, shift: 1.603)])
    let radial = try #require(Analysis(network: network).subhomogeneityEverywhere.radial)
    #expect(abs(radial - 0.499_195_236_977_281_6) < 1e-6)
  }

  @Test func anInjectionOfAnySignLosesTheDegree() throws {
    let network = try Network(
      2, [.dense([[0.5, 0.3], [0.2, 0.4]]), .inject([1, -0.1]), .activation(.tanh, shift: 1.2)])
    #expect(Analysis(network: network).subhomogeneity.strong == nil)
  }

  @Test func aSkipIsAtLeastOne() throws {
    let network = try Network(1, [.dense([[0.5]]), .activation(.tanh, shift: 1), .skip(0.5)])
    #expect(Analysis(network: network).subhomogeneity.strong == 1)
  }

  /// Random pipelines of every kind of link: wherever the calculus gives a number, no sampled point exceeds it.
  @Test func coefficientsAtSamplesStayBelow() throws {
    var numbers = SeededGenerator(seed: 20)
    var checked = 0
    for _ in 0..<400 {
      let links = (0..<Int.random(in: 1...5, using: &numbers)).map { _ in randomLink(&numbers) }
      guard let network = try? Network(3, links) else { continue }
      let calculus = Analysis(network: network).subhomogeneity
      for _ in 0..<20 {
        let point = (0..<3).map { _ in exponential(numbers.number(in: -5...4)) }
        let image = network.image(of: point)
        guard image.allSatisfy(\.isFinite) else { continue }
        if calculus.isPositive { #expect(image.allSatisfy { $0 >= 0 }, "\(links)") }
        let jacobian = network.jacobian(at: point)
        for (bound, absolute) in [(calculus.radial, false), (calculus.strong, true)] {
          guard let bound, jacobian.values.allSatisfy(\.isFinite) else { continue }
          for i in 0..<3 {
            let terms = (0..<3).map { jacobian[i, $0] * point[$0] }
            let change = abs(terms.reduce(0) { $0 + (absolute ? abs($1) : $1) })
            let size = terms.reduce(0) { $0 + abs($1) }
            #expect(change <= bound * abs(image[i]) + 1e-12 * (size + abs(image[i])), "\(links) at \(point)")
            checked += 1
          }
        }
      }
    }
    #expect(checked > 2000)
  }

  private func exponential(_ exponent: Double) -> Double { exp(exponent) }

  private func randomLink(_ numbers: inout SeededGenerator) -> Link {
    let kinds: [ActivationKind] = [
      .tanh, .sigmoid, .softplus, .softsign, .arctan, .relu, .erf, .elu, .gelu, .sqrt, .log1p,
    ]
    switch Int.random(in: 0..<8, using: &numbers) {
    case 0: return .dense((0..<3).map { _ in numbers.vector(3) })
    case 1, 2: return .dense((0..<3).map { _ in numbers.vector(3, in: 0...1) })
    case 3, 4:
      let kind = kinds[Int.random(in: 0..<kinds.count, using: &numbers)]
      return .activation(kind, shift: numbers.number(in: 0...2), power: numbers.number(in: 0...1) < 0.5 ? 1 : 0.7)
    case 5: return .inject(numbers.vector(3, in: -0.2...1))
    case 6: return .skip(numbers.number(in: 0...1))
    default: return .normalize(numbers.number(in: 0...1) < 0.5 ? 2 : .infinity)
    }
  }
}
