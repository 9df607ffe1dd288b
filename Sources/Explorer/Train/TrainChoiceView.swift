import FixedPoint
import Screen
import Training

/// The recipes, and the plan of the selected one as rows to change.
struct TrainChoiceView {
  let board: TrainBoard
  let datasets: [String]
  let size: Size

  private var layout: TrainChoiceLayout { TrainChoiceLayout(size) }
  private var rows: [PlanRow] { board.rows(datasets) }

  /// Draws the screen; gives the place of the text cursor while a value is typed.
  func draw(on canvas: inout Canvas, _ look: Look) -> Point? {
    canvas.write("train a network by implicit differentiation", look[.title], at: 1, 0)
    if let live = board.live {
      let text = "\(live.title): \(live.phase.text), \(NumberText.percent(live.share))"
      canvas.write(text, look[.focus], at: 1, 0, width: size.width - 2, .right)
    }
    drawRecipes(on: &canvas, look)
    drawSummary(on: &canvas, look)
    drawHint(on: &canvas, look)
    return drawPlan(on: &canvas, look)
  }

  // MARK: Recipes

  private func drawRecipes(on canvas: inout Canvas, _ look: Look) {
    canvas.box(
      layout.recipes, look[board.part == .recipes ? .focus : .border], title: "recipes", titleStyle: look[.title],
      caption: "· data not found", captionStyle: look[.dim])
    canvas.draw(in: layout.recipeRows) { region in
      let shown = board.recipes.indices.dropFirst(board.offset).prefix(layout.recipeRows.height)
      for index in shown { draw(recipe: index, at: index - board.offset, on: &region, look) }
    }
  }

  private func draw(recipe index: Int, at y: Int, on canvas: inout Canvas, _ look: Look) {
    let recipe = board.recipes[index]
    let isFound = TrainBoard.isFound(board.plans[index].data.name, in: datasets)
    let isSelected = index == board.selection
    let base = look[isSelected ? .selection : isFound ? .text : .dim]
    let width = layout.recipeRows.width
    if isSelected { canvas.fill(Rect(x: 0, y: y, width: width, height: 1), " ", base) }
    canvas.write(isSelected ? "›" : isFound ? " " : "·", base, at: 0, y)
    canvas.write(recipe.name, base, at: 2, y, width: 20)
    let units = "\(board.plans[index].model.units) units"
    let data = board.plans[index].data.name
    canvas.write(data, base, at: 23, y, width: min(16, width - 23))
    if width >= 52 { canvas.write(units, base, at: width - 11, y, width: 10, .right) }
    if width >= 74 {
      canvas.write(board.plans[index].title ?? "", base, at: 41, y, width: width - 53)
    }
  }

  private func drawSummary(on canvas: inout Canvas, _ look: Look) {
    let (plan, rect) = (board.plan, layout.summary)
    let changed = rows.count(where: \.isChanged)
    let changes = changed == 0 ? "" : changed == 1 ? ", 1 field changed" : ", \(changed) fields changed"
    canvas.write(
      (plan.title ?? board.recipe.name) + changes, look[.title], at: rect.x, rect.y, width: rect.width)
    let name = plan.data.name
    let isFound = TrainBoard.isFound(name, in: datasets)
    let text = isFound ? "\(name): found" : "\(name) was not found: \(TrainBoard.remedy(name))"
    canvas.write(text, look[isFound ? .dim : .warning], at: rect.x, rect.y + 1, width: rect.width)
  }

  private func drawHint(on canvas: inout Canvas, _ look: Look) {
    let rect = layout.hint
    if let complaint = board.entry?.complaint ?? board.complaint {
      canvas.write("x " + complaint, look[.bad], at: rect.x, rect.y, width: rect.width)
    } else if board.part == .plan {
      let field = board.row(datasets).field
      canvas.write("\(field.summary); \(field.kind.expectation)", look[.dim], at: rect.x, rect.y, width: rect.width)
    } else {
      canvas.write("space starts it; Enter goes to its plan", look[.dim], at: rect.x, rect.y, width: rect.width)
    }
  }

  // MARK: The plan

  private func drawPlan(on canvas: inout Canvas, _ look: Look) -> Point? {
    canvas.box(
      layout.plan, look[board.part == .plan ? .focus : .border], title: board.recipe.name, titleStyle: look[.title],
      caption: "the plan", captionStyle: look[.dim])
    let (rows, inside) = (rows, layout.planRows)
    let cursor = canvas.draw(in: inside) { region in
      var cursor: Point?
      for index in rows.indices.dropFirst(board.rowOffset).prefix(inside.height) {
        cursor = draw(rows[index], index, at: index - board.rowOffset, on: &region, look) ?? cursor
      }
      let bar = Rect(x: inside.width - 1, y: 0, width: 1, height: inside.height)
      if rows.count > inside.height { region.scrollBar(bar, offset: board.rowOffset, of: rows.count, look) }
      return cursor
    }
    return cursor.map { Point(x: $0.x + inside.x, y: $0.y + inside.y) }
  }

  private func draw(_ row: PlanRow, _ index: Int, at y: Int, on canvas: inout Canvas, _ look: Look) -> Point? {
    let isSelected = board.part == .plan && index == board.rowSelection
    let base: Style? = isSelected ? look[.selection] : nil
    let width = layout.planRows.width - 1
    if let base { canvas.fill(Rect(x: 0, y: y, width: width, height: 1), " ", base) }
    canvas.write(row.label, base ?? look[.text], at: 1, y, width: TrainChoiceLayout.valueColumn - 2)
    let x = TrainChoiceLayout.valueColumn
    if isSelected, let entry = board.entry {
      canvas.fill(Rect(x: x, y: y, width: width - x, height: 1), " ", look[.text])
      return entry.field.draw(in: Rect(x: x, y: y, width: width - x, height: 1), on: &canvas, look)
    }
    let value = isSelected ? "‹\(row.text)›" : " \(row.text)"
    let end = canvas.write(
      DisplayWidth.truncate(value, to: width - x), base ?? look[row.isChanged ? .number : .dim], at: x, y)
    let note = row.isChanged ? "recipe: \(row.usual?.text ?? "none")" : row.field.kind.range
    if end + 2 + DisplayWidth.of(note) <= width {
      canvas.write(note, base ?? look[.dim], at: max(end + 2, min(x + 16, width - DisplayWidth.of(note))), y)
    }
    return nil
  }
}

extension LiveTraining.Phase {
  /// In a word, for people.
  var text: String {
    switch self {
    case .loading: "loading"
    case .running: "training"
    case .paused: "paused"
    case .stopped: "stopped"
    case .done: "done"
    case .failed: "failed"
    }
  }

  var role: Theme.Role {
    switch self {
    case .loading, .paused: .warning
    case .running: .focus
    case .stopped, .done: .good
    case .failed: .bad
    }
  }
}
