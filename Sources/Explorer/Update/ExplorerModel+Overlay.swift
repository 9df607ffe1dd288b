import FixedPoint
import Screen
import Sessions

extension ExplorerModel {
  mutating func openOverlay(_ command: Command) {
    switch command {
    case .help: overlay = .help(Help(list: ListSelection(BindingCatalog.bindings(in: place).map(\.title))))
    case .openPalette: overlay = .palette(CommandPalette(on: place))
    case .chooseClip: overlay = .menu(.clips(self))
    case .askSave:
      openPrompt(.save, "Save the session as", watch?.path ?? "untitled.deq.json")
    case .gallery(.askPath): openPrompt(.open, "Open a session file", "")
    case .askExport where place == .sweep:
      let name = (watch.map(\.exportName) ?? "sweep") + (watch?.sweep?.subject == .diagram ? "-branches" : "-map")
      openPrompt(.exportSweep, "Export to a file (\(SweepExport.Format.endings))", name + ".svg")
    case .askExport:
      openPrompt(
        .export, "Export to a file (\(ExportRequest.Format.endings))", (watch.map(\.exportName) ?? "trace") + ".csv")
    case .askTolerance:
      openPrompt(.tolerance, "Tolerance", watch.map { NumberText.shortest($0.run.stopping.tolerance) } ?? "")
    case .askMaxSteps:
      openPrompt(.maxSteps, "Limit of steps", watch.map { String($0.run.stopping.maxSteps) } ?? "")
    case .askEdit: openPrompt(.edit, "Set a field of the session: path=value", lastEdit)
    default: overlay = watch.flatMap { menu(for: command, in: $0) }.map(Overlay.menu)
    }
  }

  mutating func openPrompt(_ purpose: Prompt.Purpose, _ title: String, _ text: String) {
    overlay = .prompt(Prompt(purpose: purpose, title: title, field: TextField(text), complaint: nil))
  }

  private func menu(for command: Command, in watch: Watch) -> Menu? {
    switch command {
    case .chooseMargin: .margins(of: watch.run.map)
    case .chooseSolver: .solvers(current: watch.experiment.document.solver)
    case .chooseStart: .starts(current: watch.experiment.document.start)
    case .chooseMeasure: .measures("Show", current: watch.measure) { .showMeasure($0) }
    case .chooseStoppingMeasure:
      .measures("The tolerance measures", current: watch.run.stopping.measure) { measure in
        var rule = watch.run.stopping
        rule.measure = measure
        return .setStopping(rule)
      }
    default: nil
    }
  }

  /// Keys while something covers the screen; Escape always leaves it.
  mutating func answer(_ key: Key, to overlay: Overlay) -> [Effect] {
    if key.code == .escape || key == .control("c") {
      self.overlay = nil
      afterSaving = nil
      return []
    }
    switch overlay {
    case .help(let help): return answer(key, to: help)
    case .palette(let palette): return answer(key, to: palette)
    case .menu(let menu): return answer(key, to: menu)
    case .prompt(let prompt): return answer(key, to: prompt)
    case .question(let question): return answer(key, to: question)
    case .diagnosis(let panel): return answer(key, to: panel)
    case .backward: return []
    case .fixedPoints(let panel): return answer(key, to: panel)
    }
  }

  private mutating func answer(_ key: Key, to question: Question) -> [Effect] {
    guard case .character(let character) = key.code,
      let answer = question.answers.first(where: { $0.key == character })
    else { return [] }
    overlay = nil
    return perform(answer.command)
  }

  private mutating func answer(_ key: Key, to menu: Menu) -> [Effect] {
    if key.code == .enter { return menu.list.selected.map { choose(menu.items[$0]) } ?? [] }
    var menu = menu
    _ = menu.list.handle(key, height: OverlayView.listHeight(menu.items.count, in: body.size))
    overlay = .menu(menu)
    return []
  }

  private mutating func choose(_ item: Menu.Item) -> [Effect] {
    if let obstacle = item.obstacle {
      say(.note, item.label + ": " + obstacle)
      return []
    }
    overlay = nil
    return perform(item.command)
  }

  private mutating func answer(_ key: Key, to help: Help) -> [Effect] {
    let bindings = BindingCatalog.bindings(in: place)
    if key.code == .enter {
      guard let selected = help.list.selected else { return [] }
      overlay = nil
      return perform(bindings[selected])
    }
    var help = help
    _ = help.list.handle(key, height: OverlayView.listHeight(bindings.count, in: body.size))
    overlay = .help(help)
    return []
  }

  private mutating func answer(_ key: Key, to prompt: Prompt) -> [Effect] {
    var prompt = prompt
    if key.code == .enter { return accept(prompt) }
    if prompt.field.handle(key) { prompt.complaint = nil }
    overlay = .prompt(prompt)
    return []
  }

  /// Takes what was typed, or says beside the field what is wrong with it.
  private mutating func accept(_ prompt: Prompt) -> [Effect] {
    switch prompt.command(for: watch) {
    case .success(let command):
      overlay = nil
      return perform(command)
    case .failure(let complaint):
      var prompt = prompt
      prompt.complaint = complaint.text
      overlay = .prompt(prompt)
      return []
    }
  }

  mutating func paste(_ text: String) {
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    switch overlay {
    case .prompt(var prompt):
      prompt.field.insert(line)
      prompt.complaint = nil
      overlay = .prompt(prompt)
    case .help(var help):
      help.list.paste(line)
      overlay = .help(help)
    case .palette(var palette):
      palette.list.paste(line)
      overlay = .palette(palette)
    case .menu(var menu):
      menu.list.paste(line)
      overlay = .menu(menu)
    case .question, .diagnosis, .backward, .fixedPoints: break
    case nil where place == .build: pasteInBuild(line)
    case nil where place == .train: pasteInTraining(line)
    case nil: if place == .gallery, gallery.isSearching { gallery.list.paste(line) }
    }
  }
}

extension Prompt.Purpose {
  fileprivate var isNote: Bool { if case .note = self { true } else { false } }
}

extension Prompt {
  /// The command that the typed text makes, or what is wrong with the text.
  func command(for watch: Watch?) -> Result<Command, Failure> {
    let text = field.text
    guard !text.isEmpty || purpose.isNote else { return .failure(Failure("type something, or leave with Esc")) }
    switch purpose {
    case .note(let step): return .success(.setNote(text, at: step))
    case .edit: return Self.edit(text)
    case .save: return .success(.saveAs(path: expandingHome(text.hasSuffix(".json") ? text : text + ".deq.json")))
    case .export:
      guard ExportRequest.Format(path: text) != nil else {
        return .failure(Failure("a name that ends in \(ExportRequest.Format.endings) is expected"))
      }
      return .success(.export(path: expandingHome(text)))
    case .exportSweep:
      guard let format = SweepExport.Format(path: text) else {
        return .failure(Failure("a name that ends in \(SweepExport.Format.endings) is expected"))
      }
      if let obstacle = watch?.sweep?.obstacle(to: format, session: watch?.path) { return .failure(Failure(obstacle)) }
      return .success(.export(path: expandingHome(text)))
    case .open: return .success(.gallery(.openFile(expandingHome(text))))
    case .sweep(let row): return Self.setting(row, text, watch?.sweep)
    case .train(let file): return .success(.training(.write(file, path: expandingHome(file.path(named: text)))))
    case .resumeTraining: return .success(.training(.resume(path: expandingHome(text))))
    case .tolerance:
      guard let tolerance = Double(text), tolerance.isFinite, tolerance > 0 else {
        return .failure(Failure("a positive number is expected, such as 1e-10"))
      }
      return .success(changing(watch) { $0.tolerance = tolerance })
    case .maxSteps:
      guard let limit = Int(text), (1...1_000_000).contains(limit) else {
        return .failure(Failure("a whole number from 1 to 1000000 is expected"))
      }
      return .success(changing(watch) { $0.maxSteps = limit })
    }
  }

  private static func setting(_ row: SweepRow, _ text: String, _ board: SweepBoard?) -> Result<Command, Failure> {
    guard let board else { return .failure(Failure("no sweep is open")) }
    do throws(Failure) {
      return .success(.sweep(.take(try row.typed(text, board.spec, board.document))))
    } catch {
      return .failure(error)
    }
  }

  /// `network.operators[0].weight.gain=0.8`
  static func edit(_ text: String) -> Result<Command, Failure> {
    guard let sign = text.firstIndex(of: "=") else {
      return .failure(Failure("expected path=value, such as network.operators[1].shift=1.3"))
    }
    let value = String(text[text.index(after: sign)...])
    do throws(SessionError) {
      return .success(.setField(path: String(text[..<sign]), value: try JSON(parsing: value)))
    } catch {
      return .failure(Failure("the value is not JSON: \(error.message)"))
    }
  }

  private func changing(_ watch: Watch?, _ change: (inout StoppingRule) -> Void) -> Command {
    var rule = watch?.run.stopping ?? StoppingRule()
    change(&rule)
    return .setStopping(rule)
  }
}
