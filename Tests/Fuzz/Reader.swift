import FixedPoint

@testable import Sessions

/// A reader of files, and what must hold whatever the bytes are.
///
/// Every error is one line of bounded length, with the file or its name; what is accepted is the same when it is
/// written and read again.
enum Reader: String, CaseIterable {
  case session
  case npy
  case gzip
  case npz
  case safetensors
  case csv
  case checkpoint
  case dataset
  case part

  /// The one that this process runs: that of `FUZZ_READER`.
  static let chosen = environment("FUZZ_READER").flatMap(Reader.init(rawValue:)) ?? .session

  private static let name = "it"

  func check(_ bytes: [UInt8]) {
    do throws(SessionError) {
      switch self {
      case .session: try FuzzedSession.check(bytes)
      case .npy: try Self.check([NumPyFile.stored(bytes, name: Self.name)])
      case .gzip: try Self.check([NumPyFile.stored(Archive.gunzip(bytes, name: Self.name), name: Self.name)])
      case .npz: try Self.check(NumPyArchive.read(bytes, name: Self.name))
      case .safetensors: try Self.check(SafetensorsFile.read(bytes, name: Self.name))
      case .csv: try Self.check(table: NumberTable.read(bytes, name: Self.name))
      case .checkpoint: try Self.check(checkpoint: TorchFile.read(bytes, name: Self.name))
      case .dataset: try DataFolders.check(bytes)
      case .part: try Self.check(part: SweepPart(bytes, file: Self.name))
      }
    } catch {
      for error in error.all { Self.check(error) }
    }
  }

  static func check(_ error: SessionError) {
    let message = error.message
    require(message.count <= 1001, "a message of \(message.count) characters")
    require(message.unicodeScalars.allSatisfy { $0.value >= 0x20 }, "a control character in a message")
    require(!error.expected.isEmpty && !error.found.isEmpty, "an error that says nothing: \(message)")
    require(error.file != nil || message.contains(name), "an error without a file: \(message)")
  }

  /// Arrays that are converted are the same after either form of file.
  private static func check(_ stored: [StoredTensor]) throws(SessionError) {
    require(Set(stored.map(\.key)).count == stored.count, "a name twice")
    var tensors: [NamedTensor] = []
    for array in stored.prefix(16) { tensors.append(NamedTensor("t\(tensors.count)", try array.tensor())) }
    guard !tensors.isEmpty else { return }
    check(tensors, again: try SafetensorsFile.read(SafetensorsFile.write(tensors), name: name))
    check(tensors, again: try NumPyArchive.read(NumPyArchive.write(tensors), name: name))
  }

  private static func check(_ tensors: [NamedTensor], again: [StoredTensor]) {
    let read = again.map { array in (try? array.tensor()).map { NamedTensor(array.key, $0) } }
    require(read.count == tensors.count, "another number of arrays after writing")
    for (old, new) in zip(tensors, read) {
      require(new.map { $0.key == old.key && isSame($0.tensor, old.tensor) } == true, "another array after writing")
    }
  }

  static func isSame(_ left: Tensor, _ right: Tensor) -> Bool {
    left.shape == right.shape && left.values.map(\.bitPattern) == right.values.map(\.bitPattern)
  }

  private static func check(part: SweepPart) throws(SessionError) {
    let text = part.header.line + part.cells.map(\.line).joined()
    let again = try SweepPart(Array(text.utf8), file: name)
    require(again == part, "another part of a sweep after writing")
  }

  private static func check(table: Tensor) throws(SessionError) {
    let width = table.shape.rank == 1 ? 1 : table.shape.last
    let rows = stride(from: 0, to: table.values.count, by: width).map { start in
      table.values[start..<start + width].map { "\($0)" }.joined(separator: ",") + "\r\n"
    }
    let again = try NumberTable.read(Array(rows.joined().utf8), name: name)
    require(isSame(table, again), "another table after writing")
  }

  /// An import names the arrays at fault, and the command the file.
  private static func check(checkpoint stored: [StoredTensor]) throws(SessionError) {
    try check(stored)
    do throws(SessionError) {
      var imported = try CheckpointImport(stored)
      try FuzzedSession.check(SessionFile.text(of: try imported.session(title: "it", companion: nil).document))
    } catch {
      throw error.inFile(name)
    }
  }
}
