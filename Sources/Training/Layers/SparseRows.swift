internal import LinearAlgebra

/// A sparse matrix in compressed rows: what propagates over a graph, and the features of its nodes.
struct SparseRows<Scalar: BatchScalar>: Sendable {
  let rows: Int
  let columns: Int
  /// The terms of row i are those from starts[i] to before starts[i + 1].
  private(set) var starts: [Int] = [0]
  private(set) var places: [Int] = []
  var weights: [Scalar] = []

  init(columns: Int, rows terms: [[(column: Int, weight: Double)]]) {
    rows = terms.count
    self.columns = columns
    for row in terms {
      for term in row {
        places.append(term.column)
        weights.append(Scalar(term.weight))
      }
      starts.append(places.count)
    }
  }

  /// scale · D^-1/2 (A + I) D^-1/2 of the graph with these edges, each once in either direction.
  static func propagation(_ edges: [[Int]], nodes: Int, scale: Double) -> SparseRows {
    var neighbors = (0..<nodes).map { [$0] }
    for edge in edges where edge[0] != edge[1] {
      neighbors[edge[0]].append(edge[1])
      neighbors[edge[1]].append(edge[0])
    }
    let degrees = neighbors.map { Double($0.count) }
    return SparseRows(
      columns: nodes,
      rows: neighbors.enumerated().map { node, others in
        others.sorted().map { ($0, scale / (degrees[node] * degrees[$0]).squareRoot()) }
      })
  }

  /// All entries, row by row.
  var dense: [Double] {
    var values = [Double](repeating: 0, count: rows * columns)
    for row in 0..<rows {
      for term in starts[row]..<starts[row + 1] { values[row * columns + places[term]] = Double(weights[term]) }
    }
    return values
  }

  /// result <- S B, with B [columns, width].
  func multiply(_ factor: Span<Scalar>, width: Int, into result: inout MutableSpan<Scalar>) {
    fill(&result, with: 0)
    for row in 0..<rows {
      var line = result._mutatingExtracting(row * width..<(row + 1) * width)
      for term in starts[row]..<starts[row + 1] {
        Scalar.add(
          weights[term], times: factor.extracting(places[term] * width..<(places[term] + 1) * width), to: &line)
      }
    }
  }

  /// result <- result + Sᵀ B, with B [rows, width].
  func addTransposed(_ factor: Span<Scalar>, width: Int, to result: inout MutableSpan<Scalar>) {
    for row in 0..<rows {
      let line = factor.extracting(row * width..<(row + 1) * width)
      for term in starts[row]..<starts[row + 1] {
        var target = result._mutatingExtracting(places[term] * width..<(places[term] + 1) * width)
        Scalar.add(weights[term], times: line, to: &target)
      }
    }
  }
}
