import FixedPoint
import TestSupport
import Testing

struct RunTests {
  /// z -> z/2 + 1, fixed point 2: every residual is exactly half the one before.
  static let halving = ClosureMap(dimension: 1) { [0.5 * $0[0] + 1] }

  @Test func rowsAreAboutTheIterateBefore() {
    var run = Run(map: Self.halving, start: [4], solver: Picard(), stopping: StoppingRule(maxSteps: 3))
    run.runToEnd()
    #expect(run.outcome == .maxSteps)
    #expect(run.trace.map(\.residualAbsolute) == [1, 0.5, 0.25])
    #expect(run.trace.map(\.evaluations) == [1, 2, 3])
    #expect(run.trace.map(\.ratioSup) == [nil, 0.5, 0.5])
    #expect((0...3).map { run.iterate(at: $0) } == [[4], [4], [3], [2.5]])
    #expect((1...3).map { run.image(at: $0) } == [[3], [2.5], [2.25]])
    #expect(run.fixedPoint == nil)
    let goesOn = run.advance()
    #expect(!goesOn)
  }
}
