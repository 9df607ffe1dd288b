import TestSupport
import Testing

@Suite(.serialized)
struct SweepCommandTests {
  private let files = SweepFiles(
    SweepFiles.bistable,
    """
    "axes": [{"path": "network.operators[1].by", "from": 0.1, "to": 0.9, "count": 20},
             {"path": "network.operators[2].shift", "from": 0, "to": 1, "count": 20}],
    "starts": 4, "certificates": "light"
    """)

  private func shell(_ line: String) -> Commands.Result { Commands.shell(line, in: files.directory) }

  /// A sweep that gets a signal once its log has more than so many lines.
  private func stopped(by signal: String, after lines: Int, _ name: String) -> Commands.Result {
    shell(
      """
      \(Commands.binary) sweep spec.json --out \(name) --resume --threads 1 & program=$!
      until [ "$(cat \(name).part 2> /dev/null | wc -l)" -gt \(lines) ]; do
        sleep 0.01; kill -0 $program || break
      done
      kill -\(signal) $program; wait $program
      """)
  }

  private func text(_ name: String) throws -> String { try SessionText.read(files.directory.file(name)) }

  @Test func threadsKillsAndShardsChangeNoByte() throws {
    #expect(shell("deq sweep spec.json --out whole.csv").status == 0)
    let whole = try text("whole.csv")
    #expect(whole.split(separator: "\r\n").count == 401 && !files.directory.names.contains("whole.csv.part"))

    for lines in [1, 30, 150] {
      #expect(stopped(by: "KILL", after: lines, "k.csv").status == 137, "killed, or the test says nothing")
    }
    #expect(shell("deq sweep spec.json --out k.csv").status == 73, "a log is not overwritten")
    #expect(shell("deq sweep spec.json --out k.csv --resume --threads 1").status == 0)
    #expect(try text("k.csv") == whole)

    let shards = shell(
      "for i in 1 2 3 4 5 6 7 8; do deq sweep spec.json --out s$i --shard $i/8 --threads 1 || exit; done")
    #expect(shards.status == 0)
    #expect(shell("deq merge merged.csv s8 s1 s3 s2 s4 s5 s6 s7").status == 0)
    #expect(try text("merged.csv") == whole)
    let lost = shell("deq merge lost.csv s1 s2 s3 s4 s5 s6 s8")
    #expect(lost.status == 65 && lost.errors.contains("no shard 7/8") && lost.output.isEmpty)
  }

  @Test func thePictureIsOfAColumn() throws {
    #expect(shell("deq sweep spec.json --out p.csv --svg p.svg --quantity fixed_points").status == 0)
    let svg = try text("p.svg")
    #expect(svg.contains("fixed points reached") && svg.contains("network") == false && svg.hasSuffix("</svg>\n"))
    let wrong = shell("deq sweep spec.json --out q.csv --svg q.svg --quantity size")
    #expect(wrong.status == 64 && wrong.errors.contains("spectral_radius") && !files.directory.names.contains("q.csv"))
    #expect(shell("deq sweep spec.json --out q.csv --quantity steps").status == 64)
    #expect(shell("deq sweep spec.json --out q.csv --svg q.svg --shard 1/2").status == 64)
  }

  /// What the explorer copies as a command line.
  @Test func aSpecificationMayComeThroughAPipe() throws {
    let session = files.directory.file("session.deq.json")
    let spec =
      "{\"format\": \"deq-sweep/1\", \"session\": \"\(session)\", "
      + "\"axes\": [{\"path\": \"network.operators[1].by\", \"values\": [0.2, 0.8]}]}"
    let result = shell("printf %s '\(spec)' | deq sweep /dev/stdin --out piped.csv")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(try text("piped.csv").split(separator: "\r\n").count == 3)
  }

  @Test func anInterruptIs130AndGoesOn() throws {
    let interrupted = stopped(by: "INT", after: 1, "i.csv")
    #expect(interrupted.status == 130 && interrupted.errors.contains("--resume"))
    #expect(files.directory.names.contains("i.csv.part") && !files.directory.names.contains("i.csv"))
    #expect(shell("deq sweep spec.json --out i.csv --resume").status == 0)
  }

  @Test func mistakesHaveTheirExitCodes() {
    #expect(shell("deq sweep absent.json --out o").status == 66)
    #expect(shell("deq sweep spec.json --out o --shard 3/2").status == 64)
    #expect(shell("deq sweep spec.json --out o --threads 0").status == 64)
    #expect(shell("deq sweep spec.json").status == 64)
    #expect(shell("deq sweep session.deq.json --out o").status == 65)
    #expect(shell("deq sweep spec.json --out absent/o").status == 73)
    #expect(shell("deq merge o spec.json").status == 65)
  }
}
