import Foundation

@testable import FixedPoint

/// Exact ranges over intervals of activations, of their slopes and of their powers: `Tests/Oracles/activation_ranges.py`
/// computes them and says what the file holds.
struct ActivationRangeFixture: Sendable, CustomStringConvertible {
  struct Record: Sendable {
    let interval: Interval
    /// Exact but for outward rounding; `nil` where the function is not defined on all of the interval.
    let value: Interval?
    /// The same of the derivative; with a power other than 1 only a part of its range.
    let slope: Interval?
    /// A number of the interval, and the value there between two neighbours; NaN where there is none.
    let point: Double
    let valueAtPoint: Interval?
  }

  let link: Activate
  let records: [Record]

  var description: String { "(\(link.activation.kind.rawValue) + \(link.shift))^\(link.power)" }

  /// Every block of the file; an empty list if it cannot be read, which a test rules out.
  static let all: [ActivationRangeFixture] = {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Fixtures/activation-ranges.bin"
    var numbers = Numbers(FileManager.default.contents(atPath: path) ?? Data())
    var blocks: [ActivationRangeFixture] = []
    while let block = try? ActivationRangeFixture(&numbers) { blocks.append(block) }
    return blocks
  }()

  private struct Ended: Error {}

  private init(_ numbers: inout Numbers) throws {
    guard let head = numbers.next(5) else { throw Ended() }
    let kind = ActivationKind.allCases[Int(head[0])]
    var fields = ["kind": FieldValue.text(kind.rawValue), "shift": .number(head[2]), "power": .number(head[3])]
    if let parameter = kind.parameter { fields[parameter.rawValue] = .number(head[1]) }
    let context = OperatorContext(incoming: Shape([1]), state: Shape([1]), input: nil)
    link = try Activate(FieldValues(fields), in: context)
    records = (0..<Int(head[4])).compactMap { _ in numbers.next(8).map(Record.init) }
  }

  /// Doubles, little-endian.
  private struct Numbers {
    private let data: Data
    private var place = 0

    init(_ data: Data) { self.data = data }

    mutating func next(_ count: Int) -> [Double]? {
      guard place + 8 * count <= data.count else { return nil }
      defer { place += 8 * count }
      return (0..<count).map { index in
        let start = data.startIndex + place + 8 * index
        return Double(bitPattern: data[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) })
      }
    }
  }
}

extension ActivationRangeFixture.Record {
  fileprivate init(_ numbers: [Double]) {
    interval = Interval(numbers[0], numbers[1])
    value = numbers[2].isNaN ? nil : Interval(numbers[2], numbers[3])
    slope = numbers[4].isNaN ? nil : Interval(numbers[4], numbers[5])
    point = numbers[6]
    valueAtPoint = numbers[7].isNaN ? nil : Interval(numbers[7], numbers[7].nextUp)
  }
}
