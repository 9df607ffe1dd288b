import ArgumentParser
import FixedPoint
import Screen
import Sessions

/// `deq survey`: how often each theorem proves uniqueness on random maps, as a table.
struct Survey: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Count how often each theorem proves uniqueness on random maps.",
    discussion: """
      The maps are z = tanh(W z) + relu(y) + 1.2 with weights of either sign,
      normal with deviation gain/sqrt(n), and y standard normal, from seeds 1 to
      --count. Prints a Markdown table: percent of the maps, a row for each n
      and gain.
      """)

  @Option(name: .long, parsing: .upToNextOption, help: "Numbers of units.")
  var sizes = [4, 8, 16, 32, 87]

  @Option(name: .long, parsing: .upToNextOption, help: "Gains of the weights.")
  var gains = [0.3, 0.5, 0.7, 0.9, 1.1]

  @Option(name: .long, help: "Maps for each size and gain.")
  var count = 100

  func validate() throws {
    guard sizes.allSatisfy({ (1...512).contains($0) }), gains.allSatisfy({ $0 > 0 && $0.isFinite }), count >= 1 else {
      throw ValidationError("--sizes: from 1 to 512; --gains: positive; --count: 1 or more")
    }
  }

  func run() throws {
    try Exit.reporting { () throws(SessionError) in
      let theorems = TheoremCatalog.all.filter { !["subhomogeneous-radial", "local-spectral-radius"].contains($0.id) }
      try StandardOutput.print("| n | gain | " + theorems.map { $0.id }.joined(separator: " | ") + " | any |")
      try StandardOutput.print(String(repeating: "| --- ", count: theorems.count + 3) + "|")
      for size in sizes {
        for gain in gains { try StandardOutput.print(try row(size, gain, theorems)) }
      }
      return .success
    }
  }

  private func row(_ size: Int, _ gain: Double, _ theorems: [any Theorem.Type]) throws(SessionError) -> String {
    var proved = [Int](repeating: 0, count: theorems.count)
    var any = 0
    for seed in 1...count {
      let analysis = Analysis(network: try Problem(Self.session(size, gain, seed), directory: ".").network)
      let verdicts = theorems.map { $0.certificate(of: analysis).isUnique }
      for index in verdicts.indices where verdicts[index] { proved[index] += 1 }
      if verdicts.contains(true) { any += 1 }
    }
    let shares = (proved + [any]).map { NumberText.percent(Double($0) / Double(count)) }
    return "| \(size) | \(NumberText.shortest(gain)) | " + shares.joined(separator: " | ") + " |"
  }

  private static func session(_ size: Int, _ gain: Double, _ seed: Int) -> SessionDocument {
    let weight = TensorSource.ensemble(Ensemble(.gaussian, seed: UInt64(2 * seed), gain: gain), shape: nil)
    let bias = TensorSource.ensemble(Ensemble(.gaussian, seed: UInt64(2 * seed + 1)), shape: nil)
    return SessionDocument(
      network: NetworkSource(
        stateShape: Shape([size]),
        operators: [
          OperatorSource("dense", [FieldSource("weight", .tensor(weight))]),
          OperatorSource("activation", [FieldSource("kind", .text("tanh")), FieldSource("shift", .number(1.2))]),
          OperatorSource(
            "inject", [FieldSource("bias", .tensor(bias)), FieldSource("activation", .text("relu"))]),
        ]))
  }
}
