import FixedPoint
import Screen
import Sessions

/// A line of a sweep's settings.
public enum SweepRow: Sendable, Hashable {
  /// The parameter on an axis: 0 across, 1 up.
  case parameter(Int)
  case from(Int)
  case to(Int)
  case count(Int)
  case scale(Int)
  /// The values of an axis that is a list.
  case values(Int)
  case starts
  case seed
  case certificates

  /// The lines of a specification.
  static func all(of spec: SweepSpec) -> [SweepRow] {
    let axes = spec.axes.indices.flatMap { axis -> [SweepRow] in
      switch spec.axes[axis].grid {
      case .range: [.parameter(axis), .from(axis), .to(axis), .count(axis), .scale(axis)]
      case .list: [.parameter(axis), .values(axis)]
      }
    }
    let next: [SweepRow] = spec.axes.count < 2 ? [.parameter(spec.axes.count)] : []
    return axes + next + [.starts, .seed, .certificates]
  }

  var label: String {
    switch self {
    case .parameter(let axis): axis == 0 ? "across" : "up"
    case .from: "from"
    case .to: "to"
    case .count: "cells"
    case .scale: "scale"
    case .values: "values"
    case .starts: "starts"
    case .seed: "seed"
    case .certificates: "certificates"
    }
  }

  var indent: Int {
    switch self {
    case .parameter, .starts, .seed, .certificates: 0
    case .from, .to, .count, .scale, .values: 1
    }
  }

  /// One line for people.
  var summary: String {
    switch self {
    case .parameter: "what of the session is varied"
    case .from: "its least value"
    case .to: "its greatest value"
    case .count: "how many values, both ends included"
    case .scale: "how the values follow each other"
    case .values: "its values, with blanks between them"
    case .starts: "runs for each cell; the first one is the session's"
    case .seed: "of the other starts"
    case .certificates: "theorems that are asked in each cell"
    }
  }
}

// MARK: - Text

extension SweepRow {
  /// What holds, as it is shown.
  func text(_ spec: SweepSpec, _ document: SessionDocument) -> String {
    switch self {
    case .parameter(let axis):
      spec.axes.indices.contains(axis) ? document.label(ofPath: spec.axes[axis].path) : "none"
    case .certificates: Self.text(ofCertificates: spec.certificates)
    default: typedText(spec)
    }
  }

  /// What a line to type begins with.
  func typedText(_ spec: SweepSpec) -> String {
    switch self {
    case .from(let axis): spec.axes[axis].range.map { NumberText.shortest($0.first) } ?? ""
    case .to(let axis): spec.axes[axis].range.map { NumberText.shortest($0.last) } ?? ""
    case .count(let axis): String(spec.axes[axis].count)
    case .scale(let axis): spec.axes[axis].range?.scale.rawValue ?? ""
    case .values(let axis): spec.axes[axis].texts.joined(separator: " ")
    case .starts: String(spec.starts)
    case .seed: String(spec.seed)
    case .parameter(let axis): spec.axes.indices.contains(axis) ? spec.axes[axis].path : "network.operators[0]."
    case .certificates: spec.certificates.joined(separator: " ")
    }
  }

  private static func text(ofCertificates ids: [String]) -> String {
    if ids.isEmpty { return "none" }
    if ids == SweepSpec.lightCertificates { return "the fast \(ids.count)" }
    return ids.count == 1 ? ids[0] : "\(ids.count) of \(TheoremCatalog.all.count)"
  }
}

extension SweepSpec {
  static let lightCertificates = TheoremCatalog.all.filter { $0.isLight }.map { $0.id }
}

extension SweepAxis {
  /// The ends of a grid; `nil` for a list.
  @inline(never)  // Inlined, it stops the optimiser of Swift 6.3 (copy propagation).
  var range: (first: Double, last: Double, count: Int, scale: Scale)? {
    guard case .range(let first, let last, let count, let scale) = grid else { return nil }
    return (first, last, count, scale)
  }

  /// Every value as text.
  var texts: [String] { (0..<count).map { Self.text(value($0)) } }

  private static func text(_ value: JSON) -> String {
    switch value.content {
    case .text(let text): text
    case .number(let number): NumberText.shortest(number)
    default: value.lineText
    }
  }

  /// Short texts for a plot's axis.
  var labels: [String] {
    (0..<count).map { index in
      if case .number(let number) = value(index).content { return NumberText.significant(number) }
      return Self.text(value(index))
    }
  }

  /// The least and the greatest value of an axis of several numbers; `nil` for any other.
  var numberRange: ClosedRange<Double>? {
    if let range { return min(range.first, range.last)...max(range.first, range.last) }
    guard let numbers = increasingNumbers, numbers.count > 1 else { return nil }
    return numbers[0]...numbers[numbers.count - 1]
  }

  /// The values where all are numbers that increase; `nil` otherwise.
  var increasingNumbers: [Double]? {
    let numbers = (0..<count).compactMap { index -> Double? in
      if case .number(let number) = value(index).content { number } else { nil }
    }
    return numbers.count == count && zip(numbers, numbers.dropFirst()).allSatisfy(<) ? numbers : nil
  }
}

// MARK: - Changes

extension SweepRow {
  /// The specification after a step; `nil` where there is none.
  func stepped(_ spec: SweepSpec, by step: BuildCommand.Step, among parameters: [SweepParameter]) -> SweepSpec? {
    var next = spec
    let change = step.direction * (step.isLarge ? 10 : 1)
    switch self {
    case .parameter(let axis): return stepped(spec, axis, by: step.direction, among: parameters)
    case .from(let axis):
      return spec.axes[axis].range.flatMap { changed(spec, axis, first: step.next(after: $0.first)) }
    case .to(let axis): return spec.axes[axis].range.flatMap { changed(spec, axis, last: step.next(after: $0.last)) }
    case .count(let axis):
      return changed(spec, axis, count: max(2, min(SweepBoard.mostValues, spec.axes[axis].count + change)))
    case .scale(let axis):
      return changed(spec, axis, scale: spec.axes[axis].range?.scale == .linear ? .log : .linear)
    case .values: return nil
    case .starts: next.starts = max(1, min(1_000_000, spec.starts + change))
    case .seed: next.seed = UInt64(max(0, min(1 << 53, Int(spec.seed) + change)))
    case .certificates: next.certificates = Self.neighbour(of: spec.certificates, by: step.direction)
    }
    return next
  }

  /// None, the fast ones, all of them.
  private static func neighbour(of ids: [String], by direction: Int) -> [String] {
    let all = [[], SweepSpec.lightCertificates, TheoremCatalog.all.map { $0.id }]
    let place = all.firstIndex(of: ids) ?? 0
    return all[(place + direction + all.count) % all.count]
  }

  private func stepped(
    _ spec: SweepSpec, _ axis: Int, by direction: Int, among parameters: [SweepParameter]
  ) -> SweepSpec? {
    let taken = spec.axes.indices.filter { $0 != axis }.map { spec.axes[$0].path }
    let free = parameters.filter { !taken.contains($0.path) }
    guard !free.isEmpty else { return nil }
    let here = spec.axes.indices.contains(axis) ? free.firstIndex { $0.path == spec.axes[axis].path } : nil
    let place = here.map { ($0 + direction + free.count) % free.count } ?? 0
    return spec.taking(free[place], on: axis)
  }

  /// A grid with another end, count or scale; `nil` where that is no grid.
  private func changed(
    _ spec: SweepSpec, _ axis: Int, first: Double? = nil, last: Double? = nil, count: Int? = nil,
    scale: SweepAxis.Scale? = nil
  ) -> SweepSpec? {
    try? spec.changing(axis, first: first, last: last, count: count, scale: scale)
  }

  /// The specification that a typed text asks for.
  /// - Throws: `Failure` that says what is expected.
  func typed(_ text: String, _ spec: SweepSpec, _ document: SessionDocument) throws(Failure) -> SweepSpec {
    var next = spec
    switch self {
    case .parameter(let axis):
      guard let parameter = SweepParameter(path: text.trimmingBlanks, in: document) else {
        throw Failure("the path of a number of the session is expected, such as network.operators[0].shift")
      }
      guard !spec.axes.indices.contains(where: { $0 != axis && spec.axes[$0].path == parameter.path }) else {
        throw Failure("another path than on the other axis is expected")
      }
      return spec.taking(parameter, on: axis)
    case .from(let axis): return try spec.changing(axis, first: try Self.number(text))
    case .to(let axis): return try spec.changing(axis, last: try Self.number(text))
    case .count(let axis): return try spec.changing(axis, count: try Self.integer(text, in: 2...SweepBoard.mostValues))
    case .values(let axis): next.axes[axis] = SweepAxis(path: spec.axes[axis].path, grid: .list(try Self.list(text)))
    case .starts: next.starts = try Self.integer(text, in: 1...1_000_000)
    case .seed: next.seed = UInt64(try Self.integer(text, in: 0...1 << 53))
    case .scale, .certificates: break
    }
    return next
  }

  private static func number(_ text: String) throws(Failure) -> Double {
    guard let number = Double(text.trimmingBlanks), number.isFinite else {
      throw Failure("a number is expected, found \(text)")
    }
    return number
  }

  private static func integer(_ text: String, in range: ClosedRange<Int>) throws(Failure) -> Int {
    guard let number = Int(text.trimmingBlanks), range.contains(number) else {
      throw Failure("a whole number from \(range.lowerBound) to \(range.upperBound) is expected, found \(text)")
    }
    return number
  }

  private static func list(_ text: String) throws(Failure) -> [JSON] {
    let words = text.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
    guard !words.isEmpty else { throw Failure("at least one value is expected") }
    return words.map { word in
      if let number = Double(word), number.isFinite { return JSON(number) }
      return word == "true" || word == "false" ? JSON(word == "true") : JSON(word)
    }
  }
}

extension SweepSpec {
  /// With another end, count or scale of an axis that is a grid.
  /// - Throws: `Failure` where that is no grid.
  fileprivate func changing(
    _ axis: Int, first: Double? = nil, last: Double? = nil, count: Int? = nil, scale: SweepAxis.Scale? = nil
  ) throws(Failure) -> SweepSpec {
    guard let range = axes[axis].range else { return self }
    let (first, last, scale) = (first ?? range.first, last ?? range.last, scale ?? range.scale)
    guard first != last else { throw Failure("two different ends are expected") }
    guard scale == .linear || (first > 0 && last > 0) else {
      throw Failure("ends above 0 are expected on a log scale, found \(first) and \(last)")
    }
    var next = self
    let grid = SweepAxis.Grid.range(first: first, last: last, count: count ?? range.count, scale: scale)
    next.axes[axis] = SweepAxis(path: axes[axis].path, grid: grid)
    return next
  }
}

extension SweepSpec {
  /// With usual values of a parameter on an axis, or on a second one that was not there.
  func taking(_ parameter: SweepParameter, on axis: Int) -> SweepSpec {
    var next = self
    let new = parameter.axis(
      count: axes.count < 2 && axis == 0 ? SweepParameter.countAlone : SweepParameter.counts[axis])
    if axes.indices.contains(axis) { next.axes[axis] = new } else { next.axes.append(new) }
    return next
  }

  /// Without the second axis.
  var withoutUp: SweepSpec {
    var next = self
    next.axes = Array(axes.prefix(1))
    return next
  }
}
