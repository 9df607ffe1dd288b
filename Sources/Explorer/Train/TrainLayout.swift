import Screen

/// Where the parts of the train screen are while a training is watched.
struct TrainLayout {
  let status: Rect
  let progress: Rect
  let panes: [(pane: TrainPane, rect: Rect)]
  /// What is trained on, and where it is kept.
  let readOut: Rect

  init(_ size: Size, _ board: TrainBoard) {
    func line(_ y: Int) -> Rect { Rect(x: 1, y: y, width: size.width - 2, height: 1) }
    (status, progress, readOut) = (line(0), line(1), line(size.height - 2))
    let body = Rect(x: 0, y: 2, width: size.width, height: size.height - 4)
    panes = board.isZoomed ? [(board.focus, body)] : Self.grid(body, board.focus)
  }

  /// All panes in two rows of three; in a small window two of two, the last one the one in focus that has no place.
  private static func grid(_ body: Rect, _ focus: TrainPane) -> [(pane: TrainPane, rect: Rect)] {
    let isLarge = body.width >= 110 && body.height >= 30
    let last: TrainPane = [.radius, .sample].contains(focus) ? focus : .certificates
    let rows: [[TrainPane]] =
      isLarge ? [[.loss, .error, .steps], [.radius, .certificates, .sample]] : [[.loss, .error], [.steps, last]]
    return rows.enumerated().flatMap { row, panes in
      let (top, bottom) = (edge(row, of: rows.count, body.height), edge(row + 1, of: rows.count, body.height))
      return panes.enumerated().map { column, pane in
        let (left, right) = (edge(column, of: panes.count, body.width), edge(column + 1, of: panes.count, body.width))
        return (pane, Rect(x: body.x + left, y: body.y + top, width: right - left, height: bottom - top))
      }
    }
  }

  private static func edge(_ index: Int, of count: Int, _ length: Int) -> Int { (index * length + count - 1) / count }

  func pane(at point: Point) -> TrainPane? { panes.first { $0.rect.contains(point) }?.pane }
}

/// Where the parts of the train screen are while one chooses what to train.
struct TrainChoiceLayout {
  let status: Rect
  let recipes: Rect
  let plan: Rect
  /// What the selected recipe is, and where its data are.
  let summary: Rect
  let hint: Rect

  init(_ size: Size) {
    func lines(_ y: Int, _ count: Int) -> Rect { Rect(x: 1, y: y, width: size.width - 2, height: count) }
    (status, summary, hint) = (lines(0, 1), lines(size.height - 4, 2), lines(size.height - 2, 1))
    let width = max(36, size.width * 9 / 20)
    let height = size.height - 5
    recipes = Rect(x: 0, y: 1, width: width, height: height)
    plan = Rect(x: width, y: 1, width: size.width - width, height: height)
  }

  var recipeRows: Rect { recipes.inset }
  var planRows: Rect { plan.inset }

  static let valueColumn = 14
}
