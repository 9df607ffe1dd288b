internal import LinearAlgebra

/// Watches the steps of a run for the ways in which it may fail to converge: divergence, cycles, and stalls.
///
/// A value that is stored with the states, so that a run that is taken back sees what it saw. Convergence is the
/// stopping rule's to tell. The limits are those of ``Limits``; each is chosen so that slow progress is never taken
/// for none.
struct Monitor: Sendable, Equatable {
  enum Limits {
    /// Divergence: ‖f(z) - z‖_inf beyond this times the largest of 1, ‖z₀‖_inf and the first ‖f(z) - z‖_inf.
    static let growth = 1e12
    /// Cycle: an iterate returns to within this part of the step's ‖f(z) - z‖_inf, and again, not farther, after the
    /// same number of steps. A spiral that contracts by more than this a turn is none.
    static let recurrence = 1e-8
    /// Cycle: a period is not believed while the iterate returns to within this part of the step sooner.
    static let earlierRecurrence = 1e-6
    /// Cycle: the iterate that the later ones are compared with is renewed after this many steps, or after a quarter
    /// of the steps so far. Periods up to this many steps are found soon, longer ones once there are 5 times as many.
    static let shortestWindow = 64
    /// Rounding floor of ‖f(z) - z‖_inf for n entries: this many units in the last place of the largest entry times
    /// (n + 8). At or below it, a recurrence is a stall.
    static let floor = 4 * Double.ulpOfOne
    /// Stall at the floor: no measure improves for this many steps.
    static let floorSteps = 16
    /// Stall off the floor: from one window of this many steps to the next, neither the least nor the greatest
    /// ‖f(z) - z‖₂ changes by more than ``progress`` relatively, and iterates return no closer to earlier ones than
    /// before, as they would on the way into a cycle. A cycle too long to be recognised in that time is a stall.
    static let stallSteps = 200
    static let progress = 1e-6
    /// Growth: iterates beyond this times the largest of 1, ‖z₀‖_inf and the first ‖f(z) - z‖_inf have outgrown them.
    static let outgrown = 100.0
    /// Growth: what a residual has to fall to, as a part of the largest one so far, before iterates that have outgrown
    /// their start count as close to a fixed point.
    static let fallen = 0.01
    /// Cycle: below this the squares of entries underflow, and what repeats there is the methods' arithmetic.
    static let least = 1e-150
    /// Cycle: in both periods the steps are of the same length in all, to within this part.
    static let samePath = 1e-3
  }

  /// What the size of the iterates says of a small relative residual.
  enum Growth: Sendable, Equatable {
    /// Nothing.
    case bounded
    /// The residual is small against the iterate because that is large: it has not fallen itself.
    case outgrown
    /// The same, at iterates past the bound that divergence has.
    case boundless
  }

  /// How a run fails to converge.
  enum Verdict: Sendable, Equatable {
    case diverged
    case cycle(period: Int)
    case stalled

    var outcome: Outcome {
      switch self {
      case .diverged: .diverged
      case .cycle(let period): .cycle(period: period)
      case .stalled: .stalled
      }
    }
  }

  /// What the steps so far amount to; `nil` while nothing is wrong.
  private(set) var verdict: Verdict?
  /// The largest of 1, ‖z₀‖_inf and the first ‖f(z) - z‖_inf.
  private var firstScale: Double
  /// The largest ‖f(z) - z‖_inf so far.
  private var greatestResidual = 0.0
  private var recurrence: Recurrence
  private var floor = FloorWatch()
  private var plateau = PlateauWatch()

  /// The monitor of a run whose first step, at z₀, has this residual.
  init(start iterate: Span<Double>, step: Int, residual: StepResidual) {
    self.init(dimension: iterate.count)
    restart(at: iterate, step: step, residual: residual)
  }

  /// The monitor of a run that has made no step.
  init(dimension: Int) {
    firstScale = .infinity
    recurrence = Recurrence(dimension: dimension)
  }

  /// Becomes the monitor of another run, in the same memory.
  mutating func restart(at iterate: Span<Double>, step: Int, residual: StepResidual) {
    firstScale = Self.firstScale(start: iterate, residual)
    greatestResidual = residual.isFinite ? residual.sup : 0
    recurrence.begin(step, iterate)
    floor = FloorWatch()
    plateau = PlateauWatch()
    verdict = residual.isFinite ? nil : .diverged
  }

  private static func firstScale(start iterate: Span<Double>, _ residual: StepResidual) -> Double {
    let size = Vector.normSup(iterate)
    return max(1, size.isFinite ? size : 0, residual.sup.isFinite ? residual.sup : 0)
  }

  private var bound: Double { Limits.growth * firstScale }

  /// The monitor of a new method that goes on from `iterate`: the bounds stay, the past of the old method is forgotten.
  init(continuing other: Monitor, step: Int, iterate: Span<Double>, residual: StepResidual) {
    self.init(start: iterate, step: step, residual: residual)
    firstScale = other.firstScale
    greatestResidual = max(other.greatestResidual, greatestResidual)
    verdict = residual.isFinite && residual.sup <= bound ? nil : .diverged
  }

  /// What the growth of the iterates up to this step says of its measure.
  ///
  /// A run that converges to a point far from its start has had residuals that led there: K plain steps to a point of
  /// size s make one of s/K at least, and a relative residual below a tolerance t is then below t K of that. Where the
  /// residual of an iterate that has outgrown its start is still ``Limits/fallen`` of the largest one, f(z) - z is about
  /// what it always was, and z alone has grown: as on z + 1, which has no fixed point. What rounding hides of f(z) - z,
  /// a unit in the last place of the largest entry, counts as residual.
  func growth(at residual: StepResidual) -> Growth {
    guard residual.scale > Limits.outgrown * firstScale else { return .bounded }
    let known = max(residual.sup, Double.ulpOfOne * residual.scale)
    guard known > Limits.fallen * greatestResidual else { return .bounded }
    return residual.scale > bound ? .boundless : .outgrown
  }

  /// Takes the next step into account; allocates nothing where no copy of the monitor is kept.
  ///
  /// Most steps are far from what they are compared with, which a few comparisons tell.
  @inline(__always)
  mutating func observe(step: Int, iterate: Span<Double>, image: Span<Double>, residual: StepResidual) {
    guard residual.isFinite, residual.sup <= bound else {
      verdict = .diverged
      return
    }
    greatestResidual = max(greatestResidual, residual.sup)
    recurrence.pass(residual.sup)
    let roundingFloor = Limits.floor * Double(iterate.count + 8) * residual.scale
    let isAtFloor = residual.sup <= roundingFloor
    if !isAtFloor, !plateau.isLastOfWindow, recurrence.isFar(step: step, iterate: iterate, stride: residual.sup) {
      _ = floor.leave()
      _ = plateau.observe(residual.norm)
      return
    }
    let isStuckAtFloor =
      isAtFloor ? floor.observe(residual, thompson: ConeDistances(image, iterate)?.thompson) : floor.leave()
    let period = recurrence.observe(
      step: step, iterate: iterate, stride: residual.sup, roundingFloor: roundingFloor)
    let isWindowOver = plateau.observe(residual.norm)
    let isPlateau = isWindowOver && plateau.isFlat(closestReturn: recurrence.takeClosestReturn())
    if let period {
      let isNone = period == 1 || isAtFloor || residual.scale < Limits.least
      verdict = isNone ? .stalled : .cycle(period: period)
    } else if isStuckAtFloor || isPlateau {
      verdict = .stalled
    }
  }
}

/// Finds the period with which iterates repeat.
///
/// Source: Brent, *An improved Monte Carlo factorization algorithm*, BIT 20, 1980, with a window that grows by a
/// quarter instead of doubling, so that a cycle that is slowly approached is found soon after.
private struct Recurrence: Sendable, Equatable {
  /// The iterate that the later ones are compared with.
  private var savedStep: Int
  private var saved: [Double]
  /// The first entry of `saved`.
  private var savedFirst = 0.0
  /// The least distance from the saved iterate, as a part of the step's residual, since it was last asked for.
  private var closestReturn = Double.infinity
  /// A first return, of `period` steps and to within `distance`, that has yet to repeat.
  private var candidate: Candidate?
  /// The sum of ‖f(z) - z‖_inf over the steps since the saved iterate.
  private var path = 0.0

  private struct Candidate: Sendable, Equatable {
    let period: Int
    let distance: Double
    /// The sum of ‖f(z) - z‖_inf over the period.
    let path: Double

    /// Whether the steps of another period were of the same length: methods with a memory may come back to a point by
    /// another way, and will then go on by another.
    func isRepeated(by other: Double) -> Bool {
      abs(path - other) <= Monitor.Limits.samePath * max(path, other)
    }
  }

  init(dimension: Int) {
    savedStep = 0
    saved = Array(repeating: 0, count: dimension)
  }

  /// Takes in the length of the step's residual.
  @inline(__always)
  mutating func pass(_ stride: Double) { path += stride }

  /// Whether the step changes nothing here: it is no return, closes in on none, and the saved iterate is young.
  @inline(__always)
  func isFar(step: Int, iterate: Span<Double>, stride: Double) -> Bool {
    // The first entry alone is farther away than any distance that counts.
    candidate == nil && step - savedStep < Monitor.Limits.shortestWindow && iterate.count > 0
      && abs(iterate[0] - savedFirst) > max(closestReturn, Monitor.Limits.recurrence) * stride
  }

  /// The period, once an iterate has returned twice.
  mutating func observe(step: Int, iterate: Span<Double>, stride: Double, roundingFloor: Double) -> Int? {
    let elapsed = step - savedStep
    noteReturn(iterate, stride)
    guard let candidate else {
      if let distance = distance(to: iterate, within: Monitor.Limits.recurrence * stride) {
        self.candidate = Candidate(period: elapsed, distance: distance, path: path)
        save(step, iterate)
      } else if elapsed >= max(Monitor.Limits.shortestWindow, savedStep / 4) {
        save(step, iterate)
      }
      return nil
    }
    if elapsed < candidate.period {
      let returnsSooner = distance(to: iterate, within: Monitor.Limits.earlierRecurrence * stride) != nil
      if returnsSooner { restart(step, iterate) }
      return nil
    }
    let limit = max(min(candidate.distance, Monitor.Limits.recurrence * stride), roundingFloor)
    if distance(to: iterate, within: limit) != nil, candidate.isRepeated(by: path) { return candidate.period }
    restart(step, iterate)
    return nil
  }

  /// Forgets all but the memory.
  mutating func begin(_ step: Int, _ iterate: Span<Double>) {
    closestReturn = .infinity
    restart(step, iterate)
  }

  mutating func takeClosestReturn() -> Double {
    defer { closestReturn = .infinity }
    return closestReturn
  }

  private mutating func noteReturn(_ iterate: Span<Double>, _ stride: Double) {
    guard stride > 0, let distance = distance(to: iterate, within: closestReturn * stride) else { return }
    closestReturn = distance / stride
  }

  private mutating func restart(_ step: Int, _ iterate: Span<Double>) {
    candidate = nil
    save(step, iterate)
  }

  private mutating func save(_ step: Int, _ iterate: Span<Double>) {
    savedStep = step
    path = 0
    savedFirst = iterate.isEmpty ? 0 : iterate[0]
    var copy = saved.mutableSpan
    copy.copy(iterate)
  }

  /// ‖iterate - saved‖_inf if it is at most `limit`.
  private func distance(to iterate: Span<Double>, within limit: Double) -> Double? {
    var largest = 0.0
    for i in saved.indices {
      let difference = abs(iterate[i] - saved[i])
      guard difference <= limit else { return nil }
      largest = max(largest, difference)
    }
    return largest
  }
}

/// Counts the steps at the rounding floor on which nothing improves on the floor's best so far.
private struct FloorWatch: Sendable, Equatable {
  private var leastSup = Double.infinity
  private var leastAbsolute = Double.infinity
  private var leastThompson = Double.infinity
  private var steps = 0

  /// A step at the floor; whether there were enough of them.
  mutating func observe(_ residual: StepResidual, thompson: Double?) -> Bool {
    let thompson = thompson ?? .infinity
    let isBetter = residual.sup < leastSup || residual.absolute < leastAbsolute || thompson < leastThompson
    leastSup = min(leastSup, residual.sup)
    leastAbsolute = min(leastAbsolute, residual.absolute)
    leastThompson = min(leastThompson, thompson)
    steps = isBetter ? 0 : steps + 1
    return steps >= Monitor.Limits.floorSteps
  }

  /// A step off the floor: never enough.
  mutating func leave() -> Bool {
    steps = 0
    return false
  }
}

/// Compares what happens in a window of steps with the window before.
private struct PlateauWatch: Sendable, Equatable {
  private struct Window: Sendable, Equatable {
    var least = LazyNorm.infinite
    var greatest = LazyNorm.zero
    var closestReturn = Double.infinity
  }

  private var before: Window?
  private var current = Window()
  private var steps = 0

  /// Whether the window is over with the next step.
  var isLastOfWindow: Bool { steps + 1 == Monitor.Limits.stallSteps }

  /// Whether the window is over with this step.
  @inline(__always)
  mutating func observe(_ residual: LazyNorm) -> Bool {
    current.least = current.least.least(residual)
    current.greatest = current.greatest.greatest(residual)
    steps += 1
    return steps == Monitor.Limits.stallSteps
  }

  /// Whether the window that is over shows no change against the one before; begins the next one.
  mutating func isFlat(closestReturn: Double) -> Bool {
    var now = current
    now.closestReturn = closestReturn
    defer {
      before = now
      current = Window()
      steps = 0
    }
    guard let before else { return false }
    return Self.agree(before.least.value, now.least.value) && Self.agree(before.greatest.value, now.greatest.value)
      && now.closestReturn >= before.closestReturn * (1 - Monitor.Limits.progress)
  }

  private static func agree(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= Monitor.Limits.progress * max(a, b)
  }
}
