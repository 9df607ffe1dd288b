import Glibc
import Screen
import Terminal

/// The probe's loop: what it shows, and what each letter makes it do.
struct Probe {
  struct Failure: Error {}

  private let terminal: CursesTerminal
  private var lines: [String] = []
  private var mouse = true
  private var cursor: Point?
  private var filling: UInt8?
  /// A terminal was asked for anew.
  private(set) var again = false

  init(_ terminal: CursesTerminal) {
    self.terminal = terminal
    lines = ["profile \(terminal.profile.colors) \(terminal.profile.glyphs)"]
  }

  /// Shows what there is, then answers the next events; false at the end.
  mutating func turn() throws -> Bool {
    terminal.present(Frame(canvas: picture(), cursor: cursor, title: "probe", mouse: mouse))
    for event in terminal.events(until: nil) {
      lines.append("<\(Self.text(event))>")
      if event == .hangUp { return false }
      if case .key(let key) = event, try !obey(key) || again { return false }
    }
    return true
  }

  private mutating func obey(_ key: Key) throws -> Bool {
    switch key {
    case .character("q"): return false
    case .character("n"): again = true
    case .character("o"): lines.append(openAnother())
    case .character("x"): throw Failure()
    case .character("A"): abort()
    case .character("T"): fatalError("asked to trap")
    case .character("S"): unsafe UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
    case .character("R"): _ = Self.recurse(1)
    case .character("B"): raise(SIGTRAP)
    case .character("E"): exit(7)
    case .character("m"): mouse.toggle()
    case .character("c"): cursor = cursor == nil ? Point(x: 3, y: 1) : nil
    case .character("f"): filling = (filling ?? 0) &+ 1
    case .character("p"): _ = terminal.copy("copied ⊕")
    case .character("w"): wakeLater()
    case .control("z"): terminal.suspend()
    default: break
    }
    return true
  }

  private func openAnother() -> String {
    do {
      _ = try CursesTerminal()
      return "opened"
    } catch {
      return "refused.\(error)"
    }
  }

  private static func recurse(_ depth: Int) -> Int {
    var room = [depth, depth + 1]
    if depth < .max { room[depth % 2] = recurse(depth + 1) }
    return room[0] + room[1]
  }

  private func wakeLater() {
    let waker = terminal.waker
    Task.detached { waker.wake() }
  }

  // MARK: Picture

  private func picture() -> Canvas {
    var canvas = Canvas(size: terminal.size)
    if let filling { fill(&canvas, filling) }
    let shown = lines.suffix(max(1, canvas.size.height))
    for (row, line) in shown.enumerated() { canvas.write(line, at: 0, row) }
    return canvas
  }

  /// Every cell in a colour of its own, another one each time.
  private func fill(_ canvas: inout Canvas, _ turn: UInt8) {
    for y in 0..<canvas.size.height {
      for x in 0..<canvas.size.width {
        let style = Style(
          .rgb(UInt8(truncatingIfNeeded: 5 * x), turn, 0), on: .rgb(0, UInt8(truncatingIfNeeded: 9 * y), turn))
        canvas.put("▀", style, at: x, y)
      }
    }
  }

  // MARK: Events

  /// Without blanks, which the terminal may be spared.
  private static func text(_ event: Event) -> String {
    switch event {
    case .key(let key): "\(key.control ? "C-" : "")\(key.alt ? "A-" : "")\(text(key.code))"
    case .mouse(let mouse): "\(mouse.action).\(mouse.button).\(mouse.at.x).\(mouse.at.y)"
    case .paste(let text): "paste.\(text.unicodeScalars.count).\(text.prefix(20).filter { !$0.isWhitespace })"
    case .resize(let size): "resize.\(size.width)x\(size.height)"
    case .focus(let isIn): "focus.\(isIn)"
    case .resumed: "resumed"
    case .hangUp: "hangUp"
    }
  }

  private static func text(_ code: Key.Code) -> String {
    switch code {
    case .character(let character): "\(character)"
    case .function(let number): "F\(number)"
    default: "\(code)"
    }
  }
}
