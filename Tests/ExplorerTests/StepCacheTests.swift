import FixedPoint
import Sessions
import TestSupport
import Testing

@testable import Explorer

struct StepCacheTests {
  @Test(arguments: [0, 1, 2, 3, 7, 8, 9, 58, 256, 257, 1000, 100_000])
  func aSurveyGoesFromBothEndsInwards(_ last: Int) {
    let steps = Survey(upTo: last).steps
    #expect(Set(steps).count == steps.count)
    #expect(steps.allSatisfy { (1...max(1, last)).contains($0) })
    #expect(steps.prefix(2) == [last, 1][..<min(2, last)])
    #expect(last > 256 ? (128...258).contains(steps.count) : steps.count == last)
    // Coarse to fine: after the first k steps no gap is more than twice another that has been cut.
    let sorted = steps.sorted()
    let gaps = zip(sorted.dropFirst(), sorted).map { $0 - $1 }
    if let widest = gaps.max() { #expect(widest * 128 <= max(last, 128)) }
  }

  @Test func aLongerRunKeepsTheRowsOfAShorterOne() {
    for last in [10, 60, 200] {
      let (short, long) = (Survey(upTo: last).steps, Survey(upTo: last + 37).steps)
      #expect(short.allSatisfy { long.contains($0) })
    }
  }

  private static let experiment: Result<Experiment, SessionError> = Result { () throws(SessionError) in
    try Experiment(SessionDocument(JSON(parsing: SpecimenSessions.threeUnits)), directory: ".")
  }

  /// Everything a study asks for, done at once; gives the steps in their order.
  private static func finish(_ study: inout RunStudy, _ run: Run<Network>, at cursor: Int) -> [Int] {
    var steps: [Int] = []
    while true {
      let tasks = study.next(for: run, at: cursor, [.spectrum, .course])
      if tasks.isEmpty { return steps }
      for task in tasks {
        if case .linearization(let step, _) = task.work { steps.append(step) }
        study.note(task.perform().finding)
      }
    }
  }

  /// Each step is computed once, the cursor's first; a branch by another method forgets the rows after it alone, and
  /// the same method gives the same rows again.
  @Test func stepsAreComputedOnceAndForgottenWithTheirRows() throws {
    var experiment = try Self.experiment.get()
    try experiment.perform(.step(20))
    var study = RunStudy(generation: 1, experiment)
    #expect(study.next(for: experiment.run, at: 12, .spectrum).count == 1)
    #expect(study.next(for: experiment.run, at: 12, .spectrum).isEmpty, "one at a time")
    study.follow(experiment.run, generation: 2)
    #expect(study.generation == 1)

    study = RunStudy(generation: 1, experiment)
    let first = Self.finish(&study, experiment.run, at: 12)
    #expect(first.first == 12 && first.sorted() == Array(1...20))
    #expect(Self.finish(&study, experiment.run, at: 0).isEmpty)

    try experiment.perform(.rewind(to: 8))
    try experiment.perform(.branch)
    try experiment.perform(.step(5))
    study.follow(experiment.run, generation: 2)
    #expect(study.generation == 1)
    #expect(Self.finish(&study, experiment.run, at: 13).isEmpty, "the same method makes the same rows")

    try experiment.perform(.rewind(to: 8))
    try experiment.perform(.solver(SolverSource("newton")))
    try experiment.perform(.step(2))
    study.follow(experiment.run, generation: 2)
    #expect(study.generation == 2)
    #expect(study.spectra.steps(upTo: 100) == Array(1...8))
    #expect(Self.finish(&study, experiment.run, at: 10) == [10, 9])
    for step in 1...10 {
      let expected = Linearization(of: experiment.run.map, at: experiment.run.iterate(at: step))
      #expect(study.spectra[step] == expected, "step \(step)")
    }
  }
}
