import CTerminal
import Glibc
import Screen

extension CursesTerminal {
  static func value(_ name: String) -> String? { unsafe getenv(name).map { unsafe String(cString: $0) } }

  static func isSet(_ name: String) -> Bool { value(name)?.isEmpty == false }

  static func colors(_ count: Int32) -> Profile.Colors {
    switch count {
    case 256: .palette256
    case 16: .sixteen
    case 8: .eight
    default: .mono
    }
  }

  static func error(_ outcome: Int32) -> TerminalError? {
    switch Int(outcome) {
    case Int(TERMINAL_OPENED): nil
    case Int(TERMINAL_NO_INPUT): .inputIsNotATerminal
    case Int(TERMINAL_NO_OUTPUT): .outputIsNotATerminal
    case Int(TERMINAL_UNKNOWN_TYPE): .unknownType(value("TERM") ?? "")
    case Int(TERMINAL_UNSUITABLE): .unsuitableType(value("TERM") ?? "")
    default: .systemRefused
    }
  }
}

extension TerminalCell {
  init(_ cell: Canvas.Cell) {
    self.init(
      scalar: cell.scalar.value, foreground: Self.index(cell.style.foreground),
      background: Self.index(cell.style.background), attributes: UInt32(cell.style.attributes.rawValue))
  }

  private static func index(_ color: Color) -> Int16 {
    switch color {
    case .palette(let index): Int16(index)
    case .standard, .rgb: -1
    }
  }
}
