import FixedPoint
import Glibc

@testable import Sessions

/// A folder of a data set made of the bytes: the first says its kind, and a 0xFE ends each file but the last.
enum DataFolders {
  private static let kinds: [[String]] = [
    ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"],
    ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"],
    ["data_batch_1.bin", "classes.txt"],
    ["it.csv"],
    ["edges.csv", "labels.csv", "features.csv", "split.csv", "classes.csv"],
  ]
  private static let folder = "/dev/shm/deq-fuzz-\(getpid())"

  /// What ``check(_:)`` makes the files of.
  static func packed(_ kind: Int, _ files: [[UInt8]]) -> [UInt8] { [UInt8(kind)] + files.joined(separator: [0xFE]) }

  static func check(_ bytes: [UInt8]) throws(SessionError) {
    guard let first = bytes.first else { return }
    let names = kinds[Int(first) % kinds.count]
    let parts = bytes.dropFirst().split(separator: 0xFE, maxSplits: names.count - 1, omittingEmptySubsequences: false)
    unsafe mkdir(folder, 0o700)
    defer {
      for name in names { FileSystem.remove(folder + "/" + name) }
      unsafe rmdir(folder)
    }
    for (name, part) in zip(names, parts) { write(part, to: folder + "/" + name) }
    let catalog = DatasetCatalog(folders: [folder])
    for entry in try catalog.entries() where !entry.path.isEmpty { try check(entry, of: catalog) }
  }

  /// The first samples can be had, and a graph's edges lead to its nodes.
  private static func check(_ entry: DatasetCatalog.Entry, of catalog: DatasetCatalog) throws(SessionError) {
    switch try catalog.load(entry) {
    case .samples(let dataset):
      for index in 0..<min(dataset.count, 8) {
        let sample = dataset.sample(index)
        require(sample.shape == dataset.shape && sample.values.allSatisfy(\.isFinite), "a sample that is none")
      }
    case .graph(let graph):
      require(graph.labels.count == graph.nodeCount, "a node without a label")
      require(graph.edges.joined().allSatisfy { $0 < graph.nodeCount }, "an edge to nowhere")
    }
  }

  private static func write(_ bytes: ArraySlice<UInt8>, to path: String) {
    guard let file = unsafe fopen(path, "wb") else { return }
    _ = unsafe bytes.withUnsafeBytes { unsafe fwrite($0.baseAddress, 1, $0.count, file) }
    unsafe fclose(file)
  }
}
