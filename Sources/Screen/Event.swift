/// What reaches a terminal program from outside.
public enum Event: Sendable, Equatable {
  case key(Key)
  case mouse(Mouse)
  case paste(String)
  case resize(Size)
  case focus(Bool)
  /// The program goes on after a stop (Ctrl-Z, fg): everything must be drawn again.
  case resumed
  /// End now and in order: SIGTERM, SIGHUP or a closed terminal.
  case hangUp
}

/// A key press.
public struct Key: Sendable, Hashable {
  public enum Code: Sendable, Hashable {
    case character(Character)
    case enter, escape, tab, backTab, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)
  }

  public var code: Code
  public var control: Bool
  public var alt: Bool

  public init(_ code: Code, control: Bool = false, alt: Bool = false) {
    self.code = code
    self.control = control
    self.alt = alt
  }

  public static func character(_ character: Character) -> Key { Key(.character(character)) }
  public static func control(_ character: Character) -> Key { Key(.character(character), control: true) }
}

/// A mouse action at a cell.
public struct Mouse: Sendable, Hashable {
  public enum Action: Sendable, Hashable { case press, release, drag, wheelUp, wheelDown }
  public enum Button: Sendable, Hashable { case left, middle, right, none }

  public var action: Action
  public var button: Button
  public var at: Point

  public init(_ action: Action, _ button: Button = .left, at point: Point) {
    self.action = action
    self.button = button
    self.at = point
  }
}
