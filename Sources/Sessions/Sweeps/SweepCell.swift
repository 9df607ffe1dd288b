public import FixedPoint

/// What was found in one cell of a sweep: a line of a part file.
public struct SweepCell: Sendable, Equatable {
  /// Position in the grid, the last axis fastest.
  public private(set) var index: Int
  public let outcome: RecordedOutcome
  public let steps: Int
  public let fixedPoints: Int
  public let spectralRadius: Double?
  public let lyapunov: Double?
  /// Standard error of the exponent.
  public let lyapunovError: Double?
  /// One for each of the specification's certificates.
  public let certificates: [NetworkFindings.Statement]
  /// What they say together, and where that holds.
  public let conclusion: Conclusion.Verdict
  public let scope: Scope.Kind

  init(_ index: Int, _ findings: NetworkFindings) {
    self.index = index
    outcome = RecordedOutcome(findings.outcome)
    steps = findings.steps
    fixedPoints = findings.fixedPoints
    spectralRadius = findings.spectralRadius
    lyapunov = findings.lyapunov
    lyapunovError = findings.lyapunovError
    certificates = findings.certificates
    conclusion = findings.conclusion
    scope = findings.scope
  }

  /// The same findings at another place: that of the same values in another grid.
  public func moved(to index: Int) -> SweepCell {
    var moved = self
    moved.index = index
    return moved
  }
}

extension ObjectReader {
  /// A text of a fixed set.
  fileprivate mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String
  ) throws(SessionError) -> Choice {
    let json = try require(name, expected: "a text")
    guard case .text(let text) = json.content, let choice = Choice(rawValue: text) else {
      throw SessionError(json, name, expected: Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }
}

extension SweepCell {
  init(_ json: JSON, certificates count: Int) throws(SessionError) {
    var reader = try ObjectReader(json, path: "")
    index = reader.required("cell", in: 0...SweepSpec.mostCells)
    guard let outcome = try RecordedOutcome(&reader) else {
      throw SessionError(json, "outcome", expected: "an outcome", found: "nothing")
    }
    self.outcome = outcome
    steps = reader.required("steps", in: 0...Int.max / 2)
    fixedPoints = reader.required("fixedPoints", in: 0...Int(Int32.max))
    spectralRadius = try Self.number(try reader.require("spectralRadius", expected: "a number or null"))
    lyapunov = try Self.number(try reader.require("lyapunov", expected: "a number or null"))
    lyapunovError = try Self.number(reader.take("lyapunovError") ?? .null)
    let statements = try reader.items("certificates") ?? []
    guard statements.count == count else {
      throw SessionError(json, "certificates", expected: "\(count) verdicts", found: "\(statements.count)")
    }
    var certificates: [NetworkFindings.Statement] = []
    for statement in statements { certificates.append(try Self.statement(statement)) }
    self.certificates = certificates
    conclusion = try reader.choice("conclusion")
    scope = try reader.choice("scope")
    try reader.finish()
  }

  private static func number(_ json: JSON) throws(SessionError) -> Double? {
    switch json.content {
    case .null: return nil
    case .number(let number): return number
    default: throw SessionError(json, "", expected: "a number or null")
    }
  }

  private static func statement(_ json: JSON) throws(SessionError) -> NetworkFindings.Statement {
    guard case .array(let parts) = json.content, parts.count == 4, case .text(let name) = parts[0].content,
      let verdict = Verdict(rawValue: name), case .text(let claimName) = parts[1].content,
      let claim = Claim(rawValue: claimName), case .text(let scopeName) = parts[2].content,
      let scope = Scope.Kind(rawValue: scopeName)
    else { throw SessionError(json, "certificates", expected: "a verdict, a claim, a scope and a rate") }
    return NetworkFindings.Statement(verdict, claim: claim, scope: scope, rate: try number(parts[3]))
  }

  var json: JSON {
    JSON(
      [JSON.Member("cell", JSON(index))] + outcome.members + [
        JSON.Member("steps", JSON(steps)), JSON.Member("fixedPoints", JSON(fixedPoints)),
        JSON.Member("spectralRadius", JSON(spectralRadius)), JSON.Member("lyapunov", JSON(lyapunov)),
        JSON.Member("lyapunovError", JSON(lyapunovError)),
        JSON.Member(
          "certificates",
          JSON(
            certificates.map {
              [JSON($0.verdict.rawValue), JSON($0.claim.rawValue), JSON($0.scope.rawValue), JSON($0.rate)]
            })),
        JSON.Member("conclusion", JSON(conclusion.rawValue)), JSON.Member("scope", JSON(scope.rawValue)),
      ])
  }
}
