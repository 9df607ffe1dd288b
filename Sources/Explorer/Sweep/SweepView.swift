import FixedPoint
import Screen
import Sessions

/// The sweep screen: the map, and beside it what the cell under the cursor holds or what is varied.
struct SweepView {
  let watch: Watch
  let size: Size
  let processors: Int

  func draw(on canvas: inout Canvas, _ look: Look) {
    let layout = SweepLayout(size)
    StatusLine(watch: watch).draw(in: layout.status, on: &canvas, look)
    guard let board = watch.sweep else { return }
    let isOnMap = board.focus == .map
    canvas.box(
      layout.frame, look[isOnMap ? .focus : .border], title: title(board), titleStyle: look[.title],
      caption: caption(board), captionStyle: look[.dim])
    drawPlot(board, in: layout.plot, on: &canvas, look)
    let isDiagram = board.subject == .diagram
    let panel = canvas.box(
      layout.panel, look[isOnMap ? .border : .focus],
      title: isOnMap ? (isDiagram ? "along the parameter" : "cell") : "settings", titleStyle: look[.title])
    if !isOnMap {
      drawSettings(board, in: panel, on: &canvas, look)
    } else if isDiagram {
      if let diagram = board.shownDiagram, let parameter = board.parameter {
        BifurcationPanel(board: diagram, parameter: parameter).draw(in: panel, on: &canvas, look)
      }
    } else {
      SweepCellPanel(board: board).draw(in: panel, on: &canvas, look)
    }
    drawProgress(board, in: layout.progress, on: &canvas, look)
  }

  private func title(_ board: SweepBoard) -> String {
    guard board.subject == .diagram else { return board.quantity.title }
    return "fixed points: \(board.diagram?.coordinate.name ?? "z0")"
  }

  /// The second parameter: on the map its name, in a diagram the value that is held.
  private func caption(_ board: SweepBoard) -> String {
    guard board.picture.names.count > 1 else { return "" }
    let name = board.picture.names[1]
    guard board.subject == .diagram, let value = board.values.last else { return "up: \(name)" }
    return "\(name) = \(Double(value).map { NumberText.significant($0, digits: 4) } ?? value)"
  }

  private func drawPlot(_ board: SweepBoard, in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    guard board.cellCount > 0 else {
      return drawHint("this session has no number to vary; p types a path", in: rect, on: &canvas, look)
    }
    guard board.subject == .diagram else {
      return board.picture.draw(in: rect, cursor: board.cursor, on: &canvas, look)
    }
    guard let diagram = board.shownDiagram else {
      return drawHint(board.diagramObstacle ?? "following the fixed points…", in: rect, on: &canvas, look)
    }
    if case .failure(let failure) = diagram.diagram { return drawHint(failure.text, in: rect, on: &canvas, look) }
    guard var plot = diagram.picture?.plot else { return }
    if let event = diagram.selectedEvent {
      plot.cursor = (event.point.parameter, diagram.coordinate.value(event.point.state))
    } else if let parameter = board.parameter {
      let line = [(x: parameter, y: plot.y.lower), (x: parameter, y: plot.y.upper)]
      plot.curves.insert(PlanePlot.Curve(line, role: .dim, stroke: .dotted), at: 0)
    }
    plot.draw(in: rect, on: &canvas, look)
  }

  private func drawHint(_ text: String, in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.write(text, look[.dim], at: rect.x, rect.y + rect.height / 2, width: rect.width, .center)
  }

  // MARK: Settings

  private static let valueColumn = 8

  private func drawSettings(_ board: SweepBoard, in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.draw(in: rect) { region in
      for (index, row) in board.settings.enumerated() where index < rect.height {
        draw(row, board, isSelected: index == board.row, at: index, rect.width, on: &region, look)
      }
      let top = board.settings.count + 1
      let note = board.selected.summary
      for (index, line) in TextBlock(note).lines(width: rect.width - 1).enumerated() where top + index < rect.height {
        region.write(line, look[.dim], at: 1, top + index)
      }
    }
  }

  private func draw(
    _ row: SweepRow, _ board: SweepBoard, isSelected: Bool, at y: Int, _ width: Int, on region: inout Canvas,
    _ look: Look
  ) {
    let base: Style? = isSelected ? look[.selection] : nil
    if let base { region.fill(Rect(x: 0, y: y, width: width, height: 1), " ", base) }
    region.write(isSelected ? "›" : " ", base ?? look[.focus], at: 0, y)
    let isTitle = row.indent == 0
    let end = region.write(row.label, base ?? look[isTitle ? .title : .text], at: 1 + row.indent, y)
    let text = row.text(board.spec, board.document)
    let x = max(Self.valueColumn, end + 1)
    region.write(isSelected ? "‹\(text)›" : " " + text, base ?? look[.number], at: x, y, width: width - x)
  }

  // MARK: Work

  private func drawProgress(_ board: SweepBoard, in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    if let obstacle = board.obstacle {
      canvas.write("x " + obstacle, look[.bad], at: rect.x, rect.y, width: rect.width)
      return
    }
    let texts =
      board.subject == .diagram
      ? ["Followed from where searches met them; a branch that none met is missing.", Self.summary(board, processors)]
      : [Self.summary(board, processors), board.quantity.meaning(board.spec) + ".", board.rimText]
    canvas.write(
      texts.filter { !$0.isEmpty }.joined(separator: "  "), look[.dim], at: rect.x, rect.y, width: rect.width)
  }

  private static func summary(_ board: SweepBoard, _ processors: Int) -> String {
    if board.isComplete { return "\(board.cellCount) cells\(board.isPaused ? ", paused" : "")." }
    let count = "\(board.done) of \(board.cellCount) cells"
    if board.isPaused { return count + ", paused." }
    guard let seconds = board.secondsLeft(on: processors), seconds >= 1 else { return count + "." }
    return count + ", \(NumberText.duration(seconds)) left."
  }
}

extension NumberText {
  /// `12 s`, `3 min`, `2 h`.
  fileprivate static func duration(_ seconds: Double) -> String {
    if seconds < 100 { return "\(Int(seconds.rounded(.up))) s" }
    return seconds < 6000 ? "\(Int((seconds / 60).rounded(.up))) min" : "\(Int((seconds / 3600).rounded(.up))) h"
  }
}

extension SweepBoard {
  fileprivate var rimText: String {
    picture.map?.regions.isEmpty == false ? "Letters: a proof ends there." : ""
  }
}
