import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

/// Maps of parameters as a person meets them.
struct SweepFlowTests {
  /// tanh(a [[1, -1], [-1, 1]] z) + c with a across and c up: at a = 0.5, cell 8 of a row, uniqueness ends.
  private static func gainAndShift(_ count: Int = 17, _ certificates: [String] = ["lipschitz-2"]) -> SweepSpec {
    var spec = SweepSpec(
      session: "session.deq.json",
      axes: [
        SweepAxis(
          path: "network.operators[1].by", grid: .range(first: 0.1, last: 0.9, count: count, scale: .linear)),
        SweepAxis(path: "network.operators[2].shift", grid: .list([0, 0.6, 1.2])),
      ])
    spec.starts = 4
    spec.certificates = certificates
    return spec
  }

  /// The sweep screen on a session, with a specification whose cells are all computed.
  private static func swept(
    _ spec: SweepSpec = gainAndShift(), session: String = SweepFiles.bistable, processors: Int = 2,
    latestFirst: Bool = false, keys: String = ""
  ) throws -> ExplorerModel {
    let directory = TemporaryDirectory()
    directory.write(session, to: "session.deq.json")
    var model = ExplorerModel(size: Size(width: 80, height: 24), profile: Profile())
    model.processors = processors
    let path = directory.file("session.deq.json")
    model.open(try Experiment.opening(path), at: path)
    // What the usual sweep asks for is dropped: it is of an earlier specification.
    var waiting = parts(model.update(.event(.key(.character("9")))))
    waiting += parts(model.perform(.sweep(.take(spec))) + model.settle())
    finish(waiting, &model, latestFirst: latestFirst)
    for key in keys.split(separator: " ") {
      finish(parts(model.update(.event(.key(ExplorerScript.key(String(key)))))), &model)
    }
    return model
  }

  private typealias Part = (work: SweepWork, ticket: Int)

  private static func parts(_ effects: [Effect]) -> [Part] {
    effects.compactMap { if case .sweep(let work, let ticket) = $0 { (work, ticket) } else { nil } }
  }

  private static func finish(_ work: [Part], _ model: inout ExplorerModel, latestFirst: Bool = false) {
    var waiting = work
    while !waiting.isEmpty {
      let part = latestFirst ? waiting.removeLast() : waiting.removeFirst()
      waiting += parts(model.update(.sweep(ticket: part.ticket, part.work.result)))
    }
  }

  private static func board(_ model: ExplorerModel) throws -> SweepBoard { try #require(model.watch?.sweep) }

  // MARK: Cells

  @Test(arguments: [1, 2, 5], [false, true])
  func cellsAreThoseOfTheCommand(_ processors: Int, _ latestFirst: Bool) throws {
    let board = try Self.board(Self.swept(processors: processors, latestFirst: latestFirst))
    let files = SweepFiles(SweepFiles.bistable, "\"axes\": []")
    files.directory.write(Self.gainAndShift().json.text, to: "spec.json")
    let cells = try files.part().cells
    #expect(board.isComplete && cells.count == 51)
    #expect(board.whole?.cells.sorted { $0.index < $1.index } == cells)
    #expect(board.tasks.isEmpty)
  }

  /// The norm of the map is 2 a, so that the proof holds below a = 0.5 and in no column from there on.
  @Test func theProofEndsInTheRightColumn() throws {
    let board = try Self.board(Self.swept())
    let map = try #require(board.picture.map)
    for row in 0..<3 {
      for column in 0..<17 { #expect(map.regions[0].contains[row * 17 + column] == (column < 8), "\(column) \(row)") }
    }
    var canvas = Canvas(size: Size(width: 44, height: 18))
    let look = Look(profile: Profile(colors: .mono, glyphs: .ascii))
    map.draw(in: canvas.bounds, on: &canvas, look)
    let letters = (0..<18).flatMap { y in (0..<44).filter { canvas[$0, y].scalar == "2" }.map { Point(x: $0, y: y) } }
    let cells = letters.compactMap { map.cell(at: $0, in: canvas.bounds, look.profile) }
    #expect(cells.count == 3 && cells.allSatisfy { $0.column == 7 }, "\(cells)")
  }

  @Test func whatIsFoundIsShown() throws {
    let model = try Self.swept(keys: "y")
    let board = try Self.board(model)
    // a = 0.9 and a = 0.4: two attracting fixed points, and one.
    guard case .found(let far)? = board.findings[16 * 3 + 2], case .found(let near)? = board.findings[6 * 3 + 2] else {
      Issue.record("not found")
      return
    }
    #expect(far.fixedPoints == 2 && near.fixedPoints == 1)
    #expect(abs((near.spectralRadius ?? 0) - 0.8) < 1e-9, "2 a where the difference is 0")
    #expect(SweepQuantity.all(of: board.spec).count == 7)
    guard case .menu(let menu)? = model.overlay else {
      Issue.record("no menu")
      return
    }
    #expect(menu.items.map(\.label).contains("rate of lipschitz-2"))
  }

  /// Coarse cells stand for those around them until these are there.
  @Test func coarseCellsAreShownFirst() throws {
    let whole = try Self.board(Self.swept())
    let cell = try #require(whole.findings[0])
    var findings = [SweepBoard.Finding?](repeating: nil, count: 51)
    findings[0] = cell
    let picture = SweepPicture(whole.spec, findings, whole.document, .fixedPoints)
    let map = try #require(picture.map)
    #expect(map.contents.allSatisfy { $0 == .value(1) }, "one for all")
    #expect(
      SweepPicture(whole.spec, Array(repeating: nil, count: 51), whole.document).map?.contents.allSatisfy {
        $0 == .pending
      } == true)
  }

  // MARK: Outcomes

  private static let outcomes: [Outcome] = [
    .converged, .stalled, .maxSteps, .cycle(period: 3), .diverged, .failed(.singular(method: "", step: 0)),
  ]

  @Test func outcomesLookAsOnOtherScreens() throws {
    let categories = try Self.outcomes.map { try #require(RecordedOutcome($0).category) }
    for (category, outcome) in zip(categories, Self.outcomes) {
      #expect(category.role == outcome.role && String(Character(category.letter)) == outcome.letter, "\(outcome)")
    }
    #expect(Set(categories.map(\.letter)).count == 6)
    let verdicts = try #require(SweepQuantity.verdict("monotone").categories)
    let standings: [Standing] = [.provesUnique, .provesUniqueInPart, .conditionNotMet, .doesNotApply, .violated]
    #expect(verdicts.map(\.role) == standings.map(\.role))
  }

  /// Those that share a colour have it in strengths that are told apart, with every kind of colour vision.
  @Test(arguments: [ThemeName.dark, .light]) func outcomesOfOneColourAreToldApart(_ theme: ThemeName) throws {
    let categories = try #require(SweepQuantity.outcome.categories)
    let map = ParameterMap(
      across: ParameterMap.Side("a", labels: categories.map(\.name)), up: ParameterMap.Side("b", labels: ["0"]),
      contents: categories.indices.map { .value(Double($0)) }, coloring: .categories(categories))
    var canvas = Canvas(size: Size(width: 60, height: 8))
    map.draw(in: canvas.bounds, on: &canvas, Look(theme: theme.theme, profile: Profile()))
    let shown = canvas.lowered(to: Profile())
    let line = (0..<60).map { shown[$0, 2] }.filter { $0.scalar == "▀" }.map(\.style.foreground)
    let colors = line.indices.filter { $0 == 0 || line[$0] != line[$0 - 1] }.map { line[$0] }
    try #require(colors.count == 6)
    for vision in ColorVision.allCases {
      for second in colors.indices {
        for first in 0..<second {
          let distance = vision.distance(colors[first], colors[second])
          #expect(distance > 14, "\(categories[first].name) and \(categories[second].name), \(vision)")
        }
      }
    }
  }

  /// z -> a z + 1 goes to and fro for a = -1, converges for 0.5, and grows for 2: on the plot and in words.
  @Test func aCycleIsNoConvergence() throws {
    var spec = SweepSpec(
      session: "session.deq.json", axes: [SweepAxis(path: "network.operators[0].by", grid: .list([-1, 0.5, 2]))])
    spec.certificates = []
    var model = try Self.swept(spec, session: SweepFiles.affine, keys: "left left")
    _ = model.perform(.sweep(.show(.outcome)))
    let marks = try Self.board(model).picture.plot(cursor: nil).marks
    #expect(marks.map(\.glyph) == ["o", "+", "x"] && marks.map(\.role) == [.bad, .good, .bad])
    let canvas = model.frame().canvas
    #expect(canvas.text.contains("o cycle of 2"), "\(canvas.text)")
    let bad = Theme.dark[.bad].foreground
    let letters = (0..<24).flatMap { y in (0..<80).map { canvas[$0, y] } }.filter {
      $0.scalar == "o" && $0.style.foreground == bad
    }
    #expect(letters.count == 1, "beside the plot, where the cursor is on its mark")
  }

  // MARK: Work

  @Test func oneIsPreparedThenEveryProcessorHasAPart() throws {
    var model = try Self.swept(processors: 3)
    var spec = Self.gainAndShift()
    spec.seed = 9
    let effects = model.perform(.sweep(.take(spec))) + model.settle()
    #expect(Self.parts(effects).count == 1)
    let first = try #require(Self.parts(effects).first)
    let cells = Self.parts(model.update(.sweep(ticket: first.ticket, first.work.result)))
    #expect(cells.count == 3)
    #expect(Self.parts(model.update(.event(.key(Key(.right))))).isEmpty, "no more than there are processors")
  }

  @Test func refiningKeepsCellsAndAddsTheSameAsFresh() throws {
    var model = try Self.swept(Self.gainAndShift(9))
    var waiting = Self.parts(model.perform(.sweep(.refine)) + model.settle())
    #expect(try Self.board(model).done == 27, "the cells of the coarser grid are known")
    Self.finish(waiting, &model)
    #expect(try Self.board(model).findings == Self.board(Self.swept()).findings)
    waiting = Self.parts(model.perform(.sweep(.coarsen)) + model.settle())
    #expect(try Self.board(model).isComplete)
    Self.finish(waiting, &model)
  }

  @Test func aResultOfAnEarlierSweepIsDropped() throws {
    var model = try Self.swept()
    var spec = Self.gainAndShift()
    spec.seed = 7
    let prepared = try #require(Self.parts(model.perform(.sweep(.take(spec))) + model.settle()).first)
    let cells = Self.parts(model.update(.sweep(ticket: prepared.ticket, prepared.work.result)))
    spec.seed = 8
    _ = model.perform(.sweep(.take(spec)))
    for part in cells { _ = model.update(.sweep(ticket: part.ticket, part.work.result)) }
    #expect(try Self.board(model).done == 0)
  }

  @Test func aPauseBeginsNothingMore() throws {
    var model = try Self.swept(processors: 1)
    var spec = Self.gainAndShift()
    spec.starts = 2
    let prepared = try #require(Self.parts(model.perform(.sweep(.take(spec))) + model.settle()).first)
    let first = try #require(Self.parts(model.update(.sweep(ticket: prepared.ticket, prepared.work.result))).first)
    _ = model.update(.event(.key(.character(" "))))
    #expect(Self.parts(model.update(.sweep(ticket: first.ticket, first.work.result))).isEmpty)
    #expect(model.frame().canvas.text.contains("1 of 51 cells, paused"))
    #expect(Self.parts(model.update(.event(.key(.character(" "))))).count == 1)
  }

  /// The first cell took 5 s: 50 are left, and a part is no longer than one of them.
  @Test func theTimeLeftIsTold() throws {
    var model = try Self.swept(processors: 1)
    var spec = Self.gainAndShift()
    spec.starts = 2
    let prepared = try #require(Self.parts(model.perform(.sweep(.take(spec))) + model.settle()).first)
    let first = try #require(Self.parts(model.update(.sweep(ticket: prepared.ticket, prepared.work.result))).first)
    model.now += 5_000_000_000
    let next = try #require(Self.parts(model.update(.sweep(ticket: first.ticket, first.work.result))).first)
    #expect(model.frame().canvas.text.contains("1 of 51 cells, 5 min left."))
    guard case .cells(_, let indices) = next.work else {
      Issue.record("no cells")
      return
    }
    #expect(indices.count == 1)
  }

  @Test func aSpecificationThatDoesNotFitIsSaid() throws {
    var spec = Self.gainAndShift()
    spec.axes[1] = SweepAxis(path: "network.operators[2].shift", grid: .list(["much"]))
    let model = try Self.swept(spec)
    #expect(try Self.board(model).obstacle?.contains("network.operators[2].shift") == true)
    #expect(model.frame().canvas.text.contains("x axes[1]"), "\(model.frame().canvas.text)")
  }

  // MARK: The session

  /// The open session has the cell's values, by one recorded change, and ends as the cell says.
  @Test func aCellOpensAsASession() throws {
    var model = try Self.swept(keys: "H H L left left up Enter")
    #expect(model.place == .watch)
    var watch = try #require(model.watch)
    let board = try Self.board(model)
    #expect(board.cursor == ParameterMap.Cell(column: 8, row: 2))
    #expect(watch.isModified && watch.experiment.canUndo && watch.experiment.actions.count == 1)
    let values = board.spec.axes.compactMap { watch.experiment.document.value(at: $0.path) }
    #expect(values == [JSON(0.5), JSON(1.2)])
    while watch.experiment.advance() {}
    guard case .found(let cell)? = board.finding else {
      Issue.record("no cell")
      return
    }
    #expect(RecordedOutcome(try #require(watch.run.outcome)) == cell.outcome && watch.run.stepCount == cell.steps)
    // Back on the map nothing is computed anew: the values that are swept do not count.
    let effects = model.update(.event(.key(.character("9"))))
    #expect(Self.parts(effects).isEmpty)
    #expect(try Self.board(model).isComplete)
    _ = model.update(.event(.key(.character("u"))))
    #expect(model.watch?.experiment.document.value(at: "network.operators[1].by") == 1)
  }

  @Test func anotherChangeOfTheSessionComputesAnew() throws {
    var model = try Self.swept()
    _ = model.perform(.setField(path: "start", value: ["values": [0.5, 3]]))
    let effects = model.settle()
    #expect(Self.parts(effects).count == 1)
    #expect(try Self.board(model).done == 0)
    #expect(try Self.board(model).spec == Self.gainAndShift())
  }

  // MARK: Settings

  @Test func theUsualSweepHasTheSessionInItsMiddle() async throws {
    let outcome = await expectFlow(
      """
      press 9
      expect screen contains 2 scale by
      expect screen contains up: 3 activation shift
      expect screen contains 189 cells.
      press Tab
      expect screen contains from   0
      expect screen contains the fast 7
      press j j j Enter ^U
      type 5
      press Enter
      expect screen contains 45 cells.
      press j Enter
      expect screen contains 45 cells.
      press k k k Enter ^U
      type x
      press Enter
      expect screen contains a number is expected, found x
      press Esc Esc Esc
      expect status step
      """, opening: "one.deq.json", in: .one(SpecimenSessions.twoUnits))
    let board = try #require(outcome.model.watch?.sweep)
    #expect(board.picture.mark == ParameterMap.Cell(column: 2, row: 4))
    #expect(board.spec.axes[0].range?.scale == .linear, "a log scale does not begin at 0")
  }

  @Test func everythingThatHasANumberCanBeVaried() throws {
    let board = try Self.board(Self.swept())
    let paths = board.parameters.map(\.path)
    #expect(paths.contains("network.operators[2].power") && paths.contains("stopping.tolerance"))
    #expect(!paths.contains("solver.method"))
    for parameter in board.parameters {
      let axis = parameter.axis(count: 5)
      #expect((try? board.document.setting(path: axis.path, to: axis.value(axis.count - 1))) != nil, "\(axis)")
    }
    let weight = try #require(SweepParameter(path: "network.operators[0].weight.values[0][1]", in: board.document))
    #expect(weight.label == "1 dense weight.values[0][1]" && weight.value == -1)
    #expect(SweepParameter(path: "network.operators[0].weight", in: board.document) == nil)
  }

  @Test func oneParameterIsAPlot() throws {
    var spec = Self.gainAndShift().withoutUp
    spec.certificates = ["lipschitz-2"]
    let model = try Self.swept(spec)
    let board = try Self.board(model)
    #expect(board.picture.map == nil && board.cellCount == 17)
    let plot = board.picture.plot(cursor: 3)
    let curve = try #require(plot.curves.last)
    #expect(curve.points.count == 17)
    for (index, point) in curve.points.enumerated() where index < 8 {
      #expect(abs(point.x - 0.1 - 0.05 * Double(index)) < 1e-12 && abs(point.y - 2 * point.x) < 1e-6)
    }
    let border = try #require(plot.curves.first)
    #expect(abs(border.points[0].x - 0.475) < 1e-9, "between 0.45 and 0.5")
    #expect(plot.marks.contains { $0.glyph == "2" })
  }

  // MARK: The diagram

  /// z0 of tanh(a [[1, -1], [-1, 1]] z) + c: one branch goes through, one leaves it at a = 0.5 both ways.
  @Test func theDiagramSplitsAtOneHalf() throws {
    let model = try Self.swept(keys: "v ]")
    let board = try Self.board(model)
    let diagram = try #require(board.shownDiagram)
    let picture = try #require(diagram.picture)
    #expect(picture.events.count == 1 && picture.events[0].kind == .branchPoint)
    #expect(abs(picture.events[0].point.parameter - 0.5) < 1e-9)
    #expect(diagram.event == 0 && board.cursor.column == 8)
    #expect(picture.count(at: 0.3) == (1, 1) && picture.count(at: 0.7) == (3, 2))
    let text = model.frame().canvas.text
    #expect(text.contains("at 0.500000000") && text.contains("branch point"), "\(text)")
    // Attracting parts are solid, the middle one beyond the split is dashed.
    for curve in picture.plot.curves {
      let x = curve.points.map(\.x)
      if curve.stroke == .dashed { #expect(abs((x.min() ?? 0) - 0.5) < 1e-9) }
    }
    #expect(picture.plot.curves.contains { $0.stroke == .dashed })
  }

  @Test func unitsAndTheNormStandUpwards() throws {
    let model = try Self.swept(keys: "v n n")
    let diagram = try #require(Self.board(model).shownDiagram)
    #expect(diagram.coordinate == .norm)
    // At the split z is (c, c).
    let value = diagram.coordinate.value(try #require(diagram.picture).events[0].point.state)
    let shift = try #require(Self.board(model).values.last.flatMap(Double.init))
    #expect(abs(value - shift * 2.0.squareRoot()) < 1e-6)
  }

  @Test func theOtherParameterIsHeldAtTheCursor() throws {
    var model = try Self.swept(keys: "v")
    let before = try #require(Self.board(model).shownDiagram?.request)
    let effects = model.update(.event(.key(Key(.down))))
    let parts = Self.parts(effects)
    #expect(parts.count == 1)
    #expect(try Self.board(model).shownDiagram == nil)
    Self.finish(parts, &model)
    let after = try #require(Self.board(model).shownDiagram?.request)
    #expect(after.fixed != before.fixed && after.document == before.document)
  }

  // MARK: Files

  @Test func tableSpecificationAndPictureAreWritten() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.oneUnit)
    await expectFlow(
      """
      press 9 Tab Enter
      type 1 scale by
      press Enter j j j Enter ^U
      type 9
      press Enter Tab
      press e ^U
      type $DIR/map.csv
      press Enter
      expect screen contains wrote 81 cells
      press e ^U
      type $DIR/map.json
      press Enter
      expect screen contains wrote the specification
      press e ^U
      type $DIR/map.svg
      press Enter
      expect screen contains wrote the picture
      press e ^U
      type $DIR/map.pdf
      press Enter
      expect screen contains a name that ends in
      press Esc v e ^U
      type $DIR/branches.svg
      press Enter
      expect screen contains wrote the picture
      press ^O
      expect screen contains deq bifurcate
      """, opening: "one.deq.json", in: explorer)
    let sweep = try Sweep(reading: explorer.directory.file("map.json"))
    let cells = try (0..<81).map { index throws(SessionError) in try sweep.cell(at: index) }
    let table = SweepTable(SweepPart(sweep.header(of: .whole), cells: cells))
    let text = table.header + table.cells.indices.map(table.line).joined()
    #expect(try SessionText.read(explorer.directory.file("map.csv")) == text)
    for name in ["map.svg", "branches.svg"] {
      let svg = try SessionText.read(explorer.directory.file(name))
      #expect(svg.hasPrefix("<?xml") && svg.hasSuffix("</svg>\n") && !svg.contains("nan"))
    }
  }

  @Test func theCommandLineHasTheSpecification() throws {
    let model = try Self.swept()
    let line = try #require(model.commandLine)
    #expect(line.text.hasPrefix("printf %s '{\"format\": \"deq-sweep/1\", \"session\": \"/"))
    #expect(line.text.hasSuffix("| deq sweep /dev/stdin --out session-map.csv") && line.caveat == nil)
  }

  @Test func largeGridsAreDrawnFromWhatIsKept() throws {
    var spec = Self.gainAndShift(200, [])
    spec.axes[1] = SweepAxis(
      path: "network.operators[2].shift", grid: .range(first: 0, last: 1, count: 200, scale: .linear))
    let cell = try #require(Self.board(Self.swept()).findings[0])
    let findings = [SweepBoard.Finding?](repeating: cell, count: 40_000)
    let picture = SweepPicture(spec, findings, try Self.board(Self.swept()).document, .outcome)
    let map = try #require(picture.map)
    #expect(map.contents.count == 40_000 && map.contents.allSatisfy { $0 == .value(0) })
  }
}
