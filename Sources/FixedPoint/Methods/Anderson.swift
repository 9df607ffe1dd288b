/// Anderson acceleration: the next iterate combines the last ones so that their combined residual is least.
///
/// One evaluation a step. Type II takes γ that minimises ‖r - ΔF γ‖₂, with r = f(z) - z, ΔF the last changes of r and
/// ΔX those of z; type I takes γ with ΔXᵀ ΔF γ = ΔXᵀ r. Then z <- z + β r - (ΔX + β ΔF) γ. Where that is not finite, the
/// step is z <- f(z) and the window starts anew; the `qr` variant is under ``AcceleratedMethod``'s safeguard.
/// Source: Anderson 1965; Walker, Ni, *Anderson acceleration for fixed-point iterations*, SINUM 49 (2011), section 4;
/// Fang, Saad, *Two classes of multisecant methods*, NLAA 16 (2009), for type I.
public struct Anderson: AcceleratedMethod {
  public enum Kind: Int, Sendable {
    case typeI = 1
    case typeII = 2
  }

  /// How the small problem is posed and solved.
  public enum Variant: String, Sendable, CaseIterable {
    /// Least squares by a QR factorisation that is updated with the window; the oldest columns are dropped while it
    /// is badly conditioned.
    case qr
    /// The bordered normal equations with an absolute ridge, in ring slots: the iterates of TorchDEQ and SubDEQ.
    case bordered
  }

  public let variant: Variant
  /// m: how many changes (`qr`) or iterates (`bordered`) are combined.
  public let window: Int
  /// β: the part of the combined residual that is added to the combined iterate.
  public let mixing: Double
  /// λ. `qr`: a Tikhonov term relative to the mean squared length of the columns. `bordered`: added as it is.
  public let regularization: Double
  public let kind: Kind
  /// The window is emptied after this many steps; `nil` never.
  public let restart: Int?

  /// By QR: minimises over the last changes.
  public init(
    window: Int = 5, mixing: Double = 1, regularization: Double = 0, kind: Kind = .typeII, restart: Int? = nil
  ) {
    self.init(
      variant: .qr, window: window, mixing: mixing, regularization: regularization, kind: kind, restart: restart)
  }

  private init(
    variant: Variant, window: Int, mixing: Double, regularization: Double, kind: Kind, restart: Int?
  ) {
    precondition(window >= 1, "Anderson's window holds at least one column")
    precondition(mixing > 0 && mixing.isFinite, "Anderson's mixing is a positive number")
    precondition(regularization >= 0 && regularization.isFinite, "a regularisation is not negative")
    precondition(restart.map { $0 >= 1 } ?? true, "a restart comes after at least one step")
    self.variant = variant
    self.window = window
    self.mixing = mixing
    self.regularization = regularization
    self.kind = kind
    self.restart = restart
  }

  /// By the bordered system, with TorchDEQ's options.
  public static func bordered(window: Int = 6, mixing: Double = 1, regularization: Double = 1e-4) -> Anderson {
    Anderson(
      variant: .bordered, window: window, mixing: mixing, regularization: regularization, kind: .typeII, restart: nil)
  }

  public var patience: Int { 4 * window }

  public func emptyMemory(dimension: Int) -> AndersonMemory {
    AndersonMemory(differences: AndersonDifferences(dimension: dimension))
  }

  public func propose(_ state: inout AcceleratedState<AndersonMemory>) throws(SolverError) -> Trial {
    switch variant {
    case .qr: return try proposeSafely(&state)
    case .bordered:
      state.memory.ring.store(iterate: state.iterate, image: state.image, window: window)
      return Trial(target: try state.memory.ring.combine(self))
    }
  }

  public func proposal(_ memory: inout AndersonMemory, iterate: [Double], residual: [Double]) -> [Double]? {
    if let restart, memory.differences.age >= restart { memory.differences.removeAll() }
    return memory.differences.combine(self, iterate: iterate, residual: residual)
  }

  public func record(_ memory: inout AndersonMemory, step: [Double], change: [Double]) {
    memory.differences.append(step: step, change: change, window: window)
  }
}

// MARK: Options

extension Anderson {
  public static let description = MethodDescription(
    "anderson", summary: "combines the last iterates so that their combined residual is least",
    options: [
      Field("window", .integer(1...1000), "how many past steps are combined: 5, or 6 for the bordered variant"),
      Field("mixing", .number(1e-6...10), default: .number(1), "the part of the combined residual that is added"),
      Field(
        "regularization", .number(0...1e6),
        "Tikhonov term, relative to the columns: 0; for the bordered variant absolute: 1e-4"),
      Field("type", .integer(1...2), default: .number(2), "2: least residual; 1: the secant condition's other side"),
      Field("restart", .integer(1...1_000_000), "the past is forgotten after this many steps; absent: never"),
      Field(
        "variant", .choice(Variant.allCases.map(\.rawValue)), default: .text(Variant.qr.rawValue),
        "qr: updated least squares; bordered: as in TorchDEQ and SubDEQ"),
    ])

  public init(_ options: FieldValues) throws(FieldError) {
    let checked = try options.validated(against: Self.description.options)
    let variant = checked.text("variant").flatMap(Variant.init) ?? .qr
    let kind = checked.integer("type").flatMap(Kind.init) ?? .typeII
    if variant == .bordered {
      try Self.requireBordered(checked, kind)
    }
    let standard = variant == .qr ? Anderson() : .bordered()
    self.init(
      variant: variant, window: checked.integer("window") ?? standard.window,
      mixing: checked.number("mixing") ?? standard.mixing,
      regularization: checked.number("regularization") ?? standard.regularization,
      kind: kind, restart: checked.integer("restart"))
  }

  /// The bordered variant is of type II and never restarts: options that it would ignore are refused.
  private static func requireBordered(_ options: FieldValues, _ kind: Kind) throws(FieldError) {
    guard kind == .typeII else {
      throw FieldError(field: "type", expected: "2, as the variant is bordered", found: "1")
    }
    if let restart = options["restart"] {
      throw FieldError(field: "restart", expected: "nothing, as the variant is bordered", found: restart.summary)
    }
  }

  public var options: FieldValues {
    var values = FieldValues([
      "window": .number(Double(window)), "mixing": .number(mixing), "regularization": .number(regularization),
      "type": .number(Double(kind.rawValue)), "variant": .text(variant.rawValue),
    ])
    values["restart"] = restart.map { .number(Double($0)) }
    return values
  }
}
