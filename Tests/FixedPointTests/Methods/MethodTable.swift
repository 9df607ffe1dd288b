import FixedPoint
import TestSupport

/// The methods and problems of the suites that compare them.
enum MethodTable {
  struct Problem: Sendable, CustomStringConvertible {
    let name: String
    let network: Network
    let start: [Double]
    /// Those that are known; empty if none is.
    let fixedPoints: [[Double]]

    var description: String { name }
  }

  static let oracles = FixedPointOracle.all.map {
    Problem(name: $0.name, network: $0.network, start: $0.start, fixedPoints: $0.fixedPoints.map(\.iterate))
  }

  static let sessions = ShippedProblem.all.map {
    Problem(name: $0.name, network: $0.network, start: $0.start, fixedPoints: [])
  }

  /// The methods that promise not to be much slower than plain iteration.
  static let accelerated: [any FixedPointSolver] = [
    Anderson(), Anderson(kind: .typeI), AndersonLog(), Broyden(), Newton(), NewtonKrylov(), NewtonLog(), Aitken(),
    ReducedRank(), MinimalPolynomial(),
  ]

  static let all: [any FixedPointSolver] =
    accelerated + [
      Picard(), Damped(), Averaged(), Averaged(factor: .fixed(0.3)), Anderson.bordered(),
      Anderson(window: 2, restart: 7),
      Broyden(memory: 2), NewtonKrylov(restart: 2), ReducedRank(window: 2), MinimalPolynomial(window: 10),
    ]

  /// Whether the method works on the open cone only.
  static func needsCone(_ solver: any FixedPointSolver) -> Bool { solver is AndersonLog || solver is NewtonLog }

  static func run(
    _ problem: Problem, _ solver: any FixedPointSolver, tolerance: Double = 1e-10,
    measure: Measure = .residualRelative, maxSteps: Int = 1200
  ) -> Run<Network> {
    var run = Run(
      map: problem.network, start: problem.start, solver: solver,
      stopping: StoppingRule(tolerance: tolerance, measure: measure, maxSteps: maxSteps))
    run.runToEnd()
    return run
  }
}

extension FixedPointSolver {
  var name: String { Self.description.name }
}

extension Run {
  /// Evaluations of f so far.
  var evaluations: Int { trace.last?.evaluations ?? 0 }
}
