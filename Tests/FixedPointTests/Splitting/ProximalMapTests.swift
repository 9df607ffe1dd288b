import FixedPoint
import Glibc
import TestSupport
import Testing

struct ProximalMapTests {
  static let activations: [Activation] = [
    Activation(.identity), Activation(.relu), Activation(.leakyRelu, parameter: 0.2), Activation(.tanh),
    Activation(.sigmoid), Activation(.softplus), Activation(.softsign), Activation(.arctan), Activation(.hardtanh),
    Activation(.elu), Activation(.softshrink, parameter: 0.5),
  ]
  static let steps = [1e-3, 0.1, 0.7, 1, 1.3, 5, 200]

  /// z = prox_αg(v) is c σ(t) with t = (v - (1 - α) z)/α: the definition, read without the method that solves it.
  @Test(arguments: activations, [1, 0.6])
  func solvesItsDefiningEquation(activation: Activation, gain: Double) throws {
    let proximal = try #require(ProximalMap(activation, gain: gain))
    var generator = SeededGenerator(seed: 41)
    for step in Self.steps {
      for _ in 0..<400 {
        let v = generator.number(in: -20...20)
        let z = proximal.value(v, step: step)
        let t = (v - (1 - step) * z) / step
        let error = abs(gain * activation.value(t) - z)
        let slack = 8 * Double.ulpOfOne * (abs(v) + abs(z)) * max(1 / step, step)
        #expect(error <= slack, "\(activation.kind) v \(v) step \(step)")
      }
    }
  }

  /// Minimises g(z) + (z - v)²/(2α) where g is known in closed form.
  @Test func closedForms() throws {
    let relu = try #require(ProximalMap(Activation(.relu)))
    let shrink = try #require(ProximalMap(Activation(.softshrink, parameter: 0.5)))
    let clamp = try #require(ProximalMap(Activation(.hardtanh)))
    let softsign = try #require(ProximalMap(Activation(.softsign)))
    for step in Self.steps {
      for v in [-7, -1.2, -0.3, 0, 0.3, 1.2, 7] {
        #expect(relu.value(v, step: step) == max(v, 0))
        #expect(clamp.value(v, step: step) == min(max(v, -1), 1))
        let shrunk = max(abs(v) - 0.5 * step, 0)
        #expect(abs(shrink.value(v, step: step) - (v < 0 ? -shrunk : shrunk)) <= 1e-15 * max(1, step))
        // z = t/(1 + |t|) with (1 - α) z + α t = v: α t² + (1 - v) t - v = 0 for v, t >= 0.
        let half = (abs(v) - 1) / (2 * step)
        let root = (half * half + abs(v) / step).squareRoot()
        let t = half >= 0 ? half + root : abs(v) / step / (root - half)
        let expected = v < 0 ? -t / (1 + t) : t / (1 + t)
        #expect(abs(softsign.value(v, step: step) - expected) <= 1e-14 * max(1, step), "v \(v) step \(step)")
      }
    }
  }

  /// A proximal operator is firmly nonexpansive: 0 <= z - z' <= v - v' for v >= v'.
  @Test(arguments: activations)
  func isNonDecreasingAndNonexpansive(activation: Activation) throws {
    let proximal = try #require(ProximalMap(activation))
    for step in Self.steps {
      var last: (v: Double, z: Double)?
      for v in stride(from: -30.0, through: 30, by: 0.037) {
        let z = proximal.value(v, step: step)
        if let last {
          let slack = 1e-14 * max(1, step) * 30
          #expect(z - last.z >= -slack && z - last.z <= v - last.v + slack)
        }
        last = (v, z)
      }
    }
  }

  @Test func extremeArguments() throws {
    for activation in Self.activations {
      let proximal = try #require(ProximalMap(activation))
      for step in Self.steps {
        #expect(proximal.value(.nan, step: step).isNaN)
        for v in [0, 1e-300, -1e-300, 1e150, -1e150] { #expect(proximal.value(v, step: step).isFinite) }
      }
    }
  }

  @Test func functionsThatAreNoProximalOperator() {
    for kind in [ActivationKind.gelu, .silu, .sin, .exp, .log1p, .sqrt, .erf] {
      #expect(ProximalMap(Activation(kind)) == nil, "\(kind)")
    }
    #expect(ProximalMap(Activation(.tanh), gain: 1.01) == nil)
    #expect(ProximalMap(Activation(.tanh), gain: -1) == nil)
    #expect(ProximalMap(Activation(.sigmoid), gain: 4) != nil)
    #expect(ProximalMap(Activation(.erf), gain: 0.88) != nil)
  }
}
