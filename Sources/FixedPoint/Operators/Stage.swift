/// What the evaluation of a network calls: an operator, or several neighbours that are applied together.
public protocol Stage: Sendable {
  /// How many numbers the stage writes beside its result while it is applied; 0 for most.
  var scratchCount: Int { get }

  /// Number of entries of the result.
  var resultCount: Int { get }

  /// result = op(value; state), with scratch that the caller owns: allocates nothing. What the scratch holds does not
  /// matter.
  func apply(
    _ value: Span<Double>, state: Span<Double>, into result: inout MutableSpan<Double>,
    using scratch: inout MutableSpan<Double>)
}
