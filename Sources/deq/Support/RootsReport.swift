import Explorer
import FixedPoint
import Screen
import Sessions

/// What `deq roots` says: the fixed points with their enclosures, and what is left open.
struct RootsReport {
  let fixedPoints: [EnclosedFixedPoint]
  /// Proved fixed points that lie elsewhere.
  let outside: [EnclosedFixedPoint]
  let undecided: Int
  let region: Scope
  private let conclusion: String
  private let effort: String

  var isComplete: Bool { undecided == 0 }

  /// - Parameters:
  ///   - search: of the region's box.
  ///   - region: what was searched.
  ///   - known: proved fixed points, of the region or not.
  init(_ search: Enumeration, _ region: Scope, beside known: [EnclosedFixedPoint]) {
    fixedPoints = search.fixedPoints
    outside = known.filter { region.box?.intersection($0.enclosure) == nil }
    self.region = region
    undecided = search.undecided
    conclusion = search.conclusion(in: region.whole)
    effort = search.effort
  }

  /// Where nothing could be searched: all of space is one undecided box.
  init(_ fixedPoints: [EnclosedFixedPoint]) {
    self.fixedPoints = fixedPoints
    outside = []
    undecided = 1
    region = .everywhere()
    conclusion = "not complete: at least \(fixedPoints.count), no box is known that holds all (\(region.text))"
    effort = "nothing searched"
  }

  /// The document of the formats.
  var json: JSON {
    JSON([
      JSON.Member("complete", JSON(isComplete)), JSON.Member("region", region.json),
      JSON.Member("fixedPoints", JSON(fixedPoints.map(Self.json))),
      JSON.Member("undecided", JSON(undecided)), JSON.Member("outside", JSON(outside.map(Self.json))),
    ])
  }

  private static func json(_ point: EnclosedFixedPoint) -> JSON {
    JSON([
      JSON.Member("center", JSON(point.center)), JSON.Member("radius", JSON(point.radius)),
      JSON.Member("spectralRadius", JSON(point.spectralRadius)),
      JSON.Member("stability", JSON(point.stability.word)),
      JSON.Member("stable", point.stability.isStable.map { JSON($0) } ?? .null),
    ])
  }

  /// The same for people.
  var text: String {
    let elsewhere = outside.isEmpty ? [] : ["outside of it, proved near computed points:"]
    let listed = fixedPoints.enumerated().map(Self.text)
    let others = outside.enumerated().map { Self.text($0.offset + fixedPoints.count, $0.element) }
    return ([conclusion, effort] + listed + elsewhere + others).joined(separator: "\n")
  }

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
