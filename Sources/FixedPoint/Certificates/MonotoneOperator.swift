internal import LinearAlgebra

/// Theorem 6: I - W is strongly monotone, where one affine map is followed by an activation with slopes in [0, 1].
///
/// Such an activation is the proximal operator of a convex function, and z = σ(Wz + p) says that z is a zero of a strongly
/// monotone operator: there is exactly one. With I - (W + Wᵀ)/2 ⪰ m I and L = ‖I - W‖₂, forward-backward splitting with step a
/// contracts by sqrt(1 - 2am + a²L²), least for a = m/L²; Peaceman-Rachford by sqrt(1 - 4am/(1+aL)²), least for a = 1/L.
/// Both rates are for the proximal operator *of step a*. It is the activation itself for every step where the activation
/// is a projection (relu, hardtanh), for others only for a = 1.
///
/// Where the slopes are known better, or lie outside [0, 1], ``SectorForm`` with Λ = I gives at most one fixed point; over
/// Rⁿ there is one, since z - f(z) has uniformly nonsingular generalised Jacobians (Clarke) and is proper (Hadamard), and
/// in an invariant box by Brouwer.
/// Source: Winston, Kolter, *Monotone operator equilibrium networks*, NeurIPS 2020, theorem 1 and propositions 1 to 3.
public enum MonotoneOperator: Theorem {
  public static let id = "monotone"
  public static let statement =
    "If I - (W + Wᵀ)/2 is positive definite and the activation has slopes in [0, 1], the fixed point is unique, and "
    + "operator splitting finds it (Winston, Kolter 2020)."
  public static let isLight = false
  public static let denseClaim: Claim? = .exactlyOne

  public static func certify(_ analysis: Analysis) -> Certificate {
    let forms = analysis.slopeRegions.compactMap(\.withSlopeForm)
    let published = forms.filter { $0.region.isGlobal }.compactMap { publishedAttempt($0.region, $0.form) }
    let sectors = forms.map { sectorAttempt($0.region, $0.form) }
    return certificate(
      published + sectors, on: analysis,
      violation: { published.isEmpty ? nil : forms.first.flatMap { violation($0.form) } },
      obstacle: analysis.slopeRegions.slopeFormObstacle)
  }

  static let publishedForm = "published form"

  /// A direction x with xᵀ(I - W)x <= 0, in interval arithmetic: the published hypothesis is false.
  private static func violation(_ form: SlopeForm) -> Violation? {
    let weight = form.weight
    var gap = weight.midpoint.symmetricPart
    for index in gap.values.indices { gap.values[index] = -gap.values[index] }
    for i in 0..<gap.rows { gap[i, i] += 1 }
    guard let eigen = try? SymmetricEigen(gap) else { return nil }
    let direction = (0..<gap.rows).map { eigen.vectors[$0, 0] }
    var product = Interval(0)
    for i in 0..<gap.rows {
      var entry = Interval(direction[i])
      for j in 0..<gap.columns { entry = entry - weight[i, j] * Interval(direction[j]) }
      product = product + Interval(direction[i]) * entry
    }
    guard product.upper <= 0 else { return nil }
    return Violation(
      witness: .direction(direction), reason: "xᵀ(I - W)x is at most \(product.upper.brief) for x = \(direction.brief)")
  }

  /// The theorem as published; `nil` where slopes leave [0, 1].
  private static func publishedAttempt(_ region: SlopeRegion, _ form: SlopeForm) -> ProofAttempt? {
    let least = form.slopes.lower.min() ?? 0
    let most = form.slopes.upper.max() ?? 0
    guard least >= 0, most <= 1 else { return nil }
    let units = Array(repeating: Interval(0, 1), count: form.weight.rows)
    let sector = SectorForm(SlopeForm(weight: form.weight, slopes: IntervalVector(units)))
    let monotonicity = sector.smallestEigenvalue(Array(repeating: 1, count: sector.size))
    var attempt = ProofAttempt(
      form: publishedForm, scope: region.domain,
      hypotheses: [
        Hypothesis("smallest slope of the activation", least, .greaterOrEqual, 0),
        Hypothesis("largest slope of the activation", most, .lessOrEqual, 1),
        Hypothesis("smallest eigenvalue of I - (W + Wᵀ)/2", monotonicity, .greater, 0),
      ])
    if let monotonicity, monotonicity.lower > 0 { attempt.addRates(monotonicity.lower, form.weight) }
    return attempt
  }

  private static func sectorAttempt(_ region: SlopeRegion, _ form: SlopeForm) -> ProofAttempt {
    let sector = SectorForm(form)
    return region.attempt(
      [
        Hypothesis(
          "smallest eigenvalue of sym((I - αW)ᵀ(I - βW)), α and β the slopes \(region.place)",
          sector.smallestEigenvalue(Array(repeating: 1, count: sector.size)), .greater, 0)
      ])
  }
}

extension ProofAttempt {
  /// The rates of operator splitting for m > 0, rounded up.
  fileprivate mutating func addRates(_ monotonicity: Double, _ weight: IntervalMatrix) {
    guard let lipschitz = SmallestEigenvalue.norm2(-1 * weight + .identity(weight.rows))?.upper else { return }
    // m <= L, exactly so for W = 0: the quotient is at most 1.
    let ratio = min(1, Rounding.quotientDown(monotonicity, lipschitz))
    let forward = Rounding.rootUp(Rounding.sumUp(1, -Rounding.productDown(ratio, ratio)))
    rate = forward
    metric = .euclidean
    iteration = .forwardBackward(step: monotonicity / (lipschitz * lipschitz))
    derivation = [
      DerivationStep(position: nil, "m, with I - (W + Wᵀ)/2 ⪰ m I", monotonicity),
      DerivationStep(position: nil, "L = ‖I - W‖₂", lipschitz),
      DerivationStep(position: nil, "forward-backward: best step m/L²", monotonicity / (lipschitz * lipschitz)),
      DerivationStep(
        position: nil, "forward-backward: factor sqrt(1 - m²/L²), proximal operator of that step", forward),
      DerivationStep(position: nil, "Peaceman-Rachford: best step 1/L", 1 / lipschitz),
      DerivationStep(
        position: nil, "Peaceman-Rachford: factor sqrt(1 - m/L), proximal operator of that step",
        Rounding.rootUp(Rounding.sumUp(1, -ratio))),
    ]
  }
}
