import FixedPoint
import Screen
import Sessions

extension ExplorerModel {
  /// Keeps the build screen at the session's side while it is shown: its rows, and the solution that is asked for anew
  /// after every change, one solve at a time.
  mutating func buildIfShown() -> [Effect] {
    guard place == .build, let current = watch else { return [] }
    var board = current.build ?? BuildBoard(current.experiment)
    board.refresh(current.experiment)
    board.scroll(BuildLayout(body.size).rows.height)
    let document = current.experiment.document.plain
    var effects: [Effect] = []
    if board.solving == nil, board.solved != document {
      solveCount += 1
      board.solved = document
      board.solving = solveCount
      effects = [.build(.solve(current.experiment.problem, generation: solveCount))]
    }
    watch?.build = board
    return effects
  }

  /// Takes in a solution; one that was asked for by a board that is gone is dropped.
  mutating func note(_ message: BuildMessage) -> [Effect] {
    switch message {
    case .solved(let generation, let solution):
      guard watch?.build?.solving == generation else { return [] }
      watch?.build?.solving = nil
      watch?.build?.solution = solution
    }
    return []
  }

  mutating func performBuild(_ command: BuildCommand) -> [Effect] {
    guard let board = watch?.build else { return [] }
    watch?.build?.entry = nil
    switch command {
    case .nextRow: move(1)
    case .previousRow: move(-1)
    case .firstRow: watch?.build?.select(0)
    case .lastRow: watch?.build?.select(board.rows.count - 1)
    case .nextSection: watch?.build?.selectSection(1)
    case .previousSection: watch?.build?.selectSection(-1)
    case .toggleCells: watch?.build?.isInCells.toggle()
    case .leave: leaveBuild()
    case .change(let step): change(by: step)
    case .enter: enter()
    case .restoreDefault: make(board.selected.defaultEdit)
    case .nextSeed: make(board.reseeding)
    case .edit(let path, let value): make(BuildEdit(path: path, value: value))
    case .typeFile(let path): type(.file(path), "")
    case .chooseOperator: overlay = .menu(.operators(board))
    case .insert, .remove, .duplicate, .moveDown, .moveUp: rearrange(command)
    }
    return []
  }

  private mutating func move(_ rows: Int) {
    guard let board = watch?.build else { return }
    if board.isInCells {
      watch?.build?.moveCell(rows, 0)
    } else {
      watch?.build?.select(board.selection + rows)
    }
  }

  private mutating func change(by step: BuildCommand.Step) {
    guard let board = watch?.build else { return }
    guard board.isInCells else {
      make(board.selected.edit(by: step))
      return
    }
    switch step {
    case .less, .more: watch?.build?.moveCell(0, step.direction)
    case .muchLess, .muchMore: watch?.build?.moveCell(0, 10 * step.direction)
    case .slightlyLess: make(board.edit(cellBy: .less))
    case .slightlyMore: make(board.edit(cellBy: .more))
    }
  }

  private mutating func leaveBuild() {
    if watch?.build?.isInCells == true {
      watch?.build?.isInCells = false
    } else if watch?.build?.draft != nil {
      watch?.build?.dropDraft()
    } else {
      place = .watch
    }
  }

  /// Enter: a line to type, a menu, or the other state of a switch.
  private mutating func enter() {
    guard let board = watch?.build else { return }
    if board.isInCells { return type(.cell, board.cellValue.map { NumberText.shortest($0) } ?? "") }
    switch board.selected.content {
    case .field(let field, let value, _):
      switch field.kind {
      case .choice(let names): overlay = .menu(.choices(names, current: value, board.selected))
      case .flag: make(board.selected.edit(by: .more))
      default: type(.row, board.selected.typedText)
      }
    case .tensor(let tensor): overlay = .menu(.sources(of: tensor, in: board, datasets: datasets))
    case .shape, .edges, .text: type(.row, board.selected.typedText)
    case .link: overlay = .menu(.operators(board))
    }
  }

  private mutating func type(_ target: BuildBoard.Entry.Target, _ text: String) {
    watch?.build?.complaint = nil
    watch?.build?.entry = BuildBoard.Entry(target: target, field: TextField(text), complaint: nil)
  }
}

// MARK: - Changes

extension ExplorerModel {
  /// Makes a change. One that is no session is refused; one that cannot be solved is kept as a draft on the way to one
  /// that can, and the last session that can be solved stays.
  /// - Returns: what is wrong with a change that was refused.
  @discardableResult
  private mutating func make(_ edit: BuildEdit?) -> String? {
    guard let edit, var current = watch, var board = current.build else { return nil }
    do throws(SessionError) {
      let base = board.draft?.document ?? current.experiment.document
      let next = try base.setting(path: edit.path, to: edit.value)
      try current.adopt(next, by: edit, &board)
      board.complaint = nil
    } catch {
      let text = "expected \(error.expected), found \(error.found)"
      board.complaint = (board.selected.path, text)
      watch?.build = board
      return text
    }
    board.refresh(current.experiment)
    current.build = board
    watch = current
    return nil
  }

  /// Adds, removes and moves operators; the one that was touched stays selected.
  private mutating func rearrange(_ command: BuildCommand) {
    guard let board = watch?.build else { return }
    var operators = board.shown.network.operators
    let position = board.selected.position
    let target: Int
    switch (command, position) {
    case (.insert(let source), _):
      target = board.insertionPosition
      operators.insert(source, at: target)
    case (.remove, let position?):
      target = min(position, operators.count - 2)
      operators.remove(at: position)
    case (.duplicate, let position?):
      target = position + 1
      operators.insert(operators[position], at: target)
    case (.moveDown, let position?) where position + 1 < operators.count:
      target = position + 1
      operators.swapAt(position, target)
    case (.moveUp, let position?) where position > 0:
      target = position - 1
      operators.swapAt(position, target)
    default: return
    }
    make(BuildEdit(path: "network.operators", value: JSON(operators.map(\.json))))
    watch?.build?.select(path: "network.operators[\(target)]")
  }
}

extension Watch {
  /// Goes over to a session, which is recorded, or keeps it as a draft if it cannot be solved.
  fileprivate mutating func adopt(
    _ next: SessionDocument, by edit: BuildEdit, _ board: inout BuildBoard
  ) throws(SessionError) {
    var change = (path: edit.path, value: edit.value)
    if board.draft != nil {
      guard let whole = experiment.document.edit(toward: next) else { return board.dropDraft() }
      change = whole
    } else if next == experiment.document {
      return
    }
    var changed = experiment
    do throws(SessionError) {
      if next.network == changed.document.network { try changed.look(at: cursor) }
      try changed.perform(.edit(path: change.path, value: change.value))
      take(changed)
      board.dropDraft()
    } catch {
      board.keep(next, from: experiment.document, error)
    }
  }
}

extension BuildBoard {
  /// Where an operator is put in: behind the selected one.
  var insertionPosition: Int {
    if let position = selected.position { return position + 1 }
    return selected.section == 0 ? 0 : shown.network.operators.count
  }

  /// The shape of the running value there, as far as it is known.
  var insertionShape: Shape {
    let position = insertionPosition
    guard position > 0, trial.links.indices.contains(position - 1) else { return shown.network.stateShape }
    return trial.links[position - 1].outgoing ?? trial.links[position - 1].incoming
  }

  /// The change to the next seed of the tensor that is shown.
  var reseeding: BuildEdit? { tensor?.reseeded }
}

extension BuildRow {
  /// The change that leaves the value to its default.
  fileprivate var defaultEdit: BuildEdit? {
    switch content {
    case .field: edit(to: nil)
    case .tensor(let tensor) where tensor.isOptional && isGiven: BuildEdit(path: path, value: .null)
    case .text where isGiven && path == "title": BuildEdit(path: path, value: .null)
    case .tensor, .link, .shape, .edges, .text: nil
    }
  }
}

// MARK: - Typing

extension ExplorerModel {
  /// Keys while a line is typed into a row or a cell.
  mutating func typeInBuild(_ key: Key) -> [Effect] {
    guard var entry = watch?.build?.entry else { return [] }
    if key.code == .escape || key == .control("c") {
      watch?.build?.entry = nil
    } else if key.code == .enter {
      accept(entry)
    } else {
      if entry.field.handle(key) { entry.complaint = nil }
      watch?.build?.entry = entry
    }
    return []
  }

  mutating func pasteInBuild(_ text: String) {
    watch?.build?.entry?.field.insert(text)
    watch?.build?.entry?.complaint = nil
  }

  /// Takes what was typed, or says beside it what is wrong.
  private mutating func accept(_ entry: BuildBoard.Entry) {
    guard let board = watch?.build else { return }
    do throws(Failure) {
      if let refusal = make(try board.edit(typed: entry)) { throw Failure(refusal) }
      watch?.build?.entry = nil
    } catch {
      watch?.build?.entry?.complaint = error.text
    }
  }
}

extension BuildBoard {
  fileprivate func edit(typed entry: Entry) throws(Failure) -> BuildEdit? {
    let text = entry.field.text
    switch entry.target {
    case .row:
      if case .shape = selected.content, selected.path == "network.input.shape" { return try edit(input: text) }
      return try selected.edit(typed: text)
    case .file(let path): return BuildEdit(path: path, value: ["file": JSON(text.trimmingBlanks)])
    case .cell:
      guard let number = Double(text.trimmingBlanks), number.isFinite else {
        throw Failure("a number is expected, found \(text.isEmpty ? "nothing" : text)")
      }
      return edit(cell: number)
    }
  }

  /// The shape of the input and the input itself come and go together.
  private func edit(input text: String) throws(Failure) -> BuildEdit? {
    guard let edit = try selected.edit(typed: text) else { return nil }
    var next = shown
    switch edit.value {
    case .null: (next.network.inputShape, next.input) = (nil, nil)
    default:
      guard next.input == nil else { return edit }
      next.input = .ensemble(Ensemble(.uniform, seed: shown.largestSeed + 1), shape: nil)
      guard let shape = edit.value.sizes else { return nil }
      next.network.inputShape = shape
    }
    return shown.edit(toward: next).map { BuildEdit(path: $0.path, value: $0.value) }
  }
}

extension JSON {
  fileprivate var sizes: Shape? {
    guard case .array(let items) = content else { return nil }
    let sizes = items.compactMap { item -> Int? in
      if case .number(let number) = item.content { Int(exactly: number) } else { nil }
    }
    return sizes.count == items.count && !sizes.isEmpty ? Shape(sizes) : nil
  }
}

// MARK: - Mouse

extension ExplorerModel {
  /// A press selects a row, and on the selected one does what Enter does; in the weights it points at a cell, as a drag
  /// does. The wheel goes along the rows, or along the cells.
  mutating func handleInBuild(_ mouse: Mouse) -> [Effect] {
    guard let board = watch?.build, board.entry == nil else { return [] }
    let layout = BuildLayout(body.size)
    switch mouse.action {
    case .wheelDown: return perform(.build(.nextRow))
    case .wheelUp: return perform(.build(.previousRow))
    case .press:
      guard let row = layout.row(at: mouse.at, in: board) else { return point(at: mouse.at, layout) }
      watch?.build?.isInCells = false
      guard row == board.selection, !board.isInCells, watch?.playback == nil else {
        watch?.build?.select(row)
        return []
      }
      return perform(.build(.enter))
    case .drag: return board.isInCells ? point(at: mouse.at, layout) : []
    case .release: return []
    }
  }

  private mutating func point(at place: Point, _ layout: BuildLayout) -> [Effect] {
    guard let board = watch?.build, let tensor = board.tensor?.tensor,
      let cell = board.map(of: tensor)?.cell(at: place, in: layout.cells)
    else { return [] }
    watch?.build?.isInCells = true
    watch?.build?.point(at: cell)
    return []
  }
}
