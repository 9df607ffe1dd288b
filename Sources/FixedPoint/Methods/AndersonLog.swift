/// Anderson acceleration of u -> log f(exp u) with u = log z: stays in the open cone.
///
/// Differences, least squares and combination are those of ``Anderson``'s `qr` variant of type II, taken in u; a plain step
/// is z <- f(z) as ever. One evaluation a step under ``AcceleratedMethod``'s safeguard. Needs an iterate and an image in the open cone
/// at every step, else it fails with ``SolverError/needs(method:requirement:)``.
/// Source: Walker, Ni, SINUM 49 (2011), in the coordinates of Thompson's metric (Lemmens, Nussbaum, *Nonlinear
/// Perron-Frobenius Theory*, CUP 2012, section 2.1).
public struct AndersonLog: AcceleratedMethod {
  public static let description = MethodDescription(
    "anderson-log", summary: "anderson in the logarithms of a positive state",
    options: [
      Field("window", .integer(1...1000), default: .number(5), "how many past steps are combined"),
      Field("mixing", .number(1e-6...10), default: .number(1), "the part of the combined residual that is added"),
      Field("regularization", .number(0...1e6), default: .number(0), "Tikhonov term, relative to the columns"),
    ])

  /// The method in u.
  private let anderson: Anderson

  public init(window: Int = 5, mixing: Double = 1, regularization: Double = 0) {
    anderson = Anderson(window: window, mixing: mixing, regularization: regularization)
  }

  public init(_ options: FieldValues) throws(FieldError) {
    let checked = try options.validated(against: Self.description.options)
    self.init(
      window: checked.integer("window") ?? 5, mixing: checked.number("mixing") ?? 1,
      regularization: checked.number("regularization") ?? 0)
  }

  public var options: FieldValues {
    FieldValues([
      "window": .number(Double(anderson.window)), "mixing": .number(anderson.mixing),
      "regularization": .number(anderson.regularization),
    ])
  }

  public var coordinates: Coordinates { .logarithms }
  public var patience: Int { anderson.patience }

  public func emptyMemory(dimension: Int) -> AndersonMemory { anderson.emptyMemory(dimension: dimension) }

  public func proposal(_ memory: inout AndersonMemory, iterate: [Double], residual: [Double]) -> [Double]? {
    anderson.proposal(&memory, iterate: iterate, residual: residual)
  }

  public func record(_ memory: inout AndersonMemory, step: [Double], change: [Double]) {
    anderson.record(&memory, step: step, change: change)
  }
}
