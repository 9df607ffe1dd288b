/// Damped (Krasnoselskii-Mann) iteration: z <- (1 - τ) z + τ f(z) with a constant factor τ in (0, 1].
///
/// One evaluation a step; allocates nothing where no one else holds the state's vectors. The residual of its steps is
/// f(z) - z like that of every method, not the shorter step that is taken.
/// Source: Krasnoselskii 1955; Mann, *Mean value methods in iteration*, 1953.
public struct Damped: EntrywiseSolver {
  public static let description = MethodDescription(
    "damped", summary: "a part of the way from z to f(z)",
    options: [
      Field(
        "factor", .number(Double.leastNormalMagnitude...1), default: .number(0.5),
        "the part of the way from z to f(z): above 0, at most 1")
    ])

  /// τ
  public let factor: Double

  /// - Parameter factor: τ in (0, 1].
  public init(factor: Double = 0.5) {
    precondition(factor > 0 && factor <= 1, "a damping factor is above 0 and at most 1")
    self.factor = factor
  }

  public init(_ options: FieldValues) throws(FieldError) {
    let checked = try options.validated(against: Self.description.options)
    self.init(factor: checked.number("factor") ?? 0.5)
  }

  public var options: FieldValues { FieldValues(["factor": .number(factor)]) }

  public func start(_ map: some FixedPointMap, at iterate: [Double], image: [Double], evaluations: Int) -> PlainState {
    PlainState(iterate: iterate, image: image, evaluations: evaluations)
  }

  public func advance(_ state: inout PlainState, on map: some FixedPointMap, using workspace: inout Workspace) {
    state.average(factor, on: map, using: &workspace)
  }

  public func move(_ iterates: inout [Double], _ images: inout [Double]) { Self.average(factor, &iterates, images) }

  /// z <- (1 - factor) z + factor f(z), entrywise.
  fileprivate static func average(_ factor: Double, _ iterates: inout [Double], _ images: [Double]) {
    let stay = 1 - factor
    var next = iterates.mutableSpan
    let images = images.span
    precondition(images.count == next.count, "every iterate has an image")
    for i in 0..<images.count { next[i] = stay * next[i] + factor * images[i] }
  }
}

extension PlainState {
  /// z <- (1 - factor) z + factor f(z)
  mutating func average(_ factor: Double, on map: some FixedPointMap, using workspace: inout Workspace) {
    Damped.average(factor, &iterate, image)
    evaluate(map, using: &workspace)
  }
}
