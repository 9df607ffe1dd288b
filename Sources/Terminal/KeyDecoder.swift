import CTerminal
import Screen

/// Turns what ncurses reads, bytes and keys, into events: a value that holds what has come of an unfinished one.
struct KeyDecoder {
  private enum State: Equatable {
    case ground
    /// After an Escape that no known key begins with.
    case escape
    /// In a control sequence that ncurses does not know: dropped up to its final byte.
    case sequence(empty: Bool)
    /// After ESC O.
    case shift3
    case character([UInt8], alt: Bool)
    case mouse([UInt8])
    case oldMouse([UInt8])
  }

  private var state = State.ground
  /// Between the marks of a paste: its text so far.
  private var pasted: [UInt8]?

  /// One byte (0 to 255) or key (`TERMINAL_KEYS` and on), as `terminal_read` gives it.
  mutating func feed(_ code: Int32) -> [Event] {
    if pasted != nil { return feedPaste(code) }
    guard let byte = UInt8(exactly: code) else { return feedKey(Int(code) - Int(TERMINAL_KEYS)) }
    switch state {
    case .ground: return feedFirst(byte, alt: false)
    case .escape: return feedAfterEscape(byte)
    case .sequence:
      state = (0x40...0x7E).contains(byte) ? .ground : .sequence(empty: false)
      return []
    case .shift3:
      state = .ground
      return []
    case .character(let bytes, let alt): return feedCharacter(bytes, byte, alt)
    case .mouse(let bytes): return feedMouse(bytes, byte)
    case .oldMouse(let bytes): return feedOldMouse(bytes + [byte])
    }
  }

  /// Nothing more is waiting: an Escape was the key itself. Unfinished pastes, mouse reports and characters go on.
  mutating func settle() -> [Event] {
    switch state {
    case .escape:
      state = .ground
      return [.key(Key(.escape))]
    case .sequence(let empty):
      state = .ground
      return empty ? [.key(Key(.character("["), alt: true))] : []
    case .shift3:
      state = .ground
      return [.key(Key(.character("O"), alt: true))]
    default: return []
    }
  }

  // MARK: Bytes

  private mutating func feedFirst(_ byte: UInt8, alt: Bool) -> [Event] {
    state = .ground
    if byte == 0x1B {
      state = .escape
      return alt ? [.key(Key(.escape))] : []
    }
    if byte >= 0x80 {
      state = (0xC2...0xF4).contains(byte) ? .character([byte], alt: alt) : .ground
      return []
    }
    var key = Self.key(byte)
    key.alt = alt
    return [.key(key)]
  }

  private mutating func feedAfterEscape(_ byte: UInt8) -> [Event] {
    switch byte {
    case UInt8(ascii: "["):
      state = .sequence(empty: true)
      return []
    case UInt8(ascii: "O"):
      state = .shift3
      return []
    default: return feedFirst(byte, alt: true)
    }
  }

  private static func key(_ byte: UInt8) -> Key {
    switch byte {
    case 0: .control(" ")
    case 9: Key(.tab)
    case 13: Key(.enter)
    case 127: Key(.backspace)
    case 1...26: .control(Character(Unicode.Scalar(byte + 96)))
    case 28...31: .control(Character(Unicode.Scalar(byte + 64)))
    default: .character(Character(Unicode.Scalar(byte)))
    }
  }

  private mutating func feedCharacter(_ bytes: [UInt8], _ byte: UInt8, _ alt: Bool) -> [Event] {
    guard (0x80...0xBF).contains(byte) else { return feedFirst(byte, alt: false) }
    let all = bytes + [byte]
    guard all.count == Self.length(all[0]) else {
      state = .character(all, alt: alt)
      return []
    }
    state = .ground
    guard let character = String(validating: all, as: UTF8.self)?.first else { return [] }
    return [.key(Key(.character(character), alt: alt))]
  }

  private static func length(_ lead: UInt8) -> Int { lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4 }

  // MARK: Keys

  private mutating func feedKey(_ number: Int) -> [Event] {
    let afterEscape = state == .escape
    state = .ground
    let key = Int32(number / 8)
    switch key {
    case Int32(TERMINAL_PASTE_START): pasted = []
    case Int32(TERMINAL_MOUSE_SGR): state = .mouse([])
    case Int32(TERMINAL_MOUSE_X10): state = .oldMouse([])
    case Int32(TERMINAL_FOCUS_IN): return [.focus(true)]
    case Int32(TERMINAL_FOCUS_OUT): return [.focus(false)]
    default:
      guard let code = Self.code(key) else { return [] }
      let alt = afterEscape || number & Int(TERMINAL_ALT) != 0
      return [.key(Key(code, control: number & Int(TERMINAL_CONTROL) != 0, alt: alt))]
    }
    return []
  }

  private static func code(_ key: Int32) -> Key.Code? {
    switch Int(key) {
    case Int(TERMINAL_UP): .up
    case Int(TERMINAL_DOWN): .down
    case Int(TERMINAL_RIGHT): .right
    case Int(TERMINAL_LEFT): .left
    case Int(TERMINAL_END_KEY): .end
    case Int(TERMINAL_HOME): .home
    case Int(TERMINAL_INSERT): .insert
    case Int(TERMINAL_DELETE): .delete
    case Int(TERMINAL_PAGE_UP): .pageUp
    case Int(TERMINAL_PAGE_DOWN): .pageDown
    case Int(TERMINAL_BACK_TAB): .backTab
    case Int(TERMINAL_BACKSPACE): .backspace
    case Int(TERMINAL_ENTER): .enter
    case Int(TERMINAL_FUNCTION) + 1...Int(TERMINAL_FUNCTION) + 63: .function(Int(key) - Int(TERMINAL_FUNCTION))
    default: nil
    }
  }

  // MARK: Paste

  private mutating func feedPaste(_ code: Int32) -> [Event] {
    if let byte = UInt8(exactly: code) { pasted?.append(byte == 13 ? 10 : byte) }
    guard code >= TERMINAL_KEYS, (Int(code) - Int(TERMINAL_KEYS)) / 8 == Int(TERMINAL_PASTE_END) else { return [] }
    defer { pasted = nil }
    return [.paste(String(decoding: pasted ?? [], as: UTF8.self))]
  }

  // MARK: Mouse

  /// `button;column;row`, then M for a press or m for a release.
  private mutating func feedMouse(_ bytes: [UInt8], _ byte: UInt8) -> [Event] {
    state = .ground
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ";"):
      state = bytes.count < 24 ? .mouse(bytes + [byte]) : .sequence(empty: false)
      return []
    case UInt8(ascii: "M"), UInt8(ascii: "m"):
      let numbers = bytes.split(separator: UInt8(ascii: ";")).compactMap { Int(String(decoding: $0, as: UTF8.self)) }
      guard numbers.count == 3 else { return [] }
      return Self.mouse(numbers[0], numbers[1], numbers[2], release: byte == UInt8(ascii: "m"))
    default: return []
    }
  }

  /// Button, column and row, each with 32 added; a release does not say of which button.
  private mutating func feedOldMouse(_ bytes: [UInt8]) -> [Event] {
    guard bytes.count == 3 else {
      state = .oldMouse(bytes)
      return []
    }
    state = .ground
    let button = Int(bytes[0]) - 32
    let release = button & 0b11 == 3 && button & 0b110_0000 == 0
    return Self.mouse(button, Int(bytes[1]) - 32, Int(bytes[2]) - 32, release: release)
  }

  /// Bits 0 and 1: button; 2 to 4: shift, alt, control; 5: motion; 6: wheel.
  private static func mouse(_ code: Int, _ column: Int, _ row: Int, release: Bool) -> [Event] {
    guard column > 0, row > 0, code >= 0, code < 128 else { return [] }
    let point = Point(x: column - 1, y: row - 1)
    if code & 64 != 0 {
      guard code & 0b11 < 2, !release else { return [] }
      return [.mouse(Mouse(code & 0b11 == 0 ? .wheelUp : .wheelDown, .none, at: point))]
    }
    let buttons: [Mouse.Button] = [.left, .middle, .right, .none]
    let action: Mouse.Action = release ? .release : code & 32 != 0 ? .drag : .press
    return [.mouse(Mouse(action, buttons[code & 0b11], at: point))]
  }
}
