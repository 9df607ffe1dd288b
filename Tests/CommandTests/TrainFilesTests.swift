import FixedPoint
import Glibc
import Sessions
import TestSupport
import Testing

@testable import deq

/// What a training writes: tried before the first batch, and in the place of nothing that is not its own.
@Suite(.serialized)
struct TrainFilesTests {
  private let directory = Commands.directory()

  private func deq(_ line: String) -> Commands.Result { Commands.shell("deq train " + line, in: directory) }

  /// Nothing is trained, and the one line names the file.
  @Test(arguments: ["--save no/x.deq.json", "--part no/x", "--csv no/x.csv", "--checkpoint no/x.safetensors"])
  func whatCannotBeWrittenIsSaidFirst(_ option: String) {
    let result = deq("--recipe moons --epochs 100000 \(option)")
    #expect(result.status == 73 && result.output.isEmpty && !result.errors.contains("epoch"), "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count == 1 && result.errors.contains("no/x"))
  }

  @Test func aFolderIsNoFile() {
    _ = unsafe mkdir(directory.file("it.deq.json"), 0o777)
    #expect(deq("--recipe moons --epochs 100000 --save it.deq.json").status == 73)
  }

  /// A file that can grow no further while the training goes on takes nothing else with it: the report is printed.
  @Test func theReportIsPrintedWhereAFileFails() {
    let result = Commands.shell(
      """
      (ulimit -f 8; deq train --recipe karate --epochs 400 --csv a.csv --json 2> /dev/null; echo "code $?") \
        | grep -o -e '"testError": {' -e 'code 73'
      """, in: directory)
    #expect(result.output == "\"testError\": {\ncode 73\n", "\(result.output) \(result.errors)")
  }

  @Test func nothingIsReplacedUnasked() throws {
    directory.write("precious", to: "a.csv")
    directory.write("precious", to: "a.deq.json")
    directory.write("precious", to: "b.deq.safetensors")
    directory.write("precious", to: "a.safetensors")
    directory.write("precious", to: "a.part")
    let options = [
      "--csv a.csv", "--save a.deq.json", "--save b.deq.json", "--checkpoint a.safetensors", "--part a.part",
    ]
    for option in options {
      let result = deq("--recipe karate --epochs 1 \(option)")
      #expect(result.status == 73 && result.errors.contains("--force"), "\(option): \(result.errors)")
    }
    for name in ["a.csv", "a.deq.json", "b.deq.safetensors", "a.safetensors", "a.part"] {
      #expect(try SessionText.read(directory.file(name)) == "precious", "\(name)")
    }
    #expect(deq("--recipe karate --epochs 1 --csv a.csv --force").status == 0)
    #expect(try SessionText.read(directory.file("a.csv")).hasPrefix("run,epoch,"))
  }

  /// The same command again is told to resume; another training is not let on; one that goes on has its own files.
  @Test func aCheckpointIsGoneOnWith() throws {
    let files = "--checkpoint k.safetensors --csv k.csv --save k.deq.json --part k.part"
    #expect(deq("--recipe karate --epochs 3 \(files)").status == 0)
    let checkpoint = try SessionText.read(directory.file("k.epochs"))
    let again = deq("--recipe karate --epochs 3 --checkpoint k.safetensors")
    #expect(again.status == 73 && again.errors.contains("--resume k.safetensors"), "\(again.errors)")
    let other = deq("--recipe karate --epochs 3 --seed 9 --checkpoint k.safetensors")
    #expect(other.status == 73 && other.errors.contains("another training"), "\(other.errors)")
    #expect(try SessionText.read(directory.file("k.epochs")) == checkpoint)
    let resumed = deq("--resume k.safetensors --csv k.csv --save k.deq.json --part k.part")
    #expect(resumed.status == 0, "\(resumed.errors)")
    let others = "--csv other.csv --save other.deq.json --part other.part"
    #expect(deq("--recipe karate --epochs 2 --seed 9 \(others)").status == 0)
    for option in ["--csv other.csv", "--save other.deq.json", "--part other.part"] {
      let result = deq("--resume k.safetensors \(option)")
      #expect(result.status == 73 && result.errors.contains("not of this training"), "\(option): \(result.errors)")
    }
  }

  @Test func oneProcessWritesACheckpoint() {
    let result = Commands.shell(
      """
      (\(Commands.binary) train --recipe moons --epochs 4000 --checkpoint m.safetensors 2> /dev/null & program=$!
      while [ ! -e m.safetensors ] && kill -0 $program; do sleep 0.02; done
      deq train --resume m.safetensors; echo $?; deq train --recipe moons --force --checkpoint m.safetensors; echo $?
      kill -9 $program; wait)
      deq train --resume m.safetensors --print-config | grep -c '"epochs": 4000'
      """, in: directory)
    #expect(result.output == "73\n73\n1\n", "\(result.output) \(result.errors)")
    #expect(result.errors.contains("another process is writing it"))
  }

  /// Also by links of either kind, and where the data are read from.
  @Test func whatIsReadIsNotWritten() throws {
    _ = unsafe mkdir(directory.file("d"), 0o777)
    directory.write(try SessionText.read(CaseFile.path("training", "toy/toy.csv")), to: "d/toy.csv")
    let mono = try SessionText.read(CaseFile.path("training", "mono.deq.json"))
    directory.write(mono, to: "mono.deq.json")
    let result = Commands.shell(
      """
      ln d/toy.csv hard.csv; ln -s d/toy.csv soft.csv; ln mono.deq.json hard.deq.json
      train="deq train --force --session mono.deq.json --dataset toy --data d --epochs 1"
      $train --csv d/toy.csv; echo $?; $train --csv hard.csv; echo $?; $train --csv soft.csv; echo $?
      $train --save hard.deq.json; echo $?; $train --csv a --part a; echo $?; touch b; ln b c; $train --csv b --part c; echo $?
      """, in: directory)
    #expect(result.output == "64\n64\n64\n64\n64\n64\n", "\(result.output) \(result.errors)")
    #expect(try SessionText.read(directory.file("mono.deq.json")) == mono)
    #expect(try SessionText.read(directory.file("d/toy.csv")).hasPrefix("a,b,label"))
  }

  /// What a scheduler sends keeps the state as Ctrl-C does, with its own exit code.
  @Test func whatIsTerminatedIsKept() throws {
    let result = Commands.shell(
      """
      (\(Commands.binary) train --recipe moons --epochs 4000 --checkpoint p.safetensors --save p.deq.json & program=$!
      while [ ! -e p.safetensors ] && kill -0 $program; do sleep 0.02; done; kill -TERM $program; wait $program
      echo "status $?") 2> messages
      deq run p.deq.json > /dev/null && deq train --resume p.safetensors --print-config | grep -c 4000
      """, in: directory)
    #expect(result.output == "status 143\n1\n", "\(result.output) \(result.errors)")
    #expect(
      try SessionText.read(directory.file("messages")).contains("deq train --resume p.safetensors goes on from there"))
  }

  @Test func aTrainingOfASessionGoesOnFromAnywhere() throws {
    directory.write(try SessionText.read(CaseFile.path("training", "mono.deq.json")), to: "mono.deq.json")
    let data = CaseFile.path("training", "toy")
    let result = Commands.shell(
      """
      deq train --session mono.deq.json --dataset toy --data \(data) --epochs 2 --checkpoint m.safetensors || exit
      mkdir elsewhere; cd elsewhere; deq train --resume ../m.safetensors --data \(data)
      """, in: directory)
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test func aTrainingThatStandsStillFails() {
    let result = Commands.shell(
      """
      deq train --recipe moons --epochs 2 --print-config | sed -e 's/"tanh"/"exp"/' -e 's/"shift": 1.2/"shift": 0/' > p.json
      deq train p.json
      """, in: directory)
    #expect(result.status == 1 && result.output.contains("its loss is not finite at the end"), "\(result.output)")
  }

  @Test func whatThereIsNoMemoryForIsRefused() {
    let result = Commands.shell(
      """
      deq train --recipe moons --print-config | sed 's/"units": 16/"units": 60000/' > p.json; deq train p.json
      """, in: directory)
    #expect(result.status == 64 && result.errors.contains("a quarter of the free memory"), "\(result.errors)")
    #expect(result.errors.contains("model.units"))
  }

  @Test func aSeedBeyondCountingIsRefused() {
    #expect(deq("--recipe moons --seed 9223372036854775807 --runs 2").status == 64)
    #expect(deq("--recipe moons --seed=-1").status == 64)
  }

  @Test func labelsTwiceAreNamed() {
    let folder = CaseFile.path("training", ".")
    let result = deq("--recipe moons --dataset label-twice --data \(folder)")
    #expect(result.status == 65 && result.errors.contains("row 1"), "\(result.errors)")
    let list = Commands.shell("deq datasets --data \(folder)", in: directory)
    #expect(list.status == 65 && list.output.contains("damaged") && list.output.contains("toy"), "\(list.output)")
    #expect(list.errors.contains("label-twice.csv") && list.errors.contains("row 1"))
  }

  /// Raw samples give the class by the saved model, by `deq run` and by the exported Python.
  @Test func aSavedModelTells() throws {
    let script = """
      deq train --recipe moons --epochs 60 --save m.deq.json > /dev/null || exit
      for i in 300 333 366 399; do
        deq run m.deq.json --set 'input={"dataset":"two-moons","index":'$i'}' --json | grep -o '"class": "[a-z]*"'
      done
      deq run m.deq.json | grep prediction; deq certify m.deq.json > /dev/null; deq export m.deq.json --python m.py
      """
    let result = Commands.shell(script, in: directory)
    let classes = ["upper", "lower", "upper", "lower"].map { "\"class\": \"\($0)\"" }
    #expect(result.lines.prefix(4).map(String.init) == classes, "\(result.output) \(result.errors)")
    #expect(result.lines.last?.hasPrefix("prediction") == true)
    guard Python.has("numpy") else { return }
    guard case .samples(let data) = try DatasetCatalog(folders: []).load("two-moons") else { return }
    let samples: [JSON] = (300..<400).map {
      ["x": JSON(data.sample($0).values), "class": JSON(data.classes[data.labels[$0]])]
    }
    directory.write(JSON(samples).text, to: "samples.json")
    directory.write(
      """
      import json, sys
      sys.path.insert(0, sys.argv[1])
      import numpy as np
      import m
      wrong = 0
      for sample in json.load(open(sys.argv[1] + "/samples.json")):
          m.X = np.array(sample["x"])
          best = int(np.argmax(m.scores(m.settle(m.START, 1.0, 1e-9)), axis=1)[0])
          wrong += m.CLASSES[best] != sample["class"]
      print(wrong)
      """, to: "count.py")
    let wrong =
      Int(
        Python.run(directory.file("count.py"), [directory.path], in: directory).split(separator: "\n").first ?? "")
      ?? 100
    let own = Python.run(directory.file("m.py"), [], in: directory)
    #expect(own.contains("\"classes\": [\""), "\(own)")
    #expect(wrong <= 2, "sixty epochs tell all of the moons: \(wrong)")
  }

  @Test func everyFieldOfAPlanIsExplained() throws {
    func paths(_ json: JSON, _ prefix: String) -> [String] {
      guard case .object(let members) = json.content else { return [prefix] }
      return members.flatMap { paths($0.value, prefix.isEmpty ? $0.name : prefix + "." + $0.name) }
    }
    let config = Commands.shell("deq train --recipe citeseer --print-config", in: directory).output
    let known = Set(PlanGuide.fields.map(\.path))
    let own = paths(try JSON(parsing: config), "").filter { $0 != "format" }
    #expect(own.count > 40 && own.allSatisfy(known.contains), "\(own.filter { !known.contains($0) })")
    #expect(deq("--plan").output.contains("data.seed") && deq("--plan").status == 0)
  }
}
