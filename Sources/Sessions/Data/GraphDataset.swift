public import FixedPoint

/// One graph whose nodes have features and classes, some of them known.
public struct GraphDataset: Sendable {
  /// Which nodes are for what.
  public struct Split: Sendable, Equatable {
    public let name: String
    public let train: [Int]
    public let validation: [Int]
    public let test: [Int]
  }

  /// Rows of zeros and ones: for every node its columns that are 1, ascending.
  public struct Features: Sendable, Equatable {
    public let columns: Int
    public let ones: [[Int]]
  }

  public let name: String
  public let nodeCount: Int
  /// Pairs of nodes, each edge once.
  public let edges: [[Int]]
  /// `nil` if the nodes have none but themselves.
  public let features: Features?
  /// The class of each node, an index of ``classes``; `nil` where it is not known.
  public let labels: [Int?]
  public let classes: [String]
  /// Empty if the data come without.
  public let splits: [Split]

  /// Columns of ``tensor``.
  public var featureCount: Int { features?.columns ?? nodeCount }

  /// The features [nodes, features]; without any, every node has a feature of its own.
  public var tensor: Tensor {
    let columns = featureCount
    var values = [Double](repeating: 0, count: nodeCount * columns)
    for node in 0..<nodeCount {
      for column in features?.ones[node] ?? [node] { values[node * columns + column] = 1 }
    }
    return Tensor(shape: Shape([nodeCount, columns]), values: values)
  }
}
