internal import Glibc
internal import LinearAlgebra

/// What went wrong in a finished run: a pure function of it. A run that converged has no findings, unless it left the
/// cone that it was asked to stay in.
public struct Diagnosis: Sendable, Equatable {
  public let findings: [Finding]

  /// - Parameters:
  ///   - run: any run; one without an outcome has findings about the cone alone.
  ///   - needsCone: whether leaving the open cone matters; it does anyway where the run is measured by its distances.
  public init(_ run: Run<some FixedPointMap>, needsCone: Bool = false) {
    let isMeasuredInCone = run.stopping.measure == .thompson || run.stopping.measure == .hilbert
    let exit = needsCone || isMeasuredInCone ? run.coneExit.map(Finding.leftCone) : nil
    let isFailed = run.outcome.map { $0 != .converged } ?? false
    let singular = isFailed && run.singularSystems > 0 ? Finding.singularSystems(run.singularSystems) : nil
    findings = run.failures + [exit, singular].compactMap(\.self)
  }
}

extension Run {
  fileprivate var failures: [Finding] {
    switch outcome {
    case .converged, nil: []
    case .diverged:
      isMetByGrowth ? [.outgrown(outgrowth)] : [nonFinite.map(Finding.nonFinite), growth].compactMap(\.self)
    case .cycle(let period): [.cycle(cycle(period))]
    case .stalled: [vanishing ?? (isMetByGrowth ? .outgrown(outgrowth) : .stall(stall))]
    case .maxSteps:
      [vanishing ?? (isMetByGrowth ? .outgrown(outgrowth) : receding ?? circling ?? slowness.map { .slow($0) })]
        .compactMap(\.self)
    case .failed(let error): [.breakdown(error)]
    }
  }

  private var growth: Finding? { divergence.map(Finding.divergence) }

  private var outgrowth: Finding.Outgrowth {
    Finding.Outgrowth(
      start: Vector.normSup(start), size: Vector.normSup(iterate), first: trace.first?.residualAbsolute ?? 0,
      residual: trace.last?.residualAbsolute ?? 0)
  }

  private var nonFinite: Finding.NonFinite? {
    guard let step = trace.first(where: { !$0.residualSup.isFinite })?.step else { return nil }
    let iterate = iterate(at: step)
    if let unit = iterate.firstIndex(where: { !$0.isFinite }) {
      return Finding.NonFinite(step: step, place: .iterate, unit: unit)
    }
    if let network = map as? Network, let found = network.firstNonFinite(at: iterate), let position = found.position {
      let place = Finding.NonFinite.Place.operator(position: position, name: network.operators[position].name)
      return Finding.NonFinite(step: step, place: place, unit: found.unit)
    }
    let unit = image(at: step).firstIndex { !$0.isFinite }
    return unit.map { Finding.NonFinite(step: step, place: .image, unit: $0) }
  }

  private var divergence: Finding.Divergence? {
    let residuals = trace.prefix { $0.residualAbsolute.isFinite }.map(\.residualAbsolute)
    guard let least = residuals.min(), let onset = residuals.lastIndex(of: least), onset < residuals.count - 1,
      let growth = Self.meanRatio(residuals[onset...])
    else { return nil }
    let iterate = iterate(at: residuals.count)
    let distances = zip(image(at: residuals.count), iterate).map { abs($0 - $1) }
    return Finding.Divergence(
      onset: onset + 1, growth: growth, unit: Self.largest(distances),
      relative: trace[residuals.count - 1].residualRelative)
  }

  private func cycle(_ period: Int) -> Finding.Cycle {
    var (low, high) = (iterate, iterate)
    for step in (stepCount - period + 1)...stepCount {
      for (i, value) in iterate(at: step).enumerated() {
        low[i] = min(low[i], value)
        high[i] = max(high[i], value)
      }
    }
    let amplitudes = zip(high, low).map { ($0 - $1) / 2 }
    return Finding.Cycle(period: period, amplitudes: amplitudes, unit: Self.largest(amplitudes))
  }

  private var stall: Finding.Stall {
    let (last, image) = (iterate, image(at: stepCount))
    let residual = StepResidual(iterate: last.span, image: image.span)
    if residual.sup <= Monitor.Limits.floor * Double(last.count + 8) * residual.scale {
      return .roundingFloor(attained: trace.compactMap { $0[stopping.measure] }.min())
    }
    let steps = Array(max(1, stepCount - 50)...stepCount)
    let path = zip(steps, steps.dropFirst()).map { Distance.sup(iterate(at: $0).span, iterate(at: $1).span) }
    if let move = path.last, move <= 1e-8 * residual.sup { return .frozen }
    let displacement = zip(last, iterate(at: steps[0])).map { abs($0 - $1) }
    let unit = Self.largest(displacement)
    return displacement[unit] > 0.5 * path.reduce(0, +) ? .drifting(unit: unit) : .wandering
  }

  private var slowness: Finding.Slowness? {
    let values = trace.compactMap { $0[stopping.measure] }
    guard let last = values.last, last > 0, let mean = Self.meanRatio(values[...]) else { return nil }
    let (measure, ratio) = pace(values, mean: mean)
    let isFalling = ratio < 1 && stopping.tolerance > 0 && last.isFinite
    let remaining = isFalling ? log(stopping.tolerance / last) / log(ratio) : .infinity
    return Finding.Slowness(
      measure: measure, ratio: ratio, remainingSteps: remaining < 1e9 ? Int(max(remaining, 0).rounded(.up)) : nil)
  }

  /// What a step multiplies the measure by. One that goes up and down while the absolute residual falls evenly does so
  /// with the size of the iterate: in the end it falls as that residual does.
  private func pace(_ values: [Double], mean: Double) -> (measure: Measure, ratio: Double) {
    guard let swing = Swing(Array(values.suffix(values.count / 2))), swing.isTurning else {
      return (stopping.measure, mean)
    }
    let absolute = trace.suffix(stepCount / 2).map(\.residualAbsolute)
    guard let even = Swing(absolute), !even.isTurning, let ratio = Self.meanRatio(absolute[...]) else {
      return (stopping.measure, swing.ratio)
    }
    return (.residualAbsolute, ratio)
  }

  fileprivate var coneExit: Finding.ConeExit? {
    guard let step = trace.first(where: { $0.thompson == nil && $0.residualSup.isFinite })?.step else { return nil }
    let (iterate, image) = (iterate(at: step), image(at: step))
    if let unit = iterate.firstIndex(where: { $0 <= 0 }) {
      return Finding.ConeExit(step: step, unit: unit, isIterate: true, value: iterate[unit])
    }
    return image.firstIndex { $0 <= 0 }.map {
      Finding.ConeExit(step: step, unit: $0, isIterate: false, value: image[$0])
    }
  }

  /// The geometric mean of the ratios over the later half; `nil` for fewer than two values, or a zero among the ends.
  private static func meanRatio(_ values: ArraySlice<Double>) -> Double? {
    let half = values.suffix(values.count / 2 + 1)
    guard let first = half.first, let last = half.last, half.count >= 2, first > 0, last > 0 else { return nil }
    return exp((log(last) - log(first)) / Double(half.count - 1))
  }

  /// The index of the largest entry, the first of several.
  private static func largest(_ values: [Double]) -> Int {
    values.indices.max { values[$0] < values[$1] || (values[$0] == values[$1] && $0 > $1) } ?? 0
  }
}
