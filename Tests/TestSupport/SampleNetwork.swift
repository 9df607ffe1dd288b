public import FixedPoint

/// Networks of any size for the tests of loops, seeded.
public enum SampleNetwork {
  /// z -> tanh(W z) + 1.2 + b with W and b uniform; W is scaled to `gain`.
  public static func layer(_ size: Int, gain: Double = 0.45, seed: UInt64 = 1) -> Network {
    network(size, seed: seed) { generator, _ in
      let spread = gain * (3 / Double(size)).squareRoot()
      let weight = Tensor(shape: Shape([size, size]), values: generator.vector(size * size, in: -spread...spread))
      let bias = Tensor(vector: generator.vector(size, in: -0.3...0.3))
      return [
        ("dense", ["weight": .tensor(weight)]), ("activation", ["kind": .text("tanh"), "shift": .number(1.2)]),
        ("inject", ["bias": .tensor(bias)]),
      ]
    }
  }

  /// A network from the operators' names and fields.
  public static func network(
    _ size: Int, input: Tensor? = nil, seed: UInt64 = 1,
    _ operators: (inout SeededGenerator, Int) -> [(String, [String: FieldValue])]
  ) -> Network {
    var generator = SeededGenerator(seed: seed)
    let shape = Shape([size])
    do {
      var links: [any Operator] = []
      for (name, fields) in operators(&generator, size) {
        let context = OperatorContext(incoming: links.last?.outputShape ?? shape, state: shape, input: input)
        guard let type = OperatorCatalog.named(name) else { fatalError("no operator is called \(name)") }
        links.append(try type.init(FieldValues(fields), in: context))
      }
      return try Network(stateShape: shape, operators: links)
    } catch {
      fatalError("a sample network is malformed: \(error)")
    }
  }
}
