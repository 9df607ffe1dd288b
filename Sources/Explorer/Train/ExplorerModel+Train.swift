import FixedPoint
import Screen
import Sessions
import Training

extension ExplorerModel {
  mutating func performTraining(_ command: TrainingCommand) -> [Effect] {
    switch command {
    case .next, .previous, .first, .last, .nextPart, .change, .enter, .restoreDefault, .edit, .toggleRecipes:
      choose(command)
      return []
    case .zoom: train.isZoomed.toggle()
    case .nextSample: train.sample += 1
    case .previousSample: train.sample -= 1
    case .leave: leaveTraining()
    case .toggle: return toggleTraining()
    case .begin: return beginTraining()
    case .stop: return stopTraining()
    case .scaleRate(let factor): train.live?.scaleRate(by: factor)
    case .ask(let file): askForTraining(file)
    case .write(let file, let path, let replacing): return write(file, to: path, replacing: replacing)
    case .resume(let path): return unlessTrainingIsUnkept(.resumeAnyway(path: path), "go on from the checkpoint")
    case .resumeAnyway(let path): return resumeTraining(path)
    case .open:
      guard watch?.isModified == true else { return openTrained() }
      askToSave(before: .training(.openAnyway), "open the trained layer")
    case .openAnyway: return openTrained()
    case .discardAndQuit:
      train.live = nil
      return perform(.quit)
    }
    return []
  }

  // MARK: Choosing

  private mutating func choose(_ command: TrainingCommand) {
    train.entry = nil
    switch command {
    case .next: train.move(1)
    case .previous: train.move(-1)
    case .first: train.moveToFirst()
    case .last: train.moveToLast()
    case .nextPart: nextTrainingPart()
    case .change(let step): train.change(train.row(datasets), by: step)
    case .enter: enterTraining()
    case .restoreDefault: train.restore(train.row(datasets))
    case .edit(let path, let value): train.set(path, to: value)
    case .toggleRecipes: train.showsRecipes.toggle()
    default: break
    }
    scrollTraining()
  }

  mutating func scrollTraining() {
    let layout = TrainChoiceLayout(body.size)
    train.scroll(recipes: layout.recipeRows.height, rows: layout.planRows.height)
  }

  private mutating func nextTrainingPart() {
    guard train.isChoosing else {
      train.focus = train.focus.next
      return
    }
    train.part = train.part == .recipes ? .plan : .recipes
  }

  private mutating func enterTraining() {
    guard train.part == .plan else {
      train.part = .plan
      return
    }
    let row = train.row(datasets)
    if case .choice(let names) = row.field.kind {
      overlay = .menu(.choices(names, of: row))
    } else {
      train.entry = TrainBoard.Entry(field: TextField(row.value?.text ?? ""))
    }
  }

  private mutating func leaveTraining() {
    if !train.isChoosing, train.isZoomed {
      train.isZoomed = false
    } else if train.isChoosing, train.part == .plan {
      train.part = .recipes
    } else if train.showsRecipes {
      train.showsRecipes = false
    } else {
      place = watch == nil ? .gallery : .watch
    }
  }

  /// Keys while a value is typed into a row of the plan.
  mutating func typeInTraining(_ key: Key) -> [Effect] {
    guard var entry = train.entry else { return [] }
    if key.code == .escape || key == .control("c") {
      train.entry = nil
    } else if key.code == .enter {
      train.accept(entry, for: train.row(datasets))
    } else {
      if entry.field.handle(key) { entry.complaint = nil }
      train.entry = entry
    }
    return []
  }

  mutating func pasteInTraining(_ text: String) {
    train.entry?.field.insert(text)
    train.entry?.complaint = nil
  }
}

// MARK: - Training

extension ExplorerModel {
  /// Keeps the training going, whatever screen is shown: its next part, if none is under way.
  mutating func trainIfDue() -> [Effect] {
    let isShown = place == .train && !train.isChoosing && !isTooSmall
    guard let effect = train.live?.nextEffect(sample: isShown ? train.sample : nil, ticket: trainCount + 1, at: now)
    else { return [] }
    trainCount += 1
    return [.training(effect)]
  }

  private mutating func toggleTraining() -> [Effect] {
    if train.isChoosing { return unlessTrainingIsUnkept(.begin, "start") }
    if train.live?.isRunning == true { train.live?.pause() } else { train.live?.goOn() }
    return []
  }

  /// Asks what becomes of a training that is not kept before a command that would lose it.
  private mutating func unlessTrainingIsUnkept(_ next: TrainingCommand, _ words: String) -> [Effect] {
    guard let live = train.live, live.isUnkept else { return performTraining(next) }
    askAboutTraining(live, before: .training(next), words)
    return []
  }

  mutating func askAboutTraining(_ live: LiveTraining, before next: Command, _ words: String) {
    overlay = .question(
      Question(
        text: "The training of \(live.title) is not saved.",
        answers: [
          .init(key: "s", label: "save the model first", command: .training(.ask(.model))),
          .init(key: "d", label: "discard and \(words)", command: next),
        ]))
  }

  private mutating func beginTraining() -> [Effect] {
    trainCount += 1
    train.live = LiveTraining(train.recipe.name, ticket: trainCount, at: now)
    train.showsRecipes = false
    train.checkpointPath = nil
    return [.training(.load(train.plan, ticket: trainCount))]
  }

  private mutating func resumeTraining(_ path: String) -> [Effect] {
    trainCount += 1
    let name = SessionFile.name(of: path)
    train.live = LiveTraining(name, ticket: trainCount, at: now)
    train.showsRecipes = false
    train.checkpointPath = path
    return [.training(.resume(path: path, ticket: trainCount))]
  }

  private mutating func stopTraining() -> [Effect] {
    train.live?.stop()
    say(.note, "stopped: s saves the layer, O opens it, space goes on")
    guard train.live?.ticket == nil else { return [] }
    return keepTraining()
  }

  /// Writes the checkpoint, if it has a place.
  func keepTraining() -> [Effect] {
    guard let path = train.checkpointPath, let live = train.live, let checkpoint = live.course?.checkpoint else {
      return []
    }
    return [.training(.write(.checkpoint(checkpoint), path: path, replacing: .anything, live.mark))]
  }

  mutating func note(_ message: TrainingMessage) -> [Effect] {
    switch message {
    case .loaded(let ticket, let result):
      guard train.live?.ticket == ticket else { return [] }
      train.live?.take(result)
    case .advanced(let ticket, let result):
      guard train.live?.ticket == ticket, let epochEnded = train.live?.take(result, sample: train.sample) else {
        return []
      }
      return noteAdvanced(epochEnded)
    case .probed(let ticket, let probe):
      if train.live?.ticket == ticket { train.live?.take(probe) }
    case .wrote(let file, let path, let mark, let result): note(file, writtenTo: path, mark, result)
    case .opened(let result): note(opened: result)
    }
    return []
  }

  private mutating func noteAdvanced(_ epochEnded: Bool) -> [Effect] {
    guard let live = train.live else { return [] }
    if place != .train {
      if live.phase == .done { say(.note, "the training of \(live.title) is done: 0 shows it") }
      if case .failed(let text) = live.phase { say(.failure, text) }
    }
    return epochEnded || live.phase == .stopped ? keepTraining() : []
  }

  private mutating func note(opened result: Result<Experiment, Failure>) {
    switch result {
    case .success(let experiment):
      open(experiment, at: nil)
      watch?.markUnsaved()
    case .failure(let failure): say(.failure, failure.text)
    }
  }

  /// The layer with its input: from its file, if it is in one.
  private func openTrained() -> [Effect] {
    if let path = train.modelPath { return [.open(path: path)] }
    return train.live?.run.map { [.training(.open($0, sample: train.sample))] } ?? []
  }
}

// MARK: - Files

extension ExplorerModel {
  private mutating func askForTraining(_ file: TrainingFile) {
    let name = train.live?.title.split(separator: ".").first.map(String.init) ?? train.recipe.name
    switch file {
    case .model:
      openPrompt(.train(.model), "Save the trained layer as a session, its head beside it", name + ".deq.json")
    case .table: openPrompt(.train(.table), "Write a row an epoch", name + ".csv")
    case .checkpoint where train.isChoosing:
      openPrompt(.resumeTraining, "Go on from a checkpoint", train.checkpointPath ?? "")
    case .checkpoint:
      openPrompt(
        .train(.checkpoint), "Keep a checkpoint after each epoch", train.checkpointPath ?? name + ".safetensors")
    }
  }

  private mutating func write(_ file: TrainingFile, to path: String, replacing: Replacement) -> [Effect] {
    guard let live = train.live, let course = live.course else { return [] }
    let output: TrainingOutput? =
      switch file {
      case .model: .model(course.run, sample: train.sample)
      case .table: .table(TrainingTable(course))
      case .checkpoint: course.checkpoint.map { .checkpoint($0) }
      }
    if file == .model { train.beginModel(at: path) }
    guard let output else {
      say(.warning, "a number of the model is not finite: there is no checkpoint of it")
      return []
    }
    return [.training(.write(output, path: path, replacing: replacing, live.mark))]
  }

  private mutating func note(
    _ file: TrainingFile, writtenTo path: String, _ mark: TrainingMark, _ result: Result<Void, WriteFailure>
  ) {
    switch result {
    case .success:
      if file != .table { train.live?.noteKept(mark) }
      noteKept(file, at: path)
    case .failure(.wouldReplace(let obstacle)):
      askToReplace(
        path, obstacle, by: .training(.write(file, path: path, replacing: .anything)),
        orElse: .training(.ask(file)))
    case .failure(.failed(let failure)): say(.failure, failure.text)
    }
  }

  private mutating func noteKept(_ file: TrainingFile, at path: String) {
    switch file {
    case .model:
      train.noteModel(at: path)
      say(.note, "saved \(path); head and large tensors in \(SessionFile.companion(of: path))")
    case .table: say(.note, "wrote \(path)")
    case .checkpoint where train.checkpointPath != path:
      train.checkpointPath = path
      say(.note, "\(path) keeps the training after each epoch; deq train --resume goes on from it too")
    case .checkpoint: break
    }
  }
}

extension Menu {
  /// The names that a field of the plan may have.
  fileprivate static func choices(_ names: [String], of row: PlanRow) -> Menu {
    let items = names.map { Item($0, "", .training(.edit(path: row.path, value: JSON($0)))) }
    return Menu(title: row.label, items: items, selected: names.firstIndex(of: row.text) ?? 0)
  }
}

// MARK: - Drawing and mouse

extension ExplorerModel {
  func drawTraining(on canvas: inout Canvas, _ look: Look) -> Point? {
    guard let live = train.live, !train.isChoosing else {
      return TrainChoiceView(board: train, datasets: datasets, size: body.size).draw(on: &canvas, look)
    }
    TrainView(board: train, live: live, size: body.size).draw(on: &canvas, look)
    return nil
  }

  /// A press selects a recipe or a field, and on the selected one does what Enter does; on a pane it gives it the focus.
  /// The wheel goes along the list, or through the samples.
  mutating func handleInTraining(_ mouse: Mouse) -> [Effect] {
    guard train.entry == nil else { return [] }
    switch mouse.action {
    case .wheelDown: return performTraining(train.isChoosing ? .next : .nextSample)
    case .wheelUp: return performTraining(train.isChoosing ? .previous : .previousSample)
    case .press where train.isChoosing: return pressInRecipes(at: mouse.at)
    case .press:
      if let pane = TrainLayout(body.size, train).pane(at: mouse.at) { train.focus = pane }
      return []
    case .release, .drag: return []
    }
  }

  private mutating func pressInRecipes(at point: Point) -> [Effect] {
    let layout = TrainChoiceLayout(body.size)
    if layout.recipeRows.contains(point) {
      let index = train.offset + point.y - layout.recipeRows.y
      guard train.recipes.indices.contains(index) else { return [] }
      if index == train.selection, train.part == .recipes { return performTraining(.enter) }
      train.select(recipe: index)
    } else if layout.planRows.contains(point) {
      let index = train.rowOffset + point.y - layout.planRows.y
      guard train.rows(datasets).indices.contains(index) else { return [] }
      if index == train.rowSelection, train.part == .plan { return performTraining(.enter) }
      train.select(row: index)
    }
    return []
  }
}
