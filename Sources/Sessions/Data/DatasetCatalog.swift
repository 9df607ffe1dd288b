import FixedPoint
internal import Glibc

/// The data sets that can be named: those found in folders, and those that are built in.
///
/// A folder is searched two levels deep. What is in one decides what it is: IDX images, CIFAR-10 batches, a graph, or
/// `.csv` files with a column `label`. A data set is named by its place below the searched folder, or by the last part
/// of it where no other has the same.
public struct DatasetCatalog: Sendable {
  /// A data set, loaded.
  public enum Content: Sendable {
    case samples(Dataset)
    case graph(GraphDataset)
  }

  /// A data set that was found.
  public struct Entry: Sendable, Equatable {
    public enum Form: String, Sendable {
      case builtIn = "built in"
      case idx = "IDX"
      case cifar = "CIFAR-10 binary"
      case table = "CSV"
      case graph
    }

    public let name: String
    public let form: Form
    /// The folder or file; empty if built in.
    public let path: String
  }

  /// The folders that are searched, in order.
  public let folders: [String]

  public init(folders: [String]) { self.folders = folders }

  /// Where Debian's data sets are, such as those of the package dataset-fashion-mnist.
  public static let systemFolder = "/usr/share/datasets"

  /// The folder given, else `$DEQ_DATA`; then the system's.
  public static func standard(data folder: String? = nil) -> DatasetCatalog {
    let environment = unsafe getenv("DEQ_DATA").map { unsafe String(cString: $0) }
    return DatasetCatalog(
      folders: [folder ?? environment ?? "", systemFolder].filter { !$0.isEmpty && FileSystem.isFolder($0) })
  }

  /// Whether every folder is there.
  public var areReadable: Bool { folders.allSatisfy(FileSystem.isFolder) }

  private static let builtIn: [(name: String, content: @Sendable () -> Content)] = [
    (DrawnDigits.name, { .samples(DrawnDigits.dataset) }), (KarateClub.name, { .graph(KarateClub.dataset) }),
    (Spirals.name, { .samples(Spirals.dataset) }), (TwoMoons.name, { .samples(TwoMoons.dataset) }),
  ]

  /// What is there: first what the folders have, in their order and by name, then what is built in.
  ///
  /// A name that occurs again further on is left out.
  /// - Throws: ``SessionError`` of kind `unreadable` if a folder cannot be listed.
  public func entries() throws(SessionError) -> [Entry] {
    var entries: [Entry] = []
    for folder in folders { entries += try Self.search(folder, as: "", depth: 2) }
    entries += Self.builtIn.map { Entry(name: $0.name, form: .builtIn, path: "") }
    var names: Set<String> = []
    return entries.filter { names.insert($0.name).inserted }
  }

  private static func search(_ path: String, as name: String, depth: Int) throws(SessionError) -> [Entry] {
    let folder = try DataFolder(path)
    if let form = form(of: folder) {
      return [Entry(name: name.isEmpty ? SessionFile.name(of: path) : name, form: form, path: path)]
    }
    let tables = folder.names.filter { $0.hasSuffix(".csv") && isTable(path + "/" + $0) }
    var entries = tables.map { table in
      let stem = String(table.dropLast(4))
      let isAlone = stem == SessionFile.name(of: name) || (tables.count == 1 && !name.isEmpty)
      return Entry(name: isAlone ? name : join(name, stem), form: .table, path: path + "/" + table)
    }
    guard depth > 0 else { return entries }
    for below in folder.names where !below.hasPrefix(".") && FileSystem.isFolder(path + "/" + below) {
      entries += try search(path + "/" + below, as: join(name, below), depth: depth - 1)
    }
    return entries
  }

  private static func form(of folder: DataFolder) -> Entry.Form? {
    if IDXFolder.holds(folder.names) { return .idx }
    if CIFARFolder.holds(folder.names) { return .cifar }
    return GraphFolder.holds(folder.names) ? .graph : nil
  }

  /// The first line names a column `label`, perhaps more than once.
  private static func isTable(_ path: String) -> Bool {
    guard let line = FileSystem.firstLine(of: path), let table = try? SeparatedTable(line) else { return false }
    return table.columns.contains { $0.lowercased() == "label" }
  }

  private static func join(_ prefix: String, _ name: String) -> String { prefix.isEmpty ? name : prefix + "/" + name }
}

extension DatasetCatalog {
  /// The data set of a name.
  /// - Throws: ``SessionError``: there is none, or several end in it; or its files are not what they should be, then
  ///   with the file.
  public func load(_ name: String) throws(SessionError) -> Content {
    let entries = try entries()
    let found = entries.filter { $0.name == name }
    let candidates = found.isEmpty ? entries.filter { $0.name.hasSuffix("/" + name) } : found
    guard candidates.count == 1, let entry = candidates.first else {
      if candidates.isEmpty, let path = tableWithoutLabels(name) {
        var error = SessionError(path: "row 1", expected: "a column label", found: "none")
        error.file = path
        throw error
      }
      let names = (candidates.isEmpty ? entries : candidates).map(\.name).joined(separator: ", ")
      throw SessionError(
        expected: "one of \(names) (deq datasets says how to get more)",
        found: candidates.isEmpty ? JSON(name).summary : "\(JSON(name).summary), which is several")
    }
    return try load(entry)
  }

  /// A `.csv` file that would be this data set if it had labels.
  private func tableWithoutLabels(_ name: String) -> String? {
    let last = SessionFile.name(of: name)
    for folder in folders {
      for path in ["\(name).csv", "\(name)/\(last).csv"].map({ folder + "/" + $0 }) where FileSystem.isFile(path) {
        return path
      }
    }
    return nil
  }

  /// The files that a data set is read from; none of one that is built in.
  /// - Throws: ``SessionError`` as ``load(_:)-(String)`` does.
  public func files(of name: String) throws(SessionError) -> [String] {
    let entries = try entries()
    guard
      let entry = entries.first(where: { $0.name == name }) ?? entries.first(where: { $0.name.hasSuffix("/" + name) })
    else { return [] }
    switch entry.form {
    case .builtIn: return []
    case .table: return [entry.path]
    case .idx, .cifar, .graph: return try FileSystem.names(in: entry.path).map { entry.path + "/" + $0 }
    }
  }

  /// - Throws: ``SessionError`` with the file that is not what it should be.
  public func load(_ entry: Entry) throws(SessionError) -> Content {
    switch entry.form {
    case .builtIn:
      guard let content = Self.builtIn.first(where: { $0.name == entry.name }) else {
        throw SessionError(expected: "a built-in data set", found: JSON(entry.name).summary)
      }
      return content.content()
    case .idx: return .samples(try IDXFolder.read(try DataFolder(entry.path), name: entry.name))
    case .cifar: return .samples(try CIFARFolder.read(try DataFolder(entry.path), name: entry.name))
    case .table: return .samples(try LabeledTable.read(try DataFile(entry.path), name: entry.name))
    case .graph: return .graph(try GraphFolder.read(try DataFolder(entry.path), name: entry.name))
    }
  }

  /// One sample of a data set: that of an index, or, of a graph, all features (index 0).
  /// - Throws: ``SessionError`` as ``load(_:)-(String)`` does, or whose path is `index`.
  func sample(_ index: Int, of name: String) throws(SessionError) -> Tensor {
    let content = try load(name)
    let count = if case .samples(let dataset) = content { dataset.count } else { 1 }
    guard index < count else {
      throw SessionError(path: "index", expected: "an index below \(count), the samples of \(name)", found: "\(index)")
    }
    switch content {
    case .samples(let dataset): return dataset.sample(index)
    case .graph(let graph): return graph.tensor
    }
  }
}
