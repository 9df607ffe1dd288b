import FixedPoint

/// A folder of a graph: `edges.csv` (`u,v`), `labels.csv` (`node,label`; -1 where none is known), and, where there are
/// such, `features.csv` (`node,features`, the columns that are 1), `classes.csv` (`label,name,…`), `split.csv`
/// (`node,split`), `splits.csv` (`node,…`, 1 for training) and `paper_splits.csv` (`node,…`, of `train`, `val`, `test`).
enum GraphFolder {
  static func holds(_ names: [String]) -> Bool { names.contains("edges.csv") && names.contains("labels.csv") }

  static func read(_ folder: DataFolder, name: String) throws(SessionError) -> GraphDataset {
    let labels = try labels(folder)
    let count = labels.count
    var splits: [GraphDataset.Split] = []
    for name in ["split.csv", "paper_splits.csv", "splits.csv"] where folder.names.contains(name) {
      splits += try self.splits(try folder.file([name]), nodes: count)
    }
    return GraphDataset(
      name: name, nodeCount: count, edges: try edges(try folder.file(["edges.csv"]), nodes: count),
      features: folder.names.contains("features.csv")
        ? try features(try folder.file(["features.csv"]), nodes: count) : nil,
      labels: labels, classes: try classes(folder, atLeast: (labels.compactMap { $0 }.max() ?? 0) + 1),
      splits: splits)
  }

  private static func labels(_ folder: DataFolder) throws(SessionError) -> [Int?] {
    let file = try folder.file(["labels.csv"])
    return try perNode(file, columns: 2, nodes: nil).enumerated().map { row, cells throws(SessionError) in
      let label = try file.integer(cells[1], row: row, in: -1..<1000)
      return label < 0 ? nil : label
    }
  }

  /// The rows of a table whose first column counts the nodes.
  private static func perNode(
    _ file: DataFile, columns: Int?, nodes: Int?
  ) throws(SessionError) -> [[String]] {
    let table = try file.table()
    let (names, rows) = (table.columns, table.rows)
    guard names.first == "node", columns == nil || names.count == columns, names.count > 1 else {
      throw file.error("row 1", expected: "columns node, …", found: names.joined(separator: ", "))
    }
    guard !rows.isEmpty, nodes == nil || nodes == rows.count else {
      throw file.error("rows", expected: "one a node\(nodes.map { ", \($0)" } ?? "")", found: "\(rows.count)")
    }
    for (position, row) in rows.enumerated() {
      _ = try file.integer(row[0], row: position, in: position..<position + 1)
    }
    return rows
  }

  private static func edges(_ file: DataFile, nodes: Int) throws(SessionError) -> [[Int]] {
    let table = try file.table()
    let (columns, rows) = (table.columns, table.rows)
    guard columns.count == 2 else { throw file.error("row 1", expected: "two columns", found: "\(columns.count)") }
    var edges: [[Int]] = []
    var known: Set<[Int]> = []
    for (position, row) in rows.enumerated() {
      let edge = [
        try file.integer(row[0], row: position, in: 0..<nodes), try file.integer(row[1], row: position, in: 0..<nodes),
      ]
      guard edge[0] != edge[1], known.insert(edge.sorted()).inserted else {
        throw file.error(
          DataFile.place(position), expected: "two nodes, each pair once in either direction", found: "\(edge)")
      }
      edges.append(edge)
    }
    return edges
  }

  private static func features(_ file: DataFile, nodes: Int) throws(SessionError) -> GraphDataset.Features {
    var ones: [[Int]] = []
    for (position, row) in try perNode(file, columns: 2, nodes: nodes).enumerated() {
      var columns: [Int] = []
      for cell in row[1].split(separator: " ") {
        let least = (columns.last ?? -1) + 1
        columns.append(try file.integer(String(cell), row: position, in: least..<max(least, Shape.largestCount) + 1))
      }
      ones.append(columns)
    }
    let columns = (ones.compactMap(\.last).max() ?? 0) + 1
    guard columns <= Shape.largestCount / nodes else {
      throw file.error("columns", expected: "at most \(Shape.largestCount / nodes)", found: "\(columns)")
    }
    return GraphDataset.Features(columns: columns, ones: ones)
  }

  private static func classes(_ folder: DataFolder, atLeast count: Int) throws(SessionError) -> [String] {
    guard folder.names.contains("classes.csv") else { return (0..<count).map { "\($0)" } }
    let file = try folder.file(["classes.csv"])
    let table = try file.table()
    let (columns, rows) = (table.columns, table.rows)
    guard columns.starts(with: ["label", "name"]), rows.count >= count else {
      throw file.error("rows", expected: "label and name of \(count) classes", found: "\(rows.count) rows")
    }
    for (position, row) in rows.enumerated() {
      _ = try file.integer(row[0], row: position, in: position..<position + 1)
    }
    return rows.map { $0[1] }
  }

  /// A split a column.
  private static func splits(_ file: DataFile, nodes: Int) throws(SessionError) -> [GraphDataset.Split] {
    let rows = try perNode(file, columns: nil, nodes: nodes)
    let names = try file.table().columns
    let words = ["1": 0, "train": 0, "val": 1, "0": 2, "test": 2, "none": 3]
    var splits: [GraphDataset.Split] = []
    for column in 1..<names.count {
      var parts: [[Int]] = [[], [], [], []]
      for (node, row) in rows.enumerated() {
        guard let part = words[row[column]] else {
          throw file.error(
            DataFile.place(node), expected: "train, val, test or none, or 1 or 0", found: JSON(row[column]).summary)
        }
        parts[part].append(node)
      }
      splits.append(GraphDataset.Split(name: names[column], train: parts[0], validation: parts[1], test: parts[2]))
    }
    return splits
  }
}
