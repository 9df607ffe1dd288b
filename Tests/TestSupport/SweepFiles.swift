public import Sessions

/// A directory with a specification, `spec.json`, and the session that it sweeps, `session.deq.json`.
public struct SweepFiles: Sendable {
  public let directory = TemporaryDirectory()

  /// z -> a z + 1 in one dimension: z* = 1/(1 - a), with spectral radius |a|.
  public static let affine = """
    {"format": "deq-session/1", "network": {"state": {"shape": [1]}, "operators": [
      {"op": "scale", "by": 0.5}, {"op": "inject", "bias": {"fill": 1}}]}}
    """

  /// z -> tanh(a [[1,-1],[-1,1]] z) + c: one fixed point for a <= 0.5, three beyond, two of them attracting.
  public static let bistable = """
    {"format": "deq-session/1", "network": {"state": {"shape": [2]}, "operators": [
      {"op": "dense", "weight": {"values": [[1, -1], [-1, 1]]}}, {"op": "scale", "by": 1},
      {"op": "activation", "kind": "tanh", "shift": 1.2}]}, "start": {"values": [2, 1]}}
    """

  /// `members` are those of the specification beside format and session.
  public init(_ session: String, _ members: String) {
    directory.write(session, to: "session.deq.json")
    directory.write(
      "{\"format\": \"deq-sweep/1\", \"session\": \"session.deq.json\", \(members)}", to: "spec.json")
  }

  public func sweep() throws(SessionError) -> Sweep { try Sweep(reading: directory.file("spec.json")) }

  /// A shard, computed.
  public func part(_ shard: SweepShard = .whole) throws(SessionError) -> SweepPart {
    let sweep = try sweep()
    var cells: [SweepCell] = []
    for index in SweepPart(sweep.header(of: shard)).missing { cells.append(try sweep.cell(at: index)) }
    return SweepPart(sweep.header(of: shard), cells: cells)
  }
}
