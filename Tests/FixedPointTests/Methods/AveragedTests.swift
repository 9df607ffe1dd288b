import FixedPoint
import LinearAlgebra
import TestSupport
import Testing

struct AveragedTests {
  /// relu(W z + b) with d on the diagonal and c of alternating sign off it: the Metzler part has the Perron vector 1 and
  /// the abscissa γ = d + (n - 1) |c|.
  static func network(_ diagonal: Double, _ off: Double, size: Int) throws -> Network {
    let shape = Shape([size])
    let context = OperatorContext(incoming: shape, state: shape, input: nil)
    var weights = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0..<size { weights[i * size + j] = i == j ? diagonal : ((i + j) % 2 == 0 ? off : -off) }
    }
    let bias = (0..<size).map { Double($0 + 1) }
    return try Network(
      stateShape: shape,
      operators: [
        Dense(FieldValues(["weight": .tensor(Tensor(shape: Shape([size, size]), values: weights))]), in: context),
        Inject(FieldValues(["bias": .tensor(Tensor(shape: shape, values: bias))]), in: context),
        Activate(FieldValues(["kind": .text("relu")]), in: context),
      ])
  }

  /// Every step contracts the distance to the fixed point in the sup norm by 1 - α(1 - max(γ, 0)), α = 1/(1 - min(d, 0)).
  ///
  /// Source: Jafarpour et al. 2021 (theorem 9 of the theory).
  @Test(arguments: [(-2, 0.3), (-0.5, 0.2), (-5, 1.2), (0.2, 0.1), (-3, 0.9)])
  func contractsWithinTheTheoreticalFactor(diagonal: Double, off: Double) throws {
    let size = 5
    let map = try Self.network(diagonal, off, size: size)
    let alpha = 1 / (1 - min(diagonal, 0))
    let abscissa = diagonal + Double(size - 1) * off
    let factor = 1 - alpha * (1 - max(abscissa, 0))
    #expect(abscissa < 1)
    let stopping = StoppingRule(tolerance: 1e-14, measure: .residualSup, maxSteps: 2000)
    var run = Run(map: map, start: [9, -4, 7, 0, 2], solver: Averaged(), stopping: stopping)
    run.runToEnd()
    let limit = run.iterate
    #expect(Distance.sup(map.image(of: limit).span, limit.span) <= 1e-13)
    let distances = (1...run.stepCount).map { Distance.sup(run.iterate(at: $0).span, limit.span) }
    for (before, after) in zip(distances, distances.dropFirst()) where before > 1e-10 {
      #expect(after <= factor * before * (1 + 1e-6) + 1e-13)
    }
  }

  /// Plain iteration cycles on W = -2 I + …, where the averaged one converges.
  @Test func convergesWherePlainIterationDoesNot() throws {
    let map = try Self.network(-2, 0.3, size: 5)
    var plain = Run(map: map, start: [9, -4, 7, 0, 2], solver: Picard())
    plain.runToEnd()
    #expect(plain.outcome != .converged)
    var averaged = Run(map: map, start: [9, -4, 7, 0, 2], solver: Averaged())
    averaged.runToEnd()
    #expect(averaged.outcome == .converged)
  }

  @Test func theFactorIsFoundAtTheStart() throws {
    let map = try Self.network(-3, 0.1, size: 4)
    let state = try Averaged().start(map, at: [1, 1, 1, 1], image: map.image(of: [1, 1, 1, 1]), evaluations: 1)
    #expect(state.factor == 0.25)
    let positive = try Self.network(0.5, 0.1, size: 4)
    #expect(try Averaged().start(positive, at: [1, 1, 1, 1], image: [1, 1, 1, 1], evaluations: 1).factor == 1)
  }

  /// relu(2 (-3 z) - z) and relu(-3 (0.5 z)) + 1: W is -7 and -1.5.
  @Test func scalesAndSkipsBeforeTheActivationCount() throws {
    let cases: [([Link], Double)] = [
      ([.dense([[-3]]), .scale(2), .skip(-1), .activation(.relu)], 1.0 / 8),
      ([.scale(0.5), .dense([[-3]]), .activation(.relu), .inject([1])], 1 / 2.5),
      ([.dense([[-3]]), .dense([[2]]), .activation(.relu)], 1.0 / 7),
    ]
    for (links, factor) in cases {
      let map = try Network(1, links)
      #expect(try Averaged().start(map, at: [1], image: map.image(of: [1]), evaluations: 1).factor == factor)
    }
  }

  @Test func theAutomaticFactorNeedsOneAffinePart() {
    var run = Run(map: KnownProblem.golden.map, start: [0, 0, 0], solver: Averaged())
    run.runToEnd()
    guard case .failed(.needs("averaged", _)) = run.outcome else {
      Issue.record("\(String(describing: run.outcome))")
      return
    }
  }
}
