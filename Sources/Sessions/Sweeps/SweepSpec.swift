internal import FixedPoint

/// What a sweep does, as its file says it (format `deq-sweep/1`).
///
/// `session` is relative to the file. One or two `axes`; the last one varies fastest. Then, all optional: `starts` (1),
/// `seed` (1), `certificates` (none; a list of ids, or `"light"`), `maxSteps` (the session's).
public struct SweepSpec: Sendable, Equatable {
  public static let format = "deq-sweep/1"
  /// The most cells that a sweep may have.
  public static let mostCells = 1 << 27

  public var session: String
  public var axes: [SweepAxis]
  /// Runs for each cell, the one from the session's start included.
  public var starts = 1
  public var seed: UInt64 = 1
  /// Ids of theorems, in the order in which their columns stand.
  public var certificates: [String] = []
  public var maxSteps: Int?

  public init(session: String, axes: [SweepAxis]) {
    self.session = session
    self.axes = axes
  }

  public var cellCount: Int { axes.reduce(1) { $0 * $1.count } }

  /// The values of a cell, one for each axis.
  public func values(ofCell cell: Int) -> [JSON] {
    var rest = cell
    var values: [JSON] = []
    for axis in axes.reversed() {
      values.append(axis.value(rest % axis.count))
      rest /= axis.count
    }
    return values.reversed()
  }

  /// The cell one step back along each axis, where there is one.
  func neighboursBefore(_ cell: Int) -> [Int] {
    var stride = 1
    var neighbours: [Int] = []
    for axis in axes.reversed() {
      if cell / stride % axis.count > 0 { neighbours.append(cell - stride) }
      stride *= axis.count
    }
    return neighbours
  }

  var study: NetworkStudy {
    NetworkStudy(starts: starts, seed: seed, theorems: certificates.compactMap { TheoremCatalog.named($0) })
  }
}

extension SweepSpec {
  /// Reads a specification, strictly.
  /// - Throws: `SessionError` that names the first field that is unknown, missing or does not fit.
  public init(_ json: JSON) throws(SessionError) {
    var reader = try ObjectReader(json, path: "")
    _ = try reader.require("format", expected: JSON(Self.format).lineText).choice(of: [Self.format], path: "format")
    session = reader.requireText("session")
    axes = try Self.axes(&reader)
    starts = reader.integer("starts", in: 1...1_000_000) ?? starts
    seed = UInt64(reader.integer("seed", in: 0...(1 << 53)) ?? 1)
    certificates =
      try reader.take("certificates").map { json throws(SessionError) in
        try Self.certificates(json)
      } ?? []
    maxSteps = reader.integer("maxSteps", in: 1...1_000_000_000)
    try reader.finish()
    guard cellCount <= Self.mostCells else {
      throw SessionError(json, "axes", expected: "at most \(Self.mostCells) cells", found: "\(cellCount)")
    }
  }

  private static func axes(_ reader: inout ObjectReader) throws(SessionError) -> [SweepAxis] {
    let json = try reader.require("axes", expected: "one or two axes")
    guard case .array(let items) = json.content, (1...2).contains(items.count) else {
      throw SessionError(json, "axes", expected: "an array of one or two axes")
    }
    var axes: [SweepAxis] = []
    for (index, item) in items.enumerated() {
      let axis = try SweepAxis(item, path: "axes[\(index)]")
      guard axes.allSatisfy({ $0.path != axis.path }) else {
        throw SessionError(item, "axes[\(index)].path", expected: "another path than before", found: axis.path)
      }
      axes.append(axis)
    }
    return axes
  }

  private static func certificates(_ json: JSON) throws(SessionError) -> [String] {
    if json == "light" { return TheoremCatalog.all.filter { $0.isLight }.map { $0.id } }
    guard case .array(let items) = json.content else {
      throw SessionError(json, "certificates", expected: "\"light\" or an array of certificates' ids")
    }
    var ids: [String] = []
    for (index, item) in items.enumerated() {
      let id = try item.choice(of: TheoremCatalog.all.map { $0.id }, path: "certificates[\(index)]")
      guard !ids.contains(id) else {
        throw SessionError(item, "certificates[\(index)]", expected: "every id once", found: "\(id) again")
      }
      ids.append(id)
    }
    return ids
  }

  /// The specification with every default written out.
  public var json: JSON {
    var members = [
      JSON.Member("format", JSON(Self.format)), JSON.Member("session", JSON(session)),
      JSON.Member("axes", JSON(axes.map(\.json))), JSON.Member("starts", JSON(starts)),
      JSON.Member("seed", JSON(Double(seed))), JSON.Member("certificates", JSON(certificates.map { JSON($0) })),
    ]
    if let maxSteps { members.append(JSON.Member("maxSteps", JSON(maxSteps))) }
    return JSON(members)
  }
}
