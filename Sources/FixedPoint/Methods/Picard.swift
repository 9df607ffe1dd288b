/// Picard iteration: z <- f(z).
///
/// One evaluation a step; allocates nothing where no one else holds the state's vectors.
public struct Picard: EntrywiseSolver {
  public static let description = MethodDescription("picard", summary: "plain iteration: z becomes f(z)")

  public init() {}

  public init(_ options: FieldValues) throws(FieldError) {
    _ = try options.validated(against: Self.description.options)
  }

  public var options: FieldValues { FieldValues() }

  public func start(_ map: some FixedPointMap, at iterate: [Double], image: [Double], evaluations: Int) -> PlainState {
    PlainState(iterate: iterate, image: image, evaluations: evaluations)
  }

  public func advance(_ state: inout PlainState, on map: some FixedPointMap, using workspace: inout Workspace) {
    move(&state.iterate, &state.image)
    state.evaluate(map, using: &workspace)
  }

  public func move(_ iterates: inout [Double], _ images: inout [Double]) { swap(&iterates, &images) }
}

/// The state of a method without memory: the iterate and its image.
public struct PlainState: SolverState {
  public internal(set) var iterate: [Double]
  public internal(set) var image: [Double]
  public internal(set) var evaluations: Int

  /// Renews the image from the iterate, in the image's own buffer.
  mutating func evaluate(_ map: some FixedPointMap, using workspace: inout Workspace) {
    map.evaluate(iterate, into: &image, using: &workspace)
    evaluations += 1
  }
}
