/// What a field of an operator or of a method may hold.
///
/// The description serves every reader of the field: the session file (parsing, checking, writing), the explorer's
/// editors, and help texts. Nothing about a field is written down twice.
public struct Field: Sendable {
  public enum Kind: Sendable {
    /// A finite number within the range.
    case number(ClosedRange<Double>)
    /// An integer within the range.
    case integer(ClosedRange<Int>)
    /// One of the names.
    case choice([String])
    /// A number within the range, or one of the names (`"auto"`, `"inf"`).
    case numberOrChoice(ClosedRange<Double>, [String])
    case flag
    /// A tensor. `shape` gives, from the operator's surroundings, the shape that a generated tensor takes when the
    /// file does not say one; the operator's initialiser checks the shape of every tensor, generated or not.
    case tensor(shape: @Sendable (OperatorContext) -> Shape)
    /// Pairs of node indices, counted from 0.
    case edges
  }

  public let name: String
  /// One line for people: what the field does.
  public let summary: String
  public let kind: Kind
  /// The value taken when the field is absent; `nil` means absent stays absent.
  public let defaultValue: FieldValue?
  public let isRequired: Bool

  public init(
    _ name: String, _ kind: Kind, default defaultValue: FieldValue? = nil, required: Bool = false, _ summary: String
  ) {
    self.name = name
    self.summary = summary
    self.kind = kind
    self.defaultValue = defaultValue
    self.isRequired = required
  }
}

/// The value of one field.
public enum FieldValue: Sendable, Equatable {
  case number(Double)
  case text(String)
  case flag(Bool)
  case tensor(Tensor)
  case edges([[Int]])
}

/// Field values by name, as they were given: a field that is absent here was absent in the file.
public struct FieldValues: Sendable, Equatable {
  public private(set) var values: [String: FieldValue]

  public init(_ values: [String: FieldValue] = [:]) { self.values = values }

  public subscript(name: String) -> FieldValue? {
    get { values[name] }
    set { values[name] = newValue }
  }

  public func number(_ name: String) -> Double? {
    guard case .number(let number)? = values[name] else { return nil }
    return number
  }

  public func integer(_ name: String) -> Int? { number(name).map { Int($0) } }

  public func text(_ name: String) -> String? {
    guard case .text(let text)? = values[name] else { return nil }
    return text
  }

  public func flag(_ name: String) -> Bool? {
    guard case .flag(let flag)? = values[name] else { return nil }
    return flag
  }

  public func edges(_ name: String) -> [[Int]]? {
    guard case .edges(let edges)? = values[name] else { return nil }
    return edges
  }

  public func tensor(_ name: String) -> Tensor? {
    guard case .tensor(let tensor)? = values[name] else { return nil }
    return tensor
  }
}

/// A field whose value does not fit: names the field, what was expected and what was found.
///
/// The core carries numbers and names; the sentence for people is made by the commands.
public struct FieldError: Error, Sendable, Equatable {
  public let field: String
  public let expected: String
  public let found: String

  public init(field: String, expected: String, found: String) {
    self.field = field
    self.expected = expected
    self.found = found
  }
}
