internal import LinearAlgebra

/// An operator in the form that takes many samples at once: their values lie one after the other.
///
/// What a sample's result is depends neither on the other samples nor on their number, to the last bit.
public protocol BatchOperator: Sendable {
  /// How many numbers the operator writes beside its result while it is applied.
  var scratchCount: Int { get }

  /// result = op(value; state) for every sample; allocates nothing.
  ///
  /// - Parameters:
  ///   - values: the value of one sample after the other.
  ///   - states: their states.
  ///   - samples: which sample of the batch each is.
  ///   - results: takes the results.
  ///   - scratch: what it holds does not matter.
  func apply(
    _ values: Span<Double>, states: Span<Double>, samples: Span<Int>, into results: inout MutableSpan<Double>,
    using scratch: inout MutableSpan<Double>)
}

/// Any operator, applied to one sample after the other.
struct EachSample<Link: Operator>: BatchOperator {
  let link: Link
  let valueCount: Int
  let resultCount: Int
  var scratchCount: Int { link.scratchCount }

  init(_ link: Link) {
    self.link = link
    valueCount = link.inputShape.count
    resultCount = link.outputShape.count
  }

  func apply(
    _ values: Span<Double>, states: Span<Double>, samples: Span<Int>, into results: inout MutableSpan<Double>,
    using scratch: inout MutableSpan<Double>
  ) {
    let stateCount = samples.isEmpty ? 0 : states.count / samples.count
    for row in 0..<samples.count {
      var result = results._mutatingExtracting(row * resultCount..<(row + 1) * resultCount)
      link.apply(
        values.extracting(row * valueCount..<(row + 1) * valueCount),
        state: states.extracting(row * stateCount..<(row + 1) * stateCount), into: &result, using: &scratch)
    }
  }
}

/// An operator that works entry by entry, applied to all samples as to one long vector.
struct Entrywise<Link: Operator>: BatchOperator {
  let link: Link
  var scratchCount: Int { link.scratchCount }

  func apply(
    _ values: Span<Double>, states: Span<Double>, samples: Span<Int>, into results: inout MutableSpan<Double>,
    using scratch: inout MutableSpan<Double>
  ) {
    link.apply(values, state: states, into: &results, using: &scratch)
  }
}

/// A linear map of the last axis as one matrix product for all samples.
struct RowProduct: BatchOperator {
  private let action: LinearAction
  var scratchCount: Int { 0 }

  init(_ action: LinearAction) { self.action = action }

  func apply(
    _ values: Span<Double>, states: Span<Double>, samples: Span<Int>, into results: inout MutableSpan<Double>,
    using scratch: inout MutableSpan<Double>
  ) {
    action.multiply(values, into: &results)
  }
}

/// The injected constant added to each sample's value: one row a sample, or one row for all.
struct RowSum: BatchOperator {
  let constants: Matrix
  var scratchCount: Int { 0 }

  func apply(
    _ values: Span<Double>, states: Span<Double>, samples: Span<Int>, into results: inout MutableSpan<Double>,
    using scratch: inout MutableSpan<Double>
  ) {
    let count = constants.columns
    let all = constants.values.span
    precondition(values.count == samples.count * count && results.count == values.count, "one value a sample")
    if constants.rows == 1 { return VectorMath.add(toRows: values, all, into: &results) }
    for row in 0..<samples.count {
      let constant = all.extracting(samples[row] * count..<(samples[row] + 1) * count)
      let value = values.extracting(row * count..<(row + 1) * count)
      var result = results._mutatingExtracting(row * count..<(row + 1) * count)
      VectorMath.add(value, constant, into: &result)
    }
  }
}
