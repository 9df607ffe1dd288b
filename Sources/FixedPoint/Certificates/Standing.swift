/// What a certificate says of the question whether there is exactly one fixed point, told apart finely enough for words,
/// letters and colours: a proof about the map is never the same as one about a part of it.
public enum Standing: String, Sendable, CaseIterable {
  /// Exactly one fixed point in all of Rⁿ, or in all of the open or the closed cone.
  case provesUnique
  /// Exactly one fixed point on a leaf, or in a box around a computed point.
  case provesUniqueInPart
  case provesAtMostOne
  case provesExistence
  case provesNone
  case holdsAlongRays
  case attractsNearby
  /// Nothing is proved: a hypothesis could not be established.
  case conditionNotMet
  /// A hypothesis is false, as a point or a direction shows.
  case violated
  /// Two fixed points of the scope are in hand.
  case severalFound
  /// The computed fixed point repels.
  case repelsNearby
  case doesNotApply
  case tooLarge
}

extension Certificate {
  public var standing: Standing {
    switch verdict {
    case .proved: claim.standing(isWhole: scope.isWhole)
    case .refuted:
      switch (claim, witness) {
      case (.local, _): .repelsNearby
      case (_, .fixedPoints): .severalFound
      case (_, .point), (_, .direction), (_, nil): .violated
      }
    case .inconclusive: .conditionNotMet
    case .notApplicable: isTooLarge ? .tooLarge : .doesNotApply
    }
  }
}

extension NetworkFindings.Statement {
  /// The same, as far as a sweep keeps it: not by what a refutation was witnessed.
  public var standing: Standing {
    switch verdict {
    case .proved: claim.standing(isWhole: scope != .localBox && scope != .leaf)
    case .refuted: claim == .local ? .repelsNearby : .violated
    case .inconclusive: .conditionNotMet
    case .notApplicable: .doesNotApply
    }
  }
}

extension Claim {
  fileprivate func standing(isWhole: Bool) -> Standing {
    switch self {
    case .exactlyOne: isWhole ? .provesUnique : .provesUniqueInPart
    case .atMostOne: .provesAtMostOne
    case .existence: .provesExistence
    case .none: .provesNone
    case .alongRays: .holdsAlongRays
    case .local: .attractsNearby
    }
  }
}
