public import FixedPoint
public import Foundation

/// A case of the independent fixed-point oracles: a network built from the session object, and what is expected of it.
public struct FixedPointOracle: Sendable, CustomStringConvertible {
  public struct Point: Sendable {
    public let iterate: [Double]
    /// The reported numbers by name: `jacobian_norm_2`, `radial_coefficient`, …
    public let quantities: [String: Double]
  }

  public let name: String
  public let network: Network
  public let start: [Double]
  public let fixedPoints: [Point]
  /// The first rows of the trace under plain iteration, numbers by name; an undefined one is absent.
  public let trace: [[String: Double]]
  /// Numbers about W by name; empty if the map has not exactly one affine part.
  public let weight: [String: Double]

  public var description: String { name }

  /// The folder of the oracles beside the package; absent on machines that only have the repository.
  public static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../shared/oracles").standardizedFileURL

  public static var isAvailable: Bool { FileManager.default.fileExists(atPath: folder.path) }

  /// Every case, sorted by name; empty if the oracles are absent.
  public static let all: [FixedPointOracle] = {
    let cases = folder.appendingPathComponent("fixed-points")
    let files = (try? FileManager.default.contentsOfDirectory(at: cases, includingPropertiesForKeys: nil)) ?? []
    return files.sorted { $0.path < $1.path }.compactMap { try? FixedPointOracle(contentsOf: $0) }
  }()
}

extension FixedPointOracle {
  private struct Malformed: Error {
    let what: String
  }

  init(contentsOf file: URL) throws {
    let root = try JSON(JSONSerialization.jsonObject(with: Data(contentsOf: file)))
    let session = root["session"]
    let shape = Shape(session["network"]["state"]["shape"].integers)
    let input =
      session["input"].isPresent
      ? try session["input"].tensor(Shape(session["network"]["input"]["shape"].integers)) : nil
    name = file.deletingPathExtension().lastPathComponent
    network = try FixedPointOracle.network(session["network"]["operators"].elements, shape: shape, input: input)
    start =
      session["start"].isPresent ? try session["start"].tensor(shape).values : Array(repeating: 1, count: shape.count)
    fixedPoints = root["expected"]["fixed_points"].elements.map { point in
      Point(iterate: point["z"].numbers, quantities: point.numbersByName)
    }
    trace = root["expected"]["picard_trace"].elements.map(\.numbersByName)
    weight = root["expected"]["weight"].numbersByName
  }

  private static func network(_ operators: [JSON], shape: Shape, input: Tensor?) throws -> Network {
    var links: [any Operator] = []
    for description in operators {
      let name = description["op"].text ?? ""
      guard let type = OperatorCatalog.named(name) else { throw Malformed(what: name) }
      let context = OperatorContext(incoming: links.last?.outputShape ?? shape, state: shape, input: input)
      links.append(try type.init(description.fieldValues(except: "op"), in: context))
    }
    return try Network(stateShape: shape, operators: links)
  }
}

/// A value of a JSON document, read leniently: a missing member is an empty value.
private struct JSON {
  let value: Any?

  init(_ value: Any?) { self.value = value }

  subscript(name: String) -> JSON { JSON((value as? [String: Any])?[name]) }

  var isPresent: Bool { value != nil }
  var elements: [JSON] { ((value as? [Any]) ?? []).map(JSON.init) }
  var number: Double? { (value as? NSNumber)?.doubleValue }
  var text: String? { value as? String }
  var numbers: [Double] { elements.compactMap(\.number) }
  var integers: [Int] { numbers.map { Int($0) } }
  var numbersByName: [String: Double] { ((value as? [String: Any]) ?? [:]).compactMapValues { JSON($0).number } }

  /// `{"values": nested arrays}` or `{"fill": c}`.
  func tensor(_ shape: Shape?) throws -> Tensor {
    if let constant = self["fill"].number, let shape { return Tensor(filling: shape, with: constant) }
    let nested = self["values"]
    return Tensor(shape: Shape(nested.sizes), values: nested.flat)
  }

  private var sizes: [Int] {
    let elements = elements
    return elements.isEmpty ? [] : [elements.count] + elements[0].sizes
  }

  private var flat: [Double] { number.map { [$0] } ?? elements.flatMap(\.flat) }

  func fieldValues(except name: String) throws -> FieldValues {
    var result = FieldValues()
    for (field, member) in (value as? [String: Any]) ?? [:] where field != name {
      let json = JSON(member)
      result[field] =
        try json.number.map(FieldValue.number) ?? json.text.map(FieldValue.text) ?? .tensor(json.tensor(nil))
    }
    return result
  }
}
