internal import LinearAlgebra

/// Which networks a campaign draws.
public enum SoundnessFamilies: String, Sendable, CaseIterable {
  /// Random networks near the thresholds of the theorems.
  case random
  /// Networks that are made to break proofs: borders crossed by a hair, lines of fixed points, huge arguments, the border
  /// of the cone, several fixed points in unbounded maps, all operators, parts that cancel.
  case borders
}

/// One random network of the soundness campaign, made from a seed and an index alone.
///
/// Most families are drawn near the thresholds of the theorems, so that few cases are trivial: Perron roots and slopes
/// around 1, symmetric weights at the pitchfork, the signed two-unit maps with three fixed points, sigmoids at the edge of
/// hysteresis.
public struct SoundnessCase: Sendable {
  public let seed: UInt64
  public let index: Int
  /// "layered", "bistable", …
  public let family: String
  public let families: SoundnessFamilies
  public let network: Network

  public init(seed: UInt64, index: Int, families: SoundnessFamilies = .random) throws {
    var draw = SoundnessDraw(SplitMix64(seed: seed, index: index))
    family = draw.family(of: families)
    let drawn = try Self.network(draw)
    network = draw.crossing.flatMap { $0.crossed(drawn) } ?? drawn
    self.families = families
    self.seed = seed
    self.index = index
  }

  private static func network(_ draw: SoundnessDraw) throws -> Network {
    var links: [any Operator] = []
    let state = draw.shape ?? Shape([draw.dimension])
    for (name, fields) in draw.operators {
      guard let type = OperatorCatalog.named(name) else { continue }
      let context = OperatorContext(incoming: links.last?.outputShape ?? state, state: state, input: nil)
      links.append(try type.init(fields, in: context))
    }
    return try Network(stateShape: state, operators: links)
  }
}

/// Draws the operators of a case.
struct SoundnessDraw {
  var random: SplitMix64
  var dimension: Int
  /// Of the state, where it is no vector.
  var shape: Shape?
  var operators: [(name: String, fields: FieldValues)] = []
  /// Where the weights' gain is to be put; `nil` leaves the network as it is drawn.
  var crossing: SoundnessCrossing?

  init(_ random: SplitMix64) {
    self.random = random
    let skewed = self.random.number()
    dimension = 1 + Int(12 * skewed * skewed)
  }

  mutating func family(of families: SoundnessFamilies) -> String {
    switch families {
    case .random: randomFamily()
    case .borders: bordersFamily()
    }
  }

  mutating func randomFamily() -> String {
    switch random.integer(0, 12) {
    case 0: plain()
    case 1: shifted()
    case 2: normalized()
    case 3: layered()
    case 4: skipped()
    case 5: monotone()
    case 6: concave()
    case 7: inCone()
    case 8: pitchfork()
    case 9: bistable()
    case 10: hysteresis()
    case 11: anything()
    default: triangular()
    }
  }

  private mutating func plain() -> String {
    dense(weights(dimension, dimension))
    inject(random.number(0, 2))
    activation(anyKind)
    if random.isTrue(0.3) { scale(random.number(-1.5, 1.5)) }
    return "plain"
  }

  private mutating func shifted() -> String {
    dense(weights(dimension, dimension))
    activation(random.choice([.tanh, .sigmoid, .arctan, .softsign]), shift: random.number(0.9, 2.5))
    if random.isTrue(0.7) { inject(1, nonnegative: true) }
    return "shifted"
  }

  private mutating func normalized() -> String {
    dense(weights(dimension, dimension))
    activation(random.choice([.tanh, .sigmoid, .softplus, .relu]), shift: random.number(0.1, 2.2))
    if random.isTrue(0.5) { inject(1, nonnegative: true) }
    normalize()
    return "normalized"
  }

  private mutating func layered() -> String {
    let hidden = random.integer(1, 12)
    dense(weights(hidden, dimension))
    activation(anyKind, shift: random.number(0, 1.5))
    dense(weights(dimension, hidden))
    inject(1)
    activation(anyKind)
    return "layered"
  }

  private mutating func skipped() -> String {
    dense(weights(dimension, dimension))
    if random.isTrue(0.3) { skip(random.number(-1, 1)) }
    activation(anyKind)
    inject(1)
    skip(random.number(-1.2, 1.2))
    if random.isTrue(0.3) { scale(random.number(-1, 1)) }
    return "skipped"
  }

  private mutating func monotone() -> String {
    let spread = random.number(0.1, 2)
    operators.append(
      (
        "monotone",
        FieldValues([
          "m": .number(random.number(-0.3, 1)),
          "A": .tensor(tensor(dimension, dimension, random.gaussians(dimension * dimension).map { 0.3 * spread * $0 })),
          "B": .tensor(tensor(dimension, dimension, random.gaussians(dimension * dimension).map { spread * $0 })),
        ])
      ))
    inject(1)
    activation(anyKind)
    if random.isTrue(0.2) { scale(random.number(0.5, 1.3)) }
    return "monotone"
  }

  private mutating func concave() -> String {
    dense(weights(dimension, dimension).map { abs($0) })
    if random.isTrue(0.5) { inject(1, nonnegative: true) }
    activation(
      random.choice([.tanh, .sigmoid, .arctan, .softsign, .erf]), shift: random.number(0.01, 1.5),
      power: random.number(0.1, 1.2))
    if random.isTrue(0.5) { inject(1, nonnegative: true) }
    if random.isTrue(0.3) { normalize() }
    return "concave"
  }

  private mutating func inCone() -> String {
    dense(weights(dimension, dimension).map { abs($0) })
    inject(random.number(0, 1), nonnegative: true)
    activation(random.choice([.sqrt, .log1p, .relu, .softplus, .elu]), shift: random.choice([0, 0.1, 1]))
    if random.isTrue(0.3) { inject(1, nonnegative: true) }
    return "in the cone"
  }

  /// Odd activations on symmetric weights: the zero fixed point splits in three where the largest eigenvalue passes 1.
  private mutating func pitchfork() -> String {
    var weight = Matrix(rows: dimension, columns: dimension, values: random.gaussians(dimension * dimension))
      .symmetricPart
    let largest = (try? SymmetricEigen.values(of: weight).last) ?? 1
    let gain =
      (largest > 0.01 ? 1 / largest : 1) * (random.isTrue(0.5) ? random.number(0.95, 1.05) : random.number(0.5, 2))
    for i in weight.values.indices { weight.values[i] *= gain }
    dense(weight.values)
    if random.isTrue(0.2) { inject(0.02) }
    activation(random.choice([.tanh, .softsign, .arctan, .erf, .sin, .hardtanh]))
    return "pitchfork"
  }

  /// The signed two-unit maps, plain and normalised, from far below to far above their thresholds, slightly perturbed.
  private mutating func bistable() -> String {
    dimension = 2
    let gain = random.number(0.05, 2)
    let noise = random.isTrue(0.5) ? 0 : 0.05
    dense([1, -1, -1, 1].map { gain * ($0 + noise * random.gaussian()) })
    activation(.tanh, shift: random.choice([1.2, 1.603, 2]))
    if random.isTrue(0.5) { normalize() }
    return "bistable"
  }

  /// σ(g (P z - 1/2) + δ) with a permutation P: three fixed points for g > 4.
  private mutating func hysteresis() -> String {
    dimension = random.integer(1, 4)
    let gain = random.number(3, 5)
    var weight = [Double](repeating: 0, count: dimension * dimension)
    for i in 0..<dimension { weight[i * dimension + (i + 1) % dimension] = gain }
    dense(weight)
    let offset = -gain / 2 + 0.1 * random.gaussian()
    bias(Array(repeating: offset, count: dimension))
    activation(.sigmoid)
    return "hysteresis"
  }

  private mutating func triangular() -> String {
    var weight = random.gaussians(dimension * dimension).map { 3 * $0 }
    for i in 0..<dimension {
      for j in 0..<i { weight[i * dimension + j] *= random.isTrue(0.9) ? 0 : 0.02 }
      weight[i * dimension + i] = random.number(-1.1, 1.1)
    }
    dense(weight)
    inject(1)
    activation(anyKind)
    return "triangular"
  }

  /// Any chain of operators that leads back to the state.
  private mutating func anything() -> String {
    for _ in 0..<random.integer(1, 4) {
      switch random.integer(0, 6) {
      case 0, 1: dense(weights(dimension, dimension))
      case 2: inject(1)
      case 3: activation(anyKind, shift: random.number(-0.5, 2), power: random.isTrue(0.7) ? 1 : random.number(-0.5, 2))
      case 4: normalize()
      case 5: skip(random.number(-0.8, 0.8))
      default: scale(random.number(-1.2, 1.2))
      }
    }
    if random.isTrue(0.7) {
      dense(weights(dimension, dimension))
      activation(anyKind, shift: random.number(-0.5, 2))
    }
    return "anything"
  }

  // MARK: Parts

  var anyKind: ActivationKind {
    mutating get { random.choice(ActivationKind.allCases) }
  }

  /// Weights of one of several sign patterns, scaled to a Perron root of |W| (or a norm, where not square) around 1.
  mutating func weights(_ rows: Int, _ columns: Int) -> [Double] {
    var values = random.gaussians(rows * columns)
    switch random.integer(0, 4) {
    case 0: values = values.map { abs($0) }
    case 1: values = values.map { -abs($0) }
    case 2: values = values.map { random.isTrue(0.5) ? $0 : 0 }
    default: break
    }
    let matrix = Matrix(rows: rows, columns: columns, values: values).absolute
    let size = rows == columns ? (try? matrix.perronRoot().value) ?? 1 : matrix.normInf
    let target = random.isTrue(0.5) ? random.number(0.8, 1.2) : random.number(0.1, 4)
    return size > 1e-3 ? values.map { target / size * $0 } : values
  }

  func tensor(_ rows: Int, _ columns: Int, _ values: [Double]) -> Tensor {
    Tensor(shape: Shape([rows, columns]), values: values)
  }

  mutating func append(_ name: String, _ fields: [String: FieldValue]) {
    operators.append((name, FieldValues(fields)))
  }

  /// A matrix with as many columns as the value has entries.
  mutating func dense(_ values: [Double]) {
    append("dense", ["weight": .tensor(tensor(values.count / width, width, values))])
  }

  /// How many entries the value has so far.
  private var width: Int {
    operators.last { $0.name == "dense" }?.fields.tensor("weight")?.shape.sizes[0] ?? dimension
  }

  mutating func inject(_ size: Double, nonnegative: Bool = false) {
    bias(random.gaussians(width).map { size * (nonnegative ? abs($0) : $0) })
  }

  mutating func bias(_ values: [Double]) { append("inject", ["bias": .tensor(Tensor(vector: values))]) }

  mutating func activation(_ kind: ActivationKind, shift: Double = 0, power: Double = 1) {
    var fields: [String: FieldValue] = [
      "kind": .text(kind.rawValue), "shift": .number(shift), "power": .number(power),
    ]
    if let parameter = kind.parameter { fields[parameter.rawValue] = .number(random.number()) }
    append("activation", fields)
  }

  mutating func normalize() {
    let norm = random.choice([1, 1.5, 2, 3, Double.infinity])
    append("normalize", ["norm": norm.isInfinite ? .text("inf") : .number(norm)])
  }

  mutating func skip(_ factor: Double) { append("skip", ["scale": .number(factor)]) }
  mutating func scale(_ factor: Double) { append("scale", ["by": .number(factor)]) }
}
