import FixedPoint

/// A session made of a checkpoint's arrays.
public struct CheckpointImport: Sendable {
  /// What was made of the arrays.
  public struct Layer: Sendable, Equatable {
    public let kind: LayerKind
    /// The keys of the arrays by their role.
    public let keys: [LayerRole: String]
  }

  public let layer: Layer
  /// The arrays that are used, by role.
  private let tensors: [LayerRole: Tensor]
  private let stored: [LayerRole: StoredTensor]
  private let options: LayerOptions
  /// What the checkpoint does not say and was taken, for people: `shift 1.2 (--shift)`.
  public private(set) var assumptions: [String] = []

  /// Decides which arrays make the layer: by `roles` where any are given, else by their names.
  /// - Throws: `SessionError` that lists the arrays if that cannot be decided, or names the one whose shape does not fit.
  public init(
    _ stored: [StoredTensor], roles: [LayerRole: String] = [:], options: LayerOptions = LayerOptions()
  ) throws(SessionError) {
    let layer = try roles.isEmpty ? Self.recognised(stored.map(\.key)) : Self.given(roles, options)
    self.layer = Layer(kind: options.kind ?? layer.kind, keys: layer.keys)
    self.options = options
    var chosen: [LayerRole: StoredTensor] = [:]
    var tensors: [LayerRole: Tensor] = [:]
    for (role, key) in layer.keys.sorted(by: { $0.value < $1.value }) {
      guard let array = stored.first(where: { $0.key == key }) else {
        throw SessionError(path: "\(key)", expected: "an array of the checkpoint", found: "none of this name")
      }
      chosen[role] = array
      tensors[role] = try array.tensor()
    }
    self.stored = chosen
    self.tensors = tensors
    try checkShapes()
  }

  private static func given(_ roles: [LayerRole: String], _ options: LayerOptions) throws(SessionError) -> Layer {
    let isMonotone = roles[.monotoneFactor] != nil && roles[.monotoneTurn] != nil
    guard isMonotone != (roles[.weight] != nil), isMonotone || roles[.monotoneFactor] == roles[.monotoneTurn] else {
      throw SessionError(expected: "a key for W, or keys for A and B", found: "neither or both")
    }
    return Layer(kind: isMonotone ? .monotone : .plain, keys: roles)
  }

  private static func recognised(_ keys: [String]) throws(SessionError) -> Layer {
    for pattern in LayerPattern.all {
      let matches = pattern.matches(keys)
      guard matches.count <= 1 else {
        let firsts = matches.compactMap { $0[pattern.names[0].role] }.joined(separator: ", ")
        throw SessionError(expected: "one layer, or --map to choose", found: "\(pattern.title) at each of \(firsts)")
      }
      if let match = matches.first { return Layer(kind: pattern.kind, keys: match) }
    }
    let looked = LayerPattern.all.map(\.summary).joined(separator: "; ")
    throw SessionError(
      expected: "\(looked); or --map KEY=W, KEY=U, KEY=b, KEY=A, KEY=B",
      found: keys.isEmpty ? "no arrays" : "\(keys.count) arrays with other names")
  }

  /// For every array that is used: role, key, shape and what becomes of its numbers.
  public var conversions: [String] {
    LayerRole.allCases.compactMap { role in
      stored[role].map { array in
        let change = array.type == .float64 ? "float64, as it is" : "\(array.type.rawValue) to float64, exactly"
        return "\(role.rawValue) is \(array.key.isEmpty ? "the array" : array.key) \(array.sizes), \(change)"
      }
    }
  }
}

// MARK: Shapes

extension CheckpointImport {
  /// Number of units, or of channels.
  private var size: Int { (tensors[.weight] ?? tensors[.monotoneTurn])?.shape.sizes[0] ?? 0 }
  private var isConvolution: Bool { tensors[.weight]?.shape.rank == 4 }

  private func checkShapes() throws(SessionError) {
    let n = size
    if isConvolution {
      try check(.weight, "[\(n), \(n), kh, kw], kh and kw odd") { $0[1] == n && $0[2] % 2 == 1 && $0[3] % 2 == 1 }
      try check(.inputWeight, "[\(n), channels, kh, kw], kh and kw odd") {
        $0.count == 4 && $0[0] == n && $0[2] % 2 == 1 && $0[3] % 2 == 1
      }
    } else {
      try check(.weight, "[\(n), \(n)]") { $0 == [n, n] }
      try check(.inputWeight, "[\(n), inputs]") { $0.count == 2 && $0[0] == n }
    }
    try check(.monotoneTurn, "[\(n), \(n)]") { $0 == [n, n] }
    try check(.monotoneFactor, "[rows, \(n)]") { $0.count == 2 && $0[1] == n }
    try check(.bias, "[\(n)]") { $0 == [n] }
  }

  private func check(_ role: LayerRole, _ expected: String, _ fits: ([Int]) -> Bool) throws(SessionError) {
    guard let tensor = tensors[role], !fits(tensor.shape.sizes) else { return }
    throw SessionError(
      path: layer.keys[role] ?? role.rawValue, expected: "shape \(expected) for \(role.rawValue)",
      found: "shape \(tensor.shape)")
  }
}

// MARK: The session

extension CheckpointImport {
  /// The session, and the tensors that it reads from a file beside it because they are large.
  ///
  /// Tensors of more than 4,096 numbers go to `companion`, if there is one; the others are written out.
  /// - Throws: `SessionError` if something is missing that the checkpoint does not say.
  public mutating func session(
    title: String, companion: String?
  ) throws(SessionError) -> (document: SessionDocument, beside: [NamedTensor]) {
    var layer = ImportedLayer(kind: self.layer.kind, tensors: tensors, options: options, companion: companion)
    let document = try layer.document(title: title)
    assumptions = layer.assumptions
    return (document, layer.beside)
  }
}
