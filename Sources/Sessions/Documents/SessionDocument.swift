public import FixedPoint

/// What a session file says, as a value: everything but the numbers that its tensors stand for.
///
/// The canonical file of a document states `start`, `solver` and `stopping` even where they are the defaults, and no
/// field of an operator that the document does not give.
public struct SessionDocument: Sendable, Equatable {
  public static let format = "deq-session/1"

  public var title: String?
  public var notes: String?
  public var network: NetworkSource
  public var input: TensorSource?
  public var start = TensorSource.fill(1, shape: nil)
  public var solver = SolverSource("picard")
  public var stopping = StoppingRule()
  public var recording: Recording?

  public init(network: NetworkSource) { self.network = network }
}

extension SessionDocument {
  /// Reads a document, strictly.
  /// - Throws: `SessionError` that names the first field that is unknown, missing or does not fit, with all others.
  public init(_ json: JSON) throws(SessionError) {
    var reader = try ObjectReader(json, path: "")
    _ = reader.required("format", expected: JSON(Self.format).lineText) { json, path throws(SessionError) in
      try json.choice(of: [Self.format], path: path)
    }
    title = reader.text("title")
    notes = reader.text("notes")
    network =
      reader.required("network", expected: "an object", NetworkSource.init(_:path:))
      ?? NetworkSource(stateShape: Shape([1]), operators: [])
    input = reader.read("input", TensorSource.init(_:path:))
    start = reader.read("start", TensorSource.init(_:path:)) ?? start
    solver = reader.read("solver", SolverSource.init(_:path:)) ?? solver
    stopping = reader.read("stopping", StoppingRule.init(_:path:)) ?? stopping
    recording = reader.read("recording", Recording.init(_:path:))
    try reader.finish()
  }

  /// The document as JSON, in the order of the format.
  public var json: JSON {
    var members = [JSON.Member("format", JSON(Self.format))]
    if let title { members.append(JSON.Member("title", JSON(title))) }
    if let notes { members.append(JSON.Member("notes", JSON(notes))) }
    members.append(JSON.Member("network", network.json))
    if let input { members.append(JSON.Member("input", input.json)) }
    members.append(JSON.Member("start", start.json))
    members.append(JSON.Member("solver", solver.json))
    members.append(JSON.Member("stopping", stopping.json))
    if let recording { members.append(JSON.Member("recording", recording.json)) }
    return JSON(members)
  }

  /// The document with the value at a JSON path replaced: `network.operators[0].weight.gain`.
  ///
  /// The field need not be there yet, but its surroundings must; `null` takes a field away. A recording is dropped: it
  /// is of the document as it was.
  /// - Throws: `SessionError` if the path leads nowhere, or if the result is not a session.
  public func setting(path: String, to value: JSON) throws(SessionError) -> SessionDocument {
    var plain = self
    plain.recording = nil
    guard let steps = JSONPath(path), steps.first != .name("recording") else {
      throw SessionError(path: path, expected: "a path such as network.operators[0].shift", found: "another text")
    }
    var json = plain.json
    guard json.replace(at: steps.steps[...], by: value) else {
      throw SessionError(path: path, expected: "a field of the session", found: "a path that leads nowhere")
    }
    return try SessionDocument(json)
  }
}
