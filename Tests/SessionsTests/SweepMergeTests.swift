import Sessions
import TestSupport
import Testing

struct SweepMergeTests {
  private static let members = """
    "axes": [{"path": "network.operators[1].by", "from": 0.1, "to": 0.9, "count": 5},
             {"path": "network.operators[2].shift", "from": 0, "to": 1, "count": 4}],
    "starts": 2, "certificates": ["lipschitz-inf", "perron-frobenius"]
    """
  private let files = SweepFiles(SweepFiles.bistable, SweepMergeTests.members)

  /// Writes the shards of `count` parts.
  private func shards(_ count: Int, of files: SweepFiles, prefix: String = "shard") throws -> [String] {
    try (1...count).map { number in
      let shard = try #require(SweepShard("\(number)/\(count)"))
      let path = self.files.directory.file("\(prefix)-\(number)")
      try files.part(shard).write(to: path)
      return path
    }
  }

  private func csv(_ part: SweepPart) -> String {
    let table = SweepTable(part)
    return table.header + table.cells.indices.map { table.line($0) }.joined()
  }

  @Test(arguments: [1, 3, 8, 25])
  func shardsMergeToTheWhole(_ count: Int) throws {
    let paths = try shards(count, of: files)
    #expect(csv(try SweepMerge.whole(of: paths.reversed())) == csv(try files.part()))
  }

  @Test func everyCellIsInOneShard() throws {
    for count in 1...30 {
      let ranges = try (1...count).map { try #require(SweepShard("\($0)/\(count)")).cells(of: 20) }
      #expect(ranges.flatMap(Array.init) == Array(0..<20))
    }
  }

  @Test(arguments: ["0/3", "4/3", "1", "1/0", "a/2", "-1/2", "1/2/3"])
  func whatIsNoShardIsRefused(_ text: String) { #expect(SweepShard(text) == nil) }

  @Test func aLostShardIsNamed() throws {
    let paths = try shards(4, of: files)
    let error = #expect(throws: SessionError.self) { _ = try SweepMerge.whole(of: [paths[0], paths[3], paths[1]]) }
    #expect(error?.message.contains("no shard 3/4") == true && error?.kind == .content)
  }

  @Test func aRepeatedShardIsNamed() throws {
    let paths = try shards(2, of: files)
    let error = #expect(throws: SessionError.self) { _ = try SweepMerge.whole(of: [paths[0], paths[1], paths[1]]) }
    #expect(error?.file == paths[1] && error?.message.contains("2/2 again") == true)
  }

  @Test func aForeignShardIsNamed() throws {
    let own = try shards(2, of: files)
    let others = SweepFiles(SweepFiles.bistable, Self.members.replacing("0.9", with: "0.8"))
    let foreign = try shards(2, of: others, prefix: "foreign")
    let error = #expect(throws: SessionError.self) { _ = try SweepMerge.whole(of: [own[0], foreign[1]]) }
    let digest = try files.sweep().digest
    #expect(error?.file == foreign[1] && error?.message.contains(digest) == true)
    let thirds = try shards(3, of: files, prefix: "third")
    #expect(throws: SessionError.self) { _ = try SweepMerge.whole(of: [own[0], thirds[1], thirds[2]]) }
  }

  @Test func anUnfinishedShardIsNamed() throws {
    let paths = try shards(2, of: files)
    let bytes = Array(try SessionText.read(paths[1]).utf8)
    files.directory.write(Array(bytes.dropLast(5)), to: "cut")
    let cut = files.directory.file("cut")
    let error = #expect(throws: SessionError.self) { _ = try SweepMerge.whole(of: [paths[0], cut]) }
    #expect(error?.file == cut && error?.message.contains("9 of 10") == true)
  }

  @Test func aSpoiledLineIsNamed() throws {
    let paths = try shards(1, of: files)
    let text = try SessionText.read(paths[0]).replacing("\"cell\": 3,", with: "\"cell\": 2,")
    files.directory.write(text, to: "spoiled")
    let error = #expect(throws: SessionError.self) { _ = try SweepPart(reading: files.directory.file("spoiled")) }
    #expect(error?.place?.line == 5)
  }

  @Test func allThatIsWrongWithALineNamesTheFile() throws {
    let paths = try shards(1, of: files)
    let text = try SessionText.read(paths[0]).replacing("\"from\": 0.1, \"to\": 0.9, ", with: "")
    files.directory.write(text, to: "spoiled")
    let spoiled = files.directory.file("spoiled")
    let error = #expect(throws: SessionError.self) { _ = try SweepPart(reading: spoiled) }
    #expect(error?.all.count == 2)
    #expect(error?.all.allSatisfy { $0.file == spoiled && $0.place?.line == 1 } == true, "\(String(describing: error))")
  }

  @Test func aLogCutAnywhereGoesOn() throws {
    let sweep = try files.sweep()
    let header = sweep.header(of: .whole)
    let whole = try files.part()
    let paths = try shards(1, of: files)
    let bytes = Array(try SessionText.read(paths[0]).utf8)
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<12 {
      let size = Int(generator.number(in: 0...Double(bytes.count)))
      files.directory.write(Array(bytes.prefix(size)), to: "log")
      let (log, part) = try SweepLog.open(files.directory.file("log"), of: header, .resume)
      var cells = part.cells
      for index in part.missing {
        let cell = try sweep.cell(at: index)
        try log.append([cell])
        cells.append(cell)
      }
      #expect(csv(SweepPart(header, cells: cells)) == csv(whole))
      #expect(csv(try SweepPart(reading: log.path)) == csv(whole))
    }
  }

  @Test func aLogIsOfOneSweepAndOneProcess() throws {
    let path = files.directory.file("log")
    let header = try files.sweep().header(of: .whole)
    do {
      let (log, _) = try SweepLog.open(path, of: header, .fresh)
      let held = #expect(throws: SessionError.self) { _ = try SweepLog.open(path, of: header, .resume) }
      #expect(held?.message.contains("another process") == true)
      #expect(log.path == path)
    }
    let refused = #expect(throws: SessionError.self) { _ = try SweepLog.open(path, of: header, .fresh) }
    #expect(refused?.kind == .unwritable && refused?.message.contains("--resume") == true)
    let other = SweepFiles(SweepFiles.affine, "\"axes\": [{\"path\": \"start.fill\", \"values\": [1]}]")
    let foreign = try other.sweep().header(of: .whole)
    let error = #expect(throws: SessionError.self) { _ = try SweepLog.open(path, of: foreign, .resume) }
    #expect(error?.kind == .content && error?.path == "digest")
  }

  @Test(arguments: ["somebody's notes", "somebody's notes\nand more"])
  func whatIsNoLogIsLeftAlone(_ text: String) throws {
    files.directory.write(text, to: "log")
    let header = try files.sweep().header(of: .whole)
    for policy in [SweepLog.Policy.fresh, .resume] {
      #expect(throws: SessionError.self) {
        _ = try SweepLog.open(files.directory.file("log"), of: header, policy)
      }
    }
    #expect(try SessionText.read(files.directory.file("log")) == text)
  }
}
