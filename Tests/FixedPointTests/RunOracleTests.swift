import FixedPoint
import LinearAlgebra
import TestSupport
import Testing

/// Runs against the independent oracles: traces, fixed points and coefficients in high precision.
@Suite(.enabled(if: FixedPointOracle.isAvailable, "the oracles lie beside the repository"))
struct RunOracleTests {
  /// Within 1e-12 relatively, plus what the rounding of f(z) - z costs a small residual: c n eps ‖z‖, with c = 8.
  @Test(arguments: FixedPointOracle.all)
  func firstRows(_ oracle: FixedPointOracle) {
    var run = Run(
      map: oracle.network, start: oracle.start, solver: Picard(),
      stopping: StoppingRule(tolerance: 0, maxSteps: oracle.trace.count))
    run.runToEnd()
    let isCycle = run.outcome == .cycle(period: 2)
    #expect(run.stepCount == oracle.trace.count || run.trace.last?.residualSup == 0 || isCycle)
    for (row, expected) in zip(run.trace, oracle.trace) {
      let image = run.image(at: row.step)
      for measure in Measure.allCases {
        let slack = Self.slack(measure, image, run.iterate(at: row.step))
        Self.compare(row[measure], expected[measure.rawValue], slack, "\(measure.rawValue) of step \(row.step)")
      }
    }
  }

  /// What rounding errors of n eps ‖z‖ in every entry of f(z) - z can do to a measure.
  static func slack(_ measure: Measure, _ image: [Double], _ iterate: [Double]) -> Double {
    let scale = (image + iterate).reduce(0) { max($0, abs($1)) }
    let error = 8 * Double(image.count) * Double.ulpOfOne * scale
    switch measure {
    case .residualSup: return error
    case .residualAbsolute: return error * Double(image.count).squareRoot()
    case .residualRelative:
      return error * Double(image.count).squareRoot()
        / Distance.euclidean(image.span, Array(repeating: 0, count: image.count).span)
    case .thompson, .hilbert: return 2 * error / (image + iterate).reduce(.infinity, min)
    }
  }

  static func compare(_ found: Double?, _ expected: Double?, _ slack: Double, _ place: Comment) {
    guard let found, let expected else {
      #expect(found == expected, place)
      return
    }
    #expect(abs(found - expected) <= 1e-12 * expected + slack, place)
  }

  /// Solved by Picard or Anderson to within 1e-11 of one of the oracle's fixed points.
  @Test(arguments: FixedPointOracle.all, [Picard(), Anderson()] as [any FixedPointSolver])
  func fixedPoints(_ oracle: FixedPointOracle, solver: any FixedPointSolver) {
    if oracle.name == "mondeq" && solver is Picard { return }
    var run = Run(
      map: oracle.network, start: oracle.start, solver: solver,
      stopping: StoppingRule(tolerance: 1e-13, measure: .residualSup, maxSteps: 5000))
    run.runToEnd()
    #expect(run.outcome == .converged, "\(oracle.name): \(run.stepCount) steps")
    let error = oracle.fixedPoints.map { Distance.sup(run.iterate.span, $0.iterate.span) }.min() ?? .infinity
    #expect(error <= 1e-11, "\(oracle.name): \(error)")
  }

  @Test func monotoneNetworksNeedAnotherMethodThanPicard() throws {
    let oracle = try #require(FixedPointOracle.all.first { $0.name == "mondeq" })
    var run = Run(map: oracle.network, start: oracle.start, solver: Picard(), stopping: StoppingRule(maxSteps: 20_000))
    run.runToEnd()
    #expect(run.outcome == .cycle(period: 2))
    // Between the kinks the map turns a value on and off: z₂ = z₀ exactly.
    #expect(run.iterate(at: 3) == run.iterate(at: 1))
  }

  @Test(arguments: FixedPointOracle.all)
  func coefficients(_ oracle: FixedPointOracle) {
    for point in oracle.fixedPoints {
      let measured = oracle.network.coefficients(at: point.iterate)
      let pairs = [
        (measured.radial, point.quantities["radial_coefficient"]),
        (measured.strong, point.quantities["strong_coefficient"]),
      ]
      for (found, expected) in pairs {
        guard let found, let expected else {
          #expect(found == expected)
          continue
        }
        #expect(abs(found - expected) <= 1e-9 * max(1, expected), "\(oracle.name)")
      }
    }
  }

  /// Hilbert's coefficient bounds the spectral radius on the sphere's tangent space, which for a map of degree 0 is
  /// that of J; it is at most twice the strong coefficient.
  @Test(arguments: FixedPointOracle.all)
  func hilbertCoefficients(_ oracle: FixedPointOracle) throws {
    for point in oracle.fixedPoints {
      let measured = oracle.network.coefficients(at: point.iterate)
      let isNormalized = oracle.network.operators.last is Normalize
      #expect((measured.hilbert != nil) == isNormalized)
      guard let hilbert = measured.hilbert, let strong = measured.strong else { continue }
      #expect(hilbert <= 2 * strong * (1 + 1e-12))
    }
  }

  /// (1, 1) of the normalised signed map, by hand: L = [[0, 0], [-c, c]] with c = 4/1.603, and both row sums are 0.
  @Test func hilbertCoefficientOfTheBistableMap() throws {
    let oracle = try #require(FixedPointOracle.all.first { $0.name == "bistable-normalized" })
    let measured = oracle.network.coefficients(at: [1, 1])
    let expected = 4 / 1.603
    #expect(abs((measured.hilbert ?? .nan) - expected) <= 1e-14 * expected)
  }
}
