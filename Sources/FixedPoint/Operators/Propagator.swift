/// The matrix with which a graph's nodes pass their values on, scale · Â: compressed rows, columns in rising order.
///
/// With A the adjacency matrix, I added to it where every node gets a loop, and D its row sums, Â is D^-1/2 A D^-1/2,
/// D⁻¹ A or A. A node without neighbours has a row of 0.
struct Propagator: Sendable {
  enum Normalization: String, CaseIterable, Sendable {
    case symmetric
    case row
    case none
  }

  let nodes: Int
  /// The terms of row i are those from rowStarts[i] to before rowStarts[i + 1].
  private let rowStarts: [Int]
  private let columns: [Int]
  private let weights: [Double]
  private let enclosures: [Interval]

  init(_ graph: Graph, _ normalization: Normalization, scale: Double) {
    nodes = graph.neighbors.count
    var rowStarts = [0]
    var enclosures: [Interval] = []
    for (node, neighbors) in graph.neighbors.enumerated() {
      enclosures += neighbors.map { Interval(scale) * normalization.entry(graph.degree(node), graph.degree($0)) }
      rowStarts.append(enclosures.count)
    }
    self.rowStarts = rowStarts
    self.enclosures = enclosures
    columns = graph.neighbors.flatMap(\.self)
    weights = enclosures.map(\.midpoint)
  }

  func terms(ofRow row: Int) -> [SparseTerm] {
    (rowStarts[row]..<rowStarts[row + 1]).map { SparseTerm(column: columns[$0], weight: enclosures[$0]) }
  }

  /// result = scale · Â v, with v of `features` columns.
  func multiply(_ vector: Span<Double>, features: Int, into result: inout MutableSpan<Double>) {
    for i in 0..<result.count { result[i] = 0 }
    for row in 0..<nodes {
      for term in rowStarts[row]..<rowStarts[row + 1] {
        add(weights[term], vector, from: columns[term] * features, to: row * features, features, in: &result)
      }
    }
  }

  /// result = scale · Âᵀ v, with v of `features` columns.
  func multiplyTransposed(_ vector: Span<Double>, features: Int, into result: inout MutableSpan<Double>) {
    for i in 0..<result.count { result[i] = 0 }
    for row in 0..<nodes {
      for term in rowStarts[row]..<rowStarts[row + 1] {
        add(weights[term], vector, from: row * features, to: columns[term] * features, features, in: &result)
      }
    }
  }

  @inline(__always)
  private func add(
    _ weight: Double, _ vector: Span<Double>, from source: Int, to target: Int, _ count: Int,
    in result: inout MutableSpan<Double>
  ) {
    for f in 0..<count { result[target + f] += weight * vector[source + f] }
  }
}

extension Propagator.Normalization {
  /// Encloses the entry of Â that joins two nodes of these degrees.
  fileprivate func entry(_ degree: Int, _ other: Int) -> Interval {
    switch self {
    case .symmetric: Interval(1) / Interval.root(Interval(Double(degree)) * Interval(Double(other)))
    case .row: Interval(1) / Interval(Double(degree))
    case .none: Interval(1)
    }
  }
}
