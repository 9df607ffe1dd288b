import FixedPoint

extension Readout {
  /// The name of the text that describes it.
  public static let key = "deq-readout"
  private static let format = "deq-readout/1"

  /// The tensors that it has.
  public var tensors: [NamedTensor] {
    var tensors: [NamedTensor] = []
    if let normalization {
      tensors += [
        NamedTensor("head.scale", Tensor(vector: normalization.scale)),
        NamedTensor("head.shift", Tensor(vector: normalization.shift)),
        NamedTensor("head.mean", Tensor(vector: normalization.mean)),
        NamedTensor("head.variance", Tensor(vector: normalization.variance)),
      ]
    }
    if let weight { tensors += [NamedTensor("head.weight", weight), NamedTensor("head.bias", Tensor(vector: bias))] }
    return tensors
  }

  /// The text that goes with the tensors.
  public var text: String {
    let json: JSON = [
      "format": JSON(Self.format), "state": JSON(stateShape), "classes": JSON(classes.map { JSON($0) }),
      "perNode": JSON(isPerNode), "pooling": JSON(pooling), "linear": JSON(weight != nil),
      "floor": JSON(normalization?.floor), "input": JSON(input.rawValue), "origin": JSON(origin),
    ]
    return json.lineText
  }

  /// What lies beside a session; `nil` if nothing does.
  /// - Throws: ``SessionError`` with the file whose description or tensors are not what they should be.
  public static func beside(_ session: String) throws(SessionError) -> Readout? {
    let path = SessionFile.companion(of: session)
    guard FileSystem.isFile(path), let text = try TensorFile.text(key, in: path) else { return nil }
    do throws(SessionError) {
      var tensors: [String: Tensor] = [:]
      for array in try TensorFile.list(path) where array.key.hasPrefix("head.") {
        tensors[array.key] = try array.tensor()
      }
      return try Readout(try JSON(parsing: text), tensors)
    } catch {
      throw error.file == nil ? error.inFile(path) : error
    }
  }

  private init(_ json: JSON, _ tensors: [String: Tensor]) throws(SessionError) {
    var reader = try ObjectReader(json, path: "")
    func tensor(_ name: String) throws(SessionError) -> Tensor {
      if let tensor = tensors[name] { return tensor }
      throw SessionError(path: name, expected: "a tensor of the head", found: "none")
    }
    _ = try reader.require("format", expected: Self.format).choice(of: [Self.format], path: "format")
    stateShape = reader.shape("state") ?? Shape([1])
    classes = reader.list("classes") { json, path throws(SessionError) in try json.text(path: path) }
    isPerNode = try reader.require("perNode", expected: "true or false") == JSON(true)
    pooling = reader.required("pooling", in: 1...1000)
    let isLinear = try reader.require("linear", expected: "true or false") == JSON(true)
    let floor = try reader.require("floor", expected: "a number or null")
    let name = try reader.require("input", expected: "a name").choice(of: Input.allCases.map(\.rawValue), path: "input")
    input = Input(rawValue: name) ?? .raw
    origin = reader.requireText("origin")
    try reader.finish()
    (weight, bias) = (isLinear ? try tensor("head.weight") : nil, isLinear ? try tensor("head.bias").values : [])
    if case .null = floor.content {
      normalization = nil
    } else {
      normalization = Normalization(
        mean: try tensor("head.mean").values, variance: try tensor("head.variance").values,
        scale: try tensor("head.scale").values, shift: try tensor("head.shift").values,
        floor: try floor.number(in: 0...1, path: "floor"))
    }
    guard !classes.isEmpty, !isPerNode || stateShape.rank == 2, pooling == 1 || isPooled, isWhole else {
      throw SessionError(path: "head", expected: "tensors that fit its state and classes", found: "others")
    }
  }

  private var isPooled: Bool {
    stateShape.rank == 3 && pooling <= min(stateShape.sizes[1], stateShape.sizes[2])
  }
}
