import FixedPoint
import Glibc
import TestSupport
import Testing

@testable import Sessions
@testable import Specimens

/// Files of several arrays: those of NumPy and safetensors itself are read, and they read ours.
@Suite("Tensor files")
struct TensorFileTests {
  private let directory = TemporaryDirectory()

  private static let named = [
    NamedTensor("operators.0.weight", Tensor(shape: Shape([2, 3]), values: [1, -2.5, 1e-300, 0.1, -0.0, 6])),
    NamedTensor("b", Tensor(vector: [3])),
  ]

  @Test("Archives of NumPy, stored and deflated, with and without a key")
  func npz() throws {
    directory.write(decodeBase64(TensorFixtures.npz), to: "w.npz")
    directory.write(decodeBase64(TensorFixtures.npzDeflated), to: "d.npz")
    let stored = try TensorFile.read("w.npz", in: directory.path, key: "W")
    #expect(stored == Tensor(shape: Shape([2, 2]), values: [1, 2.5, -3, 4]))
    let deflated = try TensorFile.read("d.npz", in: directory.path, key: "W")
    #expect(deflated == Tensor(shape: Shape([2, 3]), values: [0, 1, 2, 3, 4, 5]))
    #expect(try TensorFile.list(directory.file("d.npz")).map(\.key) == ["W", "flags"])
    let missing = #expect(throws: SessionError.self) { try TensorFile.read("w.npz", in: directory.path, key: nil) }
    #expect(missing?.path == "key" && missing?.expected == "one of W, b in w.npz" && missing?.found == "no key")
    #expect(throws: SessionError.self) { try TensorFile.read("w.npz", in: directory.path, key: "V") }
  }

  @Test("Safetensors of every kind of number")
  func safetensors() throws {
    directory.write(decodeBase64(TensorFixtures.safetensors), to: "w.safetensors")
    let tensors = try TensorFile.list(directory.file("w.safetensors"))
    let values = try Dictionary(uniqueKeysWithValues: tensors.map { ($0.key, try $0.tensor().values) })
    #expect(
      values == [
        "a": [1, 2, 3, -4], "h": [1.5, 0.25], "bf": [3, -0.5], "i": [-7], "s": [2.5], "flag": [0, 1],
      ])
    #expect(tensors.first { $0.key == "a" }?.sizes == [2, 2])
    #expect(tensors.first { $0.key == "s" }?.sizes == [])
  }

  @Test("Half precision and gzip")
  func small() throws {
    directory.write(decodeBase64(TensorFixtures.half), to: "h.npy")
    directory.write(decodeBase64(TensorFixtures.npyGzip), to: "w.npy.gz")
    #expect(try TensorFile.read("h.npy", in: directory.path, key: nil).values == [1.5, -2])
    #expect(try TensorFile.read("w.npy.gz", in: directory.path, key: nil).values == [1, 2])
  }

  @Test("Every half and bfloat16 number is the Double that its bits say")
  func halves() {
    // By the definition: (-1)^s 2^(e-bias) 1.m, subnormals without the leading 1.
    func value(_ bits: Int, exponentBits: Int, fractionBits: Int) -> Double? {
      let exponent = bits >> fractionBits & (1 << exponentBits - 1)
      let fraction = Double(bits & (1 << fractionBits - 1)) / Double(1 << fractionBits)
      let bias = 1 << (exponentBits - 1) - 1
      guard exponent < 1 << exponentBits - 1 else { return nil }
      let magnitude =
        exponent == 0
        ? fraction * pow(2, Double(1 - bias)) : (1 + fraction) * pow(2, Double(exponent - bias))
      return bits >> 15 == 1 ? -magnitude : magnitude
    }
    for bits in 0..<1 << 16 {
      if let half = value(bits, exponentBits: 5, fractionBits: 10) {
        #expect(ElementType.float16.number(UInt64(bits)) == half)
      }
      if let brain = value(bits, exponentBits: 8, fractionBits: 7) {
        #expect(ElementType.bfloat16.number(UInt64(bits)) == brain)
      }
    }
  }

  @Test("What is written is read to the bit, and twice the same", arguments: ["w.npz", "w.safetensors"])
  func roundTrip(_ name: String) throws {
    try TensorFile.write(Self.named, to: directory.file(name))
    let bytes = try FileSystem.read(directory.file(name))
    let read = try TensorFile.list(directory.file(name)).map { NamedTensor($0.key, try $0.tensor()) }
    #expect(read == Self.named)
    #expect(read[0].tensor.values[4].sign == .minus)
    try TensorFile.write(Self.named, to: directory.file(name))
    #expect(try FileSystem.read(directory.file(name)) == bytes)
  }

  @Test(
    "A name under which an array would not be found again is refused, and what was there stays",
    arguments: [
      ("w.safetensors", ["W", "__metadata__"], "an array named __metadata__: the format needs that name"),
      ("w.safetensors", ["W", "b", "W"], "an array named W: another has that name"),
      ("w.npz", ["W", "b", "W"], "an array named W: another has that name"),
    ])
  func names(_ name: String, _ keys: [String], _ reason: String) throws {
    let tensors = keys.map { NamedTensor($0, Tensor(vector: [1])) }
    directory.write("old", to: name)
    let error = #expect(throws: SessionError.self) { try TensorFile.write(tensors, to: directory.file(name)) }
    #expect(error?.kind == .unwritable)
    #expect(error?.message == "\(directory.file(name)): cannot write \(reason)")
    #expect(directory.names == [name])
    #expect(try FileSystem.read(directory.file(name)) == Array("old".utf8))
  }

  @Test("An array of an .npz may have any other name, also that of the other format's texts")
  func metadataInAnArchive() throws {
    let tensors = [NamedTensor("__metadata__", Tensor(vector: [1, 2]))]
    try TensorFile.write(tensors, to: directory.file("w.npz"))
    #expect(try TensorFile.read("w.npz", in: directory.path, key: "__metadata__") == tensors[0].tensor)
  }

  @Test("Two arrays of one name in an .npz, with and without the ending of their file, are an error")
  func oneNameTwice() throws {
    let array = NumPyFile.write(Tensor(vector: [1]))
    for names in [["a.npy", "a"], ["a", "a.npy"]] {
      let bytes = Archive.zip(names.map { Archive.Entry(name: $0, bytes: array) })
      directory.write(bytes, to: "w.npz")
      let error = #expect(throws: SessionError.self) {
        try TensorFile.read("w.npz", in: directory.path, key: "a")
      }
      #expect(error?.expected == "arrays of different names in w.npz" && error?.found == "two named a")
      #expect(throws: SessionError.self) { try TensorFile.list(directory.file("w.npz")) }
    }
  }

  @Test(
    "NumPy reads our archives",
    .enabled(if: unsafe system("python3 -c 'import numpy' 2>/dev/null") == 0, "python3 with NumPy is not here"))
  func numpyReads() throws {
    try TensorFile.write(Self.named, to: directory.file("w.npz"))
    let script = """
      import numpy, sys
      w = numpy.load("\(directory.file("w.npz"))")
      a = w["operators.0.weight"]
      assert sorted(w.files) == ["b", "operators.0.weight"], w.files
      assert a.dtype == numpy.float64 and a.tolist() == [[1, -2.5, 1e-300], [0.1, 0, 6]] and w["b"].tolist() == [3]
      """
    directory.write(script, to: "check.py")
    #expect(unsafe system("python3 \(directory.file("check.py"))") == 0)
  }
}
