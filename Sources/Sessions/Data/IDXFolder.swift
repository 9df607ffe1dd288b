import FixedPoint

/// A folder of images as the MNIST database keeps them: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte` and `t10k-…`
/// for the test, each also with `.gz`.
///
/// Source: Y. LeCun, C. Cortes, C. Burges, *The MNIST database of handwritten digits*, the IDX format.
enum IDXFolder {
  private static let imageMarks = ["-images-idx3-ubyte", "-images-idx3-ubyte.gz"]
  private static let labelMarks = ["-labels-idx1-ubyte", "-labels-idx1-ubyte.gz"]

  static func holds(_ names: [String]) -> Bool { names.contains { prefix(of: $0) != nil } }

  private static func prefix(of name: String) -> String? {
    imageMarks.first { name.hasSuffix($0) }.map { String(name.dropLast($0.utf8.count)) }
  }

  /// The sets of the folder one after the other: `train`, the test set `t10k`, then any others by name.
  static func read(_ folder: DataFolder, name: String) throws(SessionError) -> Dataset {
    let order = ["train", "t10k"]
    let prefixes = Set(folder.names.compactMap(prefix)).sorted {
      (order.firstIndex(of: $0) ?? 2, $0) < (order.firstIndex(of: $1) ?? 2, $1)
    }
    var pixels: [UInt8] = []
    var labels: [UInt8] = []
    var shape: Shape?
    var splits: [Dataset.Split] = []
    for prefix in prefixes {
      let images = try folder.file(imageMarks.map { prefix + $0 })
      let sizes = try header(images, rank: 3)
      let own = Shape([1, sizes[1], sizes[2]])
      guard shape == nil || shape == own else {
        throw images.error("header", expected: "images of shape \(shape ?? own)", found: "\(own)")
      }
      shape = own
      let classes = try folder.file(labelMarks.map { prefix + $0 })
      guard try header(classes, rank: 1) == [sizes[0]] else {
        throw classes.error("header", expected: "\(sizes[0]) labels, one an image", found: "another number")
      }
      splits.append(Dataset.Split(prefix == "t10k" ? "test" : prefix, labels.count..<labels.count + sizes[0]))
      pixels += images.bytes[16...]
      labels += classes.bytes[8...]
    }
    guard let shape else { preconditionFailure("the folder holds a set of images") }
    if !folder.namesClasses {
      try LabelColumn.requireFew(
        labels.map { Int($0) }, try folder.file(labelMarks.map { prefixes[0] + $0 }), place: "labels")
    }
    return Dataset(
      name: name, shape: shape, numbers: .pixels(pixels), labels: labels.map { Int($0) },
      classes: try folder.classes(atLeast: Int(labels.max() ?? 0) + 1), splits: splits)
  }

  /// The sizes that a file of bytes begins with.
  private static func header(_ file: DataFile, rank: Int) throws(SessionError) -> [Int] {
    let start = 4 + 4 * rank
    guard file.bytes.count >= start, file.bytes.starts(with: [0, 0, 8, UInt8(rank)]) else {
      throw file.error("header", expected: "an IDX file of bytes with \(rank) sizes", found: "another kind of file")
    }
    let sizes = (1...rank).map { field in (0..<4).reduce(0) { $0 << 8 | Int(file.bytes[4 * field + $1]) } }
    guard !sizes.contains(0), StoredTensor.count(sizes) == file.bytes.count - start else {
      throw file.error("header", expected: "the bytes of shape \(sizes)", found: "\(file.bytes.count - start)")
    }
    return sizes
  }
}
