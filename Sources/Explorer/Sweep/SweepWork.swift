public import FixedPoint
public import Sessions

/// A part of a sweep to compute off the main loop.
public enum SweepWork: Sendable {
  /// Checks that the specification fits the session.
  case prepare(SweepSpec, SessionDocument, directory: String)
  case cells(Sweep, [Int])
  case diagram(BifurcationRequest, Cancellation)

  /// Does it: a pure function, so that it does not matter when, or on which processor.
  public var result: SweepResult {
    switch self {
    case .prepare(let spec, let document, let directory):
      .prepared(
        Services.result { () throws(SessionError) in try Sweep(spec, of: document, directory: directory) })
    case .diagram(let request, let cancellation): .diagram(request, request.result(until: cancellation))
    case .cells(let sweep, let indices): .cells(indices.map { (index: $0, finding: Self.finding(sweep, $0)) })
    }
  }

  private static func finding(_ sweep: Sweep, _ index: Int) -> SweepBoard.Finding {
    do throws(SessionError) {
      return .found(try sweep.cell(at: index))
    } catch {
      return .impossible(error.message)
    }
  }
}

/// What came of a part.
public enum SweepResult: Sendable {
  case prepared(Result<Sweep, Failure>)
  case cells([(index: Int, finding: SweepBoard.Finding)])
  case diagram(BifurcationRequest, Result<BifurcationDiagram, Failure>)
}
