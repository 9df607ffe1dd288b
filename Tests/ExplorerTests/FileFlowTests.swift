import FixedPoint
import Glibc
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

struct FileFlowTests {
  @Test func savesWithWhatWasDone() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    await expectFlow(
      """
      press space space r
      pass 300
      press r s
      expect screen contains saved $DIR/one.deq.json
      expect status Three units  
      expect file one.deq.json contains "recording"
      press q
      """, opening: "one.deq.json", in: explorer)
    let document = try SessionFile.read(explorer.directory.file("one.deq.json"))
    let report = try Replay.verify(document, directory: explorer.directory.path)
    #expect(report.verdict == .identical)
    #expect(report.checkCount > 0)
  }

  @Test func savesUnderAnotherName() async {
    await expectFlow(
      """
      press space S
      expect screen contains Save the session as
      press ^U
      type $DIR/two
      press Enter
      expect screen contains saved $DIR/two.deq.json
      expect file two.deq.json contains "action": "step"
      expect file one.deq.json contains Certificates disagree
      press q
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
  }

  @Test func savedInAnotherFolderItFindsItsTensors() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.fromFiles)
    SpecimenSessions.writeFiles(to: explorer.directory)
    unsafe mkdir(explorer.directory.file("far"), 0o700)
    await expectFlow(
      """
      press space space S ^U
      type $DIR/far/two
      press Enter
      expect screen contains saved $DIR/far/two.deq.json
      expect file far/two.deq.json contains "../w.csv"
      press space s q
      restart far/two.deq.json
      expect status step 3/3
      press space
      expect status step 4/4
      press s q
      """, opening: "one.deq.json", in: explorer)
    let moved = try SessionFile.read(explorer.directory.file("far/two.deq.json"))
    let report = try Replay.verify(moved, directory: explorer.directory.file("far"))
    #expect(report.verdict == .identical && report.changedData.isEmpty && !report.isEdited)
    #expect(moved.recording?.actions.count == 4)
  }

  @Test func asksBeforeASaveTakesThePlaceOfAnotherFile() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    explorer.directory.write("mine", to: "two.deq.json")
    await expectFlow(
      """
      press space N x Enter S ^U
      type $DIR/two
      press Enter
      expect screen contains two.deq.json is there already.
      expect screen contains o overwrite it
      press Esc
      expect file two.deq.json contains mine
      expect status Three units *
      press S ^U
      type $DIR/two
      press Enter n ^U
      type $DIR/three
      press Enter
      expect screen contains saved $DIR/three.deq.json
      press space S ^U
      type $DIR/two
      press Enter o
      expect screen contains saved $DIR/two.deq.json
      expect file two.deq.json contains "action": "step"
      press space s
      expect screen lacks is there already
      press q
      """, opening: "one.deq.json", in: explorer)
    #expect(explorer.directory.names == ["one.deq.json", "three.deq.json", "two.deq.json"])
  }

  @Test func asksBeforeItOverwritesWhatSomebodyElseChanged() async throws {
    var explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let (directory, save) = (explorer.directory, explorer.services.save)
    // Somebody writes the file between opening and the first save.
    explorer.services.save = { document, path, replacing in
      if replacing == .knownContents { directory.write(SpecimenSessions.cycle, to: "one.deq.json") }
      return save(document, path, replacing)
    }
    await expectFlow(
      """
      press space N x Enter q s
      expect screen contains one.deq.json was changed by somebody else since it was opened.
      expect file one.deq.json contains Cycle of two
      press Esc
      expect status step 1/1
      press q s o
      """, opening: "one.deq.json", in: explorer)
    #expect(try SessionText.read(directory.file("one.deq.json")).contains("\"action\": \"step\""))
  }

  @Test func anExportAsksToo() async {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    explorer.directory.write("mine", to: "out.csv")
    await expectFlow(
      """
      press space e ^U
      type $DIR/out.csv
      press Enter
      expect screen contains out.csv is there already.
      press Esc
      expect file out.csv contains mine
      press e ^U
      type $DIR/out.csv
      press Enter o
      expect screen contains wrote 1 steps
      expect file out.csv contains step,evaluations
      """, opening: "one.deq.json", in: explorer)
  }

  @Test func asksForANameWhereThereIsNone() async {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    guard case .success(let experiment) = explorer.services.open(explorer.directory.file("one.deq.json")) else {
      Issue.record("cannot open")
      return
    }
    var model = ExplorerModel(size: .init(width: 80, height: 24), profile: .init())
    model.open(experiment, at: "x")
    model.watch?.path = nil
    _ = model.update(.tick)
    #expect(model.update(.event(.key(.character("s")))).isEmpty)
    guard case .prompt(let prompt) = model.overlay else {
      Issue.record("no prompt")
      return
    }
    #expect(prompt.purpose == .save)
  }

  /// Escape from the prompt of "save and quit" must not make a later save quit.
  @Test func leavingThePromptOfSaveAndQuitStays() async {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    guard case .success(let experiment) = explorer.services.open(explorer.directory.file("one.deq.json")) else {
      Issue.record("cannot open")
      return
    }
    var model = ExplorerModel(size: .init(width: 80, height: 24), profile: .init())
    model.open(experiment, at: "x")
    model.watch?.path = nil
    for key in [" ", "N", "x", "Enter", "q", "s"] { _ = model.update(.event(.key(ExplorerScript.key(key)))) }
    _ = model.update(.event(.key(ExplorerScript.key("Esc"))))
    let saved = model.watch.map { $0.experiment.saved }
    if let saved { _ = model.update(.saved(path: "y", saved, .success(()))) }
    #expect(!model.isFinished)
    #expect(model.watch?.path == "y")
  }

  @Test func aFailedSaveLeavesEverythingAsItWas() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let before = try SessionText.read(explorer.directory.file("one.deq.json"))
    let outcome = await expectFlow(
      """
      press space N x Enter S ^U
      type $DIR/nowhere/two.deq.json
      press Enter
      expect screen contains x $DIR/nowhere/two.deq.json: cannot write
      expect status Three units *
      press space
      expect status step 2/2
      press q s
      """, opening: "one.deq.json", in: explorer)
    #expect(try SessionText.read(explorer.directory.file("one.deq.json")) != before)
    #expect(outcome.model.isFinished)
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may write everywhere"))
  func aReadOnlyFolderIsLeftAlone() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let before = try SessionText.read(explorer.directory.file("one.deq.json"))
    _ = unsafe chmod(explorer.directory.path, 0o555)
    defer { _ = unsafe chmod(explorer.directory.path, 0o755) }
    await expectFlow(
      """
      press space N x Enter s
      expect screen contains permission denied
      expect status Three units *
      """, opening: "one.deq.json", in: explorer)
    #expect(try SessionText.read(explorer.directory.file("one.deq.json")) == before)
  }

  /// The services fail as a full disk does: nothing is lost, and "save and quit" does not quit.
  @Test func aFullDiskDoesNotEndTheProgram() async {
    var explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    explorer.services.save = { _, path, _ in
      .failure(.failed(Failure("\(path): cannot write the file: no space is left")))
    }
    await expectFlow(
      """
      press space N x Enter q s
      expect screen contains no space is left
      expect status Three units *
      press space
      expect status step 2/2
      """, opening: "one.deq.json", in: explorer)
  }

  @Test func exportsTheTrace() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    await expectFlow(
      """
      press e
      expect screen contains nothing has been run
      press space space space e
      expect screen contains one.csv
      press ^U
      type $DIR/out.csv
      press Enter
      expect screen contains wrote 3 steps to $DIR/out.csv
      """, opening: "one.deq.json", in: explorer)
    let lines = try SessionText.read(explorer.directory.file("out.csv")).split(separator: "\r\n")
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("step,evaluations,residual_relative,residual_absolute,"))
    // z0 = 0: f(0) = tanh(b), whose relative residual is 1 and absolute one |tanh(0.3, -0.1, 0.2)|.
    let cells = lines[1].split(separator: ",", omittingEmptySubsequences: false)
    #expect(cells[0] == "1" && cells[1] == "1" && cells[2] == "1")
    let norm = [0.3, 0.1, 0.2].map { tanh($0) * tanh($0) }.reduce(0, +).squareRoot()
    #expect(abs((Double(cells[3]) ?? 0) - norm) < 1e-15)
  }

  @Test func theEndingSaysWhatIsExported() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    await expectFlow(
      """
      press space space e ^U
      type $DIR/out.svg
      press Enter
      expect screen contains wrote plots to $DIR/out.svg
      press e ^U
      type $DIR/out.cast
      press Enter
      expect screen contains wrote 2 steps to $DIR/out.cast
      press e ^U
      type $DIR/out.py
      press Enter
      expect screen contains wrote a script to $DIR/out.py
      press e ^U
      type $DIR/out.txt
      press Enter
      expect screen contains a name that ends in .csv, .svg, .cast or .py is expected
      expect no file out.txt
      """, opening: "one.deq.json", in: explorer)
    let svg = try SessionText.read(explorer.directory.file("out.svg"))
    #expect(svg.contains(">residual<") && svg.contains(">contraction<") && svg.contains(">activations<"))
    #expect(svg.contains("fill=\"#101418\""))
    #expect(try SessionText.read(explorer.directory.file("out.cast")).hasPrefix("{\"version\": 2"))
    #expect(try SessionText.read(explorer.directory.file("out.py")).contains("def f(z):"))
  }

  @Test func anExportAsksBeforeItReplacesAFile() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    explorer.directory.write("mine", to: "out.csv")
    await expectFlow(
      """
      press space space e ^U
      type $DIR/out.csv
      press Enter
      expect screen contains out.csv is there already.
      expect file out.csv contains mine
      press Esc
      expect file out.csv contains mine
      press e ^U
      type $DIR/out.csv
      press Enter o
      expect screen contains wrote 2 steps to $DIR/out.csv
      expect file out.csv contains residual_relative
      """, opening: "one.deq.json", in: explorer)
  }

  @Test func anExportThatFailsSaysWhy() async {
    await expectFlow(
      """
      press space e ^U
      type $DIR/nowhere/out.csv
      press Enter
      expect screen contains nowhere/out.csv: cannot write
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
  }

  @Test func quitsAtOnceWithoutChanges() async {
    let outcome = await expectFlow("press q", opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    #expect(outcome.model.isFinished)
    #expect(outcome.model.overlay == nil)
  }

  @Test func asksBeforeItDiscards() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let before = try SessionText.read(explorer.directory.file("one.deq.json"))
    await expectFlow(
      """
      press space N x Enter q
      expect screen contains Three units has changes that are not saved.
      expect screen contains s save and quit
      press x Esc
      expect status step 1/1
      press ^C
      expect screen contains not saved
      press d
      """, opening: "one.deq.json", in: explorer)
    #expect(try SessionText.read(explorer.directory.file("one.deq.json")) == before)
  }

  @Test func savesAndQuits() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    await expectFlow("press space N x Enter q s", opening: "one.deq.json", in: explorer)
    #expect(try SessionText.read(explorer.directory.file("one.deq.json")).contains("recording"))
  }

  @Test func aSavedSessionOpensWhereItWasLeft() async {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    await expectFlow("press space space space s q", opening: "one.deq.json", in: explorer)
    await expectFlow(
      """
      expect status step 3/3
      press space space
      expect status step 5/5
      press s q
      """, opening: "one.deq.json", in: explorer)
    await expectFlow("expect status step 5/5", opening: "one.deq.json", in: explorer)
  }

  @Test func aReplayEndsWhereTheRecordingDoes() async {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    await expectFlow("press space space space s q", opening: "one.deq.json", in: explorer)
    let path = explorer.directory.file("one.deq.json")
    guard case .success(let experiment) = explorer.services.open(path) else {
      Issue.record("cannot open")
      return
    }
    var model = ExplorerModel(size: Size(width: 80, height: 24), profile: Profile())
    model.open(experiment, at: path, playing: 100)
    for _ in 0..<20 {
      model.now += 40_000_000
      _ = model.update(.tick)
    }
    #expect(model.watch?.cursor == 3)
    #expect(model.watch?.run.stepCount == 3)
    #expect(model.watch?.isModified == false)
    #expect(model.deadline == nil)
  }
}
