public import FixedPoint
public import Screen
internal import Sessions

/// The sessions on offer, with what is known of each so far.
public struct Gallery: Sendable, Equatable {
  public private(set) var entries: [Entry] = []
  /// True once the folder has been read.
  public private(set) var isRead = false
  /// The entries' titles as a list to choose from and to search.
  public var list = ListSelection([])
  /// True while what is typed goes into the search.
  public var isSearching = false
  /// The session whose notes were scrolled, and their first line shown.
  private var scrolled: Scroll?
  /// Said instead of the list when there is none.
  public var problem: String?

  public init() {}

  private struct Scroll: Sendable, Equatable {
    let path: String
    let line: Int
  }

  /// A session file and its preview.
  public struct Entry: Sendable, Equatable {
    public let path: String
    public var preview: Preview
    /// Whether it was opened or saved lately, and is not in the folder.
    public let isRecent: Bool

    public init(path: String, preview: Preview = .pending, isRecent: Bool = false) {
      self.path = path
      self.preview = preview
      self.isRecent = isRecent
    }

    /// The file's name without its endings.
    public var name: String {
      let file = SessionFile.name(of: path)
      return file.hasSuffix(".deq.json") ? String(file.dropLast(9)) : file
    }

    var title: String {
      if case .ready(let summary) = preview, !summary.title.isEmpty { return summary.title }
      return name
    }
  }

  public enum Preview: Sendable, Equatable {
    case pending
    case ready(Summary)
    /// The file cannot be used: the one line that says why.
    case failed(String)
  }

  /// What the gallery shows of a session: its run was made to see how it ends.
  public struct Summary: Sendable, Equatable {
    public var title: String
    public var notes: String
    public var shape: Shape
    public var method: String
    /// The residual of each step, in the measure that the session stops on.
    public var residuals: [Double?]
    public var outcome: Outcome?

    public init(
      title: String, notes: String, shape: Shape, method: String, residuals: [Double?], outcome: Outcome?
    ) {
      self.title = title
      self.notes = notes
      self.shape = shape
      self.method = method
      self.residuals = residuals
      self.outcome = outcome
    }
  }

  public var selected: Entry? { list.selected.map { entries[$0] } }

  /// First line shown of the selected session's notes.
  var notesOffset: Int { scrolled.flatMap { $0.path == selected?.path ? $0.line : nil } ?? 0 }

  mutating func scrollNotes(to line: Int) { scrolled = selected.map { Scroll(path: $0.path, line: line) } }

  /// The first of the recent files, which stand below the folder's; `nil` if there are none, or while one searches.
  var firstRecent: Int? { list.filter.text.isEmpty ? entries.firstIndex(where: \.isRecent) : nil }

  /// The entries that pass the search, best first.
  var visible: [Entry] { list.matches.map { entries[$0.index] } }

  /// Shows other entries in a list of `height` rows; the selection and what is searched stay.
  mutating func replaceEntries(by next: [Entry], height: Int) {
    let path = selected?.path
    let cursor = list.cursor
    entries = next
    isRead = true
    list.replaceItems(by: next.map { $0.title + "  " + $0.name })
    let match = list.matches.firstIndex { entries[$0.index].path == path }
    list.select(match ?? cursor, height: height)
  }

  /// Takes in what is now known of a file.
  mutating func setPreview(_ preview: Preview, of path: String, height: Int) {
    var next = entries
    for index in next.indices where next[index].path == path { next[index].preview = preview }
    replaceEntries(by: next, height: height)
  }

  /// Shows all entries again; the selected one stays selected.
  mutating func endSearch(height: Int) {
    let chosen = list.selected
    isSearching = false
    list = ListSelection(list.items, selected: chosen ?? 0)
    list.scroll(height)
  }
}
