/// A line of text being edited.
public struct TextField: Sendable, Equatable {
  private var characters: [Character]
  /// Number of characters before the cursor.
  public private(set) var cursor: Int

  public init(_ text: String = "") {
    characters = Array(text)
    cursor = characters.count
  }

  public var text: String { String(characters) }

  /// Does what a key says; `false` if it means nothing here. Control-A, E, U, K, W, D work as in a shell.
  public mutating func handle(_ key: Key) -> Bool {
    if key.alt { return false }
    if key.control { return handleControl(key.code) }
    switch key.code {
    case .character(let character): insert(String(character))
    case .backspace: remove(cursor - 1..<cursor)
    case .delete: remove(cursor..<cursor + 1)
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(characters.count, cursor + 1)
    case .home: cursor = 0
    case .end: cursor = characters.count
    default: return false
    }
    return true
  }

  /// Inserts at the cursor, as typing and pasting do; line ends and other control characters become blanks.
  public mutating func insert(_ text: String) {
    let clean = text.map { $0.unicodeScalars.allSatisfy { $0.properties.generalCategory == .control } ? " " : $0 }
    characters.insert(contentsOf: clean, at: cursor)
    cursor += clean.count
  }

  private mutating func handleControl(_ code: Key.Code) -> Bool {
    switch code {
    case .character("a"): cursor = 0
    case .character("e"): cursor = characters.count
    case .character("u"): remove(0..<cursor)
    case .character("k"): remove(cursor..<characters.count)
    case .character("d"): remove(cursor..<cursor + 1)
    case .character("w"): remove(wordStart..<cursor)
    default: return false
    }
    return true
  }

  private var wordStart: Int {
    var index = cursor
    while index > 0, characters[index - 1] == " " { index -= 1 }
    while index > 0, characters[index - 1] != " " { index -= 1 }
    return index
  }

  private mutating func remove(_ range: Range<Int>) {
    let range = range.clamped(to: 0..<characters.count)
    characters.removeSubrange(range)
    if cursor > range.lowerBound { cursor = max(range.lowerBound, cursor - range.count) }
  }

  /// Draws the text, scrolled so that the cursor is seen, and returns where the cursor stands.
  @discardableResult
  public func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) -> Point {
    let before = DisplayWidth.of(String(characters[..<cursor]))
    let shift = max(0, before - rect.width + 1)
    canvas.draw(in: rect) { $0.write(text, look[.text], at: -shift, 0) }
    return Point(x: rect.x + before - shift, y: rect.y)
  }
}
