/// A folder with the names of what is in it.
struct DataFolder {
  let path: String
  /// Names of its files and folders, in the order of their bytes.
  let names: [String]

  /// - Throws: ``SessionError`` of kind `unreadable`.
  init(_ path: String) throws(SessionError) {
    self.path = path
    names = try FileSystem.names(in: path)
  }

  /// The first of these files that is there.
  func file(_ candidates: [String]) throws(SessionError) -> DataFile {
    try DataFile(path + "/" + (candidates.first { names.contains($0) } ?? candidates[0]))
  }

  private var classesName: String? { ["classes.txt", "batches.meta.txt"].first { names.contains($0) } }

  /// Whether a file says what the classes are called.
  var namesClasses: Bool { classesName != nil }

  /// The lines of `classes.txt` or `batches.meta.txt`, or the numbers from 0 on.
  func classes(atLeast count: Int) throws(SessionError) -> [String] {
    guard let name = classesName else {
      return (0..<count).map { "\($0)" }
    }
    let file = try file([name])
    let lines = file.lines
    guard lines.count >= count else {
      throw file.error("lines", expected: "\(count) names of classes", found: "\(lines.count)")
    }
    return lines
  }
}
