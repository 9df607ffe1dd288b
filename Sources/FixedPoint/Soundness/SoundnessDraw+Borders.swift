internal import Glibc
internal import LinearAlgebra

/// The families of ``SoundnessFamilies/borders``.
extension SoundnessDraw {
  mutating func bordersFamily() -> String {
    switch random.integer(0, 9) {
    case 0, 1: crossed()
    case 2: line()
    case 3: hugeOffset()
    case 4: hugeWeight()
    case 5: coneBorder()
    case 6: unbounded()
    case 7: images()
    case 8: graphs()
    default: cancelling()
    }
  }

  /// Any random family with its gain beside the border of a theorem.
  private mutating func crossed() -> String {
    let family = randomFamily()
    let theorem = random.choice(SoundnessCrossing.theorems)
    crossing = SoundnessCrossing(theorem: theorem, step: random.choice([-1e-8, 1e-8, -1e-3, 1e-3, 0.05]))
    return "crossed " + family
  }

  /// Every multiple of one vector is a fixed point, exactly: rows of dyadic weights with sum 1, scaled by powers of 2.
  private mutating func line() -> String {
    dimension = random.integer(1, 8)
    let scales = (0..<dimension).map { _ in Double(sign: .plus, exponent: random.integer(-40, 40), significand: 1) }
    var weight = [Double](repeating: 0, count: dimension * dimension)
    for i in 0..<dimension {
      var rest = 64
      for j in 0..<dimension {
        let part = j == dimension - 1 ? rest : random.integer(0, rest)
        rest -= part
        weight[i * dimension + j] = Double(part) / 64 * scales[i] / scales[j]
      }
    }
    dense(weight)
    activation(random.choice([.identity, .relu, .leakyRelu]))
    return "line"
  }

  /// c + g sin(z + B): the argument is as large as B.
  private mutating func hugeOffset() -> String {
    dimension = random.integer(1, 2)
    let size = pow(10, random.number(3, 13)).rounded()
    bias((0..<dimension).map { _ in random.choice([-1, 1]) * (size + random.number(0, 7)) })
    activation(.sin)
    scale(random.number(0.9, 1.6))
    bias((0..<dimension).map { _ in random.number(-3, 3) })
    return "huge offset"
  }

  /// sin(w z), scaled by a power of 2 that makes the product exact.
  private mutating func hugeWeight() -> String {
    dimension = 1
    let exponent = random.integer(-500, 500)
    scale(Double(sign: .plus, exponent: exponent, significand: 1))
    activation(.sin)
    scale(Double(sign: .plus, exponent: -exponent + random.integer(-1, 3), significand: 1))
    return "huge weight"
  }

  /// Non-negative maps with f(0) = 0: 0 is a fixed point on the border of the cone, perhaps the only one.
  private mutating func coneBorder() -> String {
    dense(weights(dimension, dimension).map { abs($0) })
    switch random.integer(0, 4) {
    case 0: activation(.tanh, power: random.choice([1, 2, 3]))
    case 1:
      activation(.log1p)
      scale(random.number(0.3, 3))
    case 2: activation(.sqrt, power: random.choice([1, 2]))
    case 3: activation(random.choice([.relu, .softsign, .arctan, .erf, .hardtanh]))
    default:
      activation(.relu)
      activation(random.choice([.log1p, .tanh, .softsign]))
    }
    if random.isTrue(0.3) { scale(random.number(0.3, 3)) }
    return "border of the cone"
  }

  /// Maps without a bound, many of them with several fixed points: a box around one says nothing about the others.
  private mutating func unbounded() -> String {
    dimension = random.integer(1, 4)
    dense(weights(dimension, dimension))
    inject(random.number(0, 2))
    switch random.integer(0, 4) {
    case 0: activation(.exp)
    case 1: activation(.identity, shift: random.number(-1, 1), power: random.choice([2, 3]))
    case 2: activation(.softplus, power: random.choice([1, 2]))
    case 3: activation(.relu, shift: random.number(-0.5, 0.5), power: random.choice([1, 2, 3]))
    default: activation(random.choice([.relu, .elu, .leakyRelu, .identity]))
    }
    scale(random.number(0.1, 0.8))
    if random.isTrue(0.5) { inject(1) }
    return "unbounded"
  }

  private mutating func images() -> String {
    let channels = random.integer(1, 2)
    let (height, width) = (random.integer(1, 3), random.integer(1, 3))
    shape = Shape([channels, height, width])
    dimension = channels * height * width
    let taps = random.choice([1, 3])
    let size = random.number(0.2, 2) / Double(channels * taps * taps).squareRoot()
    let kernel = random.gaussians(channels * channels * taps * taps).map { size * $0 }
    let isPositive = random.isTrue(0.4)
    append(
      "convolve",
      [
        "kernel": .tensor(
          Tensor(shape: Shape([channels, channels, taps, taps]), values: isPositive ? kernel.map(abs) : kernel)),
        "padding": .text(taps <= min(height, width) && random.isTrue(0.4) ? "circular" : "zero"),
      ])
    activation(anyKind, shift: random.number(0, 1.5))
    if random.isTrue(0.4) { append("normalize", normalization(["all", "channel"])) }
    if random.isTrue(0.2) { skip(random.number(-0.5, 0.5)) }
    return "images"
  }

  private mutating func graphs() -> String {
    let (nodes, features) = (random.integer(2, 5), random.integer(1, 2))
    shape = Shape([nodes, features])
    dimension = nodes * features
    var edges: [[Int]] = []
    for u in 0..<nodes { for v in 0..<u where random.isTrue(0.6) { edges.append([v, u]) } }
    append(
      "propagate",
      [
        "edges": .edges(edges), "normalization": .text(random.choice(["symmetric", "row", "none"])),
        "selfLoops": .flag(true), "scale": .number(random.number(0.2, 1.5)),
      ])
    let weight = random.gaussians(features * features).map { random.number(0.3, 1.5) * $0 }
    append("dense", ["weight": .tensor(tensor(features, features, random.isTrue(0.5) ? weight.map(abs) : weight))])
    activation(anyKind, shift: random.number(0, 1.5))
    if random.isTrue(0.4) { append("normalize", normalization(["all", "node"])) }
    return "graphs"
  }

  private mutating func normalization(_ axes: [String]) -> [String: FieldValue] {
    let norm = random.choice([1, 1.5, 2, 3, Double.infinity])
    return [
      "norm": norm.isInfinite ? .text("inf") : .number(norm), "axis": .text(random.choice(axes)),
    ]
  }

  /// Two branches that nearly cancel, which bounds of the parts do not see.
  private mutating func cancelling() -> String {
    dimension = random.integer(1, 4)
    let hidden = 2 * dimension
    var (up, down) = (
      [Double](repeating: 0, count: hidden * dimension), [Double](repeating: 0, count: dimension * hidden)
    )
    for i in 0..<dimension {
      let gain = random.number(0.5, 3)
      up[2 * i * dimension + i] = 1
      up[(2 * i + 1) * dimension + i] = 1
      down[i * hidden + 2 * i] = gain
      down[i * hidden + 2 * i + 1] = random.number(0, 1.2) - gain
    }
    dense(up)
    activation(random.choice([.relu, .tanh, .identity, .softplus, .sin]))
    dense(down)
    inject(1)
    return "cancelling"
  }
}
