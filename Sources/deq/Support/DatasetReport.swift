import FixedPoint
import Screen
import Sessions

/// What `deq datasets` says of one data set.
struct DatasetReport {
  private let entry: DatasetCatalog.Entry
  private let content: DatasetCatalog.Content?
  /// What is wrong with its files.
  let problem: SessionError?

  init(_ entry: DatasetCatalog.Entry, in catalog: DatasetCatalog) {
    self.entry = entry
    do throws(SessionError) {
      content = try catalog.load(entry)
      problem = nil
    } catch {
      content = nil
      problem = error
    }
  }

  static func table(_ reports: [DatasetReport]) -> String {
    let rows = [["name", "size", "classes", "split", "where"]] + reports.map(\.cells)
    let widths = (0..<4).map { column in (rows.map { $0[column].count }.max() ?? 0) + 2 }
    return rows.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined() + row[4]
    }.joined(separator: "\n")
  }

  private var cells: [String] {
    let place = entry.path.isEmpty ? entry.form.rawValue : "\(entry.path.printable()) (\(entry.form.rawValue))"
    let name = entry.name.printable()
    switch content {
    case .samples(let data):
      let splits = data.splits.map { "\($0.name) \($0.indices.count)" }.joined(separator: ", ").printable()
      return [name, "\(data.count) x \(Self.text(data.shape))", "\(data.classes.count)", splits, place]
    case .graph(let graph):
      let size = "\(graph.nodeCount) nodes, \(graph.edges.count) edges, \(graph.features?.columns ?? 0) features"
      let names = graph.splits.prefix(2).map { $0.name.printable() }.joined(separator: ", ")
      let splits = names + (graph.splits.count > 2 ? ", …" : "")
      return [name, size, "\(graph.classes.count)", splits, place]
    case nil: return [name, "damaged", "", "", place]
    }
  }

  private static func text(_ shape: Shape) -> String { shape.sizes.map(String.init).joined(separator: " x ") }

  var json: JSON {
    var members = [
      JSON.Member("name", JSON(entry.name)), JSON.Member("form", JSON(entry.form.rawValue)),
      JSON.Member("path", entry.path.isEmpty ? .null : JSON(entry.path)),
    ]
    switch content {
    case .samples(let data):
      members += [
        JSON.Member("samples", JSON(data.count)), JSON.Member("shape", JSON(data.shape.sizes.map { JSON($0) })),
        JSON.Member("classes", JSON(data.classes.map { JSON($0) })),
        JSON.Member(
          "splits",
          JSON(
            data.splits.map {
              ["name": JSON($0.name), "from": JSON($0.indices.lowerBound), "count": JSON($0.indices.count)]
            })),
      ]
    case .graph(let graph):
      members += [
        JSON.Member("nodes", JSON(graph.nodeCount)), JSON.Member("edges", JSON(graph.edges.count)),
        JSON.Member("features", JSON(graph.features?.columns ?? 0)),
        JSON.Member("classes", JSON(graph.classes.map { JSON($0) })),
        JSON.Member(
          "splits",
          JSON(
            graph.splits.map {
              [
                "name": JSON($0.name), "train": JSON($0.train.count), "validation": JSON($0.validation.count),
                "test": JSON($0.test.count),
              ]
            })),
      ]
    case nil: members.append(JSON.Member("problem", JSON(problem?.message ?? "")))
    }
    return JSON(members)
  }
}
