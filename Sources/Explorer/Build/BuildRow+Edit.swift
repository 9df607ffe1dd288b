import FixedPoint
import Glibc
import Screen
import Sessions

/// A change of the session: what stands at a JSON path from then on; `null` takes it away.
struct BuildEdit: Sendable, Equatable {
  let path: String
  let value: JSON
}

extension BuildRow {
  /// The change that gives the field this value; `nil` for its default. There is none if that is what holds.
  func edit(to value: FieldValue?) -> BuildEdit? {
    guard case .field(let field, let current, let target) = content else { return nil }
    let isChange = value.map { $0 != current || !isGiven } ?? (isGiven && !field.isRequired)
    guard isChange else { return nil }
    switch target {
    case .member: return BuildEdit(path: path, value: value?.json ?? .null)
    case .method: return BuildEdit(path: "solver", value: ["method": value?.json ?? "picard"])
    case .kind(let source): return value.map { edit(kind: $0, of: source) }
    case .constraint: return edit(constraint: value)
    case .bound(let name):
      return value.map { BuildEdit(path: parent.droppingLast, value: JSON([JSON.Member(name, $0.json)])) }
    }
  }

  /// The path of what the row is a part of, with its final dot.
  private var parent: Substring { path[...(path.lastIndex(of: ".") ?? path.startIndex)] }

  private func edit(kind: FieldValue, of source: OperatorSource) -> BuildEdit {
    var next = source
    let parameters = [ActivationKind.Parameter.slope, .threshold].map(\.rawValue)
    next.fields.removeAll { parameters.contains($0.name) || $0.name == "kind" }
    next.fields.insert(FieldSource("kind", .text(kind.text)), at: 0)
    return BuildEdit(path: parent.droppingLast, value: next.json)
  }

  private func edit(constraint value: FieldValue?) -> BuildEdit? {
    let json = Ensemble.Constraint.json(value?.text ?? Ensemble.Constraint.none)
    return json == .null && !isGiven ? nil : BuildEdit(path: path, value: json)
  }

  /// The change that a typed text asks for.
  /// - Throws: `Failure` that says what is expected.
  func edit(typed text: String) throws(Failure) -> BuildEdit? {
    let text = text.trimmingBlanks
    switch content {
    case .field(let field, _, _): return edit(to: try field.value(typed: text))
    case .shape: return try BuildEdit(path: path, value: Self.sizes(text))
    case .edges: return try BuildEdit(path: path, value: Self.edges(text))
    case .text: return BuildEdit(path: path, value: text.isEmpty ? .null : JSON(text))
    case .tensor, .link: return nil
    }
  }

  /// `[3, 8, 8]`, `3 8 8` or `3x8x8`; nothing is `null`.
  private static func sizes(_ text: String) throws(Failure) -> JSON {
    let parts = text.split { !($0.isASCII && ($0.isNumber || $0.isLetter || $0 == "-" || $0 == ".")) }
      .flatMap { $0.split(separator: "x") }
    let sizes = parts.compactMap { Int($0) }.filter { $0 > 0 }
    if ["", "none"].contains(text) { return .null }
    guard sizes.count == parts.count, (1...3).contains(sizes.count) else {
      throw Failure("one to three positive sizes are expected, such as 87, 34 2 or 3 8 8")
    }
    return JSON(sizes.map { JSON($0) })
  }

  private static func edges(_ text: String) throws(Failure) -> JSON {
    var pairs: [JSON] = []
    for part in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
      let nodes = part.split(separator: "-").compactMap { Int($0) }
      guard nodes.count == 2 else { throw Failure("pairs of nodes are expected, such as 0-1 1-2; found \(part)") }
      pairs.append(JSON(nodes.map { JSON($0) }))
    }
    return JSON(pairs)
  }

  /// What the line to type begins with.
  var typedText: String {
    switch content {
    case .field(_, let value, _): value?.text ?? ""
    case .shape(let shape): shape?.sizes.map(String.init).joined(separator: " ") ?? ""
    case .edges(let pairs): pairs?.map { $0.map(String.init).joined(separator: "-") }.joined(separator: " ") ?? ""
    case .text(let text): text
    case .tensor, .link: ""
    }
  }
}

extension Field {
  /// A number, or one of the names.
  /// - Throws: `Failure` that says what is expected.
  func value(typed text: String) throws(Failure) -> FieldValue {
    let number = Double(text).flatMap { $0.isFinite ? $0 : nil }
    let value: FieldValue = number.map { .number($0) } ?? .text(text)
    do throws(FieldError) {
      try check(value)
    } catch {
      throw Failure("\(error.expected) is expected, found \(text.isEmpty ? "nothing" : text)")
    }
    return value
  }
}

extension Substring {
  fileprivate var droppingLast: String { String(dropLast()) }
}

extension String {
  var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

// MARK: - Steps

extension BuildRow {
  /// The change that a step makes: of a number, to the neighbouring choice, of the last size.
  func edit(by step: BuildCommand.Step) -> BuildEdit? {
    switch content {
    case .field(let field, let value, _):
      return field.stepped(value, by: step).flatMap { edit(to: $0) }
    case .shape(let shape?):
      let last = max(1, shape.last + (step.isLarge ? 10 : 1) * step.direction)
      let sizes = shape.replacingLast(by: last).sizes
      return sizes == shape.sizes ? nil : BuildEdit(path: path, value: JSON(sizes.map { JSON($0) }))
    case .tensor(let tensor): return tensor.edit(by: step)
    case .shape(nil), .link, .edges, .text: return nil
    }
  }
}

extension BuildCommand.Step {
  var direction: Int {
    switch self {
    case .less, .muchLess, .slightlyLess: -1
    case .more, .muchMore, .slightlyMore: 1
    }
  }

  var isLarge: Bool { self == .muchLess || self == .muchMore }

  /// How much a number changes: tenths, ones or hundredths.
  private var exponent: Int {
    switch self {
    case .less, .more: 1
    case .muchLess, .muchMore: 0
    case .slightlyLess, .slightlyMore: 2
    }
  }

  /// The next multiple of the step in its direction, as a short decimal.
  func next(after number: Double) -> Double {
    let scale = [1.0, 10, 100][exponent]
    let place = number * scale
    let nearest = place.rounded()
    let isOn = abs(place - nearest) < 1e-9 * max(1, abs(place))
    let next = isOn ? nearest + Double(direction) : direction > 0 ? place.rounded(.up) : place.rounded(.down)
    return next / scale
  }

  /// The next power of ten in its direction; three of them for a large step.
  func nextDecade(after number: Double) -> Double {
    let count = isLarge ? 3 : 1
    let exponent = Glibc.log10(number)
    let nearest = exponent.rounded()
    let isOn = abs(exponent - nearest) < 1e-9
    let next =
      isOn ? nearest + Double(count * direction) : direction > 0 ? exponent.rounded(.up) : exponent.rounded(.down)
    return Double("1e\(Int(next))") ?? number
  }
}

extension Field {
  /// The value one step away, within what is allowed; `nil` where there is none.
  func stepped(_ value: FieldValue?, by step: BuildCommand.Step) -> FieldValue? {
    switch (kind, value) {
    case (.choice(let names), .text(let name)?):
      let index = names.firstIndex(of: name) ?? 0
      return .text(names[(index + step.direction + names.count) % names.count])
    case (.flag, .flag(let flag)?): return .flag(!flag)
    case (.integer(let range), .number(let number)?):
      let next = number + Double(step.direction * (step.isLarge ? 10 : 1))
      return .number(min(max(next, Double(range.lowerBound)), Double(range.upperBound)))
    case (.integer(let range), nil): return .number(Double(range.lowerBound))
    case (.number(let range), .number(let number)?), (.numberOrChoice(let range, _), .number(let number)?):
      return .number(self.step(number, by: step, in: range))
    case (.number(let range), nil), (.numberOrChoice(let range, _), .text?):
      return .number(min(max(1, range.lowerBound), range.upperBound))
    default: return nil
    }
  }

  private func step(_ number: Double, by step: BuildCommand.Step, in range: ClosedRange<Double>) -> Double {
    let next = isInDecades && number > 0 ? step.nextDecade(after: number) : step.next(after: number)
    guard !range.contains(next) else { return next }
    // An open end is as good as reached: the smallest positive number is no value to stop at.
    if next < range.lowerBound { return range.lowerBound < 1e-300 && range.lowerBound > 0 ? number : range.lowerBound }
    return range.upperBound
  }

  /// Small by nature: such a number is changed by factors of ten.
  private var isInDecades: Bool {
    guard case .number(let usual)? = defaultValue else { return name == "regularization" }
    return usual > 0 && usual < 0.01
  }
}

extension BuildTensor {
  /// The neighbouring law; numbers that were written out are not thrown away by a step.
  fileprivate func edit(by step: BuildCommand.Step) -> BuildEdit? {
    guard case .ensemble(let ensemble, let shape) = source else { return nil }
    let names = Ensemble.Law.names
    let index = names.firstIndex(of: ensemble.law.name) ?? 0
    var next = ensemble
    next.law = .usual(names[(index + step.direction + names.count) % names.count])
    return BuildEdit(path: path, value: TensorSource.ensemble(next, shape: shape).json)
  }

  /// The change to the next seed.
  var reseeded: BuildEdit? {
    guard case .ensemble(let ensemble, _) = source else { return nil }
    return BuildEdit(path: path + ".seed", value: JSON(Double((ensemble.seed + 1) % (1 << 53))))
  }
}
