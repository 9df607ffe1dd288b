import FixedPoint
import Testing

@testable import Sessions
@testable import Specimens

/// The files were written by NumPy itself.
@Suite("NumPy files")
struct NumPyFileTests {
  private static let plain =
    "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAADwPwAAAAAAAARAAAAAAAAACMAAAAAAAAAQQAAAAAAAABRAAAAAAACAGEA="

  @Test(
    "Types, byte orders, memory orders, versions",
    arguments: [
      (plain, [2, 3], [1, 2.5, -3, 4, 5, 6.125]),
      (
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AACAQAAAAEAAAKBAAABAQAAA0EA=",
        [2, 3], [1, 2, 3, 4, 5, 6.5]
      ),
      (
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPmY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo/+AAAAAAAAMAAAAAAAAAA",
        [2], [1.5, -2]
      ),
      (
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPGkyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAr//ywB",
        [2], [-1, 300]
      ),
      (
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPnU0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDEpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAB/////w==",
        [2, 1], [1, 4_294_967_295]
      ),
      (
        "k05VTVBZAQB2AHsnZGVzY3InOiAnfGIxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAA==",
        [2], [1, 0]
      ),
      (
        "k05VTVBZAgB0AAAAeydkZXNjcic6ICc8ZjgnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAADwPwAAAAAAAABA",
        [2], [1, 2]
      ),
      (
        "k05VTVBZAwB0AAAAeydkZXNjcic6ICc8ZjgnLCAnZm9ydHJhbl9vcmRlcic6IFRydWUsICdzaGFwZSc6ICgyLCAzLCA0KSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAAAAAAAAAAChAAAAAAAAAEEAAAAAAAAAwQAAAAAAAACBAAAAAAAAANEAAAAAAAADwPwAAAAAAACpAAAAAAAAAFEAAAAAAAAAxQAAAAAAAACJAAAAAAAAANUAAAAAAAAAAQAAAAAAAACxAAAAAAAAAGEAAAAAAAAAyQAAAAAAAACRAAAAAAAAANkAAAAAAAAAIQAAAAAAAAC5AAAAAAAAAHEAAAAAAAAAzQAAAAAAAACZAAAAAAAAAN0A=",
        [2, 3, 4], (0..<24).map(Double.init)
      ),
    ] as [(String, [Int], [Double])])
  func read(text: String, sizes: [Int], values: [Double]) throws {
    let tensor = try NumPyFile.read(decodeBase64(text), name: "w.npy")
    #expect(tensor == Tensor(shape: Shape(sizes), values: values))
  }

  @Test("A cut at any byte, and any claim beyond the file, is one error")
  func damaged() {
    let bytes = decodeBase64(Self.plain)
    for count in 0..<bytes.count {
      #expect(throws: SessionError.self) { try NumPyFile.read(Array(bytes.prefix(count)), name: "w.npy") }
    }
    for (original, changed) in [
      ("(2, 3)", "(9, 9)"), ("(2, 3)", "(2, 0)"), ("(2, 3)", "(-2,3)"), ("<f8", "<c8"), ("<f8", "|O8"), ("<f8", "<f2"),
      ("False", "Maybe"), ("shape", "shade"), ("{", "["),
    ] {
      #expect(throws: SessionError.self) { try NumPyFile.read(replace(original, by: changed), name: "w.npy") }
    }
  }

  @Test("A shape of more entries than can be counted allocates nothing")
  func huge() {
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999, 99999999999), }\n"
    let length = header.utf8.count
    let bytes = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length), 0] + Array(header.utf8)
    #expect(throws: SessionError.self) { try NumPyFile.read(bytes, name: "w.npy") }
  }

  @Test("Numbers that are not finite are refused")
  func notFinite() {
    var bytes = decodeBase64(Self.plain)
    bytes.replaceSubrange(bytes.count - 8..<bytes.count, with: [0, 0, 0, 0, 0, 0, 0xF8, 0x7F])
    #expect(throws: SessionError.self) { try NumPyFile.read(bytes, name: "w.npy") }
  }

  private func replace(_ original: String, by changed: String) -> [UInt8] {
    var bytes = decodeBase64(Self.plain)
    let pattern = Array(original.utf8)
    if let start = bytes.indices.first(where: { bytes[$0...].starts(with: pattern) }) {
      bytes.replaceSubrange(start..<start + pattern.count, with: Array(changed.utf8))
    }
    return bytes
  }
}
