/// One unit's next value as a function of its value, all others held: the curve of a cobweb diagram.
///
/// For a map of one unit this is f itself. For others it is a section of f through one state, and the orbit of the
/// section is no orbit of f.
public struct MapSection: Sendable, Equatable {
  public struct Request: Sendable, Equatable {
    /// A line along one axis.
    public var line: PhasePlane
    public var range: PhaseRange
    /// Number of values.
    public var count: Int
    /// Where the orbit starts, along the line.
    public var start: Double

    public init(line: PhasePlane, range: PhaseRange, count: Int, start: Double) {
      self.line = line
      self.range = range
      self.count = count
      self.start = start
    }
  }

  public let request: Request
  /// (t, g(t)) from the lower end to the upper; what is undefined is left out.
  public let curve: [PhasePoint]
  /// t₀, g(t₀), g(g(t₀)), … until it repeats, is not finite, or there are enough.
  public let orbit: [Double]

  /// The most steps of the orbit.
  private static let mostSteps = 100

  /// One evaluation of f a value.
  public init(_ request: Request, of network: Network, in region: StartRegion) {
    self.request = request
    let line = request.line
    func next(_ value: Double) -> Double? {
      let state = line.state(at: PhasePoint(value, 0))
      guard value.isFinite, region.allows(state) else { return nil }
      let image = line.across.coordinate(of: network.image(of: state))
      return image.isFinite ? image : nil
    }
    curve = (0..<request.count).compactMap { index in
      let value = request.range.value(at: Double(index) / Double(max(1, request.count - 1)))
      return next(value).map { PhasePoint(value, $0) }
    }
    var orbit = [request.start]
    while orbit.count <= Self.mostSteps, let last = orbit.last, let value = next(last), value != last {
      orbit.append(value)
    }
    self.orbit = orbit
  }
}
