import FixedPoint
import Screen

/// The gallery: a line a session with its size, method, residual and outcome; the notes of the selected one below.
struct GalleryView {
  let gallery: Gallery
  let size: Size

  /// Gives the place of the text cursor while a search is typed.
  func draw(on canvas: inout Canvas, _ look: Look) -> Point? {
    let layout = GalleryLayout(size, gallery)
    let cursor = drawHeader(in: layout.header, on: &canvas, look)
    let visible = gallery.visible
    if let problem = gallery.problem, visible.isEmpty {
      canvas.write(problem, look[.warning], at: 2, layout.list.y + 1, width: size.width - 4)
    } else if visible.isEmpty {
      canvas.write(emptyText, look[.dim], at: 2, layout.list.y + 1)
    }
    let offset = gallery.list.offset
    for row in visible.indices.dropFirst(offset).prefix(layout.listHeight) {
      draw(visible[row], row == gallery.list.cursor, at: layout.y(of: row, offset: offset), on: &canvas, look)
    }
    if let heading = layout.heading, heading >= offset, heading - offset < layout.list.height {
      canvas.write("recent files", look[.dim], at: 1, layout.list.y + heading - offset)
    }
    drawPreview(in: layout.preview, on: &canvas, look)
    return cursor
  }

  private var emptyText: String {
    guard gallery.isRead else { return "reading…" }
    return gallery.entries.isEmpty ? "no sessions here: files that end in .deq.json" : "no session matches"
  }

  private func drawHeader(in rect: Rect, on canvas: inout Canvas, _ look: Look) -> Point? {
    canvas.write("fixed points of deep equilibrium networks", look[.title], at: 1, 0)
    guard gallery.isSearching else {
      let number = gallery.firstRecent ?? gallery.entries.count
      let count = number == 1 ? "1 session " : "\(number) sessions "
      canvas.write(count, look[.dim], at: rect.maxX - DisplayWidth.of(count), 0)
      canvas.write("session", look[.dim], at: 3, 1)
      canvas.write("units", look[.dim], at: columns.units, 1)
      if let method = columns.method { canvas.write("method", look[.dim], at: method, 1) }
      canvas.write("residual, log", look[.dim], at: columns.spark, 1, width: columns.sparkWidth)
      canvas.write("  steps outcome", look[.dim], at: columns.outcome, 1)
      return nil
    }
    let x = canvas.write("search: ", look[.key], at: 1, 1)
    return gallery.list.filter.draw(in: Rect(x: x, y: 1, width: rect.width - x, height: 1), on: &canvas, look)
  }

  private struct Columns {
    var units: Int
    /// `nil` in a narrow window: the title needs the room.
    var method: Int?
    var spark: Int
    var outcome: Int
    var sparkWidth: Int
  }

  /// The title takes what the others leave.
  private var columns: Columns {
    let isWide = size.width >= 100
    let sparkWidth = isWide ? 24 : 13
    let outcome = size.width - 22
    let spark = outcome - sparkWidth - 1
    let method = spark - 12
    return Columns(
      units: (isWide ? method : spark) - 7, method: isWide ? method : nil, spark: spark, outcome: outcome,
      sparkWidth: sparkWidth)
  }

  private func draw(
    _ entry: Gallery.Entry, _ isSelected: Bool, at y: Int, on canvas: inout Canvas, _ look: Look
  ) {
    let base = look[isSelected ? .selection : .text]
    if isSelected { canvas.fill(Rect(x: 0, y: y, width: size.width, height: 1), " ", base) }
    canvas.write(isSelected ? "›" : " ", base, at: 1, y)
    canvas.write(entry.title, base, at: 3, y, width: columns.units - 4)
    switch entry.preview {
    case .pending: canvas.write("…", isSelected ? base : look[.dim], at: columns.outcome, y)
    case .failed: canvas.write("! cannot be used", isSelected ? base : look[.bad], at: columns.outcome, y)
    case .ready(let summary): draw(summary, isSelected ? base : nil, at: y, on: &canvas, look)
    }
  }

  private func draw(_ summary: Gallery.Summary, _ base: Style?, at y: Int, on canvas: inout Canvas, _ look: Look) {
    let columns = columns
    canvas.write(String(summary.shape.count), base ?? look[.number], at: columns.units, y, width: 5, .right)
    if let method = columns.method { canvas.write(summary.method, base ?? look[.text], at: method, y, width: 11) }
    let sparkline = Sparkline(summary.residuals, scale: .log10)
    sparkline.draw(in: Rect(x: columns.spark, y: y, width: columns.sparkWidth, height: 1), on: &canvas, look)
    guard let outcome = summary.outcome else { return }
    let count = DisplayWidth.pad(String(summary.residuals.count), to: 5, .right)
    let text = "\(outcome.letter) \(count) \(outcome.word)"
    canvas.write(text, base ?? look[outcome.role], at: columns.outcome, y, width: size.width - columns.outcome)
  }

  private func drawPreview(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    guard let entry = gallery.selected else { return }
    let inside = canvas.box(
      rect, look[.border], title: entry.title, titleStyle: look[.title], caption: entry.path, captionStyle: look[.dim])
    switch entry.preview {
    case .pending: break
    case .failed(let text): TextBlock(text, role: .bad).draw(in: inside.inset(horizontally: 1), on: &canvas, look)
    case .ready(let summary):
      TextBlock(summary.notes, offset: gallery.notesOffset).draw(in: inside.inset(horizontally: 1), on: &canvas, look)
    }
  }
}

extension Rect {
  func inset(horizontally margin: Int) -> Rect { Rect(x: x + margin, y: y, width: width - 2 * margin, height: height) }
}
