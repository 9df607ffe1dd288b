/// A list to choose from: filter, cursor and scroll position.
public struct ListSelection: Drawable, Equatable {
  /// An item that passes the filter.
  public struct Match: Sendable, Hashable {
    /// Index into the items.
    public let index: Int
    /// Indices of the characters that the filter matched.
    public let positions: [Int]
  }

  public private(set) var items: [String]
  public private(set) var filter: TextField
  /// Best first; in the items' order where the filter is empty or the scores are equal.
  public private(set) var matches: [Match]
  /// Index into the matches.
  public private(set) var cursor: Int
  /// First match shown.
  public private(set) var offset: Int

  public init(_ items: [String], selected: Int = 0) {
    self.items = items
    filter = TextField()
    matches = items.indices.map { Match(index: $0, positions: []) }
    cursor = max(0, min(selected, items.count - 1))
    offset = 0
  }

  /// Shows other items through the same filter; the cursor stays at its row.
  public mutating func replaceItems(by items: [String]) {
    let row = cursor
    self.items = items
    search()
    cursor = max(0, min(row, matches.count - 1))
  }

  /// Index of the selected item; `nil` if nothing passes the filter.
  public var selected: Int? { matches.indices.contains(cursor) ? matches[cursor].index : nil }

  /// Moves or, if `filters`, edits the filter; `false` if the key means nothing here. `height`: rows shown.
  public mutating func handle(_ key: Key, height: Int, filters: Bool = true) -> Bool {
    let page = max(1, height - 1)
    switch key.code {
    case _ where key.alt: return false
    case .up: move(by: -1, height)
    case .down: move(by: 1, height)
    case .character("p") where key.control: move(by: -1, height)
    case .character("n") where key.control: move(by: 1, height)
    case .pageUp: move(by: -page, height)
    case .pageDown: move(by: page, height)
    case .home where filter.text.isEmpty || !filters: move(by: -matches.count, height)
    case .end where filter.text.isEmpty || !filters: move(by: matches.count, height)
    default: return filters && edit { $0.handle(key) }
    }
    return true
  }

  /// Inserts into the filter.
  public mutating func paste(_ text: String) {
    edit { field in
      field.insert(text)
      return true
    }
  }

  /// Selects a match, such as one under the mouse, and scrolls to it.
  public mutating func select(_ match: Int, height: Int) {
    cursor = max(0, min(match, matches.count - 1))
    scroll(height)
  }

  /// Scrolls so that the cursor is within `height` rows.
  public mutating func scroll(_ height: Int) {
    let height = max(1, height)
    offset = max(cursor - height + 1, min(offset, cursor))
    offset = max(0, min(offset, matches.count - height))
  }

  /// Draws the matches from ``offset`` on, matched characters in the style of keys, the selected one reversed.
  public func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.draw(in: rect) { region in
      for (row, match) in matches.dropFirst(offset).prefix(rect.height).enumerated() {
        let marked = Set(match.positions)
        var x = 0
        for (index, character) in items[match.index].enumerated() {
          x = region.write(String(character), look[marked.contains(index) ? .key : .text], at: x, row)
        }
        if offset + row == cursor {
          region.update(Rect(x: 0, y: row, width: rect.width, height: 1)) { $0.style.attributes.insert(.reverse) }
        }
      }
    }
  }

  private mutating func move(by count: Int, _ height: Int) { select(cursor + count, height: height) }

  @discardableResult
  private mutating func edit(_ change: (inout TextField) -> Bool) -> Bool {
    let old = filter.text
    guard change(&filter) else { return false }
    if filter.text != old { search() }
    return true
  }

  private mutating func search() {
    guard !filter.text.isEmpty else {
      matches = items.indices.map { Match(index: $0, positions: []) }
      (cursor, offset) = (0, 0)
      return
    }
    let found = items.enumerated().compactMap { index, item in
      FuzzyMatch(filter.text, in: item).map { (match: Match(index: index, positions: $0.positions), score: $0.score) }
    }
    matches = found.sorted { ($1.score, $0.match.index) < ($0.score, $1.match.index) }.map(\.match)
    (cursor, offset) = (0, 0)
  }
}
