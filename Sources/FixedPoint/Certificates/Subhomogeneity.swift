internal import LinearAlgebra

/// The subhomogeneity calculus: what the pipeline's operators, one after another, make of order, sign and degree.
///
/// For the running value v(z) with Jacobian J it follows
/// * the radial coefficient r, |J z| <= r |v|, and the strong one s, |J| |z| <= s |v|, entry by entry;
/// * whether v is non-negative, positive, order-preserving, concave on the domain;
/// * whether J z = v exactly (linear and positively homogeneous parts), which survives weights of any sign.
///
/// No point is sampled: a coefficient holds on the whole domain. Coefficients are proved upper bounds, and `nil` as soon
/// as a rule that would keep them does not apply.
/// Source: theory, section 2; Sittoni, Tudisco, *Subhomogeneous Deep Equilibrium Models*, ICML 2024, section 4.
public struct Subhomogeneity: Sendable, Equatable {
  public let domain: Scope.Kind
  /// r: the degree along rays.
  public private(set) var radial: Double? = 1
  /// s: the Lipschitz constant in Thompson's metric.
  public private(set) var strong: Double? = 1
  public private(set) var isNonNegative: Bool
  public private(set) var isPositive: Bool
  public private(set) var isOrderPreserving = true
  public private(set) var isConcave = true
  /// How the coefficient came about, operator by operator: the strong one while there is one, then the radial one.
  public private(set) var derivation: [DerivationStep] = []
  /// What the calculus knew before the normalisation that ends the pipeline; `nil` if none does.
  public private(set) var beforeNormalization: BeforeNormalization?
  /// Why the map is not known to be order-preserving: the first operator that breaks it.
  public private(set) var obstacle: String?
  /// J z = v.
  private var isHomogeneous = true
  /// What an injection behind an activation adds to every unit at least: it counts as part of the shift.
  private var borrowed = 0.0

  public struct BeforeNormalization: Sendable, Equatable {
    public let strong: Double?
    public let isOrderPreserving: Bool
    public let isPositive: Bool
  }

  init(of network: Network, on domain: Scope.Kind, coefficients: CoefficientTable) {
    self.domain = domain
    isNonNegative = domain == .openCone
    isPositive = isNonNegative
    for (position, link) in network.operators.enumerated() {
      beforeNormalization = nil
      let next = position + 1 < network.operators.count ? network.operators[position + 1] : nil
      borrowed = (link as? Activate)?.power == 1 ? max(0, (next as? Inject)?.constantEnclosure.lower.min() ?? 0) : 0
      follow(link, at: position, coefficients)
    }
  }

  private mutating func follow(_ link: any Operator, at position: Int, _ coefficients: CoefficientTable) {
    switch link {
    case let activation as Activate: activate(activation, position, coefficients)
    case let injection as Inject: inject(injection.constantEnclosure, position)
    case let normalization as Normalize: normalize(normalization, position)
    case let scaling as Scale: scale(by: scaling.factor, position)
    case let skip as Skip: self.skip(skip.stateFactor, position)
    default: multiply(by: link, position)
    }
  }

  private mutating func note(_ position: Int, _ text: String) {
    derivation.append(DerivationStep(position: position, text, strong ?? radial))
  }

  private mutating func loseOrder(_ reason: String) {
    if isOrderPreserving { obstacle = reason }
    isOrderPreserving = false
    isConcave = false
  }

  private mutating func loseDegree() {
    radial = nil
    strong = nil
    isHomogeneous = false
  }
}

// Rules.
extension Subhomogeneity {
  /// W v. With W >= 0 and v >= 0, |W J z| <= W |J z| <= r W v, and so for s; with any W, J z = v gives W J z = W v.
  private mutating func multiply(by link: any Operator, _ position: Int) {
    guard let weight = link.constantJacobian else {
      loseDegree()
      loseOrder("operator \(position), \(link.name), is not known to be linear")
      isNonNegative = false
      isPositive = false
      return note(position, "\(link.name): nothing is known")
    }
    if let negative = weight.lower.values.firstIndex(where: { $0 < 0 }) {
      multiplyBySigned(weight, negative, position)
    } else if isNonNegative {
      isPositive = isPositive && (0..<weight.rows).allSatisfy { i in weight.hasPositive(row: i) }
      note(position, "weights >= 0: order-preserving, degree kept")
    } else {
      strong = nil
      if !isHomogeneous { radial = nil }
      note(position, "weights >= 0 on values of any sign: " + (isHomogeneous ? "linear" : "degree lost"))
    }
  }

  private mutating func multiplyBySigned(_ weight: IntervalMatrix, _ index: Int, _ position: Int) {
    let entry = "entry (\(index / weight.columns), \(index % weight.columns)) of operator \(position)"
    loseOrder("\(entry) is \(weight.lower.values[index].brief), and the weights must not be negative")
    strong = nil
    if !isHomogeneous { radial = nil }
    isNonNegative = false
    isPositive = false
    note(position, "weights of both signs: " + (isHomogeneous ? "linear, along rays only" : "degree lost"))
  }

  /// v + y. With v, y >= 0: r v <= r (v + y).
  private mutating func inject(_ constant: IntervalVector, _ position: Int) {
    if constant.magnitude.allSatisfy({ $0 == 0 }) { return }
    isHomogeneous = false
    guard isNonNegative, let least = constant.lower.min(), least >= 0 else {
      loseDegree()
      isConcave = isConcave && isNonNegative
      isNonNegative = false
      isPositive = false
      return note(position, "+ y of any sign: degree lost")
    }
    isPositive = isPositive || least > 0
    note(position, "+ y >= 0: not larger")
  }

  /// (σ(v) + shift)^power: the coefficients multiply.
  private mutating func activate(_ link: Activate, _ position: Int, _ coefficients: CoefficientTable) {
    let side = isNonNegative ? ActivationCoefficient.Domain.positive : .real
    let keepsHomogeneity = isHomogeneous && link.isPositivelyHomogeneous && borrowed == 0
    let shift = Rounding.sumDown(link.shift, borrowed)
    let coefficient = link.factor(on: side, shift: shift, coefficients)
    if !keepsHomogeneity { radial = product(radial, coefficient) }
    strong = product(strong, coefficient)
    isHomogeneous = keepsHomogeneity
    updateSign(link, side, shift, position)
    if !(link.activation.isMonotone(on: side) && link.power >= 0) {
      loseOrder("\(link.activation.kind.rawValue) at operator \(position) is not known to be non-decreasing")
    }
    isConcave = isConcave && side == .positive && link.isConcaveAndNonNegative
    noteActivation(link, side, shift, position)
  }

  private func product(_ degree: Double?, _ coefficient: Double?) -> Double? {
    guard let degree, let coefficient else { return nil }
    return degree == 1 ? coefficient : Rounding.productUp(degree, coefficient)
  }

  private mutating func updateSign(
    _ link: Activate, _ side: ActivationCoefficient.Domain, _ shift: Double, _ position: Int
  ) {
    let least = link.leastValue(on: side, shift: shift)
    if least < 0 && link.power != 1 { loseOrder("operator \(position) takes a power of what may be negative") }
    let grows = isPositive && least >= 0 && link.power > 0 && link.activation.isIncreasingOnPositives
    isNonNegative = least >= 0
    isPositive = least > 0 || grows
  }

  private mutating func noteActivation(
    _ link: Activate, _ side: ActivationCoefficient.Domain, _ shift: Double, _ position: Int
  ) {
    let degree = strong ?? radial
    let constant = shift == 0 ? "" : shift > 0 ? " + \(shift.brief)" : " - \((-shift).brief)"
    let text = link.activation.kind.rawValue + constant + (side == .positive ? " on t > 0" : " on R")
    guard link.power != 1 else { return note(position, text) }
    derivation.append(DerivationStep(position: position, text, degree.map { $0 / abs(link.power) }))
    note(position, "power \(link.power.brief)")
  }

  /// c v.
  private mutating func scale(by factor: Double, _ position: Int) {
    if factor < 0 {
      loseOrder("operator \(position) multiplies by \(factor.brief)")
      isNonNegative = false
    }
    isPositive = isPositive && factor > 0
    note(position, "times \(factor.brief): degree kept")
  }

  /// v + c z. With v, z >= 0 and c >= 0, |J z + c z| <= max(r, 1) (v + c z).
  private mutating func skip(_ factor: Double, _ position: Int) {
    guard isNonNegative, domain == .openCone, factor >= 0 else {
      strong = nil
      if !isHomogeneous { radial = nil }
      if factor < 0 { loseOrder("operator \(position) subtracts the state") }
      isNonNegative = false
      isPositive = false
      return note(position, "+ z of any sign: " + (isHomogeneous ? "linear, along rays only" : "degree lost"))
    }
    radial = radial.map { max($0, 1) }
    strong = strong.map { max($0, 1) }
    isPositive = isPositive || factor > 0
    note(position, "+ z: at least 1")
  }

  /// v / ‖v‖: L becomes (I - 1 wᵀ) L, so that row sums at most double; those of L >= 0 along rays do not grow.
  private mutating func normalize(_ link: Normalize, _ position: Int) {
    let isWhole = link.sliceSize == link.inputShape.count
    beforeNormalization =
      isWhole
      ? BeforeNormalization(
        strong: strong, isOrderPreserving: isOrderPreserving, isPositive: isPositive) : nil
    if isWhole && isOrderPreserving && isPositive {
      note(position, "normalise: Hilbert, order-preserving")
    } else {
      derivation.append(
        DerivationStep(position: position, "normalise: twice as large", (strong ?? radial).map { 2 * $0 }))
    }
    let keepsRadial = isOrderPreserving && domain == .openCone
    radial = isHomogeneous ? 0 : radial.map { keepsRadial ? $0 : 2 * $0 }
    strong = strong.map { 2 * $0 }
    if !isPositive { loseDegree() }
    isHomogeneous = false
    loseOrder("operator \(position) normalises")
  }
}

extension Operator {
  /// Encloses the matrix of a linear operator; `nil` if the operator is not known to be linear.
  fileprivate var constantJacobian: IntervalMatrix? {
    if let matrix = wholeMatrix { return matrix }
    guard self is any LinearOperator || self is any SparseLinearOperator else { return nil }
    guard max(inputShape.count, outputShape.count) <= DenseLimit.entries else { return nil }
    let anywhere = IntervalVector(Array(repeating: Interval(0), count: inputShape.count))
    return try? encloseJacobian(over: anywhere, times: .identity(inputShape.count))
  }
}

extension IntervalMatrix {
  fileprivate func hasPositive(row: Int) -> Bool { (0..<columns).contains { lower[row, $0] > 0 } }
}

extension Activate {
  /// The coefficient, 1 for a function that is linear on the side.
  fileprivate func factor(
    on side: ActivationCoefficient.Domain, shift: Double, _ coefficients: CoefficientTable
  ) -> Double? {
    let isLinear = activation.kind == .identity || (side == .positive && activation.kind == .relu)
    return isLinear && shift == 0 && power == 1
      ? 1 : coefficients.bound(of: self, shift: shift, overPositive: side == .positive)
  }

  /// s'(t) t = s(t).
  fileprivate var isPositivelyHomogeneous: Bool {
    shift == 0 && power == 1 && [.identity, .relu, .leakyRelu].contains(activation.kind)
  }

  /// At most σ + shift on the side: where it is not negative, its power has the same sign.
  fileprivate func leastValue(on side: ActivationCoefficient.Domain, shift: Double) -> Double {
    let interval = Interval(side == .positive ? 0 : -.infinity, .infinity)
    return activation.range(over: interval).map { Rounding.sumDown($0.lower, shift) } ?? -.infinity
  }

  fileprivate var isConcaveAndNonNegative: Bool {
    activation.isConcaveOnPositive && leastValue(on: .positive, shift: shift) >= 0 && power > 0 && power <= 1
  }
}

extension ActivationCoefficient {
  /// A proved upper bound; `nil` where the coefficient is infinite or undefined.
  var upperBound: Double? {
    guard case .bounded(_, let upperBound) = self, upperBound.isFinite else { return nil }
    return upperBound
  }
}

extension Activation {
  /// Whether σ is known to be non-decreasing on the side.
  fileprivate func isMonotone(on side: ActivationCoefficient.Domain) -> Bool {
    switch kind {
    case .sin: false
    case .gelu, .silu: side == .positive
    case .identity, .relu, .leakyRelu, .tanh, .sigmoid, .softplus, .softsign, .arctan, .hardtanh, .erf, .elu,
      .softshrink, .log1p, .sqrt, .exp:
      true
    }
  }

  /// Whether σ(t) > σ(0) for all t > 0.
  fileprivate var isIncreasingOnPositives: Bool {
    switch kind {
    case .sin: false
    case .softshrink: parameter == 0
    case .identity, .relu, .leakyRelu, .tanh, .sigmoid, .softplus, .softsign, .arctan, .hardtanh, .erf, .elu, .gelu,
      .silu, .log1p, .sqrt, .exp:
      true
    }
  }
}
