import FixedPoint
import TestSupport
import Testing

@testable import Sessions
@testable import Specimens

@Suite("Files that are not what they say")
struct HostileFilesTests {
  private static func read(_ file: HostileFile, in directory: TemporaryDirectory) throws(SessionError) {
    let name = "it." + file.ending
    directory.write(file.bytes, to: name)
    if file.ending == "pt" {
      for array in try TensorFile.list(directory.file(name)) { _ = try array.tensor() }
    } else {
      let isArchive = file.ending == "npz" || file.ending == "safetensors"
      _ = try TensorFile.read(name, in: directory.path, key: isArchive ? "a" : nil)
    }
  }

  @Test("Two hundred kinds, each one clear error", arguments: HostileFiles.all)
  func refused(_ file: HostileFile) {
    let directory = TemporaryDirectory()
    var found: SessionError?
    let bytes = Allocations.bytes {
      do throws(SessionError) { try Self.read(file, in: directory) } catch { found = error }
    }
    guard let error = found else {
      Issue.record("accepted")
      return
    }
    #expect(error.kind == .content && error.message.contains(file.says), "\(error.message)")
    #expect(!error.expected.isEmpty && !error.found.isEmpty, "\(error.message)")
    #expect(error.message.unicodeScalars.allSatisfy { $0.value >= 0x20 } && error.message.count <= 1001)
    // A claim costs nothing; only the million values that are looked at cost some.
    if !file.name.contains("many times") {
      #expect(bytes < 4 << 20, "\(bytes) bytes for a file of \(file.bytes.count)")
    }
  }

  @Test("There are at least two hundred of them, all different")
  func count() {
    #expect(HostileFiles.all.count >= 200)
    #expect(Set(HostileFiles.all.map { "\($0.ending) \($0.bytes)" }).count == HostileFiles.all.count)
  }

  private static let whole: [(ending: String, text: String)] = [
    ("npz", TensorFixtures.npz), ("npz", TensorFixtures.npzDeflated), ("safetensors", TensorFixtures.safetensors),
    ("pt", TensorFixtures.stridedZip), ("pt", TensorFixtures.stridedOld), ("pt", TensorFixtures.linearProtocol4),
    ("npy.gz", TensorFixtures.npyGzip), ("npy", TensorFixtures.half),
  ]

  @Test("Three hundred random damages of each whole file give a tensor or one error", arguments: whole.indices)
  func damaged(_ index: Int) {
    let (ending, text) = Self.whole[index]
    let original = decodeBase64(text)
    let directory = TemporaryDirectory()
    var random = SeededGenerator(seed: UInt64(index))
    for _ in 0..<300 {
      var bytes = original
      for _ in 0...random.next() % 4 where !bytes.isEmpty {
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 5 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes[place] ^= 1 << (random.next() % 8)
        case 2: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
        case 3: bytes.remove(at: place)
        default: bytes.removeSubrange(place...)
        }
      }
      let file = HostileFile("", ending, bytes, says: "")
      do throws(SessionError) { try Self.read(file, in: directory) } catch {
        #expect(!error.message.contains("\n"))
      }
    }
  }

  @Test("A cut at any place is an error", arguments: whole.indices)
  func cut(_ index: Int) {
    let (ending, text) = Self.whole[index]
    let bytes = decodeBase64(text)
    let directory = TemporaryDirectory()
    for count in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 100)) {
      let file = HostileFile("", ending, Array(bytes.prefix(count)), says: "")
      #expect(throws: SessionError.self) { try Self.read(file, in: directory) }
    }
  }

  @Test("An archive that unpacks to more than its limit is stopped there, whatever it claims")
  func bomb() throws {
    let bytes = Archive.zip([Archive.Entry(name: "a", bytes: [UInt8](repeating: 7, count: 300_000))])
    #expect(try Archive.unzip(bytes, name: "it", limit: 300_000).count == 1)
    let claimed = #expect(throws: SessionError.self) { try Archive.unzip(bytes, name: "it", limit: 299_999) }
    #expect(claimed?.found == "an entry that claims 300000 bytes")
    let two = Archive.zip(["a", "b"].map { Archive.Entry(name: $0, bytes: [UInt8](repeating: 7, count: 300_000)) })
    let unpacked = #expect(throws: SessionError.self) { try Archive.unzip(two, name: "it", limit: 500_000) }
    #expect(unpacked?.found == "more than 500000 bytes when it is unpacked")
  }
}
