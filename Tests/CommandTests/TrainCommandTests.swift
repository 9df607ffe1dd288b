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
    #expect(Commands.shell("deq import moons.deq.safetensors --list | grep head.weight", in: directory).status == 0)
  }

  @Test func aPlanFileSaysWhatARecipeDoes() {
    let directory = TemporaryDirectory()
    let script = """
      deq train --recipe karate --epochs 2 --print-config > plan.json && deq train plan.json --save a.deq.json \
      && deq train --recipe karate --epochs 2 --save b.deq.json && cmp a.deq.json b.deq.json
      """
    #expect(Commands.shell(script, in: directory).status == 0)
  }

  /// A rate that no single-precision number can hold: no model is left, and what is there says so.
  @Test func aRunThatDivergesSaysSo() throws {
    let directory = TemporaryDirectory()
    let result = Commands.shell(
      """
      deq train --recipe moons --print-config | sed 's/"rate": 0.01/"rate": 1e39/' > plan.json
      deq train plan.json --epochs 2 --runs 2 --csv a.csv --save a.deq.json --checkpoint a.safetensors
      """, in: directory)
    #expect(result.status == 1 && result.output.contains("2 of 2 runs diverged"), "\(result.output)")
    #expect(result.output.contains("(100 of 100)"), "no class is right")
    #expect(result.errors.contains("a.deq.json is not written: the run has diverged"))
    #expect(Set(directory.names.filter { !$0.hasPrefix(".") }) == ["plan.json", "a.csv"])
  }

  /// One name for all: nothing is written over anything else.
  @Test func theFilesOfATrainingAreKeptApart() throws {
    let directory = TemporaryDirectory()
    let script = """
      deq train --recipe moons --epochs 1 --csv a.csv --save a.deq.json --checkpoint a.safetensors \
      && deq train --resume a.safetensors --save b.deq.json && cmp a.deq.json b.deq.json
      """
    let result = Commands.shell(script, in: directory)
    #expect(result.status == 0, "\(result.errors)")
    #expect(directory.names.contains("a.deq.safetensors"))
  }

  @Test func theConfigOfACheckpointIsPrinted() {
    let directory = TemporaryDirectory()
    let script = """
      deq train --recipe moons --epochs 1 --print-config > a.json && deq train a.json --checkpoint a.safetensors \
      && deq train --resume a.safetensors --print-config > b.json && cmp a.json b.json
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

  /// Three shards of five runs, one of them killed and resumed, give the bytes of all runs at once.
  @Test func shardsMergeToTheWhole() throws {
    let directory = TemporaryDirectory()
    let script = """
      train="train --recipe moons --epochs 2 --runs 5"
      deq $train --csv whole.csv --json > whole.json || exit
      for i in 1 3; do deq $train --shard $i/3 --part $i.part --csv $i.csv > /dev/null || exit; done
      (\(Commands.binary) $train --shard 2/3 --part 2.part --checkpoint 2.safetensors & program=$!
      while [ ! -e 2.safetensors ] && kill -0 $program; do sleep 0.02; done; kill -9 $program; wait)
      deq train --resume 2.safetensors --part 2.part > /dev/null || exit
      deq merge merged.csv 3.part 1.part 2.part && deq merge merged.json 1.part 2.part 3.part \
        && cmp whole.csv merged.csv && cmp whole.json merged.json
      """
    let result = Commands.shell(script, in: directory)
    #expect(result.status == 0, "\(result.errors)")
    let rows = try SessionText.read(directory.file("1.csv")).split(separator: "\r\n")
    #expect(rows.dropFirst().map { $0.prefix(2) } == ["1,", "1,", "4,", "4,"])
    let others = Commands.shell(
      """
      deq train --recipe moons --epochs 1 --runs 5 --shard 5/5 --part other.part &&
      deq train --recipe moons --epochs 2 --runs 5 --shard 5/5 --part fifth.part &&
      sed 's|"run": 4|"run": 5|' 1.part > spoiled.part
      """, in: directory)
    #expect(others.status == 0, "\(others.errors)")
    for (parts, words) in [
      ("1.part 3.part", "no shard 2/3"), ("1.part 2.part 2.part", "shard 2/3 again"),
      ("1.part other.part", "a shard of the training"), ("1.part fifth.part", "a shard i/3"),
      ("spoiled.part", "the runs [1, 4]"),
    ] {
      let refused = Commands.shell("deq merge refused.csv \(parts)", in: directory)
      #expect(refused.status == 65 && refused.errors.contains(words), "\(parts): \(refused.errors)")
    }
    #expect(!directory.names.contains("refused.csv"))
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
    ("deq train --recipe moons --shard 1/2", 64), ("deq train --recipe moons --shard 3/2 --part p", 64),
    ("deq train --recipe moons --runs 2 --shard 3/4 --part p", 64),
    ("deq train --recipe moons --checkpoint run.ckpt", 64), ("deq train --recipe moons --data no/such/folder", 64),
    ("deq train --recipe moons --csv a.csv --part ./a.csv", 64),
    ("deq train --recipe moons --save a.deq.json --checkpoint a.deq.safetensors", 64),
    ("deq train --session three.deq.json --dataset two-moons --save three.deq.json", 64),
    ("deq train --recipe moons --epochs 1 --csv no/such/folder.csv", 73),
  ])
  func mistakesAreNamed(_ line: String, _ status: Int32) {
    let result = Commands.shell(line, in: Commands.directory())
    #expect(result.status == status, "\(result.errors)")
    #expect(result.output.isEmpty && !result.errors.isEmpty)
  }
}
