import FixedPoint
import Sessions

/// Something of a session that can be swept: a number, a choice or a switch at a JSON path.
struct SweepParameter: Sendable {
  let path: String
  /// `1 dense weight.gain`
  let label: String
  /// One line for people: what it is.
  let summary: String
  /// What stands there, given or by default.
  let value: JSON
  let kind: Field.Kind

  /// Everything that the build screen can change to another number, choice or state of a switch.
  static func all(of document: SessionDocument, _ rows: [BuildRow]) -> [SweepParameter] {
    rows.compactMap { row in
      guard case .field(let field, let value?, let target) = row.content, target.isSimple else { return nil }
      switch field.kind {
      case .number, .integer, .choice, .numberOrChoice, .flag: break
      case .tensor, .edges: return nil
      }
      return SweepParameter(
        path: row.path, label: document.label(ofPath: row.path), summary: field.summary, value: value.json,
        kind: field.kind)
    }
  }

  /// What a path leads to that no row shows, such as one weight; `nil` unless it is a number, a text or a flag.
  init?(path: String, in document: SessionDocument) {
    guard let value = document.value(at: path) else { return nil }
    switch value.content {
    case .number: kind = .number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)
    case .text(let text): kind = .choice([text])
    case .flag: kind = .flag
    case .null, .array, .object: return nil
    }
    (self.path, self.value) = (path, value)
    label = document.label(ofPath: path)
    summary = ""
  }

  private init(path: String, label: String, summary: String, value: JSON, kind: Field.Kind) {
    (self.path, self.label, self.summary, self.value, self.kind) = (path, label, summary, value, kind)
  }
}

extension SessionDocument {
  /// A path as people read it: operators by number and name.
  func label(ofPath path: String) -> String {
    let start = "network.operators["
    guard path.hasPrefix(start), let end = path.firstIndex(of: "]"),
      let position = Int(path[path.index(path.startIndex, offsetBy: start.count)..<end]),
      network.operators.indices.contains(position)
    else { return path.hasPrefix("network.") ? String(path.dropFirst(8)) : path }
    return "\(position + 1) \(network.operators[position].name) \(path[end...].dropFirst(2))"
  }
}

extension BuildRow.Target {
  /// Whether the value at the row's path is all that changes.
  fileprivate var isSimple: Bool {
    switch self {
    case .member, .bound: true
    case .method, .kind, .constraint: false
    }
  }
}

// MARK: - Axes

extension SweepParameter {
  /// Cells across and up of a sweep that nobody has changed: odd, so that the session's own value is in the middle.
  static let counts = [21, 9]
  /// Of one parameter alone.
  static let countAlone = 41

  /// Values around the session's own: of a number from 0 to twice as much, of an integer the next ones, else all.
  func axis(count: Int) -> SweepAxis { SweepAxis(path: path, grid: grid(count)) }

  private func grid(_ count: Int) -> SweepAxis.Grid {
    switch (kind, value.content) {
    case (.integer, .number(let number)):
      return .range(first: number, last: number + Double(count - 1), count: count, scale: .linear)
    case (.number(let allowed), .number(let number)), (.numberOrChoice(let allowed, _), .number(let number)):
      let range = Self.range(around: number, in: allowed)
      return .range(first: range.lowerBound, last: range.upperBound, count: count, scale: .linear)
    case (.choice(let names), _): return .list(names.map { JSON($0) })
    case (.flag, _): return .list([false, true])
    default: return .list([value])
    }
  }

  private static func range(around value: Double, in allowed: ClosedRange<Double>) -> ClosedRange<Double> {
    let wanted = value == 0 ? -1...1 : min(0, 2 * value)...max(0, 2 * value)
    // An open end is no value to stop at.
    let isOpen = allowed.lowerBound > 0 && allowed.lowerBound < 1e-300
    let least = isOpen ? (value > 0 ? value / 10 : 0.1) : allowed.lowerBound
    let lower = max(wanted.lowerBound, least)
    let upper = min(wanted.upperBound, allowed.upperBound)
    return lower < upper ? lower...upper : lower...lower + 1
  }

  /// The parameters that people vary first, if the session has any: one that scales, then one that bends.
  static func usual(_ all: [SweepParameter], _ document: SessionDocument) -> [SweepParameter] {
    let scaling = ["spectralRadius", "norm2", "normInf", "perronRoot", "gain", "by", "scale", "factor", "m"]
    let bending = ["shift", "power", "slope", "threshold"]
    let varying = all.filter { $0.isEffective(in: document) }
    func first(_ names: [String], except taken: String?) -> SweepParameter? {
      names.lazy.compactMap { name in varying.first { $0.name == name && $0.path != taken } }.first
    }
    let across = first(scaling + bending, except: nil)
    let up = first(bending + scaling + ["fill", "seed"], except: across?.path)
    return [across, up].compactMap(\.self)
  }

  private var name: String { path.split(separator: ".").last.map(String.init) ?? path }

  /// The gain of weights that are rescaled afterwards changes nothing.
  private func isEffective(in document: SessionDocument) -> Bool {
    guard name == "gain", let constraint = document.value(at: path.dropLast(4) + "constraint")?.content else {
      return true
    }
    if case .object = constraint { return false }
    return true
  }
}
