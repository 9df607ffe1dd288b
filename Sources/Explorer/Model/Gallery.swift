public import FixedPoint
public import Screen

/// The sessions on offer, with what is known of each so far.
public struct Gallery: Sendable, Equatable {
  public var entries: [Entry] = []
  public var selection = ListSelection()
  /// What was typed to find a session; `nil` while nobody searches.
  public var search: TextField?
  /// Said instead of the list when there is none.
  public var problem: String?

  public init() {}

  /// A session file and its preview.
  public struct Entry: Sendable, Equatable {
    public let path: String
    public var preview: Preview

    public init(path: String, preview: Preview = .pending) {
      self.path = path
      self.preview = preview
    }

    /// The file's name without its endings.
    public var name: String {
      let file = path.split(separator: "/").last.map(String.init) ?? path
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

  /// The entries that match the search, best first; all of them in order without one.
  public var visible: [Entry] {
    guard let query = search?.text, !query.isEmpty else { return entries }
    return entries
      .compactMap { entry in FuzzyMatch(query, in: entry.title + " " + entry.name).map { (entry, $0.score) } }
      .sorted { $0.1 > $1.1 }
      .map(\.0)
  }

  public var selected: Entry? {
    let visible = visible
    return visible.indices.contains(selection.index) ? visible[selection.index] : nil
  }
}
