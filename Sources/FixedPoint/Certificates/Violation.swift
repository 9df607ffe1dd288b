internal import LinearAlgebra

/// A witness with what it shows, in words.
struct Violation: Sendable {
  let witness: Witness
  let reason: String
}

extension Violation {
  /// Takes boxes apart from each other, each proved to hold a fixed point of the scope.
  init(fixedPoints: [IntervalVector]) {
    let points = fixedPoints.prefix(3).map { $0.midpoint.brief }.joined(separator: " and ")
    let more = fixedPoints.count > 3 ? " and \(fixedPoints.count - 3) more" : ""
    let count = fixedPoints.count == 2 ? "two" : "\(fixedPoints.count)"
    self.init(witness: .fixedPoints(fixedPoints), reason: "there are \(count) fixed points: \(points)\(more)")
  }
}

extension Violation {
  /// Whether the hypotheses of an attempt are false by what was found: two fixed points, or the point, lie where they are
  /// about; a direction was found for the attempt itself.
  func speaksAgainst(_ attempt: ProofAttempt) -> Bool {
    switch witness {
    case .fixedPoints(let boxes): boxes.count(where: attempt.scope.certainlyContains) > 1
    case .point(let point): attempt.region.contains(point)
    case .direction: attempt.form == MonotoneOperator.publishedForm
    }
  }
}

extension Analysis {
  /// The first computed fixed point at which a quantity of J provably reaches 1, where a theorem wants it below 1 for all
  /// J that occur in each of the sets on which it was tried.
  ///
  /// J is enclosed at the point: on a kink every element of the generalised Jacobian is, so that the quantity reaches 1
  /// at differentiable points as near as one likes.
  ///
  /// - Parameters:
  ///   - name: the quantity: "1-norm of J".
  ///   - least: at most the quantity of every matrix inside.
  /// - Returns: `nil` if there is none.
  func violation(of name: String, least: (IntervalMatrix) -> Double?) -> Violation? {
    guard sizeObstacle == nil else { return nil }
    for candidate in fixedPoints where slopeRegions.allSatisfy({ $0.region.contains(candidate.point) }) {
      let point = IntervalVector(candidate.point)
      guard let jacobian = try? network.encloseJacobian(point), jacobian.isFinite, let value = least(jacobian),
        value >= 1
      else { continue }
      return Violation(
        witness: .point(candidate.point), reason: "at \(candidate.point.brief) the \(name) is at least \(value.brief)")
    }
    return nil
  }
}
