import Glibc
import TestSupport
import Testing

@testable import Sessions

@Suite("Reading within bounds")
struct BoundedReadingTests {
  private let directory = TemporaryDirectory()

  @Test("A file that is too large is refused before it is read, and the message says both sizes")
  func tooLarge() throws {
    let path = directory.file("large")
    directory.write("", to: "large")
    #expect(unsafe truncate(path, 30 << 30) == 0)
    var error: SessionError?
    let bytes = Allocations.bytes {
      do throws(SessionError) { _ = try FileSystem.read(path) } catch let found { error = found }
    }
    #expect(error?.kind == .unreadable)
    #expect(error?.message.contains("32212254720") == true && error?.message.contains("1073741824") == true)
    #expect(bytes < 1 << 20)
  }

  @Test("A pipe is not waited for, and a device is no file")
  func pipesAndDevices() {
    #expect(unsafe mkfifo(directory.file("pipe"), 0o600) == 0)
    for (path, reason) in [(directory.file("pipe"), "a pipe"), ("/dev/zero", "a device"), ("/dev/tty", "")] {
      let error = #expect(throws: SessionError.self) { try FileSystem.read(path) }
      #expect(error?.kind == .unreadable && error?.found.contains(reason) == true)
      #expect(FileSystem.firstLine(of: path) == nil)
    }
  }

  @Test("A pipe that a person named is read to its end")
  func namedPipe() async throws {
    let path = directory.file("named")
    #expect(unsafe mkfifo(path, 0o600) == 0)
    FileSystem.allowStreams(at: [path])
    let reader = Task.detached { try FileSystem.read(path) }
    let writer = unsafe open(path, O_WRONLY)
    #expect(unsafe write(writer, "abc", 3) == 3)
    close(writer)
    #expect(try await reader.value == Array("abc".utf8))
  }

  @Test(
    "Small checkpoints that stand for very much are refused at little cost",
    arguments: [
      ("pt_list_copy_bomb.pt", "expected a tensor"), ("pt_key_bomb.pt", "names of at most 4096 bytes"),
      ("pt_stride_over.pt", "strides [1, 9223372036854775807]"), ("pt_hugesize.pt", "at most"),
      ("pt_deep.pt", "at most 32 levels"), ("pt_ossys.pt", "os.system"), ("pt_eval.pt", "eval"),
    ])
  func bombs(_ name: String, _ says: String) {
    var error: SessionError?
    let bytes = Allocations.bytes {
      do throws(SessionError) {
        for array in try TensorFile.list(CaseFile.path("hostile", name)) { _ = try array.tensor() }
      } catch let found {
        error = found
      }
    }
    #expect(error?.kind == .content && error?.message.contains(says) == true, "\(error?.message ?? "accepted")")
    #expect(bytes < 200 << 20, "\(bytes) bytes")
  }

  @Test("Of a file that is wrong everywhere, 100 errors are kept, each in its place, and the number of the others")
  func manyErrors() throws {
    let members = (0..<20_000).map { ",\n\"u\($0)\": \($0)" }.joined()
    directory.write(
      #"{"format": "deq-session/1", "network": {"state": {"shape": [1]}, "operators": []}"# + members + "}",
      to: "wrong.deq.json")
    let errors = SessionFile.errors(in: directory.file("wrong.deq.json"))
    #expect(errors.count == 101)
    #expect(errors[7].path == "u7" && errors[7].place == SessionError.Place(line: 9, column: 7))
    #expect(errors[100].found == "19900 more" && errors[100].place?.line == 102)
  }

  @Test("Errors within a list are counted too")
  func manyErrorsInside() {
    let operators = (0..<5000).map { _ in #"{"op": "nothing"}"# }.joined(separator: ", ")
    directory.write(
      #"{"format": "deq-session/1", "network": {"state": {"shape": [1]}, "operators": [\#(operators)]}}"#,
      to: "wrong.deq.json")
    let errors = SessionFile.errors(in: directory.file("wrong.deq.json"))
    #expect(errors.count == 101 && errors.last?.found == "4900 more")
  }
}
