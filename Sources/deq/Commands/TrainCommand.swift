import ArgumentParser
import FixedPoint
import Glibc
import Sessions
import Training

/// `deq train`: trains a network on data.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a network by implicit differentiation.",
    discussion: """
      What to do says a recipe, or a file of the form that --print-config shows. The recipes moons, spirals, drawn-digits
      and karate run anywhere; the others look for their data as deq datasets does. The same plan and data give the same
      model, bit for bit on one machine. Exits with 1 if a run diverges, if its loss is
      not finite at the end, or if nearly every step had to be left out. Ctrl-C
      and SIGTERM stop within a batch and keep what has been learned: checkpoint, CSV and model are written as at the end
      (exit codes 130 and 143).

      All files are tried before the first batch. A file that is there and not of this training is replaced only with
      --force; a checkpoint is gone on with by --resume. --plan says what each field of a plan means.

        deq train --recipe moons
        deq train --recipe drawn-digits --epochs 5 --save digits.deq.json
        deq train --recipe moons --print-config > plan.json; deq train plan.json
        deq train --recipe mnist-tanh --data ~/data --runs 3 --csv mnist.csv --checkpoint mnist.safetensors
        deq train --session net.deq.json --dataset digits     # all tensors of its operators, with a head on the state
        deq train --resume mnist.safetensors --data ~/data      # goes on as if it had never stopped

      Array jobs do --shard i/n, the runs i, i + n, …, each into a file of its own, and deq merge puts the files
      together, byte for byte as one deq train would have written it. With GNU parallel:

        parallel deq train plan.json --shard {}/8 --part runs-{}.part ::: 1 2 3 4 5 6 7 8
        deq merge runs.csv runs-*.part
      """)

  @Argument(help: ArgumentHelp("A training plan (JSON).", valueName: "config"))
  var config: String?

  @Option(
    name: .long,
    help: ArgumentHelp("One of \(Recipe.all.map(\.name).joined(separator: ", ")).", valueName: "name"))
  var recipe: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Train the pipeline of a session with a head; x is a sample of --dataset.", valueName: "file.deq.json"))
  var session: String?

  @Option(
    name: .long,
    help: ArgumentHelp("The data set, as deq datasets lists it, instead of the plan's.", valueName: "name"))
  var dataset: String?

  @OptionGroup var data: DataOptions

  @Option(name: .long, help: ArgumentHelp("Passes through the training samples.", valueName: "n"))
  var epochs: Int?

  @Option(name: .long, help: ArgumentHelp("Seed of the first run; each further run takes the next.", valueName: "s"))
  var seed: Int?

  @Option(name: .long, help: ArgumentHelp("Runs, of which mean and deviation are given.", valueName: "k"))
  var runs: Int?

  @Option(
    name: .long, help: ArgumentHelp("Do only the runs i, i + n, …, for deq merge; --part is needed.", valueName: "i/n"))
  var shard: String?

  @Option(name: .long, help: ArgumentHelp("Write the runs for deq merge.", valueName: "file"))
  var part: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What stays true: \(Guarantee.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "theorem"))
  var keep: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "single, unless the plan says otherwise, or double.",
      discussion: "Measured on MNIST's dense network: double errs as often, and takes 1.5 times as long a batch.",
      valueName: "precision"))
  var precision: String?

  @Option(name: .long, help: ArgumentHelp("Write a row an epoch.", valueName: "out.csv"))
  var csv: String?

  @Flag(
    name: .long,
    help: "Say in CSV, JSON, part and checkpoint how long it took, in seconds, with evaluation and proofs.")
  var seconds = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Write the trained layer of the last run as a session, its large tensors and the head beside it.",
      valueName: "out.deq.json"))
  var save: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Write all that is needed to go on, after each epoch.", valueName: "out.safetensors"))
  var checkpoint: String?

  @Option(
    name: .long, help: ArgumentHelp("Go on from a checkpoint, and keep writing it.", valueName: "file.safetensors"))
  var resume: String?

  @Flag(name: .long, help: "Replace files that are there, also those of other trainings.")
  var force = false

  @Flag(name: .long, help: "Print the plan as JSON, and do nothing.")
  var printConfig = false

  @Flag(name: .customLong("plan"), help: "Print what each field of a plan means, and do nothing.")
  var explainsPlan = false

  @Flag(name: .long, help: "Print one JSON document.")
  var json = false

  private var files: TrainFiles {
    TrainFiles(csv: csv, save: save, checkpoint: checkpoint ?? resume, part: part)
  }

  func validate() throws {
    if explainsPlan { return }
    guard [config, recipe, session, resume].count(where: { $0 != nil }) == 1 else {
      throw ValidationError("either a config, --recipe, --session or --resume is expected")
    }
    if session != nil, dataset == nil { throw ValidationError("--session: --dataset is expected beside it") }
    let changes = [("--epochs", epochs), ("--seed", seed), ("--runs", runs)].filter { $0.1 != nil }.map(\.0)
    let choices = [("--keep", keep), ("--precision", precision), ("--dataset", dataset), ("--shard", shard)]
      .filter { $0.1 != nil }.map(\.0)
    if resume != nil, let option = (changes + choices).first {
      throw ValidationError("\(option): the plan of a checkpoint cannot be changed")
    }
    if let shard, SweepShard(shard) == nil {
      throw ValidationError("--shard \(shard): i/n with 1 <= i <= n is expected")
    }
    if let checkpoint, !checkpoint.hasSuffix(Checkpoint.ending) {
      throw ValidationError("--checkpoint \(checkpoint): a path that ends in \(Checkpoint.ending) is expected")
    }
    try requireDistinctFiles()
    if shard != nil, part == nil { throw ValidationError("--shard: --part is expected beside it") }
  }

  /// No file is written over another that is asked for, or read.
  private func requireDistinctFiles() throws {
    var inputs: [(option: String, path: String)] = []
    if let config { inputs.append(("config", config)) }
    if let session { inputs.append(("--session", session)) }
    if let resume, checkpoint != nil, checkpoint != resume { inputs.append(("--resume", resume)) }
    if let (first, second, path) = files.conflict(with: inputs) {
      throw ValidationError("\(first) and \(second): two files are expected, both are \(path)")
    }
  }

  func run() throws {
    data.select()
    try Exit.reporting { () throws(SessionError) in
      if explainsPlan {
        try StandardOutput.print(PlanGuide.text)
        return .success
      }
      let isTraining = !printConfig
      if isTraining { try files.requireWritable() }
      let lock = isTraining ? try files.checkpoint.map { path throws(SessionError) in try WriteLock(of: path) } : nil
      defer { withExtendedLifetime(lock) {} }
      let known: Checkpoint? = if let resume { try Checkpoint.read(resume) } else { nil }
      let plan = if let known { known.plan } else { try chosen() }
      if printConfig {
        try StandardOutput.print(plan.json)
        return .success
      }
      return try train(try course(plan, known))
    }
  }

  /// The training as it begins or goes on, once all that it writes has been looked at.
  private func course(_ plan: TrainingPlan, _ known: Checkpoint?) throws(SessionError) -> TrainingCourse {
    let shard = shard.flatMap { SweepShard($0) } ?? .whole
    guard shard.number <= plan.runs else {
      throw SessionError(path: "--shard", expected: "at most \(plan.runs), the runs of the plan", found: shard.text)
    }
    if known == nil, !force { try files.requireNothing(plan) }
    let content = try content(plan)
    let course =
      if let known { try TrainingCourse(known, on: content) } else {
        try TrainingCourse(plan, on: content, shard: shard)
      }
    var inputs = course.run.sessionFiles.map { (option: "the session", path: $0) }
    inputs += try DatasetCatalog.standard().files(of: plan.data.name).map { ("the data", $0) }
    if let session = plan.model.session { inputs.append(("the session", session)) }
    if let (first, second, path) = files.conflict(with: inputs) {
      throw SessionError(path: first, expected: "a file that is not read by \(second)", found: path)
    }
    if known != nil, !force { try files.requireOwn(course, seconds: seconds) }
    return course
  }

  /// Goes on with a training to its end, or until a signal: what has been learned by then is kept as usual, and what was
  /// found is said even where a file of it could not be written.
  private func train(_ start: TrainingCourse) throws(SessionError) -> ExitCode {
    Interrupt.watch([SIGINT, SIGTERM])
    var course = start
    var table = TrainingTable(course, seconds: seconds)
    var writer = TrainWriter(files)
    while !course.isDone, !Interrupt.isRequested { try advance(&course, &table, &writer) }
    let isStopped = !course.isDone
    if isStopped { writer.write(course.checkpoint(seconds: seconds)) }
    writer.write(table)
    writer.write(course.run)
    if isStopped {
      StandardError.print(stopMessage(course, writer))
      return writer.hasFailed ? Exit.cannotWrite : ExitCode(Interrupt.code)
    }
    writer.write(TrainingPart(course.plan, course.shard, runs: course.records, seconds: seconds))
    let report = TrainingReport(plan: course.plan, runs: course.records, seconds: seconds)
    if json { try StandardOutput.print(report.json) } else { try StandardOutput.print(report.text) }
    if writer.hasFailed { return Exit.cannotWrite }
    return course.records.contains(where: \.hasFailed) ? Exit.notReached : .success
  }

  /// Trains an epoch, which is reported and kept before the next one begins; less of it after a signal.
  private func advance(
    _ course: inout TrainingCourse, _ table: inout TrainingTable, _ writer: inout TrainWriter
  ) throws(SessionError) {
    let count = course.epochCount
    var line = ProgressLine()
    try course.advance { batch in
      line.show(TrainingReport.progress(batch))
      return !Interrupt.isRequested
    }
    line.clear()
    guard course.epochCount > count, let row = course.run.history.last else { return }
    table.append(row, of: course.run.number)
    StandardError.print(TrainingReport.progress(row, of: course.run))
    writer.write(table)
    writer.write(course.checkpoint(seconds: seconds))
  }

  /// Where it stopped, and what of it is where.
  private func stopMessage(_ course: TrainingCourse, _ writer: TrainWriter) -> String {
    let run = course.run
    var place = "run \(run.number) of \(course.plan.runs), after \(run.history.count) of \(course.plan.epochs) epochs"
    if let progress = run.progress {
      place += " and \(progress.done) of the next one's \(progress.count) batches"
    }
    return "stopped in \(place); " + (writer.kept.isEmpty ? "nothing was kept" : writer.kept.joined(separator: "; "))
  }

  private func chosen() throws(SessionError) -> TrainingPlan {
    var plan = try chosenPlan()
    if let epochs { plan.epochs = epochs }
    if let seed { plan.seed = seed }
    if let runs { plan.runs = runs }
    if let dataset { plan.data.name = dataset }
    plan.keep = try choice(keep, "--keep") ?? plan.keep
    plan.precision = try choice(precision, "--precision") ?? plan.precision
    do throws(SessionError) {
      return try plan.checked()
    } catch {
      var error = error
      error.file = config
      throw error
    }
  }

  private func chosenPlan() throws(SessionError) -> TrainingPlan {
    if let config { return try TrainingPlan.read(config) }
    if let session {
      var plan = TrainingPlan()
      plan.model.session = session
      return plan
    }
    guard let recipe, let found = Recipe.named(recipe) else {
      throw SessionError(
        path: "--recipe", expected: "one of " + Recipe.all.map(\.name).joined(separator: ", "),
        found: recipe.map { JSON($0).summary } ?? "nothing")
    }
    return found.plan
  }

  private func choice<Choice: RawRepresentable & CaseIterable>(
    _ text: String?, _ option: String
  ) throws(SessionError) -> Choice? where Choice.RawValue == String {
    guard let text else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    throw SessionError(path: option, expected: "one of \(names)", found: JSON(text).summary)
  }

  private func content(_ plan: TrainingPlan) throws(SessionError) -> DatasetCatalog.Content {
    do throws(SessionError) {
      return try DatasetCatalog.standard().load(plan.data.name)
    } catch {
      var error = error
      if error.file == nil, error.path.isEmpty { error.path = "data.name" }
      throw error
    }
  }
}
