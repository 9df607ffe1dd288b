/// The edges of a graph: written out, or in a `.csv` or `.npy` file of two columns relative to the session file.
public enum EdgeSource: Sendable, Equatable {
  case pairs([[Int]])
  case file(String)

  init(_ json: JSON, path: String) throws(SessionError) {
    if case .object = json.content {
      var reader = try ObjectReader(json, path: path)
      let file = reader.requireText("file")
      try reader.finish()
      self = .file(file)
      return
    }
    guard case .array(let items) = json.content else {
      throw SessionError(json, path, expected: "an array of pairs of nodes, or {\"file\": …}")
    }
    var pairs: [[Int]] = []
    for (position, item) in items.enumerated() { pairs.append(try Self.pair(item, path: "\(path)[\(position)]")) }
    self = .pairs(pairs)
  }

  private static func pair(_ json: JSON, path: String) throws(SessionError) -> [Int] {
    guard case .array(let nodes) = json.content, nodes.count == 2 else {
      throw SessionError(json, path, expected: "a pair of nodes")
    }
    let range = 0...Int(Int32.max)
    return [try nodes[0].integer(in: range, path: path + "[0]"), try nodes[1].integer(in: range, path: path + "[1]")]
  }

  public var json: JSON {
    switch self {
    case .pairs(let pairs): JSON(pairs.map { JSON($0.map { JSON($0) }) })
    case .file(let path): ["file": JSON(path)]
    }
  }
}
