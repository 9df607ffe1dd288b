/// How a family of layers names its arrays.
struct LayerPattern: Sendable {
  /// Who names them so.
  let title: String
  let kind: LayerKind
  /// For each role the ends of keys that stand for it; the first role is required, and so are the ones of `required`.
  let names: [(role: LayerRole, ends: [String])]
  let required: [LayerRole]

  /// In the order in which they are tried.
  static let all = [
    LayerPattern(
      title: "a monDEQ dense layer", kind: .monotone,
      names: [
        (.monotoneFactor, ["A.weight", "A"]), (.monotoneTurn, ["B.weight", "B"]),
        (.inputWeight, ["U.weight", "U"]), (.bias, ["U.bias", "b", "bias"]),
      ], required: [.monotoneTurn]),
    LayerPattern(
      title: "a SubDEQ dense layer", kind: .subhomogeneous,
      names: [(.weight, ["lin0.weight"]), (.inputWeight, ["lin1.weight"]), (.bias, ["lin1.bias"])],
      required: [.inputWeight]),
    LayerPattern(
      title: "a SubDEQ convolutional layer", kind: .subhomogeneous,
      names: [(.weight, ["conv2.weight"]), (.inputWeight, ["conv1.weight"]), (.bias, ["conv1.bias"])],
      required: [.inputWeight]),
    LayerPattern(
      title: "a plain layer", kind: .plain,
      names: [
        (.weight, ["W.weight", "W"]), (.inputWeight, ["U.weight", "U"]), (.bias, ["U.bias", "W.bias", "b", "bias"]),
      ], required: []),
  ]

  /// The layers of this pattern among the keys: for each the keys by role.
  func matches(_ keys: [String]) -> [[LayerRole: String]] {
    let known = Set(keys)
    guard let first = names.first else { return [] }
    var matches: [[LayerRole: String]] = []
    for key in keys {
      guard let end = first.ends.first(where: { Self.isEnd($0, of: key) }) else { continue }
      let prefix = key.dropLast(end.utf8.count)
      var match = [first.role: key]
      for (role, ends) in names.dropFirst() {
        match[role] = ends.lazy.map { prefix + $0 }.first { known.contains($0) }
      }
      if required.allSatisfy({ match[$0] != nil }) { matches.append(match) }
    }
    return matches
  }

  /// Whether a key ends in a whole name: `mon.A.weight` in `A.weight`, `AA.weight` not.
  private static func isEnd(_ end: String, of key: String) -> Bool {
    key == end || key.hasSuffix("." + end)
  }

  /// What is looked for, for messages: `lin0.weight, lin1.weight, [lin1.bias]`.
  var summary: String {
    let parts = names.enumerated().map { position, entry in
      position == 0 || required.contains(entry.role) ? entry.ends[0] : "[\(entry.ends[0])]"
    }
    return "\(title) (\(parts.joined(separator: ", ")))"
  }
}
