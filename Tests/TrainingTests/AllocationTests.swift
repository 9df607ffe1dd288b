import FixedPoint
import Sessions
import TestSupport
import Testing
import Training

/// What a step of training asks of the heap: buffers of the step, as many for a large batch as for a small one, and none
/// for a step of a solver.
struct AllocationTests {
  #if DEBUG
    private static let isOptimized = false
  #else
    private static let isOptimized = true
  #endif

  /// Generic code that is not optimised allocates on its own account: with optimisation, as in `swift test -c release`.
  @Test(.enabled(if: isOptimized && Allocations.areCounted, "allocations are counted in optimised builds"))
  func aStepAllocatesAsMuchForAnyBatch() throws {
    let small = try Self.perStep(batch: 10, maxSteps: 30)
    let large = try Self.perStep(batch: 20, maxSteps: 30)
    let hurried = try Self.perStep(batch: 20, maxSteps: 3)
    #expect(small <= 80, "\(small) allocations a step")
    #expect(abs(large - small) <= 1, "\(small) and \(large) allocations a step")
    #expect(abs(hurried - large) <= 1, "\(hurried) and \(large) allocations a step")
  }

  /// Ten steps more at the beginning of an epoch, on one thread, once all buffers have grown.
  private static func perStep(batch: Int, maxSteps: Int) throws -> Double {
    let counts = try [10, 20].map { steps -> Int in
      var plan = TrainingPlan()
      plan.data.name = "drawn-digits"
      plan.data.limit = 20 * batch
      plan.batch = batch
      plan.model.units = 12
      plan.threads = 1
      plan.forward.tolerance = 0
      plan.forward.maxSteps = maxSteps
      plan.backward.tolerance = 0
      plan.backward.maxSteps = maxSteps
      var run = try TrainingRun(plan, on: try DatasetCatalog(folders: []).load("drawn-digits"))
      run.advance()
      return Allocations.count { run.advance(while: { $0.batch < steps }, by: { 0 }) }
    }
    return Double(counts[1] - counts[0]) / 10
  }
}
