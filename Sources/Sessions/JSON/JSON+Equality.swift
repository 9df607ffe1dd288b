extension JSON.Content: Equatable {
  /// Numbers are the same if they have the same bits: -0 is another number than 0, and gives other steps.
  public static func == (left: JSON.Content, right: JSON.Content) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.flag(let left), .flag(let right)): left == right
    case (.number(let left), .number(let right)): left.bitPattern == right.bitPattern
    case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    case (.null, _), (.flag, _), (.number, _), (.text, _), (.array, _), (.object, _): false
    }
  }
}
