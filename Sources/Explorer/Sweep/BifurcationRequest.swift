import FixedPoint
import Sessions

/// Which diagram of fixed points along one parameter is wanted: the session's with the other values fixed.
public struct BifurcationRequest: Sendable, Equatable {
  /// The session with all swept parameters at their first values.
  let document: SessionDocument
  let directory: String
  let path: String
  let range: ClosedRange<Double>
  /// The other parameter, where there is one.
  var fixed: Setting?

  /// A value at a JSON path.
  struct Setting: Sendable, Equatable {
    let path: String
    let value: JSON
  }

  /// The most units whose branches are followed on the screen: a point costs a factorisation.
  static let mostUnits = 64

  /// Follows the branches, or some of them if it is cancelled on the way.
  func result(until cancellation: Cancellation) -> Result<BifurcationDiagram, Failure> {
    Services.result { () throws(SessionError) in
      let document = try document.setting([fixed?.path].compactMap(\.self), to: [fixed?.value].compactMap(\.self))
      let family = try NetworkFamily(of: document, directory: directory, path: path, over: range)
      let start = try Problem(document, directory: directory).start
      return BifurcationDiagram(of: family, start: start) { _ in !cancellation.isRequested }
    }
  }
}
