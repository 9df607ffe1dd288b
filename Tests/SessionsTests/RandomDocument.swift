import FixedPoint

@testable import Sessions

/// Documents drawn at random from the tables of operators and methods, so that whatever is added there is covered.
struct RandomDocument {
  private var random: RandomGenerator

  init(seed: UInt64) { random = RandomGenerator(seed: seed) }

  mutating func document() -> SessionDocument {
    let input = chance() ? shape() : nil
    var document = SessionDocument(
      network: NetworkSource(
        stateShape: shape(), inputShape: input, operators: (0..<below(5)).map { _ in link() }))
    if chance() { document.title = text() }
    if chance() { document.notes = text() }
    if chance() { document.input = tensor() }
    if chance() { document.start = tensor() }
    document.solver = solver()
    document.stopping = StoppingRule(
      tolerance: number(0...1), measure: pick(Measure.allCases), maxSteps: 1 + below(100_000))
    if chance() { document.recording = recording() }
    return document
  }

  // MARK: Parts

  private mutating func link() -> OperatorSource {
    let description = pick(OperatorCatalog.all).description
    return OperatorSource(description.name, fields(description.fields))
  }

  private mutating func solver() -> SolverSource {
    let description = pick(MethodCatalog.all).description
    return SolverSource(description.name, fields(description.options))
  }

  private mutating func fields(_ table: [Field]) -> [FieldSource] {
    var sources: [FieldSource] = []
    for field in table where field.isRequired || chance() { sources.append(FieldSource(field.name, value(field.kind))) }
    return sources
  }

  private mutating func value(_ kind: Field.Kind) -> FieldSource.Value {
    switch kind {
    case .number(let range): .number(number(range))
    case .integer(let range): .number(Double(range.lowerBound.advanced(by: below(min(range.count, 1000)))))
    case .choice(let names): .text(pick(names))
    case .numberOrChoice(let range, let names): chance() ? .number(number(range)) : .text(pick(names))
    case .flag: .flag(chance())
    case .tensor: .tensor(tensor())
    case .edges: .edges(chance() ? .file(text()) : .pairs((0..<below(4)).map { _ in [below(9), below(9)] }))
    }
  }

  private mutating func tensor() -> TensorSource {
    switch below(5) {
    case 0:
      let shape = shape()
      return .values(Tensor(shape: shape, values: (0..<shape.count).map { _ in number(-1e300...1e300) }))
    case 1: return .fill(number(-10...10), shape: chance() ? shape() : nil)
    case 2: return .ensemble(ensemble(), shape: chance() ? shape() : nil)
    case 3: return .file(path: text(), key: chance() ? text() : nil)
    default: return .dataset(name: text(), index: below(100))
    }
  }

  private mutating func ensemble() -> Ensemble {
    let laws: [Ensemble.Law] = [
      .gaussian, .uniform, .orthogonal, .sparse(density: number(0.1...1)), .lowRank(1 + below(9)), .symmetric,
      .antisymmetric, .banded(width: below(9)), .correlated(number(-1...1)),
    ]
    let constraints: [Ensemble.Constraint?] = [
      nil, .nonnegative, .rowStochastic, .spectralRadius(number(0...9)), .norm2(number(0...9)), .normInf(number(0...9)),
      .perronRoot(number(0...9)),
    ]
    return Ensemble(
      pick(laws), seed: random.next() >> 11, gain: chance() ? 1 : number(0...5), constraint: pick(constraints))
  }

  private mutating func recording() -> Recording {
    let checks = (0..<below(6)).map { position in
      Check(step: 3 * position + 1, residualRelative: chance() ? number(0...9) : nil, digest: random.next())
    }
    let actions: [Action] = [
      .run, .pause, .step(1 + below(9)), .rewind(to: below(9)), .branch, .reset, .solver(solver()),
      .stopping(StoppingRule(tolerance: number(0...1))), .start(tensor()), .input(tensor()),
      .edit(path: text(), value: tensor().json),
    ]
    var recording = Recording(
      origin: Recording.Origin(program: text(), kernel: text(), processor: text()), session: random.next(),
      actions: actions.map { RecordedAction(step: below(50), $0, left: chance() ? checks.first : nil) }, checks: checks,
      outcome: chance() ? RecordedOutcome(chance() ? .converged : .cycle(period: 2 + below(9))) : nil)
    if chance() { recording.before.title = chance() ? .none : .text(text()) }
    if chance() { recording.before.notes = .text(text()) }
    if chance() { recording.cursor = below(50) }
    return recording
  }

  // MARK: Values

  private mutating func shape() -> Shape { Shape((0..<1 + below(3)).map { _ in 1 + below(4) }) }

  private mutating func number(_ range: ClosedRange<Double>) -> Double {
    let lower = max(range.lowerBound, -1e9)
    let upper = min(range.upperBound, 1e9)
    let number = lower + (upper - lower) * random.uniform()
    return chance() ? min(max(number.rounded(), lower), upper) : number
  }

  private mutating func text() -> String {
    String((0..<1 + below(12)).map { _ in pick(Array("abc \"\\\n\t\u{1}é😀/{}[],:0")) })
  }

  private mutating func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
  private mutating func chance() -> Bool { random.next() >> 63 == 0 }
  private mutating func pick<Part>(_ parts: [Part]) -> Part { parts[below(parts.count)] }
}
