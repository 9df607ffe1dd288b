import FixedPoint
public import Screen
import Sessions

/// A file that the sweep screen can write: the ending of its name says of which kind.
struct SweepExport: Sendable {
  enum Format: String, Sendable, CaseIterable {
    /// The table of cells, or of the diagram's branches.
    case csv
    /// The specification, for commands.
    case json
    /// What is on the screen.
    case svg

    init?(path: String) { self.init(rawValue: path.split(separator: ".").last.map { $0.lowercased() } ?? "") }

    static var endings: String { ".csv, .svg or .json" }
  }

  let title: String
  /// Where the session is kept.
  let session: String?
  let board: SweepBoard
  let theme: ThemeName
  let format: Format

  /// Writes the file.
  /// - Returns: what was written, in a few words.
  /// - Throws: `SessionError` of kind `unwritable`.
  func perform(_ path: String) throws(SessionError) -> String {
    switch format {
    case .svg:
      try TextFile.write(FigureSheet(title, [panel]).svg(theme: theme.theme), to: path)
      return "the picture"
    case .json:
      try TextFile.write(board.spec.naming(session: place(of: session ?? "", from: path)).json.text, to: path)
      return "the specification"
    case .csv:
      if board.subject == .diagram, case .success(let diagram)? = board.diagram?.diagram {
        try BifurcationTable(diagram).write(to: path)
        return "\(diagram.branches.count) branches"
      }
      guard let part = board.whole else { return "nothing" }
      try SweepTable(part).write(to: path)
      return "\(part.cells.count) cells"
    }
  }

  /// The session as a file beside it names it.
  private func place(of session: String, from path: String) -> String {
    guard SessionFile.directory(of: session) == SessionFile.directory(of: path) else { return session }
    return SessionFile.name(of: session)
  }

  private var panel: FigureSheet.Panel {
    if board.subject == .diagram, let picture = board.diagram?.picture { return picture.panel }
    return board.picture.panel
  }
}

extension SweepSpec {
  func naming(session: String) -> SweepSpec {
    var named = self
    named.session = session
    return named
  }
}

extension SweepPicture {
  /// The picture for paper.
  public var panel: FigureSheet.Panel {
    let figure: any Figure = map ?? plot(cursor: nil)
    return FigureSheet.Panel(quantity.title, caption: quantity.meaning(spec), figure)
  }
}

extension BifurcationPicture {
  /// The picture for paper, and what its letters mean.
  public var panel: FigureSheet.Panel {
    let kinds = BifurcationEvent.Kind.allCases.filter { kind in events.contains { $0.kind == kind } }
    let letters = kinds.map { "\(Character($0.letter)) \($0.words)" }
    let caption = ["solid: attracting", "dashed: not, or undecided"] + letters
    return FigureSheet.Panel("\(coordinate.name) of the fixed points", caption: caption.joined(separator: ", "), plot)
  }
}

extension SweepBoard {
  /// All cells; `nil` until they are there, or where one is no session.
  var whole: SweepPart? {
    let cells = findings.compactMap { finding in if case .found(let cell)? = finding { cell } else { nil } }
    guard let sweep, cells.count == cellCount, cellCount > 0 else { return nil }
    return SweepPart(sweep.header(of: .whole), cells: cells)
  }

  /// Why a file cannot be written now; `nil` if it can.
  func obstacle(to format: SweepExport.Format, session: String?) -> String? {
    let hasDiagram = diagram?.picture != nil
    switch format {
    case .json: return session == nil ? "save the session first: a specification names its file" : nil
    case .svg: return subject == .diagram && !hasDiagram ? "there is no diagram yet" : nil
    case .csv:
      if subject == .diagram { return hasDiagram ? nil : "there is no diagram yet" }
      if whole != nil { return nil }
      return isComplete ? "a cell is no session" : "a table has every cell: \(done) of \(cellCount) are there"
    }
  }
}
