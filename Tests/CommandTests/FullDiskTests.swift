import Glibc
import Sessions
import TestSupport
import Testing

/// A disk that is full, for real: a small file system in memory, mounted for one shell alone.
///
/// Of every file that the program writes: one line says that no space is left, the exit code is 73, what was there stays
/// as it was, and nothing else is left behind.
@Suite(
  .serialized,
  .enabled(if: unsafe system("unshare -rm mount -t tmpfs none /mnt 2> /dev/null") == 0, "nothing can be mounted here"))
struct FullDiskTests {
  private let directory = Commands.directory()

  /// A script in which `disk` is the file system and `fill` leaves no byte of it.
  private func script(_ lines: String, kilobytes: Int = 64) -> String {
    directory.write(
      """
      cd \(directory.path)
      deq() { timeout 60 \(Commands.binary) "$@"; }
      fill() { dd if=/dev/zero of=disk/filling bs=4096 2> /dev/null; true; }
      mkdir -p disk && mount -t tmpfs -o size=\(kilobytes)k none disk || exit 99
      \(lines)
      """, to: "script")
    return directory.file("script")
  }

  private func shell(_ lines: String, kilobytes: Int = 64) -> Commands.Result {
    Commands.shell("unshare -rm bash \(script(lines, kilobytes: kilobytes))", in: directory)
  }

  @Test(arguments: [
    ("run three.deq.json --trace", "it.csv"), ("run three.deq.json --record", "it.deq.json"),
    ("replay recorded.deq.json --record", "it.deq.json"), ("export three.deq.json --csv", "it.csv"),
    ("export three.deq.json --svg", "it.svg"), ("export three.deq.json --cast", "it.cast"),
    ("export three.deq.json --python", "it.py"), ("export three.deq.json --npz", "it.npz"),
    ("export three.deq.json --safetensors", "it.safetensors"), ("import w.npz -o", "it.deq.json"),
    ("sweep spec.json --out", "it.csv"), ("merge", "it.csv"),
    ("bifurcate session.deq.json --path network.operators[1].by --from 0.1 --to 0.2 --csv", "it.csv"),
    ("train --force --recipe karate --epochs 1 --csv", "it.csv"),
    ("train --force --recipe karate --epochs 1 --checkpoint", "it.safetensors"),
    ("train --force --recipe karate --epochs 1 --save", "it.deq.json"),
    ("train --force --recipe karate --epochs 1 --part", "it"),
  ])
  func nothingIsLostAndNothingLeft(_ command: String, _ name: String) {
    directory.write(SweepFiles.bistable, to: "session.deq.json")
    directory.write(
      #"{"format": "deq-sweep/1", "session": "three.deq.json", "axes": [{"path": "start.fill", "values": [1, 2]}]}"#,
      to: "spec.json")
    let preparations = [
      "import": "export three.deq.json --npz w.npz", "replay": "run three.deq.json --record recorded.deq.json",
      "merge": "sweep spec.json --out shard --shard 1/1",
    ]
    if let preparation = preparations[String(command.prefix { $0 != " " })] {
      #expect(Commands.shell("deq \(preparation)", in: directory).status == 0)
    }
    let more = command == "merge" ? "shard" : command.hasPrefix("import") ? "--map operators.0.weight=W" : ""
    let result = shell(
      """
      echo old > disk/\(name); fill; ls -A disk > before
      deq \(command) disk/\(name) \(more) > /dev/null; echo $?
      ls -A disk | cmp before - && cat disk/\(name)
      """)
    #expect(result.output == "73\nold\n", "\(result.output) \(result.errors)")
    let lines = result.errors.split(separator: "\n").filter { $0.contains("disk/it") }
    #expect(lines.count == 1 && lines[0].hasSuffix("no space is left"), "\(result.errors)")
  }

  @Test func theResultItselfFindsNoSpace() {
    for command in ["run three.deq.json", "run three.deq.json --json", "validate --schema"] {
      let result = Commands.shell("deq \(command) > /dev/full", in: directory)
      #expect(result.status == 73, "\(command): \(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1 && result.errors.contains("standard output"))
    }
  }

  /// Cells that were done before are kept, and what could not be written is no half line.
  @Test func aSweepGoesOnOnceThereIsSpace() throws {
    directory.write(SweepFiles.bistable, to: "session.deq.json")
    directory.write(
      """
      {"format": "deq-sweep/1", "session": "session.deq.json",
       "axes": [{"path": "network.operators[1].by", "from": 0.1, "to": 0.9, "count": 200}]}
      """, to: "spec.json")
    let result = shell(
      """
      fill; truncate -s -12288 disk/filling
      deq sweep spec.json --out disk/map.csv; echo $?
      tail -c 1 disk/map.csv.part | od -An -c; test $(wc -l < disk/map.csv.part) -gt 10 && echo some
      rm disk/filling
      deq sweep spec.json --out disk/map.csv --resume; echo $?
      deq sweep spec.json --out map.csv && cmp map.csv disk/map.csv && ls disk
      """, kilobytes: 512)
    #expect(result.output == "73\n  \\n\nsome\n0\nmap.csv\n", "\(result.output) \(result.errors)")
    #expect(result.errors.contains("no space is left"))
  }

  /// The explorer says it, goes on, and saves when there is space again.
  @Test func theExplorerGoesOn() throws {
    let script = script(
      """
      cp three.deq.json disk; fill
      (until [ -e space ]; do sleep 0.05; done; rm disk/filling) &
      \(Commands.binary) explore disk/three.deq.json
      ls -A1 disk; \(Commands.binary) replay disk/three.deq.json --verify
      """)
    let program = try PseudoTerminal(
      "/usr/bin/unshare", ["-rm", "bash", script],
      environment: [
        "XDG_STATE_HOME": directory.file("disk/state"), "XDG_CONFIG_HOME": directory.file("configuration"),
      ], width: 160, height: 30)
    try program.wait(for: "tasks=0 ")
    program.type(" ")
    try program.wait(for: "not safe from a crash")
    program.type("s")
    try program.wait(for: "three.deq.json: cannot write the file: no space is left")
    directory.write("", to: "space")
    usleep(300_000)
    let from = program.received.count
    program.type(" s")
    try program.wait(for: "saved ", from: from)
    program.type("q")
    try program.wait(for: "every bit", from: from)
    _ = try program.end()
    #expect(program.afterwards.hasPrefix("state\r\nthree.deq.json\r\nidentical"), "\(program.afterwards)")
  }
}

/// What runs a command as somebody else.
private let nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups"

/// A folder of somebody else's, in which nothing can be written.
@Suite(
  .serialized,
  .enabled(
    if: unsafe system("\(nobody) test -x \(Commands.binary) 2> /dev/null") == 0,
    "only the superuser can try out another person"))
struct ForeignFolderTests {
  private let directory = Commands.directory()

  @Test func isLeftAlone() {
    _ = unsafe chmod(directory.path, 0o755)
    let names = directory.names
    for command in ["run three.deq.json --record three.deq.json", "export three.deq.json --csv new.csv"] {
      let result = Commands.shell("\(nobody) \(Commands.binary) \(command)", in: directory)
      #expect(result.status == 73 && result.errors.hasSuffix("permission denied\n"), "\(result.errors)")
    }
    #expect(directory.names.filter { !$0.hasPrefix(".") } == names)
  }

  @Test func theExplorerSaysSo() throws {
    _ = unsafe chmod(directory.path, 0o755)
    let before = try SessionText.read(directory.file("three.deq.json"))
    let program = try PseudoTerminal(
      "/usr/bin/setpriv",
      nobody.split(separator: " ").dropFirst().map(String.init)
        + [Commands.binary, "explore", directory.file("three.deq.json")], width: 160, height: 30)
    try program.wait(for: "tasks=0 ")
    program.type(" s")
    try program.wait(for: "permission denied")
    program.type("qd")
    #expect(try program.end() == 0)
    #expect(try SessionText.read(directory.file("three.deq.json")) == before)
  }
}
