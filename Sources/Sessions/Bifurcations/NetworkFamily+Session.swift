public import FixedPoint

extension NetworkFamily {
  /// The networks of a session with the number at a JSON path varied over a range.
  /// - Throws: `SessionError` if the path does not take a number, at either end of the range.
  public init(
    of document: SessionDocument, directory: String, path: String, over range: ClosedRange<Double>
  ) throws(SessionError) {
    for end in [range.lowerBound, range.upperBound] {
      _ = try Problem(try document.setting(path: path, to: JSON(end)), directory: directory)
    }
    self.init(over: range) { parameter in
      guard let changed = try? document.setting(path: path, to: JSON(parameter)) else { return nil }
      return try? Problem(changed, directory: directory).network
    }
  }
}
