import FixedPoint
import Testing

@testable import Sessions
@testable import Specimens

/// The files were written by PyTorch itself.
@Suite("PyTorch checkpoints")
struct TorchFileTests {
  private static func read(_ text: String) throws -> [StoredTensor] {
    try TorchFile.read(decodeBase64(text), name: "m.pt")
  }

  @Test(
    "Strides, offsets, types and containers, in both formats",
    arguments: [TensorFixtures.stridedZip, TensorFixtures.stridedOld])
  func strided(_ text: String) throws {
    let tensors = try Self.read(text)
    #expect(tensors.map(\.key) == ["a", "half", "bf", "i", "flag", "nested.list.0"])
    #expect(tensors.map(\.type) == [.float32, .float16, .bfloat16, .int64, .bool, .float64])
    // arange(12).reshape(3, 4), transposed, without its first row and last column.
    #expect(try tensors[0].tensor() == Tensor(shape: Shape([3, 2]), values: [1, 5, 2, 6, 3, 7]))
    let rest = try tensors.dropFirst().map { try $0.tensor().values }
    #expect(rest == [[1.5, -2], [0.5, 3], [-5, 7], [1, 0], [2.5]])
    #expect(tensors[5].sizes == [])
  }

  @Test(
    "A module's state, in either pickle protocol",
    arguments: [TensorFixtures.linearZip, TensorFixtures.linearProtocol4])
  func state(_ text: String) throws {
    let tensors = try Self.read(text)
    #expect(tensors.map(\.key) == ["weight", "bias"])
    #expect(try tensors[0].tensor() == Tensor(shape: Shape([3, 2]), values: [1, 2, 3, 4, 5, 6]))
    #expect(try tensors[1].tensor().values == [0.5, 0.25, -1])
  }

  @Test("A parameter is its tensor")
  func parameter() throws {
    let tensors = try Self.read(TensorFixtures.parameterOld)
    #expect(try tensors.map { try $0.tensor().values } == [[0.5, 0.25, -1]])
  }

  @Test("Anything but tensors is refused by its name, before it could run")
  func refused() {
    let error = #expect(throws: SessionError.self) { try Self.read(TensorFixtures.moduleOld) }
    #expect(error?.found.contains("__main__.Net") == true)
    #expect(error?.expected.contains("state_dict") == true)
  }

  @Test("A view that repeats its storage is refused: a small file never stands for a large array")
  func expanded() {
    let error = #expect(throws: SessionError.self) { try Self.read(TensorFixtures.expandedOld) }
    #expect(error?.expected.contains("[1000] within its 1 numbers") == true)
  }

  @Test("A cut anywhere is one error", arguments: [TensorFixtures.linearZip, TensorFixtures.stridedOld])
  func cut(_ text: String) {
    let bytes = decodeBase64(text)
    for count in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: SessionError.self) { try TorchFile.read(Array(bytes.prefix(count)), name: "m.pt") }
    }
  }
}
