import ArgumentParser
import FixedPoint
import Sessions
import Training

/// `deq train`: trains a network on data.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a network by implicit differentiation.",
    discussion: """
      A recipe needs no file; those on built-in data run anywhere: moons, spirals, drawn-digits, karate. The others
      look for their data as deq datasets does.

        deq train --recipe moons
        deq train --recipe drawn-digits --epochs 5 --save digits.deq.json
        deq train --recipe mnist-tanh --data ~/data --runs 3 --csv mnist.csv
      """)

  @Option(
    name: .long,
    help: ArgumentHelp("One of \(Recipe.all.map(\.name).joined(separator: ", ")).", valueName: "name"))
  var recipe: String?

  @Option(name: .long, help: ArgumentHelp("The folder of the data, instead of $DEQ_DATA.", valueName: "dir"))
  var data: String?

  @Option(name: .long, help: ArgumentHelp("Passes through the training samples.", valueName: "n"))
  var epochs: Int?

  @Option(name: .long, help: ArgumentHelp("Seed of the first run; each further run takes the next.", valueName: "s"))
  var seed: Int?

  @Option(name: .long, help: ArgumentHelp("Runs, of which mean and deviation are given.", valueName: "k"))
  var runs: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What stays true: \(Guarantee.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "theorem"))
  var keep: String?

  @Option(name: .long, help: ArgumentHelp("single or double.", valueName: "precision"))
  var precision: String?

  @Option(name: .long, help: ArgumentHelp("Write a row an epoch.", valueName: "out.csv"))
  var csv: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Write the trained layer of the last run as a session, its large tensors and the head beside it.",
      valueName: "out.deq.json"))
  var save: String?

  @Flag(name: .long, help: "Print one JSON document.")
  var json = false

  func run() throws {
    try Exit.reporting { () throws(SessionError) in
      let plan = try plan()
      let content = try content(plan)
      var table = TrainingTable()
      var finished: [TrainingRun] = []
      for number in 1...plan.runs {
        var run = try TrainingRun(plan, on: content, number: number)
        while !run.isDone, !run.hasDiverged {
          run.advance()
          table.append(run)
          StandardError.print(TrainingReport.progress(run))
          if let csv { try table.write(to: csv) }
        }
        finished.append(run)
      }
      if let save, let last = finished.last { try write(last, to: save) }
      let report = TrainingReport(plan: plan, runs: finished)
      if json { try StandardOutput.print(report.json) } else { try StandardOutput.print(report.text) }
      return finished.contains(where: \.hasDiverged) ? Exit.notReached : .success
    }
  }

  private func plan() throws(SessionError) -> TrainingPlan {
    guard let recipe, let found = Recipe.named(recipe) else {
      throw SessionError(
        path: "--recipe", expected: "one of " + Recipe.all.map(\.name).joined(separator: ", "),
        found: recipe.map { JSON($0).summary } ?? "nothing")
    }
    var plan = found.plan
    if let epochs { plan.epochs = epochs }
    if let seed { plan.seed = seed }
    if let runs { plan.runs = runs }
    plan.keep = try choice(keep, "--keep") ?? plan.keep
    plan.precision = try choice(precision, "--precision") ?? plan.precision
    return try plan.checked()
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
      return try DatasetCatalog.standard(data: data).load(plan.data.name)
    } catch {
      var error = error
      if error.file == nil, error.path.isEmpty { error.path = "data.name" }
      throw error
    }
  }

  private func write(_ run: TrainingRun, to path: String) throws(SessionError) {
    let stem = path.hasSuffix(SessionFile.ending) ? String(path.dropLast(SessionFile.ending.count)) : path
    let companion = stem + ".safetensors"
    let name = companion.split(separator: "/").last.map(String.init) ?? companion
    let model = run.model(companion: name)
    try TensorFile.write(model.beside, to: companion)
    try SessionFile.write(model.document, to: path)
    StandardError.print("the head and large tensors are in \(companion)")
  }
}
