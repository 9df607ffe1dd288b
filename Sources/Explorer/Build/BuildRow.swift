import FixedPoint
import Screen
import Sessions

/// One line of the build screen: a part of the session, and how it is changed.
struct BuildRow: Sendable {
  enum Content: Sendable {
    /// An operator's first line.
    case link(position: Int)
    /// Sizes; `nil` where there is no input.
    case shape(Shape?)
    /// A number, a choice or a switch; `value` is what holds, given or by default.
    case field(Field, value: FieldValue?, target: Target)
    /// Where the numbers of a tensor come from.
    case tensor(BuildTensor)
    case edges([[Int]]?)
    case text(String)
  }

  /// What a field's value becomes in the session.
  enum Target: Sendable {
    /// The value at the row's own path.
    case member
    /// The method, without the options of another.
    case method
    /// The kind of an activation, without the parameters of another.
    case kind(OperatorSource)
    case constraint
    /// The number of the constraint of this name.
    case bound(String)
  }

  /// JSON path of what it shows.
  let path: String
  let label: String
  /// 0 for what stands by itself, 1 for a field, 2 for a part of one.
  let indent: Int
  let value: String
  /// Whether the session says it, rather than the default.
  let isGiven: Bool
  /// One line for people: what it is.
  let summary: String
  let content: Content
  /// Number of the operator, or of the part of the session, that it belongs to.
  let section: Int
  /// Position of the operator that it belongs to.
  let position: Int?
  /// The tensor that is shown beside it.
  let tensor: BuildTensor?

  /// Short words for what may be given.
  var allowed: String {
    switch content {
    case .field(let field, _, _): field.kind.range
    case .shape: "sizes"
    case .tensor, .link, .edges, .text: ""
    }
  }

  /// A sentence for what may be given; empty where there is nothing to type.
  var expectation: String {
    switch content {
    case .field(let field, _, _): field.kind.expectation
    case .shape: "sizes such as 87, 34 2 or 3 8 8"
    case .edges: "pairs of nodes such as 0-1 1-2"
    case .tensor: "Enter chooses where its numbers come from"
    case .text: "a text"
    case .link: ""
    }
  }
}

/// A tensor of the session: what it is called, where it comes from, and its numbers as far as they are known.
struct BuildTensor: Sendable {
  let path: String
  let label: String
  /// `nil` where the session says nothing.
  let source: TensorSource?
  /// `nil` where the source cannot be resolved.
  let tensor: Tensor?
  let isOptional: Bool
}

extension Field.Kind {
  /// What may be given, in few characters.
  var range: String {
    switch self {
    case .number(let range): Self.text(range)
    case .integer(let range): range.upperBound == .max ? "whole, from \(range.lowerBound)" : "whole"
    case .choice(let names): "1 of \(names.count)"
    case .numberOrChoice(let range, let names): ([Self.text(range)] + names).joined(separator: " or ")
    case .flag: "on or off"
    case .tensor, .edges: ""
    }
  }

  private static func text(_ range: ClosedRange<Double>) -> String {
    let hasLower = range.lowerBound > -.greatestFiniteMagnitude
    let isAbove = range.lowerBound > 0 && range.lowerBound < 1e-300
    let lower = isAbove ? "> 0" : ">= " + NumberText.shortest(range.lowerBound)
    guard range.upperBound < .greatestFiniteMagnitude else { return hasLower ? lower : "any number" }
    let upper = NumberText.shortest(range.upperBound)
    return isAbove ? "above 0 to \(upper)" : hasLower ? "\(NumberText.shortest(range.lowerBound)) to \(upper)" : upper
  }
}

extension FieldValue {
  /// As it stands in a row and is typed.
  var text: String {
    switch self {
    case .number(let number): NumberText.shortest(number)
    case .text(let text): text
    case .flag(let flag): flag ? "on" : "off"
    case .tensor, .edges: ""
    }
  }

  var json: JSON {
    switch self {
    case .number(let number): JSON(number)
    case .text(let text): JSON(text)
    case .flag(let flag): JSON(flag)
    case .tensor, .edges: .null
    }
  }
}

extension FieldSource.Value {
  /// The value of a field that holds no tensor and no edges.
  var plain: FieldValue? {
    switch self {
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    case .flag(let flag): .flag(flag)
    case .tensor, .edges: nil
    }
  }
}

extension TensorSource {
  /// One word for where the numbers come from.
  var word: String {
    switch self {
    case .values: "values"
    case .fill: "fill"
    case .ensemble(let ensemble, _): ensemble.law.name
    case .file: "file"
    case .dataset: "data set"
    }
  }
}
