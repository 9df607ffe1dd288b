public import LinearAlgebra

/// One network for many samples: with an input each, or with one input and many starts.
///
/// A sample's numbers depend on its own start and input alone, to the last bit: neither on its neighbours, nor on its
/// place, nor on the size of the batch, nor on the number of threads. They are those of a network for one sample, whose
/// products sum in the same order; with an input each, up to the rounding of U x + b.
public struct Batch: Sendable {
  public let network: Network
  /// Number of samples.
  public let count: Int
  private let links: [any BatchOperator]
  private let counts: [Int]
  private let scratchCount: Int
  private let everySample: [Int]

  /// Many starts of the network with its own input.
  public init(_ network: Network, count: Int) {
    precondition(count >= 0, "a batch has no negative number of samples")
    self.init(network, count: count, links: network.operators.map { $0.batched() })
  }

  /// The network with another input for each sample.
  ///
  /// - Parameters:
  ///   - network: built for any one input.
  ///   - inputs: one a row, flat.
  /// - Throws: `FieldError` if an injection's activation is not defined for an input.
  public init(_ network: Network, inputs: Matrix) throws(FieldError) {
    precondition(
      network.operators.contains { ($0 as? Inject)?.inputCount == inputs.columns },
      "inputs have as many entries as the network's own")
    var links: [any BatchOperator] = []
    for link in network.operators { links.append(try link.batched(over: inputs)) }
    self.init(network, count: inputs.rows, links: links)
  }

  private init(_ network: Network, count: Int, links: [any BatchOperator]) {
    self.network = network
    self.count = count
    self.links = links
    counts = network.operators.map(\.outputShape.count)
    scratchCount = links.map(\.scratchCount).reduce(0, max)
    everySample = Array(0..<count)
  }

  /// images = f(iterates) for every sample. Allocates nothing once `workspace` has grown.
  ///
  /// - Parameters:
  ///   - iterates: one a sample, a row each.
  ///   - images: takes the images, as many rows.
  ///   - workspace: the caller's.
  public func evaluate(_ iterates: Matrix, into images: inout Matrix, using workspace: inout Workspace) {
    precondition(iterates.rows == count && iterates.columns == network.dimension, "every sample has an iterate")
    precondition(images.rows == count && images.columns == network.dimension, "every sample has an image")
    evaluate(iterates.values, everySample, rows: count, into: &images.values, using: &workspace)
  }

  /// images = f(iterates) for the first `rows` of them.
  ///
  /// - Parameters:
  ///   - iterates: one a row.
  ///   - samples: the sample of this batch that each row belongs to.
  ///   - rows: how many rows are evaluated.
  ///   - images: takes the images, one a row.
  ///   - workspace: the caller's.
  func evaluate(
    _ iterates: [Double], _ samples: [Int], rows: Int, into images: inout [Double], using workspace: inout Workspace
  ) {
    let size = rows * network.dimension
    var whole = images.mutableSpan
    var results = whole._mutatingExtracting(first: size)
    evaluate(
      iterates.span.extracting(first: size), samples: samples.span.extracting(first: rows), into: &results,
      using: &workspace)
  }

  private func evaluate(
    _ iterates: Span<Double>, samples: Span<Int>, into images: inout MutableSpan<Double>,
    using workspace: inout Workspace
  ) {
    if links.isEmpty { return images.copy(iterates) }
    workspace.reserve(samples.count * network.largestCount, scratch: scratchCount)
    workspace.pass(iterates, through: counts, of: samples.count, into: &images) { position, values, results, scratch in
      links[position].apply(values, states: iterates, samples: samples, into: &results, using: &scratch)
    }
  }
}
