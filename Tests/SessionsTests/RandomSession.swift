import FixedPoint

@testable import Sessions

/// Sessions drawn at random that can be run: every operator where its shapes fit, every method, every law.
struct RandomSession {
  private var random: RandomGenerator

  init(seed: UInt64) { random = RandomGenerator(seed: seed) }

  mutating func document() -> SessionDocument {
    let shape = pick([
      Shape([1 + below(4)]), Shape([1 + below(4)]), Shape([2 + below(3), 1 + below(2)]),
      Shape([1 + below(2), 3 + below(2), 3]),
    ])
    let input = chance() ? shape : nil
    let count = 1 + below(4)
    var document = SessionDocument(
      network: NetworkSource(
        stateShape: shape, inputShape: input, operators: (0..<count).map { _ in link(on: shape, input: input) }))
    if input != nil { document.input = .ensemble(ensemble(), shape: nil) }
    if chance() { document.title = "session \(below(1000))" }
    document.start = start()
    document.solver = solver()
    document.stopping = stopping()
    return document
  }

  /// Something that a person does, at a step of a run of so many.
  mutating func action(steps: Int) -> Action {
    switch below(9) {
    case 0: .solver(solver())
    case 1: .stopping(stopping())
    case 2: .start(start())
    case 3: .rewind(to: below(steps + 1))
    case 4: .branch
    case 5: .reset
    case 6: .edit(path: "network.operators[0]", value: ["op": "scale", "by": JSON(number(-1...1))])
    default: .step(1 + below(4))
    }
  }

  mutating func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
  mutating func chance() -> Bool { random.next() >> 63 == 0 }

  // MARK: Parts

  private mutating func link(on shape: Shape, input: Shape?) -> OperatorSource {
    let names = ["activation", "inject", "normalize", "skip", "scale"]
    let linear = [[], ["dense", "monotone"], ["dense", "monotone", "propagate"], ["convolve"]][shape.rank]
    let name = pick(names + linear + linear)
    let fields = OperatorCatalog.named(name)?.description.fields ?? []
    return OperatorSource(name, fields.compactMap { field(of: name, $0, shape, input) })
  }

  private mutating func field(of name: String, _ field: Field, _ shape: Shape, _ input: Shape?) -> FieldSource? {
    guard field.isRequired || chance() else { return nil }
    switch (name, field.name) {
    case ("activation", "threshold"), ("activation", "slope"), ("inject", "activation"), ("inject", "weight"),
      ("normalize", "axis"):
      return nil
    case ("activation", "power"): return FieldSource("power", .number(Double(1 + below(2))))
    case (_, "edges"): return FieldSource("edges", .edges(.pairs((1..<shape.sizes[0]).map { [$0 - 1, $0] })))
    default: return FieldSource(field.name, value(field.kind))
    }
  }

  private mutating func value(_ kind: Field.Kind) -> FieldSource.Value {
    switch kind {
    case .number(let range): .number(number(range))
    case .integer(let range): .number(Double(range.lowerBound + below(min(range.count, 6))))
    case .choice(let names): .text(pick(names))
    case .numberOrChoice(let range, let names): chance() ? .number(number(range)) : .text(pick(names))
    case .flag: .flag(chance())
    case .tensor: .tensor(.ensemble(ensemble(), shape: nil))
    case .edges: .edges(.pairs([]))
    }
  }

  private mutating func ensemble() -> Ensemble {
    let laws: [Ensemble.Law] = [.gaussian, .uniform, .orthogonal, .sparse(density: 0.7)]
    return Ensemble(
      pick(laws), seed: random.next() >> 11, gain: number(0...1), constraint: chance() ? nil : .nonnegative)
  }

  private mutating func start() -> TensorSource {
    chance() ? .fill(number(-2...2), shape: nil) : .ensemble(Ensemble(.gaussian, seed: random.next() >> 11), shape: nil)
  }

  private mutating func solver() -> SolverSource {
    let description = pick(MethodCatalog.all).description
    let options = description.options.filter { _ in chance() }
    return SolverSource(description.name, options.map { FieldSource($0.name, value($0.kind)) })
  }

  private mutating func stopping() -> StoppingRule {
    StoppingRule(tolerance: number(0...1e-3), measure: pick(Measure.allCases), maxSteps: 1 + below(12))
  }

  private mutating func number(_ range: ClosedRange<Double>) -> Double {
    let (lower, upper) = (max(range.lowerBound, -2), min(range.upperBound, 2))
    return lower + (max(lower, upper) - lower) * random.uniform()
  }

  private mutating func pick<Part>(_ parts: [Part]) -> Part { parts[below(parts.count)] }
}
