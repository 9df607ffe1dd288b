public import FixedPoint
internal import Sessions

/// A session that is shipped, resolved: the network and its start.
public struct ShippedProblem: Sendable, CustomStringConvertible {
  public let name: String
  public let network: Network
  public let start: [Double]

  public var description: String { name }

  /// Every shipped session in the order of its file's name; a broken one traps.
  public static let all: [ShippedProblem] = {
    do {
      return try SessionFile.list(in: folder).map { path in
        let problem = try Problem.open(path).problem
        let name = path.split(separator: "/").last.map { String($0.dropLast(SessionFile.ending.count)) } ?? path
        return ShippedProblem(name: name, network: problem.network, start: problem.start)
      }
    } catch {
      preconditionFailure("every shipped session opens: \(error)")
    }
  }()

  /// Where they are.
  public static let folder =
    String(#filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }) + "/sessions"
}
