import FixedPoint
import Screen
import Sessions

/// The open session as rows that can be changed, and what is known of the map that they make.
public struct BuildBoard: Sendable {
  /// A line being typed into a row or a cell.
  struct Entry: Sendable, Equatable {
    enum Target: Sendable, Equatable {
      case row
      case cell
      /// The file of the tensor at a path.
      case file(String)
    }

    let target: Target
    var field: TextField
    var complaint: String?
  }

  /// A session that cannot be solved as it stands: a change on the way to one that can.
  struct Draft: Sendable {
    /// The session that it began from.
    let base: SessionDocument
    let document: SessionDocument
    let error: SessionError
  }

  /// What the rows show: the draft, or the session.
  private(set) var shown: SessionDocument
  private(set) var rows: [BuildRow]
  private(set) var trial: PipelineTrial
  private(set) var selection = 0
  /// First row shown.
  private(set) var offset = 0
  /// Whether keys move along the cells of the selected tensor.
  var isInCells = false
  private(set) var cell = MatrixMap.Cell(row: 0, column: 0)
  var entry: Entry?
  private(set) var draft: Draft?
  /// What was refused last, beside its row until something else is done.
  var complaint: (row: String, text: String)?
  var solution: LiveSolution?
  /// The session that the solution is asked for, or is of.
  var solved: SessionDocument?
  /// The solve under way.
  var solving: Int?

  init(_ experiment: Experiment) {
    shown = experiment.document
    trial = PipelineTrial(experiment.document, directory: experiment.directory, of: experiment.problem)
    rows = BuildRow.all(of: experiment.document, trial)
  }

  var selected: BuildRow { rows[selection] }

  /// The tensor whose cells are shown.
  var tensor: BuildTensor? { selected.tensor }
}

// MARK: - Showing

extension BuildBoard {
  /// Shows the draft, or the experiment's session, with the selection where it was.
  mutating func refresh(_ experiment: Experiment) {
    if let draft, draft.base != experiment.document { dropDraft() }
    let document = draft?.document ?? experiment.document
    guard document != shown else { return }
    let path = selected.path
    let tensorPath = tensor?.path
    shown = document
    trial =
      draft == nil
      ? PipelineTrial(document, directory: experiment.directory, of: experiment.problem)
      : PipelineTrial(document, directory: experiment.directory, reusing: experiment.problem)
    rows = BuildRow.all(of: document, trial)
    select(rows.firstIndex { $0.path == path } ?? selection, leaving: tensorPath)
  }

  /// Leaves a change that does not fit for the session as it is.
  mutating func dropDraft() {
    draft = nil
    complaint = nil
  }

  mutating func keep(_ document: SessionDocument, from base: SessionDocument, _ error: SessionError) {
    draft = Draft(base: base, document: document, error: error)
  }

  mutating func select(_ row: Int) { select(row, leaving: tensor?.path) }

  /// Selects a row; the cell cursor stays if the tensor that it was in is still the one that is shown.
  private mutating func select(_ row: Int, leaving before: String?) {
    selection = max(0, min(row, rows.count - 1))
    complaint = nil
    if tensor == nil || tensor?.path != before { isInCells = false }
    moveCell(0, 0)
  }

  /// Selects the row of a path, if there is one.
  mutating func select(path: String) {
    if let row = rows.firstIndex(where: { $0.path == path }) { select(row) }
  }

  /// Selects the first row of the next part of the session, or of the one before.
  mutating func selectSection(_ change: Int) {
    let section = selected.section
    if change > 0 {
      select(rows.firstIndex { $0.section > section } ?? rows.count - 1)
    } else {
      let start = rows.firstIndex { $0.section == section } ?? 0
      let target = selection > start ? section : section - 1
      select(rows.firstIndex { $0.section == target } ?? 0)
    }
  }

  /// Scrolls so that the selected row is within `height` rows.
  mutating func scroll(_ height: Int) {
    offset = max(selection - height + 1, min(offset, selection))
    offset = max(0, min(offset, rows.count - height))
  }

  /// The row that an error is about: the innermost one whose path leads there, else the last one inside of it.
  func row(of error: SessionError) -> Int? {
    let around = rows.indices.filter { error.path == rows[$0].path || error.path.isInside(rows[$0].path) }
    let innermost = around.max { rows[$0].path.count < rows[$1].path.count }
    return innermost
      ?? rows.lastIndex { row in
        if case .link = row.content { return row.path.isInside(error.path) }
        return false
      }
  }

  /// What is wrong with a row; `nil` if nothing is.
  func complaint(ofRow index: Int) -> String? {
    if let complaint, complaint.row == rows[index].path { return complaint.text }
    guard let error = draft?.error, row(of: error) == index else { return nil }
    return "expected \(error.expected), found \(error.found)"
  }
}

extension String {
  /// Whether a JSON path leads into the value at another.
  fileprivate func isInside(_ path: String) -> Bool { hasPrefix(path + ".") || hasPrefix(path + "[") }
}

// MARK: - Cells

extension BuildBoard {
  mutating func moveCell(_ rows: Int, _ columns: Int) {
    point(at: MatrixMap.Cell(row: cell.row + rows, column: cell.column + columns))
  }

  /// Points at a cell of the tensor, or at the one nearest to it.
  mutating func point(at next: MatrixMap.Cell) {
    let grid = tensor?.grid
    cell.row = max(0, min(next.row, (grid?.rows ?? 1) - 1))
    cell.column = max(0, min(next.column, (grid?.columns ?? 1) - 1))
  }

  /// The number under the cell cursor.
  var cellValue: Double? {
    tensor.flatMap { own in
      own.grid.flatMap { grid in own.tensor?.values[grid.index(cell)] }
    }
  }

  /// The change that writes a number into the cell; a generated tensor is written out with it.
  func edit(cell value: Double) -> BuildEdit? {
    guard let own = tensor, let grid = own.grid, var tensor = own.tensor else { return nil }
    if case .values = own.source {
      let indices = grid.indices(cell).map { "[\($0)]" }.joined()
      return BuildEdit(path: own.path + ".values" + indices, value: JSON(value))
    }
    tensor.values[grid.index(cell)] = value
    return BuildEdit(path: own.path, value: TensorSource.values(tensor).json)
  }

  /// The change of the cell by a step; a large one is ten.
  func edit(cellBy step: BuildCommand.Step) -> BuildEdit? {
    cellValue.flatMap { edit(cell: step.next(after: $0)) }
  }
}

extension BuildTensor {
  /// Its cells as rows and columns; `nil` while the numbers are not known.
  var grid: TensorGrid? { tensor.map { TensorGrid($0.shape) } }
}

/// A tensor laid out as a matrix: a vector is a column, channels stand below one another, and of a kernel every pair of
/// channels is a block.
struct TensorGrid {
  let shape: Shape
  let rows: Int
  let columns: Int

  init(_ shape: Shape) {
    self.shape = shape
    let sizes = shape.sizes
    switch sizes.count {
    case 1: (rows, columns) = (sizes[0], 1)
    case 4: (rows, columns) = (sizes[0] * sizes[2], sizes[1] * sizes[3])
    default: (rows, columns) = (shape.count / shape.last, shape.last)
    }
  }

  /// The indices of a cell along the tensor's axes.
  func indices(_ cell: MatrixMap.Cell) -> [Int] {
    let sizes = shape.sizes
    guard sizes.count != 1 else { return [cell.row] }
    guard sizes.count == 4 else {
      var (rest, indices) = (cell.row, [cell.column])
      for size in sizes.dropLast().reversed() {
        indices.insert(rest % size, at: 0)
        rest /= size
      }
      return indices
    }
    return [cell.row / sizes[2], cell.column / sizes[3], cell.row % sizes[2], cell.column % sizes[3]]
  }

  /// The place of a cell among the tensor's values.
  func index(_ cell: MatrixMap.Cell) -> Int {
    zip(indices(cell), shape.sizes).reduce(0) { $0 * $1.1 + $1.0 }
  }

  /// The values row by row.
  func values(of tensor: Tensor) -> [Double] {
    guard shape.rank == 4 else { return tensor.values }
    return (0..<rows * columns).map { place in
      tensor.values[index(MatrixMap.Cell(row: place / columns, column: place % columns))]
    }
  }
}
