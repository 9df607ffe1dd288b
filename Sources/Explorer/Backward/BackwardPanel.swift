import FixedPoint
import Screen

/// The solves of (I - Jᵀ) g = v at the fixed point for v = ones, by each method.
public struct BackwardPanel: Sendable, Equatable {
  /// Tells late answers to an earlier question apart.
  let generation: Int
  let dimension: Int
  private(set) var solutions: [BackwardMethod: AdjointSolution] = [:]

  init(generation: Int, dimension: Int) {
    self.generation = generation
    self.dimension = dimension
  }

  /// What is solved: a dense system only if it is not too large.
  var methods: [BackwardMethod] {
    BackwardMethod.allCases.filter { $0 != .direct || dimension <= BackwardMethod.largestDense }
  }

  mutating func note(_ solution: AdjointSolution, by method: BackwardMethod) { solutions[method] = solution }
}

extension ExplorerModel {
  /// Opens the backward pass of the run's fixed point; each solve is made off the main loop.
  mutating func solveBackward() -> [Effect] {
    guard let run = watch?.run, let point = run.fixedPoint else { return [] }
    studyCount += 1
    let panel = BackwardPanel(generation: studyCount, dimension: point.count)
    overlay = .backward(panel)
    let adjoint = AdjointMap(run.map, at: point, cotangent: point.map { _ in 1 })
    return panel.methods.map { .solveBackward(adjoint, $0, generation: studyCount) }
  }

  mutating func note(_ solution: AdjointSolution, by method: BackwardMethod, of generation: Int) -> [Effect] {
    guard case .backward(var panel) = overlay, panel.generation == generation else { return [] }
    panel.note(solution, by: method)
    overlay = .backward(panel)
    return []
  }
}

extension BackwardPanel {
  /// ‖v - (I - Jᵀ) g‖ against the products with Jᵀ.
  fileprivate var plot: LinePlot {
    let series = methods.compactMap { method in
      solutions[method].map { solution in
        LinePlot.Series(
          method.rawValue, letter: method.letter, solution.trace.map { $0.residual.isFinite ? $0.residual : nil },
          positions: solution.trace.map { Double($0.products) }, role: method.role)
      }
    }
    return LinePlot(series, scale: .log10, stepName: "products")
  }

  fileprivate var table: Table {
    let methods = BackwardMethod.allCases
    return Table(
      [
        Table.Column("", .fixed(1)), Table.Column("method", .fixed(9)), Table.Column("outcome", .flexible(minimum: 16)),
        Table.Column("steps", .fixed(6), .right), Table.Column("products", .fixed(8), .right),
        Table.Column("residual", .fixed(9), .right),
      ], rows: methods.count
    ) { row, column in cell(methods[row], column) }
  }

  private func cell(_ method: BackwardMethod, _ column: Int) -> Table.Cell {
    switch (column, solutions[method]) {
    case (0, _): Table.Cell(String(Character(method.letter)), method.role)
    case (1, _): Table.Cell(method.rawValue)
    case (2, let solution?): Table.Cell(solution.outcome.letter + " " + solution.outcome.word, solution.outcome.role)
    case (2, nil): Table.Cell(methods.contains(method) ? "solving…" : "not run: too large", .dim)
    case (3, let solution?): Table.Cell(String(solution.trace.count), .number)
    case (4, let solution?): Table.Cell(String(solution.trace.last?.products ?? 0), .number)
    case (5, let solution?):
      Table.Cell(NumberText.scientific(solution.residual.isFinite ? solution.residual : nil), .number)
    default: Table.Cell("")
    }
  }
}

extension OverlayView {
  func draw(_ panel: BackwardPanel, on canvas: inout Canvas, _ look: Look) {
    let inside = box(96, 30, "backward: (I - Jᵀ) g = v at the fixed point, v = ones", on: &canvas, look)
    let tableHeight = BackwardMethod.allCases.count + 1
    let plot = Rect(x: inside.x, y: inside.y + 1, width: inside.width, height: inside.height - tableHeight - 1)
    canvas.write(
      "residual |v - (I - Jᵀ) g| against products with Jᵀ (direct: the dense I - J, factored)", look[.dim],
      at: inside.x + 1, inside.y, width: inside.width - 2)
    if !panel.solutions.isEmpty { panel.plot.draw(in: plot, on: &canvas, look) }
    let table = Rect(x: inside.x + 1, y: plot.maxY, width: inside.width - 2, height: tableHeight)
    panel.table.draw(in: table, on: &canvas, look)
  }
}
