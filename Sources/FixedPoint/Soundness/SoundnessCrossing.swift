/// A gain at which a theorem's proof is about to be lost, and how far it is overstepped.
struct SoundnessCrossing {
  let theorem: any Theorem.Type
  /// The gain is the border's times 1 + this.
  let step: Double

  static let theorems: [any Theorem.Type] = [
    SubhomogeneousOrderPreserving.self, SubhomogeneousThompson.self, PositiveConcave.self, MonotoneOperator.self,
    DiagonalLyapunov.self, PerronFrobenius.self, MatrixMeasure.self, LipschitzOne.self, LipschitzTwo.self,
    LipschitzSup.self, VerifiedEnumeration.self,
  ]

  /// The network with its weights' gain put beside the border, which is found to 1e-8, relative; `nil` where none is found
  /// between 2^-12 and 2^12.
  func crossed(_ network: Network) -> Network? {
    func holds(_ gain: Double) -> Bool {
      network.setting(.gain, to: gain).map { theorem.certificate(of: Analysis(network: $0)).provesExactlyOne } ?? false
    }
    guard network.value(of: .gain) != nil else { return nil }
    let start = holds(1)
    var (inside, outside) = (1.0, 1.0)
    for _ in 0..<12 {
      outside = start ? 2 * inside : inside / 2
      if holds(outside) != start { break }
      inside = outside
    }
    guard holds(outside) != start else { return nil }
    var (held, lost) = start ? (inside, outside) : (outside, inside)
    while abs(lost - held) > 1e-8 * held {
      let middle = held + (lost - held) / 2
      if holds(middle) { held = middle } else { lost = middle }
    }
    return network.setting(.gain, to: held * (1 + step))
  }
}
