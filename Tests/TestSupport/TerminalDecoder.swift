public import Screen

/// A terminal that knows what a recording uses: cursor moves, styles, clearing, characters. What it does not know is a
/// failure.
public struct TerminalDecoder {
  public struct Unknown: Error { public let sequence: String }

  public private(set) var canvas: Canvas
  public private(set) var hidesCursor = false
  private var cursor = Point(x: 0, y: 0)
  private var style = Style.plain

  public init(size: Size) { canvas = Canvas(size: size) }

  public mutating func feed(_ text: String) throws {
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      guard scalar == "\u{1B}" else {
        put(scalar)
        continue
      }
      guard scalars.popFirst() == "[" else { throw Unknown(sequence: "escape") }
      let parameters = scalars.prefix { !(0x40...0x7E).contains($0.value) }
      scalars = scalars.dropFirst(parameters.count)
      try perform(scalars.popFirst() ?? " ", String(String.UnicodeScalarView(parameters)))
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    canvas.put(scalar, style, at: cursor.x, cursor.y)
    let width = DisplayWidth.of(scalar)
    if width == 2 { canvas.put(Canvas.Cell.continuation, style, at: cursor.x + 1, cursor.y) }
    cursor.x += width
  }

  private mutating func perform(_ final: Unicode.Scalar, _ parameters: String) throws {
    let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    switch (final, parameters) {
    case ("l", "?25"): hidesCursor = true
    case ("J", "2"): canvas = Canvas(size: canvas.size)
    case ("H", _) where numbers.count == 2: cursor = Point(x: numbers[1] - 1, y: numbers[0] - 1)
    case ("m", _): try restyle(numbers[...])
    default: throw Unknown(sequence: "[\(parameters)\(final)")
    }
  }

  private mutating func restyle(_ numbers: ArraySlice<Int>) throws {
    var numbers = numbers
    while let code = numbers.popFirst() {
      switch code {
      case 0: style = .plain
      case 1: style.attributes.insert(.bold)
      case 2: style.attributes.insert(.dim)
      case 4: style.attributes.insert(.underline)
      case 7: style.attributes.insert(.reverse)
      case 30...37: style.foreground = .palette(UInt8(code - 30))
      case 40...47: style.background = .palette(UInt8(code - 40))
      case 90...97: style.foreground = .palette(UInt8(code - 82))
      case 100...107: style.background = .palette(UInt8(code - 92))
      case 38: style.foreground = try color(&numbers)
      case 48: style.background = try color(&numbers)
      default: throw Unknown(sequence: "SGR \(code)")
      }
    }
  }

  private func color(_ numbers: inout ArraySlice<Int>) throws -> Color {
    guard numbers.popFirst() == 5, let index = numbers.popFirst() else { throw Unknown(sequence: "colour") }
    return .palette(UInt8(index))
  }
}
