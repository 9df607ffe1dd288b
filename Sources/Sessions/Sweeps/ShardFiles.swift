/// Files that are to be the shards of one piece of work: each once, and none lost.
package struct ShardFiles<Work: Equatable> {
  private var all: [(file: String, shard: SweepShard, work: Work)] = []

  package init() {}

  /// Adds a file; `name` is what messages call the work.
  /// - Throws: `SessionError` that names the file if it is of other work, one of another number of shards, or there twice.
  package mutating func add(
    _ file: String, _ shard: SweepShard, of work: Work, named name: (Work) -> String
  ) throws(SessionError) {
    if let first = all.first {
      guard work == first.work else {
        throw Self.fault(file, "a shard of \(name(first.work)), as \(first.file)", "one of \(name(work))")
      }
      guard shard.count == first.shard.count else {
        throw Self.fault(file, "a shard i/\(first.shard.count), as \(first.file)", "shard \(shard.text)")
      }
    }
    if let same = all.first(where: { $0.shard == shard }) {
      throw Self.fault(file, "every shard once", "shard \(shard.text) again, which \(same.file) is")
    }
    all.append((file, shard, work))
  }

  /// - Throws: `SessionError` that names the shards that are lost.
  package func requireAll() throws(SessionError) {
    guard let first = all.first else { preconditionFailure("at least one shard is merged") }
    let count = first.shard.count
    let lost = (1...count).filter { number in !all.contains { $0.shard.number == number } }
    guard !lost.isEmpty else { return }
    let names = lost.prefix(10).map { "\($0)/\(count)" }.joined(separator: ", ")
    throw Self.fault(first.file, "all \(count) shards", "no shard \(names)" + (lost.count > 10 ? ", …" : ""))
  }

  package static func fault(_ file: String, _ expected: String, _ found: String) -> SessionError {
    var error = SessionError(expected: expected, found: found)
    error.file = file
    return error
  }
}
