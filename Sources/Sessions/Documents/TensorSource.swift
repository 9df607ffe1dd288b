public import FixedPoint

/// Where the numbers of a tensor come from, as a session says it.
public enum TensorSource: Sendable {
  case values(Tensor)
  /// One number everywhere. Without a shape it takes the one that its surroundings need.
  case fill(Double, shape: Shape?)
  case ensemble(Ensemble, shape: Shape?)
  /// A file relative to the session file; `key` names the array in a file of several.
  case file(path: String, key: String?)
  case dataset(name: String, index: Int)

  private static let forms = ["values", "fill", "ensemble", "file", "dataset"]

  /// Reads a tensor of a document; `path` is where it stands.
  /// - Throws: `SessionError` that names the member at fault.
  public init(_ json: JSON, path: String) throws(SessionError) {
    let expected = "an object with one of " + Self.forms.joined(separator: ", ")
    var reader = try ObjectReader(json, path: path, expected: expected)
    guard let form = Self.forms.first(where: { json[$0] != nil }) else {
      throw SessionError(json, path, expected: expected, found: "none of them")
    }
    switch form {
    case "values": self = .values(try reader.tensor())
    case "fill": self = Self.fill(&reader)
    case "ensemble": self = .ensemble(try Ensemble(&reader), shape: reader.shape("shape"))
    case "file": self = .file(path: reader.requireText("file"), key: reader.text("key"))
    default: self = Self.dataset(&reader)
    }
    try reader.finish()
  }

  private static func fill(_ reader: inout ObjectReader) -> TensorSource {
    let value = reader.number("fill", in: -.greatestFiniteMagnitude ... .greatestFiniteMagnitude)
    return .fill(value ?? 0, shape: reader.shape("shape"))
  }

  private static func dataset(_ reader: inout ObjectReader) -> TensorSource {
    let name = reader.requireText("dataset")
    return .dataset(name: name, index: reader.required("index", in: 0...Int(Int32.max)))
  }

  public var json: JSON {
    switch self {
    case .values(let tensor): ["values": JSON(nesting: tensor)]
    case .fill(let value, let shape): JSON([JSON.Member("fill", JSON(value))] + shape.members)
    case .ensemble(let ensemble, let shape): JSON(ensemble.members + shape.members)
    case .file(let path, let key):
      JSON([JSON.Member("file", JSON(path))] + (key.map { [JSON.Member("key", JSON($0))] } ?? []))
    case .dataset(let name, let index): ["dataset": JSON(name), "index": JSON(index)]
    }
  }
}

extension Shape? {
  fileprivate var members: [JSON.Member] { map { [JSON.Member("shape", JSON($0))] } ?? [] }
}

extension ObjectReader {
  mutating func shape(_ name: String) -> Shape? {
    read(name) { json, path throws(SessionError) in try json.shape(path: path) }
  }

  fileprivate mutating func tensor() throws(SessionError) -> Tensor {
    let json = try require("values", expected: "nested arrays of numbers")
    var nested = NestedNumbers()
    try nested.append(json, depth: 0, path: path(of: "values"))
    return Tensor(shape: Shape(nested.sizes), values: nested.values)
  }
}

/// Collects nested arrays of numbers into one flat array, all arrays of one depth having one length.
private struct NestedNumbers {
  var sizes: [Int] = []
  var values: [Double] = []
  /// Depth at which numbers stand, once the first has been met.
  private var numberDepth: Int?

  mutating func append(_ json: JSON, depth: Int, path: @autoclosure () -> String) throws(SessionError) {
    switch json.content {
    case .number(let number) where depth > 0 && (numberDepth ?? depth) == depth:
      numberDepth = depth
      values.append(number)
    case .array(let items) where depth < (numberDepth ?? .max) && !items.isEmpty:
      if depth == sizes.count { sizes.append(items.count) }
      guard items.count == sizes[depth] else {
        throw SessionError(json, path(), expected: "\(sizes[depth]) entries as before", found: "\(items.count)")
      }
      for position in items.indices {
        if depth + 1 == numberDepth, case .number(let number) = items[position].content {
          values.append(number)
          continue
        }
        try append(items[position], depth: depth + 1, path: "\(path())[\(position)]")
      }
    default:
      throw SessionError(json, path(), expected: depth == numberDepth ? "a number" : "nested arrays of numbers")
    }
  }
}

extension JSON {
  /// A tensor as nested arrays, the last axis innermost.
  init(nesting tensor: Tensor) {
    var items = tensor.values.map { JSON($0) }
    for size in tensor.shape.sizes.dropFirst().reversed() {
      items = stride(from: 0, to: items.count, by: size).map { JSON(Array(items[$0..<$0 + size])) }
    }
    self.init(items)
  }
}
