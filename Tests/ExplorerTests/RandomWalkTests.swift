import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing
import Training

@testable import Explorer

/// Thousands of random keys, mouse actions and sizes over real sessions.
@Suite(.serialized)
struct RandomWalkTests {
  private static let sessions = [
    SpecimenSessions.threeUnits, SpecimenSessions.dense, SpecimenSessions.cycle, SpecimenSessions.divergence,
    SpecimenSessions.positive, SpecimenSessions.twoUnits, SpecimenSessions.oneUnit,
  ]

  @Test(arguments: sessions.indices) func walksHoldTheInvariants(_ index: Int) async throws {
    let explorer = ExplorerScript(["one.deq.json": Self.sessions[index], "bad.deq.json": SpecimenSessions.malformed])
    var walk = try Walk(explorer, seed: UInt64(index) + 1)
    for count in 0..<500 {
      await Task.yield()
      let event = walk.event()
      walk.take(event)
      let complaint = walk.complaint
      try #require(complaint == nil, "after \(count) \(event): \(complaint ?? "")")
    }
    #expect(walk.seen.count >= 6, "\(walk.seen.sorted())")
  }

  /// What was done by hand is recorded exactly: a replay gives every bit again.
  @Test(arguments: sessions.indices) func whatWasDoneReplaysIdentically(_ seed: Int) async throws {
    let explorer = ExplorerScript.one(Self.sessions[seed])
    var walk = try Walk(explorer, seed: UInt64(seed) + 100)
    walk.staysOnOneSession = true
    for _ in 0..<300 {
      await Task.yield()
      walk.take(walk.event())
    }
    let experiment = try #require(walk.model.watch).experiment
    let report = try Replay.verify(experiment.saved, directory: explorer.directory.path)
    let expected: ReplayReport.Verdict = experiment.run.stepCount == 0 ? .nothingToCompare : .identical
    #expect(report.verdict == expected, "\(report) \(experiment.actions)")
  }

  @Test func theSameSeedGivesTheSameFrames() throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    var frames: [[Frame]] = []
    for _ in 0..<2 {
      var walk = try Walk(explorer, seed: 7)
      frames.append(
        (0..<300).map { _ in
          walk.take(walk.event())
          return walk.model.frame()
        })
    }
    #expect(frames[0] == frames[1])
  }
}

/// A person who does anything at all.
private struct Walk {
  var model: ExplorerModel
  var staysOnOneSession = false
  /// The states that have been visited.
  private(set) var seen: Set<String> = []
  private var random: SeededGenerator
  private let services: Services
  private let path: String
  private var previews: [String: Gallery.Preview] = [:]
  /// Work on phase portraits that is under way: one part is done after each event.
  private var portraitParts: [(work: PhaseWork, ticket: Int)] = []
  /// Of sweeps, likewise.
  private var sweepParts: [(work: SweepWork, ticket: Int)] = []

  init(_ explorer: ExplorerScript, seed: UInt64) throws {
    random = SeededGenerator(seed: seed)
    services = explorer.services
    path = explorer.directory.file("one.deq.json")
    model = ExplorerModel(size: Size(width: 100, height: 30), profile: Profile())
    model.open(try services.open(path).get(), at: path)
    perform([.listSessions])
  }

  mutating func event() -> Event {
    switch random.next() % 20 {
    case 0: return .resize(Size(width: Int(random.next() % 201), height: Int(random.next() % 61)))
    case 1: return .resize(Size(width: 120, height: 40))
    case 2...5: return .mouse(mouse())
    case 6: return .paste("1e-4\nq")
    default: return .key(key())
    }
  }

  private mutating func mouse() -> Mouse {
    let actions: [Mouse.Action] = [.press, .press, .drag, .drag, .release, .wheelUp, .wheelDown]
    let at = Point(x: Int(random.next() % 130), y: Int(random.next() % 45))
    return Mouse(actions.randomElement(using: &random) ?? .press, at: at)
  }

  /// Mostly keys that mean something here, sometimes any.
  private mutating func key() -> Key {
    let general: [Key.Code] = [.escape, .enter, .up, .down, .tab, .backspace, .character("1"), .character("e")]
    let keys = BindingCatalog.bindings(in: model.place).flatMap(\.keys)
    if model.overlay == nil, random.next() % 4 != 0 { return keys.randomElement(using: &random) ?? Key(.enter) }
    if random.next() % 3 == 0 { return .character(Character(Unicode.Scalar(32 + UInt8(random.next() % 95)))) }
    return Key(general.randomElement(using: &random) ?? .escape)
  }

  mutating func take(_ event: Event) {
    model.now += random.next() % 60_000_000
    perform(model.update(.event(event)))
    if let deadline = model.deadline, deadline <= model.now { perform(model.update(.tick)) }
    if model.isFinished { model.isFinished = false }
    finishPortraitPart()
    finishSweepPart()
    note()
  }

  /// Portraits of large maps are never finished here.
  private mutating func finishPortraitPart() {
    guard !portraitParts.isEmpty, (model.watch?.run.map.dimension ?? 0) <= 12 else { return }
    let part = portraitParts.removeFirst()
    perform(model.update(.phase(ticket: part.ticket, part.work.result)))
  }

  private mutating func finishSweepPart() {
    guard !sweepParts.isEmpty, (model.watch?.run.map.dimension ?? 0) <= 12, random.next() % 8 == 0 else { return }
    let part = sweepParts.removeFirst()
    perform(model.update(.sweep(ticket: part.ticket, part.work.result)))
  }

  /// Reads for real, and writes nothing.
  private mutating func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .listSessions:
        if case .success(let paths) = services.listSessions() {
          perform(model.update(.listed(paths: paths, problem: nil)))
        }
      case .preview(let path): perform(model.update(.previewed(path: path, preview(of: path))))
      case .open(let path):
        if !staysOnOneSession { perform(model.update(.opened(path: path, services.open(path)))) }
      case .save(let document, _, let path, let replacing, _):
        let failures: [WriteFailure] = [.failed(Failure("disk full")), .wouldReplace(.exists), .wouldReplace(.changed)]
        let failure = replacing == .anything ? failures[0] : failures[Int(random.next() % 3)]
        let result: Result<Void, WriteFailure> = random.next() % 2 == 0 ? .success(()) : .failure(failure)
        perform(model.update(.saved(path: path, document, result)))
      case .export(let request): perform(model.update(.exported(path: request.path, .success("it"))))
      case .certify(let analysis, let generation, let light):
        // The heavy theorems never answer: their rows stay "checking".
        let theorems = light ? TheoremCatalog.all.filter { $0.isLight }.prefix(2) : []
        perform(model.update(.certified(generation: generation, light: light, theorems.map { $0.certify(analysis) })))
      case .margin(_, let generation, let id, let parameter):
        let result = MarginResult(id: id, parameter: parameter, margin: .holdsUpTo(1.5))
        perform(model.update(.margin(generation: generation, result)))
      case .race(let race, let solver, let index, let generation):
        // Large maps are not raced for real.
        let canned = RaceResult(outcome: .stalled, trace: [], seconds: [])
        let result = race.map.dimension <= 12 ? services.race(race, solver) : canned
        perform(model.update(.raced(generation: generation, index: index, result)))
      case .phase(let work, let ticket): portraitParts.append((work, ticket))
      case .sweep(let work, let ticket): sweepParts.append((work, ticket))
      case .fixedPoints(let work, let ticket):
        // Large maps are not searched: "looking".
        guard (model.watch?.run.map.dimension ?? 0) <= 3 else { break }
        perform(model.update(.fixedPoints(ticket: ticket, work.result)))
      case .diagnose(let run, let generation):
        let isSmall = run.map.dimension <= 12
        let suggestions = isSmall ? Diagnosis(run).suggestions(for: run, trialSteps: 50) : []
        perform(model.update(.diagnosed(generation: generation, suggestions)))
      case .solveBackward(let adjoint, let method, let generation):
        let solution = (adjoint.dimension <= 12 ? method : .gmres).solve(adjoint)
        perform(model.update(.solvedBackward(generation: generation, method, solution)))
      case .spectrum(let task):
        // Large Jacobians never come: "computing".
        if task.network.dimension <= 12 { perform(model.update(.spectrum(task.perform()))) }
      case .remember: perform(model.update(.remembered(.success(()))))
      case .copy(_, let clip): perform(model.update(.copied(clip, reached: true, .success(nil))))
      case .keepUnsaved: perform(model.update(.keptUnsaved(.success(()))))
      case .findAbandoned, .recover, .discard, .forgetUnsaved, .claim, .suspend: break
      case .build(let effect): perform(model.update(.build(effect.perform())))
      case .training(let effect): perform(effect)
      }
    }
  }

  /// Trains the smallest recipes for real.
  private mutating func perform(_ effect: TrainingEffect) {
    let message: TrainingMessage
    switch effect {
    case .load(let plan, let ticket):
      let isSmall = plan.data.name == "two-moons" && plan.model.units <= 16
      message = .loaded(ticket: ticket, isSmall ? services.training.load(plan) : .failure(Failure("too large")))
    case .resume(_, let ticket): message = .loaded(ticket: ticket, .failure(Failure("no such file")))
    case .advance(let course, let sample, let ticket):
      message = .advanced(ticket: ticket, services.training.advance(course, sample))
    case .probe(let run, let sample, let ticket): message = .probed(ticket: ticket, run.probe(sample))
    case .write(let output, let path, _, let mark):
      let results: [Result<Void, WriteFailure>] = [
        .success(()), .failure(.failed(Failure("disk full"))), .failure(.wouldReplace(.exists)),
      ]
      message = .wrote(output.file, path: path, mark, results[Int(random.next() % 3)])
    case .open(let run, let sample):
      guard !staysOnOneSession, let experiment = try? Experiment(run.session(sample: sample), directory: ".") else {
        return
      }
      message = .opened(.success(experiment))
    }
    perform(model.update(.training(message)))
  }

  private mutating func preview(of path: String) -> Gallery.Preview {
    let preview = previews[path] ?? services.preview(path)
    previews[path] = preview
    return preview
  }

  private mutating func note() {
    switch model.overlay {
    case .help: seen.insert("help")
    case .palette: seen.insert("palette")
    case .menu: seen.insert("menu")
    case .prompt: seen.insert("prompt")
    case .question: seen.insert("question")
    case .diagnosis: seen.insert("diagnosis")
    case .backward: seen.insert("backward")
    case .fixedPoints: seen.insert("fixed points")
    case nil: break
    }
    seen.insert(model.place.title)
    if model.watch?.phase?.basins?.isComplete == true { seen.insert("basins") }
    if model.watch?.comparison.other != nil { seen.insert("other side") }
    if model.isTooSmall { seen.insert("too small") }
    if model.watch?.playback != nil { seen.insert("playing") }
    if model.watch?.isZoomed == true { seen.insert("zoomed") }
    if model.watch?.window != nil { seen.insert("zoomed into steps") }
    if model.watch?.units.showsMarkedOnly == true { seen.insert("marked only") }
    if model.watch?.build?.draft != nil { seen.insert("draft") }
  }

  /// What is not as it must always be.
  var complaint: String? {
    let frame = model.frame()
    if frame.canvas.size != model.size { return "a frame of another size" }
    if let cursor = frame.cursor, !Rect(model.size).contains(cursor), !model.isTooSmall { return "cursor \(cursor)" }
    let train = model.train
    if !train.recipes.indices.contains(train.selection) { return "recipe \(train.selection)" }
    if !train.rows(model.datasets).indices.contains(train.rowSelection) { return "field \(train.rowSelection)" }
    if let live = train.live, live.steps.count > LiveTraining.mostSteps { return "\(live.steps.count) steps" }
    guard let watch = model.watch else { return nil }
    if !(0...watch.run.stepCount).contains(watch.cursor) { return "cursor at \(watch.cursor)" }
    if watch.experiment.cursor > watch.run.stepCount { return "experiment's cursor" }
    let units = 0..<max(1, watch.run.map.dimension)
    if !units.contains(watch.units.offset) { return "offset \(watch.units.offset)" }
    if !units.contains(watch.unit) || !watch.units.marked.allSatisfy(units.contains) { return "unit \(watch.unit)" }
    if watch.window != nil, !watch.allSteps.contains(watch.shownSteps.upperBound) { return "steps \(watch.shownSteps)" }
    if watch.frozen.count > Watch.mostFrozen { return "\(watch.frozen.count) frozen" }
    if watch.spectrum.selection < 0 { return "eigenvalue \(watch.spectrum.selection)" }
    if let race = watch.race, !race.entrants.indices.contains(race.selection) { return "selection \(race.selection)" }
    if let build = watch.build {
      if !build.rows.indices.contains(build.selection) { return "row \(build.selection)" }
      if model.place == .build, build.draft == nil, build.shown != watch.experiment.document { return "other rows" }
      let grid = build.tensor?.grid
      if !(0..<(grid?.rows ?? 1)).contains(build.cell.row) { return "cell \(build.cell)" }
      if !(0..<(grid?.columns ?? 1)).contains(build.cell.column) { return "cell \(build.cell)" }
    }
    if let sweep = watch.sweep {
      if !(0..<max(1, sweep.columns)).contains(sweep.cursor.column) { return "sweep's cursor \(sweep.cursor)" }
      if !(0..<sweep.rows).contains(sweep.cursor.row) { return "sweep's cursor \(sweep.cursor)" }
      if !sweep.settings.indices.contains(sweep.row) { return "setting \(sweep.row)" }
      if sweep.done != sweep.findings.count(where: { $0 != nil }) { return "\(sweep.done) cells" }
    }
    if watch.playback == nil, watch.experiment.isRunning { return "runs on unseen" }
    if watch.run.trace.count != watch.run.stepCount { return "trace" }
    if portraitParts.count > 3 { return "\(portraitParts.count) parts of portraits at once" }
    if let window = watch.phase?.shownWindow, !(window.x.lower < window.x.upper && window.y.lower < window.y.upper) {
      return "window \(window)"
    }
    return nil
  }
}
