public import FixedPoint
import Screen

extension Conclusion {
  /// The answer in one sentence, the same on the screen, in text and in JSON's terms.
  public var text: String {
    let by = theorems.isEmpty ? "" : ", by " + theorems.joined(separator: ", ")
    switch verdict {
    case .exactlyOne: return "exactly one fixed point (\(scope.text))" + by + outside
    case .atMostOne: return "at most one fixed point (\(scope.text))" + by + outside
    case .none: return "no fixed point (\(scope.text))" + by + outside
    case .moreThanOne:
      return "more than one fixed point (\(scope.text)): \(Self.list(fixedPoints))" + by
    case .open:
      let local = local.map { "; exactly one \($0.scope.text), by \($0.theorems.joined(separator: ", "))" } ?? ""
      return "nothing is proved of the number of fixed points" + known + local
    }
  }

  /// The first place of every strip of lights.
  var light: String {
    switch verdict {
    case .exactlyOne: "unique"
    case .atMostOne: "at most one"
    case .moreThanOne: "\(fixedPoints.count) found"
    case .none: "none"
    case .open: "open"
    }
  }

  var role: Theme.Role {
    switch verdict {
    case .exactlyOne: .good
    case .atMostOne: .neutral
    case .moreThanOne, .none: .bad
    case .open: .warning
    }
  }

  private var known: String {
    fixedPoints.isEmpty ? "" : "; at least one is there: \(Self.list(fixedPoints))"
  }

  private var outside: String {
    fixedPointsOutside.isEmpty ? "" : "; elsewhere: \(Self.list(fixedPointsOutside))"
  }

  /// The first points, to six digits.
  private static func list(_ boxes: [IntervalVector]) -> String {
    func text(_ box: IntervalVector) -> String {
      let entries = box.midpoint.prefix(4).map { NumberText.significant($0, digits: 6) }
      return "(" + entries.joined(separator: ", ") + (box.count > 4 ? ", …" : "") + ")"
    }
    let shown = boxes.prefix(3).map(text).joined(separator: " and ")
    return boxes.count > 3 ? shown + " and \(boxes.count - 3) more" : shown
  }
}

extension Conclusion.Verdict {
  /// The answer without its place.
  var words: String {
    switch self {
    case .exactlyOne: "exactly one"
    case .atMostOne: "at most one"
    case .moreThanOne: "more than one"
    case .none: "no fixed point"
    case .open: "nothing"
    }
  }
}
