internal import Glibc

/// One parameter of a sweep: a place in the session, and the values that it takes.
public struct SweepAxis: Sendable, Equatable {
  /// How the values of a grid follow each other.
  public enum Scale: String, Sendable, CaseIterable {
    case linear
    case log
  }

  public enum Grid: Sendable, Equatable {
    /// `count` values from `first` to `last`, both exactly.
    case range(first: Double, last: Double, count: Int, scale: Scale)
    /// Numbers, texts or flags as they are.
    case list([JSON])
  }

  /// JSON path of the parameter: `network.operators[0].weight.gain`.
  public let path: String
  public let grid: Grid

  public init(path: String, grid: Grid) {
    self.path = path
    self.grid = grid
  }

  public var count: Int {
    switch grid {
    case .range(_, _, let count, _): count
    case .list(let values): values.count
    }
  }

  /// Value number `index`, counted from 0.
  public func value(_ index: Int) -> JSON {
    switch grid {
    case .list(let values): values[index]
    case .range(let first, _, _, _) where index == 0: JSON(first)
    case .range(_, let last, let count, _) where index == count - 1: JSON(last)
    case .range(let first, let last, let count, .linear):
      JSON(first + (last - first) * Double(index) / Double(count - 1))
    case .range(let first, let last, let count, .log):
      JSON(first * pow(last / first, Double(index) / Double(count - 1)))
    }
  }
}

extension SweepAxis {
  init(_ json: JSON, path place: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: place)
    path = reader.requireText("path")
    guard JSONPath(path) != nil else {
      throw SessionError(
        json, reader.path(of: "path"), expected: "a path such as network.operators[0].shift", found: JSON(path).lineText
      )
    }
    if let values = try reader.items("values") {
      grid = .list(values)
      try Self.check(values, json, path: reader.path(of: "values"))
    } else {
      grid = try Self.range(&reader, json)
    }
    try reader.finish()
  }

  private static func check(_ values: [JSON], _ json: JSON, path: String) throws(SessionError) {
    guard !values.isEmpty else { throw SessionError(json, path, expected: "at least one value", found: "none") }
    for (index, value) in values.enumerated() where !value.isScalar || value.content == .null {
      throw SessionError(value, "\(path)[\(index)]", expected: "a number, a text, true or false")
    }
  }

  private static func range(_ reader: inout ObjectReader, _ json: JSON) throws(SessionError) -> Grid {
    let all = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
    let first = reader.required("from", in: all)
    let last = reader.required("to", in: all)
    let count = reader.required("count", in: 2...SweepSpec.mostCells)
    let names = Scale.allCases.map(\.rawValue)
    let name = try reader.take("scale")?.choice(of: names, path: reader.path(of: "scale"))
    let scale = name.flatMap(Scale.init(rawValue:)) ?? .linear
    if scale == .log, first <= 0 || last <= 0 {
      throw SessionError(
        json, reader.path, expected: "from and to above 0 on a log scale", found: "\(first) and \(last)")
    }
    return .range(first: first, last: last, count: count, scale: scale)
  }

  var json: JSON {
    switch grid {
    case .list(let values): ["path": JSON(path), "values": JSON(values)]
    case .range(let first, let last, let count, let scale):
      [
        "path": JSON(path), "from": JSON(first), "to": JSON(last), "count": JSON(count), "scale": JSON(scale.rawValue),
      ]
    }
  }
}
