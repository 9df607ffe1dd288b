import Screen
import Training

extension BindingCatalog {
  static let train: [Binding] = training + choosing

  private static func bind(
    _ title: String, _ command: TrainingCommand, _ keys: [Key], label: String? = nil, _ category: Binding.Category,
    when availability: @escaping Availability = { _ in .enabled }
  ) -> Binding {
    Binding(title, .training(command), keys: keys, label: label, in: .train, category, when: availability)
  }

  private static let training: [Binding] = [
    bind(
      "Start the training, pause it, or go on with it", .toggle, [.character(" ")], label: "start", .run,
      when: canToggle),
    bind("Stop the training and keep what was learned", .stop, [.character("e")], label: "stop", .run, when: canStop),
    bind(
      "Half the learning rate from the next batch on", .scaleRate(0.5), [.character("[")], label: "rate ÷2", .change,
      when: canChangeRate),
    bind(
      "Twice the learning rate from the next batch on", .scaleRate(2), [.character("]")], label: "×2", .change,
      when: canChangeRate),
    bind(
      "Save the trained layer as a session, its head beside it", .ask(.model), [.character("s")], label: "save", .file,
      when: isTrained),
    bind(
      "Open the trained layer as a session, as it now is", .open, [.character("O")], label: "open model", .file,
      when: isTrained),
    bind(
      "Checkpoint: keep one, or at the recipes go on from one", .ask(.checkpoint), [.character("p")],
      label: "checkpoint", .file, when: canTakeCheckpoint),
    bind(
      "Write the course of the training as CSV", .ask(.table), [.character("t")], label: "CSV", .file, when: hasEpoch),
    bind("Next sample", .nextSample, [.character(">")], label: "sample", .view, when: isWatched),
    bind("Previous sample", .previousSample, [.character("<")], .view, when: isWatched),
    bind("The pane in focus alone, or all", .zoom, [.character("z")], label: "zoom", .view, when: isWatched),
    bind(
      "The recipes, or back to the training", .toggleRecipes, [.character("n")], label: "recipes", .view,
      when: isStarted),
  ]

  private static let choosing: [Binding] = [
    bind(
      "To the plan of the recipe; there, type a value or choose one", .enter, [Key(.enter)], label: "edit", .change,
      when: isChoosing),
    bind("Next part: recipes and plan, or the panes", .nextPart, [Key(.tab)], label: "next part", .move),
    bind(
      "Less, or the choice before", .change(.less), [Key(.left), .character("h")], label: "less", .change,
      when: isInPlan),
    bind(
      "More, or the next choice", .change(.more), [Key(.right), .character("l")], label: "more", .change, when: isInPlan
    ),
    bind("Much less", .change(.muchLess), [.character("H")], .change, when: isInPlan),
    bind("Much more", .change(.muchMore), [.character("L")], .change, when: isInPlan),
    bind("A little less", .change(.slightlyLess), [.character("-")], .change, when: isInPlan),
    bind("A little more", .change(.slightlyMore), [.character("+")], .change, when: isInPlan),
    bind(
      "Back to what the recipe says", .restoreDefault, [.character("d")], label: "as in recipe", .change,
      when: isChanged),
    bind("Next recipe or field", .next, [Key(.down), .character("j")], .move, when: isChoosing),
    bind("Previous recipe or field", .previous, [Key(.up), .character("k")], .move, when: isChoosing),
    bind("First recipe or field", .first, [Key(.home), .character("g")], .move, when: isChoosing),
    bind("Last recipe or field", .last, [Key(.end), .character("G")], .move, when: isChoosing),
    bind("Back: from the plan, from one pane, or from this screen", .leave, [Key(.escape)], label: "back", .file),
  ]

  private static let isChoosing = needs("n shows the recipes") { $0.train.isChoosing }
  private static let isWatched = needs("nothing is being trained here") { !$0.train.isChoosing }
  private static let isStarted = needs("nothing was started") { $0.train.live != nil }
  private static let isInPlan = needs("Tab goes to the plan") { $0.train.isChoosing && $0.train.part == .plan }
  private static let isChanged = needs("it is as the recipe says") {
    $0.train.isChoosing && $0.train.part == .plan && $0.train.row($0.datasets).isChanged
  }
  private static let isTrained = needs("nothing was trained yet") { ($0.train.live?.batchCount ?? 0) > 0 }
  private static let hasEpoch = needs("no epoch has ended yet") { ($0.train.live?.course?.epochCount ?? 0) > 0 }
  private static let canStop = needs("nothing is being trained") {
    [.running, .paused].contains($0.train.live?.phase)
  }
  private static let canChangeRate = needs("nothing is being trained") {
    $0.train.live.map { $0.isRunning || $0.canGoOn } ?? false
  }
  private static let canTakeCheckpoint = needs("nothing is being trained") {
    $0.train.isChoosing || $0.train.live?.course != nil
  }
  private static let canToggle: Availability = { model in
    let train = model.train
    if train.isChoosing {
      return TrainBoard.isFound(train.plan.data.name, in: model.datasets)
        ? .enabled : .disabled("the data \(train.plan.data.name) were not found")
    }
    return train.live.map { $0.isRunning || $0.canGoOn } == true
      ? .enabled : .disabled("there is nothing more to train")
  }
}

extension TrainBoard {
  /// What the space bar does now, in a word.
  var toggleLabel: String { isChoosing ? "start" : live?.isRunning == true ? "pause" : "go on" }
}
