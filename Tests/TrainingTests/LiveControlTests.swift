import Sessions
import TestSupport
import Testing

@testable import Training

/// Stopping within an epoch, going on, and changing the learning rate meanwhile.
struct LiveControlTests {
  private static func plan(_ recipe: String, _ change: (inout TrainingPlan) -> Void = { _ in }) throws
    -> TrainingPlan
  {
    var plan = try #require(Recipe.named(recipe)).plan
    plan.epochs = 4
    change(&plan)
    return try plan.checked()
  }

  private static func course(_ plan: TrainingPlan) throws -> TrainingCourse {
    try TrainingCourse(plan, on: try DatasetCatalog(folders: []).load(plan.data.name))
  }

  /// Trains so many batches, of as many epochs and runs as they take; all there are without a number.
  @discardableResult
  private static func train(_ course: inout TrainingCourse, batches: Int = .max) throws -> [BatchReport] {
    var reports: [BatchReport] = []
    while reports.count < batches, !course.isDone {
      try course.advance {
        reports.append($0)
        return reports.count < batches
      }
    }
    return reports
  }

  private static func expectSame(_ one: TrainingCourse, _ other: TrainingCourse) {
    #expect(one.records.count == other.records.count)
    for (one, other) in zip(one.records, other.records) {
      #expect(one.history.count == other.history.count)
      for (row, twin) in zip(one.history, other.history) {
        #expect(row.training == twin.training && row.validation == twin.validation && row.test == twin.test)
        #expect(row.learningRate == twin.learningRate && row.forward == twin.forward && row.backward == twin.backward)
        #expect(row.certificates == twin.certificates && row.spectralRadius == twin.spectralRadius)
      }
    }
    #expect(one.plan == other.plan)
    #expect(one.run.model(companion: nil).document == other.run.model(companion: nil).document)
    #expect(one.run.model(companion: nil).beside == other.run.model(companion: nil).beside)
  }

  /// 240 samples to train on, 60 for validation, 100 for the test, 50 in a batch.
  @Test func anEpochIsItsBatches() throws {
    var course = try Self.course(try Self.plan("moons") { $0.data.validation = 0.2 })
    let reports = try Self.train(&course, batches: 9)
    let row = try #require(course.run.history.first)
    #expect(course.run.history.count == 1 && course.run.progress == nil)
    #expect(reports.map(\.batch) == Array(1...9) && reports.allSatisfy { $0.count == 9 && $0.epoch == 1 })
    #expect(reports.map(\.purpose) == Array(repeating: .training, count: 5) + [.validation, .validation, .test, .test])
    let training = reports.filter { $0.purpose == .training }
    #expect(training.reduce(0) { $0 + $1.score.wrong } == row.training.wrong)
    #expect(training.reduce(0) { $0 + $1.score.count } == row.training.count && row.training.count == 240)
    #expect(training.reduce(0) { $0 + $1.forward.steps } == row.forward.steps)
    #expect(training.reduce(0) { $0 + $1.backward.steps } == row.backward.steps)
    #expect(training.allSatisfy { $0.learningRate == row.learningRate })
    #expect(reports.filter { $0.purpose == .test }.reduce(0) { $0 + $1.score.wrong } == row.test.wrong)
  }

  @Test func itStopsAfterAnyBatch() throws {
    var course = try Self.course(try Self.plan("moons"))
    try Self.train(&course, batches: 3)
    let progress = try #require(course.run.progress)
    #expect(progress.epoch == 1 && progress.done == 3 && progress.count == 8 && progress.training.count == 150)
    #expect(course.run.history.isEmpty && !course.isDone)
  }

  /// Left after any batch, of the training or of the evaluation, and taken up from the file: as if never stopped.
  @Test(arguments: [("moons", 3), ("moons", 7), ("moons", 16), ("karate", 1), ("karate", 5)])
  func whatStopsWithinAnEpochGoesOnAsIfItHadNot(_ recipe: String, _ batches: Int) throws {
    let directory = TemporaryDirectory()
    let plan = try Self.plan(recipe) {
      $0.model.dropout = 0.5
      $0.data.validation = recipe == "moons" ? 0.2 : 0
      $0.precision = batches == 16 ? .double : .single
      $0.runs = 2
    }
    var whole = try Self.course(plan)
    try Self.train(&whole)
    var part = try Self.course(plan)
    try Self.train(&part, batches: batches)
    let path = directory.file("part.safetensors")
    try #require(part.checkpoint).write(to: path)
    var resumed = try TrainingCourse(
      try Checkpoint.read(path), on: try DatasetCatalog(folders: []).load(plan.data.name))
    #expect(resumed.run.progress == part.run.progress)
    try Self.train(&resumed)
    #expect(resumed.records.count == 2)
    Self.expectSame(resumed, whole)
  }

  /// A rate that was changed within an epoch is in the plan, in the checkpoint and in the rows; the plan alone gives the
  /// same training again.
  @Test func aChangedRateIsPartOfThePlan() throws {
    let directory = TemporaryDirectory()
    let plan = try Self.plan("moons") { $0.optimizer.schedule = .constant }
    var live = try Self.course(plan)
    try Self.train(&live, batches: 12)
    live.scaleRate(by: 0.25)
    #expect(live.run.nextRate == 0.0025)
    live.scaleRate(by: 2)
    var change = TrainingPlan.RateChange()
    (change.epoch, change.batch, change.factor) = (2, 5, 0.5)
    #expect(live.plan.rateChanges == [change])
    let path = directory.file("live.safetensors")
    try #require(live.checkpoint).write(to: path)
    try Self.train(&live, batches: 3)
    // The seventh batch of the second epoch evaluates: what is changed now begins with the third epoch.
    live.scaleRate(by: 0.5)
    try Self.train(&live)
    #expect(live.run.history.map(\.learningRate) == [0.01, 0.005, 0.0025, 0.0025])

    var again = try Self.course(try TrainingPlan(live.plan.json).checked())
    #expect(again.plan.rateChanges.map(\.epoch) == [2, 3])
    try Self.train(&again)
    Self.expectSame(again, live)

    var resumed = try TrainingCourse(
      try Checkpoint.read(path), on: try DatasetCatalog(folders: []).load(plan.data.name))
    #expect(resumed.plan.rateChanges == [change])
    try Self.train(&resumed, batches: 3)
    resumed.scaleRate(by: 0.5)
    try Self.train(&resumed)
    Self.expectSame(resumed, live)

    var unchanged = try Self.course(plan)
    try Self.train(&unchanged)
    #expect(unchanged.run.history.map(\.training) != live.run.history.map(\.training))
  }

  @Test func theTableHasTheRateThatWasUsed() throws {
    var course = try Self.course(try Self.plan("moons") { $0.optimizer.schedule = .constant })
    try Self.train(&course, batches: 8)
    course.scaleRate(by: 0.5)
    try Self.train(&course, batches: 8)
    let directory = TemporaryDirectory()
    try TrainingTable(course).write(to: directory.file("run.csv"))
    let rows = try SessionText.read(directory.file("run.csv")).split(separator: "\r\n").map { $0.split(separator: ",") }
    let column = try #require(rows[0].firstIndex(of: "learning_rate"))
    #expect(rows.dropFirst().map { String($0[column - 2]) } == ["0.01", "0.005"])
  }

  @Test(arguments: [
    (#"[{"run": 1, "epoch": 1, "batch": 1, "factor": 0}]"#, "rateChanges[0].factor"),
    (#"[{"epoch": 2}, {"epoch": 1}]"#, "rateChanges[1]"), (#"[{"step": 2}]"#, "rateChanges[0].step"),
  ])
  func changesThatDoNotFitAreNamed(_ text: String, _ path: String) throws {
    let plan = try Self.plan("moons")
    #expect {
      try plan.setting(path: "rateChanges", to: try JSON(parsing: text))
    } throws: { ($0 as? SessionError)?.path == path }
  }

  // MARK: What is measured

  /// Of a layer tanh(W z) + p the Jacobian is diag(1 - tanh²) W: its radius is at most the greatest row sum of |W|.
  @Test func theSpectralRadiusIsMeasuredAfterEveryEpoch() throws {
    var course = try Self.course(try Self.plan("moons") { $0.keep = .lipschitz })
    try Self.train(&course)
    for row in course.run.history {
      let radius = try #require(row.spectralRadius)
      #expect(radius > 0 && radius <= Guarantee.limit)
    }
  }

  @Test func aSampleIsProbed() throws {
    var course = try Self.course(try Self.plan("moons") { $0.epochs = 25 })
    try Self.train(&course)
    #expect(course.run.probeCount == 100)
    let probes = (0..<100).map { course.run.probe($0) }
    #expect(probes.count { $0.label != $0.prediction } == course.run.history.last?.test.wrong)
    for probe in probes {
      #expect(probe.state.count == 16 && probe.isSolved)
      #expect(abs((probe.probabilities ?? []).reduce(0, +) - 1) < 1e-12)
    }
    #expect(course.run.probe(100) == course.run.probe(0) && course.run.probe(-1) == course.run.probe(99))
  }
}
