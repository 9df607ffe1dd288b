public import FixedPoint
internal import Sessions

/// What a case's session solves, for tests that know no files.
public struct CaseRun: Sendable {
  public let network: Network
  public let start: [Double]
  public let stopping: StoppingRule

  /// - Throws: what is wrong with the session.
  public init(_ room: String, _ name: String) throws {
    let problem = try CaseFile.problem(room, name)
    (network, start, stopping) = (problem.network, problem.start, problem.stopping)
  }
}
