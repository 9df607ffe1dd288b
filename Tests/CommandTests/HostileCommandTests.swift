import Glibc
import Sessions
import TestSupport
import Testing

/// Inputs and surroundings that a program should survive: an exit code of the contract, one line, nothing left behind.
@Suite(.serialized)
struct HostileCommandTests {
  private let directory = Commands.directory()

  @Test(arguments: [
    "pt_stride_over", "pt_list_copy_bomb", "pt_key_bomb", "pt_deep", "pt_hugesize", "pt_ossys", "pt_eval",
  ])
  func badCheckpoints(_ name: String) {
    let result = Commands.shell(
      "ulimit -v 8000000; deq import \(CaseFile.path("hostile", name + ".pt")) --list", in: directory)
    #expect(result.status == 65 && result.output.isEmpty)
    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
  }

  @Test(arguments: ["run x.deq.json", "validate x.deq.json", "import x.safetensors --list", "sweep x.json --out o.csv"])
  func filesBeyondMemory(_ command: String) {
    let name = command.split(separator: " ")[1]
    let result = Commands.shell("truncate -s 30G \(name); deq \(command)", in: directory)
    #expect(result.status == 66 && result.output.isEmpty, "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count == 1 && result.errors.contains("32212254720"))
  }

  @Test func pipesAreReadOnlyWhereTheyAreNamed() {
    let named = Commands.shell("cat three.deq.json | deq run /dev/stdin", in: directory)
    #expect(named.status == 0, "\(named.errors)")
    let substituted = Commands.shell("deq run <(cat three.deq.json)", in: directory)
    #expect(substituted.status == 0, "\(substituted.errors)")
    directory.write(
      #"{"format": "deq-session/1", "network": {"state": {"shape": [2]}, "operators": [{"op": "inject", "bias": "#
        + #"{"file": "f.npy"}}]}}"#, to: "pipe.deq.json")
    let hidden = Commands.shell("mkfifo f.npy; deq run pipe.deq.json", in: directory)
    #expect(hidden.status == 66 && hidden.errors.contains("a pipe"), "\(hidden.errors)")
  }

  @Test func tablesAndFoldersAreClean() {
    let table = Commands.shell("deq tabulate \(CaseFile.path("hostile", "tabulate_escape.json"))", in: directory)
    #expect(table.status == 0 && table.lines.count == 3)
    #expect(table.output.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    let folder = Commands.shell(
      #"d=data/$'d\e]0;PWN\a\u009b\u202e'; mkdir -p "$d"; printf 'a,label\n1,x\n2,y\n' > "$d/t.csv"; "#
        + "deq datasets --data data; deq datasets --data data --json", in: directory)
    #expect(folder.output.contains("PWN"))
    #expect(folder.output.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && !(0x7F..<0xA0 ~= $0.value) })
  }

  @Test func aLimitOfTheFileSizeIsAFullDisk() {
    let result = Commands.shell("ulimit -f 1; deq export three.deq.json --cast a.cast; echo $?; ls", in: directory)
    #expect(result.output.hasPrefix("73\n") && !result.output.contains("a.cast") && !result.output.contains(".tmp"))
    #expect(result.errors.contains("larger than a file may be"), "\(result.errors)")
  }

  @Test func aStateThatIsTooLargeIsNotSearched() throws {
    directory.write(
      #"{"format": "deq-session/1", "network": {"state": {"shape": [20000]}, "operators": [{"op": "scale", "by": 0.5},"#
        + #" {"op": "activation", "kind": "tanh"}]}}"#, to: "large.deq.json")
    let certified = Commands.shell("ulimit -v 8000000; deq certify large.deq.json --json", in: directory)
    let certificates = try JSON(parsing: certified.output)["certificates"]
    guard case .array(let certificates)? = certificates?.content else { throw Missing() }
    let reasons = certificates.compactMap { $0["reason"] }.filter { $0.lineText.contains("3 GB matrix: n = 20,000") }
    #expect(reasons.count == 9, "\(certified.output)")
    for command in ["roots", "roots --box=-1,1 --budget 100", "export --svg o.svg", "run --diagnose"] {
      let result = Commands.shell("ulimit -v 8000000; deq \(command) large.deq.json", in: directory)
      #expect([0, 1].contains(result.status), "\(command): \(result.errors)")
    }
  }

  private struct Missing: Error {}

  @Test(.enabled(if: getuid() == 0, "only the superuser can be another person"))
  func aLowLimitOfProcessesIsNoInterrupt() {
    _ = unsafe chmod(directory.path, 0o755)
    let result = Commands.shell(
      "ulimit -u 1; exec setpriv --reuid=65534 --regid=65534 --clear-groups \(Commands.binary) --version", in: directory
    )
    #expect(result.status == 0 && result.output.hasPrefix("deq "), "\(result.status) \(result.errors)")
  }

  @Test(arguments: ["INT", "TERM", "HUP", "KILL"])
  func aSignalLeavesNoPart(_ signal: String) {
    directory.write(
      #"{"format": "deq-session/1", "network": {"state": {"shape": [2]}, "operators": [{"op": "scale", "by": 1}, "#
        + #"{"op": "inject", "bias": {"fill": 1}}]}, "stopping": {"maxSteps": 2000000}}"#, to: "long.deq.json")
    let result = Commands.shell(
      "timeout -s \(signal) 2 \(Commands.binary) run long.deq.json --trace t.csv; ls -A", in: directory)
    #expect(!result.output.contains(".tmp"), "\(result.output)")
  }
}
