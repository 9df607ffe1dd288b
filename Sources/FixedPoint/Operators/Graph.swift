/// An undirected graph: for every node its neighbours in rising order, the node itself where it has a loop.
struct Graph: Sendable {
  private(set) var neighbors: [[Int]]

  /// - Parameters:
  ///   - edges: pairs of nodes, each pair once in either direction.
  ///   - nodes: number of nodes.
  ///   - selfLoops: whether every node is joined to itself as well; the edges then have no loops of their own.
  /// - Throws: `FieldError` for `edges` that names the first entry at fault.
  init(_ edges: [[Int]], nodes: Int, selfLoops: Bool) throws(FieldError) {
    neighbors = (0..<nodes).map { selfLoops ? [$0] : [] }
    var seen: [Int: Int] = [:]
    for (entry, edge) in edges.enumerated() {
      try Graph.check(edge, entry, nodes: nodes, selfLoops: selfLoops)
      if let first = seen.updateValue(entry, forKey: min(edge[0], edge[1]) * nodes + max(edge[0], edge[1])) {
        throw FieldError(
          field: "edges", expected: "every edge once",
          found: "\(edge) at entry \(entry) and \(edges[first]) at \(first)")
      }
      neighbors[edge[0]].append(edge[1])
      if edge[0] != edge[1] { neighbors[edge[1]].append(edge[0]) }
    }
    for node in neighbors.indices { neighbors[node].sort() }
  }

  private static func check(_ edge: [Int], _ entry: Int, nodes: Int, selfLoops: Bool) throws(FieldError) {
    guard edge.count == 2, edge.allSatisfy({ 0..<nodes ~= $0 }) else {
      throw FieldError(
        field: "edges", expected: "pairs of nodes from 0 to \(nodes - 1)", found: "\(edge) at entry \(entry)")
    }
    guard !selfLoops || edge[0] != edge[1] else {
      throw FieldError(
        field: "edges", expected: "no loop, since selfLoops adds one to every node", found: "\(edge) at entry \(entry)")
    }
  }

  func degree(_ node: Int) -> Int { neighbors[node].count }
}
