import FixedPoint
import Glibc
import Screen
import Sessions

/// The build screen: the session as rows, the numbers or the curve of the selected one, and how the map behaves.
struct BuildView {
  let watch: Watch
  let board: BuildBoard
  let size: Size

  private var layout: BuildLayout { BuildLayout(size) }

  /// Draws the screen; gives the place of the text cursor while something is typed.
  func draw(on canvas: inout Canvas, _ look: Look) -> Point? {
    drawStatus(on: &canvas, look)
    drawSolution(in: layout.solution, on: &canvas, look)
    if let certification = watch.certification {
      VerdictLights(certification: certification).draw(in: layout.lights, on: &canvas, look)
    }
    let cursor = drawList(on: &canvas, look)
    let cellCursor = drawDetail(on: &canvas, look)
    if let units = layout.units { drawUnits(in: units, on: &canvas, look) }
    drawHint(in: layout.hint, on: &canvas, look)
    return cursor ?? cellCursor
  }

  private func drawStatus(on canvas: inout Canvas, _ look: Look) {
    let mark = watch.isModified ? " *" : ""
    let facts = "n=\(watch.run.map.dimension)  \(watch.run.solver.summary)"
    let room = size.width - DisplayWidth.of(facts) - 5 - mark.count
    canvas.write(DisplayWidth.truncate(watch.title, to: room) + mark, look[.title], at: 1, 0)
    canvas.write(facts, look[.text], at: size.width - DisplayWidth.of(facts) - 1, 0)
  }

  // MARK: What the session comes to

  private func drawSolution(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    guard let solution = board.solution else {
      canvas.write("solving…", look[.dim], at: 1, rect.y)
      return
    }
    let isCurrent = board.draft == nil && board.solving == nil && board.solved == board.shown.plain
    var x = canvas.write(solution.text, look[isCurrent ? solution.role : .dim], at: 1, rect.y)
    let residual = NumberText.scientific(solution.residuals.last ?? nil)
    x = canvas.write("  residual \(residual)  ", look[isCurrent ? .text : .dim], at: x, rect.y)
    let spark = Rect(x: x, y: rect.y, width: min(24, size.width / 8), height: 1)
    Sparkline(solution.residuals, scale: .log10).draw(in: spark, on: &canvas, look)
    x += min(spark.width, solution.residuals.count) + 2
    let fixed = board.draft == nil ? solution.stateText : "as it was before this change"
    canvas.write(fixed, look[isCurrent ? .number : .dim], at: x, rect.y, width: size.width - x - 1)
  }

  // MARK: Rows

  private func drawList(on canvas: inout Canvas, _ look: Look) -> Point? {
    canvas.box(
      layout.list, look[board.isInCells ? .border : .focus], title: "z → f(z)", titleStyle: look[.title],
      caption: board.draft == nil ? "" : "does not fit yet", captionStyle: look[.bad])
    return canvas.draw(in: layout.rows) { region in
      var cursor: Point?
      let shown = board.rows.indices.dropFirst(board.offset).prefix(layout.rows.height)
      for index in shown {
        let line = BuildLine(board: board, index: index, width: layout.rows.width)
        cursor = line.draw(at: index - board.offset, on: &region, look) ?? cursor
      }
      let bar = Rect(x: layout.rows.width - 1, y: 0, width: 1, height: layout.rows.height)
      if board.rows.count > layout.rows.height {
        region.scrollBar(bar, offset: board.offset, of: board.rows.count, look)
      }
      return cursor
    }.map { Point(x: $0.x + layout.rows.x, y: $0.y + layout.rows.y) }
  }

  private func drawHint(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let width = size.width - 2
    let selected = board.complaint(ofRow: board.selection)
    if let complaint = board.entry?.complaint ?? selected {
      canvas.write("x " + complaint, look[.bad], at: 1, rect.y, width: width)
    } else if let error = board.draft?.error {
      let text = "x \(error.path): expected \(error.expected), found \(error.found); Esc drops the change"
      canvas.write(text, look[.bad], at: 1, rect.y, width: width)
    } else {
      let row = board.selected
      let parts = [row.summary, row.expectation].filter { !$0.isEmpty }
      canvas.write(parts.joined(separator: "; "), look[.dim], at: 1, rect.y, width: width)
    }
  }

  // MARK: Beside the rows

  private func drawDetail(on canvas: inout Canvas, _ look: Look) -> Point? {
    if let own = board.tensor { return draw(own, on: &canvas, look) }
    let curve = board.curve
    canvas.box(
      layout.detail, look[.border], title: curve == nil ? board.selected.label : "σ", titleStyle: look[.title],
      caption: curve == nil ? "" : "what the activation makes of v", captionStyle: look[.dim])
    let inside = layout.detail.inset.inset(horizontally: 1)
    if let curve {
      curve.draw(in: layout.detail.inset, on: &canvas, look)
    } else {
      let block = TextBlock(board.selected.summary + "\n\n" + board.selected.expectation, role: .dim)
      block.draw(in: inside, on: &canvas, look)
      let used = block.lines(width: inside.width).count + 1
      if layout.units == nil, used + 3 < inside.height {
        drawUnits(
          in: Rect(
            x: layout.detail.x, y: inside.y + used, width: layout.detail.width, height: inside.height - used + 1),
          on: &canvas, look)
      }
    }
    return nil
  }

  /// The last iterate of the solution, unit by unit.
  private func drawUnits(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    guard let solution = board.solution else { return }
    let inside = canvas.box(
      rect, look[.border], title: solution.outcome == .converged ? "fixed point" : "last iterate",
      titleStyle: look[.title], caption: "\(solution.state.count) units", captionStyle: look[.dim])
    BarList(
      solution.state.enumerated().prefix(inside.height).map { unit, value in
        BarList.Item(
          String(unit), value.isFinite ? abs(value) : nil, text: NumberText.significant(value, digits: 5),
          role: value < 0 ? .series1 : .series2)
      }
    ).draw(in: inside.inset(horizontally: 1), on: &canvas, look)
  }

  private func draw(_ own: BuildTensor, on canvas: inout Canvas, _ look: Look) -> Point? {
    let shape = own.tensor?.shape.description ?? "unknown"
    canvas.box(
      layout.detail, look[board.isInCells ? .focus : .border], title: "\(own.label) \(shape)", titleStyle: look[.title],
      caption: own.source?.caption ?? "", captionStyle: look[.dim])
    guard let tensor = own.tensor, let map = board.map(of: tensor) else {
      canvas.write("its numbers are not known", look[.dim], at: layout.cells.x + 1, layout.cells.y)
      return nil
    }
    map.draw(in: layout.cells, on: &canvas, look)
    return drawReadout(own, on: &canvas, look)
  }

  private func drawReadout(_ own: BuildTensor, on canvas: inout Canvas, _ look: Look) -> Point? {
    let rect = layout.readout
    guard let grid = own.grid else { return nil }
    let indices = grid.indices(board.cell).map(String.init).joined(separator: ", ")
    let x = canvas.write("\(own.label)[\(indices)] = ", look[.dim], at: rect.x + 1, rect.y)
    let place = Rect(x: x, y: rect.y, width: rect.maxX - x, height: 1)
    if let entry = board.entry, entry.target == .cell { return entry.field.draw(in: place, on: &canvas, look) }
    let exact = NumberText.shortest(board.cellValue)
    let shown = exact.count <= 12 ? exact : NumberText.significant(board.cellValue, digits: 6)
    let end = canvas.write(shown, look[.number], at: x, rect.y)
    let range =
      "\(NumberText.significant(own.tensor?.values.min())) to \(NumberText.significant(own.tensor?.values.max()))"
    if end + range.count + 2 < rect.maxX {
      canvas.write(range, look[.dim], at: rect.maxX - range.count - 1, rect.y)
    }
    return nil
  }
}

extension BuildBoard {
  /// The cells of a tensor with the cursor.
  func map(of tensor: Tensor) -> MatrixMap? {
    let grid = TensorGrid(tensor.shape)
    guard grid.rows > 0, grid.columns > 0 else { return nil }
    return MatrixMap(
      rows: grid.rows, columns: grid.columns, values: grid.values(of: tensor), cursor: cell, isMarked: isInCells)
  }

  /// What the activation of the selected operator makes of numbers from -4 to 4; `nil` for other operators.
  fileprivate var curve: LinePlot? {
    guard let position = selected.position else { return nil }
    let source = shown.network.operators[position]
    guard source.name == "activation", case .text(let name)? = source["kind"],
      let kind = ActivationKind(rawValue: name)
    else { return nil }
    func number(_ field: String) -> Double? {
      source[field]?.plain.flatMap { if case .number(let n) = $0 { n } else { nil } }
    }
    let activation = Activation(kind, parameter: kind.parameter.flatMap { number($0.rawValue) })
    let (shift, power) = (number("shift") ?? 0, number("power") ?? 1)
    let positions = (0...160).map { Double($0) / 20 - 4 }
    let values = positions.map { t -> Double? in
      let sum = activation.value(t) + shift
      let value = power == 1 ? sum : Glibc.pow(sum, power)
      return value.isFinite ? value : nil
    }
    return LinePlot(
      [LinePlot.Series(Self.formula(name, shift, power), letter: nil, values, positions: positions)],
      levels: [LinePlot.Level(0, "0")], scale: .linear, stepName: "v", steps: -4...4)
  }
}

extension BuildBoard {
  /// `tanh + 1.2`, `(sigmoid + 1)^0.5`.
  private static func formula(_ name: String, _ shift: Double, _ power: Double) -> String {
    let sign = shift < 0 ? "-" : "+"
    let sum = shift == 0 ? name : "\(name) \(sign) \(NumberText.shortest(abs(shift)))"
    return power == 1 ? sum : (shift == 0 ? sum : "(\(sum))") + "^" + NumberText.shortest(power)
  }
}

extension TensorSource {
  /// Where the numbers come from, in a few words.
  fileprivate var caption: String {
    switch self {
    case .values: "written out"
    case .fill(let value, _): "\(NumberText.shortest(value)) everywhere"
    case .ensemble(let ensemble, _): "\(ensemble.law.name), seed \(ensemble.seed)"
    case .file(let path, _): path
    case .dataset(let name, let index): "\(name), sample \(index)"
    }
  }
}

extension LiveSolution {
  /// How the run ended, and after how many steps.
  var text: String {
    guard let outcome else { return "not solved" }
    let steps = residuals.count == 1 ? "1 step" : "\(residuals.count) steps"
    return isCut ? "… not yet after \(steps)" : "\(outcome.letter) \(outcome.word), \(steps)"
  }

  var role: Theme.Role { isCut ? .warning : outcome?.role ?? .dim }

  /// The last iterate: all of it where it is short.
  var stateText: String {
    if state.count <= 4 { return "z " + state.map { NumberText.significant($0, digits: 5) }.joined(separator: ", ") }
    let finite = state.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max() else { return "z is not finite" }
    return "z \(NumberText.significant(least)) to \(NumberText.significant(greatest))"
  }
}
