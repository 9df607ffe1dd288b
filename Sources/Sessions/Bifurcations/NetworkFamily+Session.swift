public import FixedPoint

extension NetworkFamily {
  /// The networks of a session with the number at a JSON path varied over a range.
  /// - Throws: `SessionError` if the path does not take a number, at either end of the range, or takes whole numbers alone.
  public init(
    of document: SessionDocument, directory: String, path: String, over range: ClosedRange<Double>
  ) throws(SessionError) {
    @Sendable func problem(at parameter: Double) throws(SessionError) -> Problem {
      try Problem(try document.setting(path: path, to: JSON(parameter)), directory: directory)
    }
    try Self.requireFraction(path, over: range, problem)
    for end in [range.lowerBound, range.upperBound] { _ = try problem(at: end) }
    self.init(over: range) { parameter in try? problem(at: parameter).network }
  }

  /// A field that takes the whole numbers beside a fraction of the range, and not the fraction, has no branches.
  private static func requireFraction(
    _ path: String, over range: ClosedRange<Double>, _ problem: (Double) throws(SessionError) -> Problem
  ) throws(SessionError) {
    let middle = range.lowerBound + 0.381_966_011_250_105 * (range.upperBound - range.lowerBound)
    guard middle != middle.rounded(), (try? problem(middle)) == nil else { return }
    let isWhole = [middle.rounded(.down), middle.rounded(.up)].contains { (try? problem($0)) != nil }
    guard isWhole else { return }
    throw SessionError(
      path: path, expected: "a number that may take any value", found: "a whole-number field")
  }
}
