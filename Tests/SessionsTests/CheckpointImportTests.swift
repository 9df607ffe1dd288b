import FixedPoint
import Testing

@testable import Sessions

/// Each layer against its formula, written out here, at the point that a run starts from.
@Suite("Sessions from checkpoints")
struct CheckpointImportTests {
  private static let weight = [0.5, -0.3, 0.2, 0.4]
  private static let inputWeight = [1.0, 0.5, -1.0, 0.25, 2.0, -0.5]
  private static let bias = [0.1, -0.2]
  private static let input = [0.3, -0.7, 0.2]
  private static let start = [1.0, 1.0]

  private static func stored(_ key: String, _ sizes: [Int], _ values: [Double]) throws -> StoredTensor {
    try StoredTensor(key: key, type: .float64, sizes: sizes, in: littleEndian(values)[...], file: "m.npz")
  }

  private static func dense(_ names: [String], extra: [StoredTensor] = []) throws -> [StoredTensor] {
    [
      try stored(names[0], [2, 2], weight), try stored(names[1], [2, 3], inputWeight), try stored(names[2], [2], bias),
    ] + extra
  }

  /// f(start) of the session that is made.
  private static func image(
    _ stored: [StoredTensor], roles: [LayerRole: String] = [:], _ change: (inout LayerOptions) -> Void = { _ in }
  ) throws -> (image: [Double], layer: CheckpointImport) {
    var options = LayerOptions()
    options.input = .values(Tensor(vector: input))
    change(&options)
    var layer = try CheckpointImport(stored, roles: roles, options: options)
    var document = try layer.session(title: "m", companion: "m.safetensors").document
    document.start = .values(Tensor(vector: start))
    // The session is valid as a file, too.
    let read = try SessionFile.parse(SessionFile.text(of: document))
    let problem = try Problem(read, directory: ".")
    var run = Run(map: problem.network, start: problem.start, solver: Picard(), stopping: StoppingRule(maxSteps: 2))
    run.runToEnd()
    return (run.iterate(at: 2), layer)
  }

  private static func times(_ matrix: [Double], _ vector: [Double]) -> [Double] {
    (0..<2).map { row in vector.indices.reduce(0) { $0 + matrix[row * vector.count + $1] * vector[$1] } }
  }

  /// U x + b.
  private static let injected = zip(times(inputWeight, input), bias).map { $0 + $1 }

  private static func expectClose(_ found: [Double], _ expected: [Double], _ note: Comment) {
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-14 }, note)
  }

  @Test("SubDEQ dense: shift, norm, power and absolute weights")
  func subhomogeneous() throws {
    let arrays = try Self.dense(["1.f.lin0.weight", "1.f.lin1.weight", "1.f.lin1.bias"])
    let inner = Self.times(Self.weight, Self.start)
    let relu = Self.injected.map { max($0, 0) }
    let plain = zip(inner, relu).map { tanhOf($0) + $1 + 1.2 }
    let (image, layer) = try Self.image(arrays)
    Self.expectClose(image, plain, "shift")
    #expect(layer.layer.kind == .subhomogeneous && layer.assumptions == ["the shift 1.2 (--shift)"])
    let largest = plain.max() ?? 1
    let normalised = try Self.image(arrays) { $0.norm = .infinity }.image
    Self.expectClose(normalised, plain.map { $0 / largest }, "norm")
    let power = try Self.image(arrays) {
      $0.kind = .power
      $0.power = 0.5
    }.image
    Self.expectClose(power, zip(inner, relu).map { (tanhOf($0) + 1.01).squareRoot() + $1 }, "power")
    let absolute = Self.times(Self.weight.map(abs), Self.start)
    let shifted = zip(absolute, relu).map { tanhOf($0 + $1) + 1.2 }
    let whole = try Self.image(arrays) { $0.kind = .absolute }.image
    Self.expectClose(whole, shifted.map { $0 / (shifted.max() ?? 1) }, "absolute")
  }

  @Test("Plain W, U, b by name and by map")
  func plain() throws {
    let expected = zip(Self.times(Self.weight, Self.start), Self.injected).map { tanhOf($0 + $1) }
    Self.expectClose(try Self.image(try Self.dense(["W", "U", "b"])).image, expected, "names")
    let mapped = try Self.image(
      try Self.dense(["x", "y", "z"]), roles: [.weight: "x", .inputWeight: "y", .bias: "z"])
    Self.expectClose(mapped.image, expected, "map")
  }

  @Test("monDEQ: W = (1-m) I - AᵀA + B - Bᵀ under relu")
  func monotone() throws {
    let (a, b) = ([0.2, 0.4, -0.3, 0.1], [0.5, 0.6, -0.2, 0.3])
    let arrays = [
      try Self.stored("mon.A.weight", [2, 2], a), try Self.stored("mon.B.weight", [2, 2], b),
      try Self.stored("mon.U.weight", [2, 3], Self.inputWeight), try Self.stored("mon.U.bias", [2], Self.bias),
      try Self.stored("Wout.weight", [2, 2], a),
    ]
    let square = [a[0] * a[0] + a[2] * a[2], a[0] * a[1] + a[2] * a[3], a[1] * a[1] + a[3] * a[3]]
    let turn = b[1] - b[2]
    let w = [0.6 - square[0], turn - square[1], -turn - square[1], 0.6 - square[2]]
    let (image, layer) = try Self.image(arrays) { $0.monotonicity = 0.4 }
    Self.expectClose(image, zip(Self.times(w, Self.start), Self.injected).map { max($0 + $1, 0) }, "monotone")
    #expect(layer.layer.kind == .monotone && layer.layer.keys[.bias] == "mon.U.bias" && layer.assumptions == [])
  }

  @Test("A convolution injects through its kernel")
  func convolution() throws {
    // 1 x 1 kernels: every pixel by itself.
    let arrays = [
      try Self.stored("0.f.conv2.weight", [2, 2, 1, 1], Self.weight),
      try Self.stored("0.f.conv1.weight", [2, 1, 1, 1], [2, -1]), try Self.stored("0.f.conv1.bias", [2], Self.bias),
    ]
    var options = LayerOptions()
    options.imageSize = (1, 2)
    options.input = .values(Tensor(shape: Shape([1, 1, 2]), values: [0.25, -0.5]))
    var layer = try CheckpointImport(arrays, options: options)
    let problem = try Problem(layer.session(title: "m", companion: nil).document, directory: ".")
    var run = Run(map: problem.network, start: problem.start, solver: Picard(), stopping: StoppingRule(maxSteps: 2))
    run.runToEnd()
    let inner = Self.times(Self.weight, [1, 1])
    let expected = [
      tanhOf(inner[0]) + 0.6 + 1.2, tanhOf(inner[0]) + 1.2, tanhOf(inner[1]) + 1.2, tanhOf(inner[1]) + 0.3 + 1.2,
    ]
    Self.expectClose(run.iterate(at: 2), expected, "convolution")
  }

  @Test("Large tensors are named in the file beside the session")
  func beside() throws {
    let count = 70
    let arrays = [
      try Self.stored("W", [count, count], [Double](repeating: 0.001, count: count * count)),
      try Self.stored("b", [count], [Double](repeating: 1, count: count)),
    ]
    var layer = try CheckpointImport(arrays)
    let (document, beside) = try layer.session(title: "m", companion: "m.safetensors")
    #expect(beside.map(\.key) == ["W"])
    #expect(document.network.operators[0].fields[0].value == .tensor(.file(path: "m.safetensors", key: "W")))
    #expect(try layer.session(title: "m", companion: nil).beside.isEmpty)
  }

  @Test("What cannot be decided, and what does not fit, is said")
  func refused() throws {
    func error(_ stored: [StoredTensor], roles: [LayerRole: String] = [:], _ options: LayerOptions = LayerOptions())
      -> SessionError?
    {
      do throws(SessionError) {
        var layer = try CheckpointImport(stored, roles: roles, options: options)
        _ = try layer.session(title: "", companion: nil)
        return nil
      } catch {
        return error
      }
    }
    let unknown = error([try Self.stored("fc.weight", [2, 2], Self.weight)])
    #expect(unknown?.expected.contains("lin0.weight, lin1.weight, [lin1.bias]") == true)
    let two = error(
      try Self.dense(["a.lin0.weight", "a.lin1.weight", "a.lin1.bias"])
        + Self.dense(["b.lin0.weight", "b.lin1.weight", "b.lin1.bias"]))
    #expect(two?.found.contains("a.lin0.weight, b.lin0.weight") == true)
    let bent = error([try Self.stored("W", [1, 4], Self.weight)])
    #expect(bent?.path == "W" && bent?.expected == "shape [1, 1] for W" && bent?.found == "shape [1, 4]")
    let wide = error([try Self.stored("W", [2, 2], Self.weight), try Self.stored("b", [3], [1, 2, 3])])
    #expect(wide?.path == "b")
    #expect(error([try Self.stored("W", [2, 2], Self.weight)], roles: [.weight: "V"])?.path == "V")
    #expect(error([try Self.stored("W", [2, 2], Self.weight)], roles: [.bias: "W"])?.expected.contains("W") == true)
    var options = LayerOptions()
    options.shift = 1
    #expect(error([try Self.stored("W", [2, 2], Self.weight)], options)?.path == "--shift")
    let kernel = error([
      try Self.stored("conv2.weight", [1, 1, 3, 3], [Double](repeating: 0, count: 9)),
      try Self.stored("conv1.weight", [1, 1, 3, 3], [Double](repeating: 0, count: 9)),
    ])
    #expect(kernel?.path == "--image")
  }
}

/// tanh by its definition.
private func tanhOf(_ x: Double) -> Double {
  let (up, down) = (exponential(x), exponential(-x))
  return (up - down) / (up + down)
}

/// The series of e^x, for |x| of a few.
private func exponential(_ x: Double) -> Double {
  var (sum, term) = (1.0, 1.0)
  for k in 1...60 {
    term *= x / Double(k)
    sum += term
  }
  return sum
}
