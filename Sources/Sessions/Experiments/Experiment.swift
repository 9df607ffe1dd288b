public import FixedPoint

/// A session being worked on: the mathematical state behind the explorer and behind every replay.
///
/// All changes of the mathematics are ``Action``s that go through ``perform(_:)``; between them the run only goes on by
/// ``advance()`` while ``isRunning``. Redoing the recorded actions at their steps therefore gives the same run, bit for
/// bit. The steps are those of the trace: step k is about z_{k-1}, and step 0 is the start before anything is measured.
public struct Experiment: Sendable {
  /// A run that was left for another, as it was.
  public struct Branch: Sendable {
    let course: Course

    public var document: SessionDocument { course.document }
    public var run: Run<Network> { course.run }

    init(_ document: SessionDocument, _ problem: Problem, _ run: Run<Network>) {
      course = Course(document, problem, run)
    }
  }

  /// The session before the first action.
  public private(set) var original: SessionDocument
  /// The session as it now is.
  public private(set) var document: SessionDocument
  public private(set) var problem: Problem
  public private(set) var run: Run<Network>
  /// The step that is looked at, 0 to `run.stepCount`; going on starts here.
  public private(set) var cursor = 0
  public private(set) var isRunning = false
  public private(set) var actions: [RecordedAction] = []
  /// Runs that were left, oldest first.
  public private(set) var branches = ChunkedList<Branch>()
  /// All that was read from files and data sets so far, each once.
  public private(set) var data: [DataDigest]

  /// Notes at steps, in their order.
  public private(set) var notes: [StepNote]
  /// The step that a person looks at, where it is not the one from which the run goes on; a save keeps it.
  public var lookedAt: Int?
  /// What redoing the recording of the file showed; `nil` where there was none.
  public internal(set) var opening: Opening?
  /// What each change replaced, and what each undoing took back, the last one at the end.
  private var past = ChunkedList<Moment>()
  private var future: [Moment] = []

  /// What a change replaces: undoing brings it back as it was, steps included.
  private struct Moment: Sendable {
    let kept: Kept
    let cursor: Int
    /// How many runs had been left.
    let branchCount: Int
    /// The runs that undoing took away, which doing again brings back.
    var regained: [Branch] = []
  }

  private enum Kept: Sendable {
    case course(Course)
    /// Where no steps had been made: they are made anew.
    indirect case session(SessionDocument)
  }

  /// Where relative paths of tensor files start.
  public let directory: String
  private let budget: Int

  /// A fresh experiment on a session; of its recording, if any, only the notes at steps are kept.
  /// - Throws: `SessionError` whose path names the field at fault.
  public init(_ document: SessionDocument, directory: String, budget: Int = 64 << 20) throws(SessionError) {
    var plain = document
    plain.recording = nil
    self.original = plain
    self.document = plain
    self.directory = directory
    self.budget = budget
    notes = document.recording?.annotations ?? []
    problem = try Problem(plain, directory: directory)
    data = problem.data.each()
    run = Self.run(of: problem, budget: budget)
  }

  /// The session as it now is, with all that was done: what a save writes.
  public var saved: SessionDocument {
    var recording = Recording(of: run, actions: actions, in: original, data: data)
    if original.plain != document.plain || actions.contains(where: \.action.isEdit) {
      recording.beginning = .other(original.plain)
    }
    recording.before = EarlierTexts(of: original, in: document)
    recording.annotations = notes
    if let lookedAt, lookedAt != cursor, 0...run.stepCount ~= lookedAt { recording.cursor = lookedAt }
    var saved = document
    saved.recording = recording
    return saved
  }

  /// Writes a note at a step, in the place of the one that was there; an empty one takes it away.
  public mutating func annotate(_ step: Int, _ text: String) {
    notes.removeAll { $0.step == step }
    guard !text.isEmpty else { return }
    notes.insert(StepNote(step: step, text: text), at: notes.firstIndex { $0.step > step } ?? notes.endIndex)
  }

  private static func run(of problem: Problem, budget: Int) -> Run<Network> {
    Run(map: problem.network, start: problem.start, solver: problem.solver, stopping: problem.stopping, budget: budget)
  }
}

// MARK: - Going on

extension Experiment {
  /// One step on: over steps that are already there, or a new one.
  /// - Returns: false at the end of a run that has an outcome; the experiment is then not running any more.
  @discardableResult
  public mutating func advance() -> Bool {
    guard cursor < run.stepCount || run.advance() else {
      isRunning = false
      return false
    }
    lookedAt = nil
    cursor += 1
    if cursor == run.stepCount, run.outcome != nil { isRunning = false }
    return true
  }
}

extension Experiment {
  /// Tries to make the step after the last one, without going there.
  mutating func tryNextStep() {
    run.advance()
    if run.outcome != nil { isRunning = false }
  }
}

// MARK: - Actions

extension Experiment {
  /// Does what a person asks for, and records it with the step at which it was done.
  /// - Throws: `SessionError` if it cannot be done; the experiment is then as before.
  public mutating func perform(_ action: Action) throws(SessionError) {
    let step = cursor
    var left: Check?
    if case .step(let count) = action {
      // The frequent one cannot fail: no copy of the run is needed to fall back on.
      self.step(count)
    } else {
      var next = self
      try next.apply(action)
      if action.isChange { next.remember(self) }
      left = lastStep(leftBy: action, for: next)
      self = next
    }
    lookedAt = nil
    actions.append(RecordedAction(step: step, action, left: left))
  }

  /// The last step of the run, if an action left the run for another.
  private func lastStep(leftBy action: Action, for next: Experiment) -> Check? {
    guard run.stepCount > 0 else { return nil }
    switch action {
    case .branch, .reset, .solver, .stopping, .start, .input, .edit:
      guard next.branches.count > branches.count else { return nil }
    case .undo, .redo: break
    case .run, .pause, .step, .rewind: return nil
    }
    return Recording.check(of: run, at: run.stepCount)
  }

  private mutating func apply(_ action: Action) throws(SessionError) {
    switch action {
    case .run: isRunning = cursor < run.stepCount || run.outcome == nil
    case .pause: isRunning = false
    case .step(let count): step(count)
    case .rewind(let step): try rewind(to: step)
    case .branch: try leaveLaterSteps()
    case .reset: restart(by: problem)
    case .solver, .stopping, .start, .input, .edit: try adopt(try changed(by: action))
    case .undo: try undo()
    case .redo: try redo()
    }
  }

  private mutating func step(_ count: Int) {
    isRunning = false
    for _ in 0..<count where !advance() { return }
  }

  private mutating func rewind(to step: Int) throws(SessionError) {
    guard 0...run.stepCount ~= step else {
      throw SessionError(path: "rewind", expected: "a step from 0 to \(run.stepCount)", found: "\(step)")
    }
    isRunning = false
    cursor = step
  }

  /// Keeps the run as a branch and forgets the steps after the cursor; what comes next is by the session as it now is,
  /// even if the forgotten steps began before a change of it.
  private mutating func leaveLaterSteps() throws(SessionError) {
    guard cursor < run.stepCount else { return }
    branches.append(Branch(document, problem, run))
    run.truncate(to: cursor)
    if !run.solver.isSame(as: problem.solver) { try change(to: problem.solver) }
    if run.stopping != problem.stopping { run.change(stopping: problem.stopping) }
  }

  private mutating func restart(by next: Problem) {
    if run.stepCount > 0 { branches.append(Branch(document, problem, run)) }
    problem = next
    run = Self.run(of: problem, budget: budget)
    cursor = 0
    isRunning = false
  }

  private func changed(by action: Action) throws(SessionError) -> SessionDocument {
    var next = document
    switch action {
    case .solver(let source): next.solver = source
    case .stopping(let rule): next.stopping = rule
    case .start(let source): next.start = source
    case .input(let source): next.input = source
    case .edit(let path, let value): next = try document.setting(path: path, to: value)
    case .run, .pause, .step, .rewind, .branch, .reset, .undo, .redo: break
    }
    return next
  }

  /// Goes over to a changed session: another map, input or start begins anew, another method or rule goes on from the
  /// cursor.
  private mutating func adopt(_ next: SessionDocument) throws(SessionError) {
    let goesOn = next.network == document.network && next.input == document.input && next.start == document.start
    let changesMethod = next.solver != document.solver
    guard goesOn else {
      let resolved = try Problem(next, directory: directory, reusing: problem)
      data = (data + resolved.data).each()
      let wasRunning = isRunning
      restart(by: resolved)
      isRunning = wasRunning
      document = next
      return
    }
    problem = try problem.changing(solver: changesMethod ? next.solver : nil, stopping: next.stopping)
    if changesMethod || next.stopping != document.stopping { try leaveLaterSteps() }
    if !run.solver.isSame(as: problem.solver) { try change(to: problem.solver) }
    if next.stopping != document.stopping { run.change(stopping: next.stopping) }
    document = next
  }

  private mutating func change(to solver: any FixedPointSolver) throws(SessionError) {
    do throws(SolverError) {
      try run.change(solver: solver)
    } catch {
      throw SessionError(path: "solver", expected: "a method that works on this map", found: error.summary)
    }
  }
}

extension [DataDigest] {
  /// Without repetitions.
  fileprivate func each() -> [DataDigest] {
    reduce(into: []) { kept, digest in if !kept.contains(digest) { kept.append(digest) } }
  }
}

// MARK: - Undoing

extension Experiment {
  public var canUndo: Bool { !past.isEmpty }
  public var canRedo: Bool { !future.isEmpty }

  private var moment: Moment {
    let kept = run.stepCount > 0 ? Kept.course(Course(document, problem, run)) : .session(document)
    return Moment(kept: kept, cursor: cursor, branchCount: branches.count)
  }

  /// Keeps what a change has replaced; one that changed nothing is not there to be undone.
  private mutating func remember(_ before: Experiment) {
    guard before.run.stepCount != run.stepCount || before.document != document else { return }
    var moment = before.moment
    // A run that was left is the one that undoing brings back.
    if branches.count > before.branches.count, let branch = branches.last {
      moment = Moment(kept: .course(branch.course), cursor: before.cursor, branchCount: before.branches.count)
    }
    past.append(moment)
    future = []
  }

  private mutating func undo() throws(SessionError) {
    guard let before = past.popLast() else {
      throw SessionError(path: "undo", expected: "a change to undo", found: "none")
    }
    var after = moment
    after.regained = branches.takeAll(from: before.branchCount)
    future.append(after)
    try restore(before)
  }

  private mutating func redo() throws(SessionError) {
    guard let after = future.popLast() else {
      throw SessionError(path: "redo", expected: "a change that was undone", found: "none")
    }
    past.append(moment)
    branches.append(contentsOf: after.regained)
    try restore(after)
  }

  private mutating func restore(_ moment: Moment) throws(SessionError) {
    switch moment.kept {
    case .course(let course): (document, problem, run) = (course.document, course.problem, course.run)
    case .session(let session):
      problem = try Problem(session, directory: directory, reusing: problem)
      run = Self.run(of: problem, budget: budget)
      data = (data + problem.data).each()
      document = session
    }
    cursor = moment.cursor
    isRunning = false
  }
}

extension FixedPointSolver {
  /// The same method with the same options.
  fileprivate func isSame(as other: any FixedPointSolver) -> Bool { (other as? Self) == self }
}

extension SolverError {
  /// What broke, as a noun phrase.
  fileprivate var summary: String {
    switch self {
    case .needs(let method, let requirement): "\(method), which needs \(requirement)"
    case .singular(let method, let step): "a singular system of \(method) at step \(step)"
    }
  }
}
