import Sessions
import TestSupport
import Testing

@Suite(.serialized)
struct TrainCommandTests {
  @Test func aTrainedModelIsASessionThatRuns() throws {
    let directory = TemporaryDirectory()
    let result = Commands.shell(
      "deq train --recipe moons --epochs 3 --csv moons.csv --save moons.deq.json --json", in: directory)
    #expect(result.status == 0, "\(result.errors)")
    let json = try JSON(parsing: result.output)
    guard case .array(let runs)? = json["runs"]?.content else {
      Issue.record("no runs in \(result.output)")
      return
    }
    #expect(runs.count == 1 && runs[0]["epochs"] == JSON(3))
    let rows = try SessionText.read(directory.file("moons.csv")).split(separator: "\r\n")
    #expect(rows.count == 4 && rows[0].hasPrefix("run,epoch,training_loss,"))
    #expect(Commands.shell("deq run moons.deq.json", in: directory).status == 0)
    #expect(Commands.shell("deq import moons.safetensors --list | grep head.weight", in: directory).status == 0)
  }

  @Test func aPlanFileSaysWhatARecipeDoes() {
    let directory = TemporaryDirectory()
    let script = """
      deq train --recipe karate --epochs 2 --print-config > plan.json && deq train plan.json --save a.deq.json \
      && deq train --recipe karate --epochs 2 --save b.deq.json && cmp a.deq.json b.deq.json
      """
    #expect(Commands.shell(script, in: directory).status == 0)
  }

  @Test func whatIsKilledGoesOnAsIfNothingHadHappened() throws {
    let directory = TemporaryDirectory()
    let script = """
      deq train --recipe moons --epochs 8 --save whole.deq.json --checkpoint whole.safetensors
      (\(Commands.binary) train --recipe moons --epochs 8 --checkpoint part.safetensors & program=$!
      while [ ! -e part.safetensors ] && kill -0 $program; do sleep 0.02; done; kill -9 $program; wait)
      deq train --resume part.safetensors --save part.deq.json && cmp whole.deq.json part.deq.json
      """
    let result = Commands.shell(script, in: directory)
    #expect(result.status == 0, "\(result.errors)")
  }

  /// Ctrl-C ends it within a batch; what was learned is kept, and goes on as if nothing had happened.
  @Test func whatIsInterruptedIsKeptAndGoesOn() throws {
    let directory = TemporaryDirectory()
    let script = """
      deq train --recipe moons --epochs 40 --save whole.deq.json
      (\(Commands.binary) train --recipe moons --epochs 40 --checkpoint part.safetensors --csv part.csv \
        --save stopped.deq.json & program=$!
      while [ ! -e part.safetensors ] && kill -0 $program; do sleep 0.02; done; kill -INT $program; wait $program
      echo "status $?") >status 2>messages
      cat status messages; deq run stopped.deq.json && test -s part.csv
      deq train --resume part.safetensors --save part.deq.json && cmp whole.deq.json part.deq.json
      """
    let result = Commands.shell(script, in: directory)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("status 130") && result.output.contains("deq train --resume part.safetensors"))
  }

  @Test(arguments: [
    ("deq train", 64), ("deq train --recipe nothing", 64), ("deq train --recipe moons --keep calm", 64),
    ("deq train --recipe moons --epochs 0", 64), ("deq train absent.json", 66), ("deq train three.deq.json", 65),
    ("deq train --resume absent.safetensors", 66), ("deq train --resume three.deq.json", 65),
    ("deq train --recipe mnist-tanh --data .", 64),
    ("deq train --recipe moons --epochs 1 --csv no/such/folder.csv", 73),
  ])
  func mistakesAreNamed(_ line: String, _ status: Int32) {
    let result = Commands.shell(line, in: Commands.directory())
    #expect(result.status == status, "\(result.errors)")
    #expect(result.output.isEmpty && !result.errors.isEmpty)
  }
}
