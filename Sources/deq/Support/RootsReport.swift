import Explorer
import FixedPoint
import Screen
import Sessions

/// What `deq roots` says: the fixed points with their enclosures, and what is left open.
struct RootsReport {
  let fixedPoints: [EnclosedFixedPoint]
  let undecided: Int
  private let conclusion: String
  private let effort: String

  var isComplete: Bool { undecided == 0 }

  init(_ search: Enumeration, _ domain: Domain) {
    fixedPoints = search.fixedPoints
    undecided = search.undecided
    conclusion = search.conclusion(in: domain)
    effort = search.effort
  }

  /// Where nothing could be searched: all of space is one undecided box.
  init(_ fixedPoints: [EnclosedFixedPoint]) {
    self.fixedPoints = fixedPoints
    undecided = 1
    conclusion =
      "not complete: at least \(fixedPoints.count), no box is known that holds all (\(Domain.everywhere.text))"
    effort = "nothing searched"
  }

  /// The document of the formats.
  var json: JSON {
    JSON([
      JSON.Member("complete", JSON(isComplete)),
      JSON.Member("fixedPoints", JSON(fixedPoints.map(Self.json))),
      JSON.Member("undecided", JSON(undecided)),
    ])
  }

  private static func json(_ point: EnclosedFixedPoint) -> JSON {
    JSON([
      JSON.Member("center", JSON(point.center)), JSON.Member("radius", JSON(point.radius)),
      JSON.Member("spectralRadius", JSON(point.spectralRadius)),
      JSON.Member("stable", JSON(point.stability == .attracting)),
    ])
  }

  /// The same for people.
  var text: String { ([conclusion, effort] + fixedPoints.enumerated().map(Self.text)).joined(separator: "\n") }

  private static func text(_ index: Int, _ point: EnclosedFixedPoint) -> String {
    let center = point.center.map { NumberText.significant($0, digits: 10) }.joined(separator: ", ")
    let stability =
      switch point.stability {
      case .attracting: "attracting"
      case .repelling: "repelling"
      case .saddle: "saddle"
      case .unstable: "unstable"
      case .undecided: "stability not decided"
      }
    return "\(index + 1)  (\(center))  within \(NumberText.scientific(point.radius))\n"
      + "   spectral radius \(NumberText.significant(point.spectralRadius, digits: 6)), \(stability)"
  }
}
