/// Puts the shards of a sweep together.
public enum SweepMerge {
  /// The whole sweep of the shards in these files, which may come in any order.
  /// - Throws: `SessionError` that names the shard that is lost, unfinished, there twice, or of another sweep.
  public static func whole(of files: [String]) throws(SessionError) -> SweepPart {
    var parts: [(file: String, part: SweepPart)] = []
    for file in files {
      let part = try SweepPart(reading: file)
      try check(part, file, beside: parts)
      parts.append((file, part))
    }
    guard let first = parts.first else { preconditionFailure("at least one shard is merged") }
    let lost = (1...first.part.header.shard.count).filter { number in
      !parts.contains { $0.part.header.shard.number == number }
    }
    guard lost.isEmpty else {
      let count = first.part.header.shard.count
      let names = lost.prefix(10).map { "\($0)/\(count)" }.joined(separator: ", ")
      throw fault(first.file, "all \(count) shards", "no shard \(names)" + (lost.count > 10 ? ", …" : ""))
    }
    let header = SweepPart.Header(digest: first.part.header.digest, shard: .whole, spec: first.part.header.spec)
    return SweepPart(header, cells: parts.flatMap(\.part.cells))
  }

  private static func check(
    _ part: SweepPart, _ file: String, beside others: [(file: String, part: SweepPart)]
  ) throws(SessionError) {
    let shard = part.header.shard
    if let first = others.first {
      let header = first.part.header
      guard part.header.digest == header.digest, part.header.spec == header.spec else {
        throw fault(
          file, "a shard of the sweep \(header.digest), as \(first.file)", "one of the sweep \(part.header.digest)")
      }
      guard shard.count == header.shard.count else {
        throw fault(file, "a shard i/\(header.shard.count), as \(first.file)", "shard \(shard.text)")
      }
    }
    if let same = others.first(where: { $0.part.header.shard == shard }) {
      throw fault(file, "every shard once", "shard \(shard.text) again, which \(same.file) is")
    }
    let missing = part.missing
    guard missing.isEmpty else {
      let found = "\(part.cells.count) of \(part.header.cells.count), the first that is missing being \(missing[0])"
      throw fault(file, "all \(part.header.cells.text) of shard \(shard.text)", found)
    }
  }

  private static func fault(_ file: String, _ expected: String, _ found: String) -> SessionError {
    var error = SessionError(expected: expected, found: found)
    error.file = file
    return error
  }
}
