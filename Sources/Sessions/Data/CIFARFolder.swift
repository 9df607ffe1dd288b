import FixedPoint

/// A folder of images in the binary format of CIFAR-10: `.bin` files, also with `.gz`, of 3,073 bytes an image.
///
/// A file whose name has `test` in it is for the test. The names of the classes are in `classes.txt` or
/// `batches.meta.txt`.
/// Source: A. Krizhevsky, *Learning multiple layers of features from tiny images*, 2009.
enum CIFARFolder {
  private static let shape = Shape([3, 32, 32])
  private static let classCount = 10

  static func holds(_ names: [String]) -> Bool { names.contains(where: isBatch) }

  private static func isBatch(_ name: String) -> Bool { name.hasSuffix(".bin") || name.hasSuffix(".bin.gz") }
  private static func isTest(_ name: String) -> Bool { name.contains("test") }

  static func read(_ folder: DataFolder, name: String) throws(SessionError) -> Dataset {
    let names = folder.names.filter(isBatch)
    var pixels: [UInt8] = []
    var labels: [Int] = []
    let classes = try folder.classes(atLeast: classCount)
    for file in names.filter({ !isTest($0) }) {
      try append(try folder.file([file]), to: &pixels, &labels, classes: classes.count)
    }
    let trainCount = labels.count
    for file in names.filter(isTest) {
      try append(try folder.file([file]), to: &pixels, &labels, classes: classes.count)
    }
    let splits = [Dataset.Split("train", 0..<trainCount), Dataset.Split("test", trainCount..<labels.count)]
    return Dataset(
      name: name, shape: shape, numbers: .pixels(pixels), labels: labels, classes: classes,
      splits: splits.filter { !$0.indices.isEmpty })
  }

  private static func append(
    _ file: DataFile, to pixels: inout [UInt8], _ labels: inout [Int], classes: Int
  ) throws(SessionError) {
    let size = 1 + shape.count
    guard !file.bytes.isEmpty, file.bytes.count.isMultiple(of: size) else {
      throw file.error("size", expected: "a multiple of \(size) bytes", found: "\(file.bytes.count)")
    }
    for start in stride(from: 0, to: file.bytes.count, by: size) {
      let label = Int(file.bytes[start])
      guard label < classes else {
        throw file.error("image \(start / size)", expected: "a label from 0 to \(classes - 1)", found: "\(label)")
      }
      labels.append(label)
      pixels += file.bytes[start + 1..<start + size]
    }
  }
}
