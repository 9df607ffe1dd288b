/// Puts the shards of a sweep together.
public enum SweepMerge {
  /// What the parts of one sweep have in common.
  private struct Work: Equatable {
    let digest: String
    let spec: SweepSpec
  }

  /// The whole sweep of the shards in these files, which may come in any order.
  /// - Throws: `SessionError` that names the shard that is lost, unfinished, there twice, or of another sweep.
  public static func whole(of files: [String]) throws(SessionError) -> SweepPart {
    var shards = ShardFiles<Work>()
    var parts: [SweepPart] = []
    for file in files {
      let part = try SweepPart(reading: file)
      let work = Work(digest: part.header.digest, spec: part.header.spec)
      try shards.add(file, part.header.shard, of: work) { "the sweep \($0.digest)" }
      try requireWhole(part, file)
      parts.append(part)
    }
    try shards.requireAll()
    let header = SweepPart.Header(digest: parts[0].header.digest, shard: .whole, spec: parts[0].header.spec)
    return SweepPart(header, cells: parts.flatMap(\.cells))
  }

  private static func requireWhole(_ part: SweepPart, _ file: String) throws(SessionError) {
    let missing = part.missing
    guard !missing.isEmpty else { return }
    let found = "\(part.cells.count) of \(part.header.cells.count), the first that is missing being \(missing[0])"
    throw ShardFiles<Work>.fault(file, "all \(part.header.cells.text) of shard \(part.header.shard.text)", found)
  }
}
