import ArgumentParser
import FixedPoint
import Sessions

/// The options of `deq import` that say what a layer computes.
struct LayerArguments: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The layer; by default what the names say.",
      discussion: """
        plain: σ(W z + U x + b). mon: relu of the same, W = (1-m) I - AᵀA + B - Bᵀ. subdeq: tanh(W z) + relu(U x + b) + \
        shift. subdeq-power: (tanh(W z) + 1.01)^power + relu(U x + b), |W| with a norm. subdeq-abs: tanh(|W| z + relu(U \
        x + b)) + shift over its largest entry.
        """, valueName: "kind"))
  var layer: String?

  @Option(name: .customLong("m"), help: ArgumentHelp("m of mon; 1 by default.", valueName: "number"))
  var monotonicity: Double?

  @Option(name: .long, help: ArgumentHelp("What is added to tanh; 1.2 by default.", valueName: "number"))
  var shift: Double?

  @Option(name: .long, help: ArgumentHelp("The power; 0.999 by default.", valueName: "number"))
  var power: Double?

  @Option(name: .long, help: ArgumentHelp("Divide by this norm: a number from 1 on, or inf.", valueName: "p"))
  var norm: String?

  @Option(name: .long, help: ArgumentHelp("σ of a plain layer; tanh by default.", valueName: "name"))
  var activation: String?

  @Option(name: .long, help: ArgumentHelp("The size of the images that a convolution works on.", valueName: "HxW"))
  var image: String?

  @Option(name: .long, help: ArgumentHelp("x, as in a session; zeros by default.", valueName: "json"))
  var input: String?

  func validate() throws {
    if let layer, LayerKind(rawValue: layer) == nil {
      throw ValidationError("--layer \(layer): one of \(Self.names(LayerKind.allCases.map(\.rawValue))) is expected")
    }
    if let activation, ActivationKind(rawValue: activation) == nil {
      throw ValidationError(
        "--activation \(activation): one of \(Self.names(ActivationKind.allCases.map(\.rawValue))) is expected")
    }
    for (name, number) in [("--m", monotonicity), ("--shift", shift), ("--power", power)] {
      if let number, !number.isFinite { throw ValidationError("\(name): a number is expected") }
    }
    if let norm, number(norm: norm) == nil { throw ValidationError("--norm \(norm): 1 or more, or inf, is expected") }
    if let image, size(image) == nil { throw ValidationError("--image \(image): a size as 28x28 is expected") }
  }

  private static func names(_ names: [String]) -> String { names.joined(separator: ", ") }

  private func number(norm: String) -> Double? { Double(norm).flatMap { $0 >= 1 ? $0 : nil } }

  private func size(_ text: String) -> (height: Int, width: Int)? {
    let sizes = text.split(separator: "x").compactMap { Int($0) }
    guard sizes.count == 2, sizes.allSatisfy({ 1...65536 ~= $0 }) else { return nil }
    return (sizes[0], sizes[1])
  }

  /// - Throws: `SessionError` if the input is no tensor.
  func options() throws(SessionError) -> LayerOptions {
    var options = LayerOptions()
    options.kind = layer.flatMap(LayerKind.init(rawValue:))
    options.monotonicity = monotonicity
    options.shift = shift
    options.power = power
    options.norm = norm.flatMap(number(norm:))
    options.activation = activation.flatMap(ActivationKind.init(rawValue:))
    options.imageSize = image.flatMap(size)
    if let input { options.input = try TensorSource(try JSON(parsing: input), path: "--input") }
    return options
  }
}
