import FixedPoint
import Screen
import Sessions

extension ExplorerModel {
  /// Keeps the other side at the open run's steps while both are shown.
  mutating func compareIfShown() -> [Effect] {
    if place == .compare, let run = watch?.run { watch?.comparison.follow(run, now: now) }
    return []
  }

  mutating func performCompare(_ command: CompareCommand) -> [Effect] {
    switch command {
    case .choose: overlay = watch.map { .menu(.comparisons(of: $0, in: gallery)) }
    case .with(let source): return compare(with: source)
    case .step: return performRun(.step)
    case .back: return performRun(.back)
    case .stepMany(let count): return performRun(.stepMany(count))
    case .toStart: return performRun(.jumpToStart)
    case .toEnd: return performRun(.jumpToEnd)
    case .nextMeasure: performView(.nextMeasure)
    case .toggleAxis: watch?.comparison.toggleAxis()
    case .leave: place = .watch
    }
    return []
  }

  private mutating func compare(with source: CompareSource) -> [Effect] {
    switch source {
    case .branch(let number):
      guard let branches = watch?.experiment.branches, branches.indices.contains(number) else { return [] }
      watch?.comparison.choose(
        CompareBoard.Side(source: source, name: "branch \(number + 1)", run: branches[number].run))
    case .frozen(let number):
      guard let frozen = watch?.frozen, frozen.indices.contains(number) else { return [] }
      watch?.comparison.choose(CompareBoard.Side(source: source, name: "frozen", run: frozen[number].run))
    case .session(let path):
      watch?.comparison.await(path)
      return [.open(path: path)]
    }
    return []
  }

  /// Takes a session that was opened to be compared with; the open one stays.
  mutating func noteCompared(_ result: Result<Experiment, Failure>, at path: String) -> [Effect] {
    watch?.comparison.await(nil)
    switch result {
    case .success(let experiment):
      let name = experiment.document.title ?? Gallery.Entry(path: path).name
      watch?.comparison.choose(CompareBoard.Side(source: .session(path: path), name: name, run: experiment.run))
    case .failure(let failure): say(.failure, failure.text)
    }
    return []
  }

  /// The wheel steps; a press or a drag on a plot points both sides at the step under it.
  mutating func handleInCompare(_ mouse: Mouse) -> [Effect] {
    guard let current = watch else { return [] }
    switch mouse.action {
    case .wheelDown: return performRun(.moveCursor(to: current.cursor + 1))
    case .wheelUp: return performRun(.back)
    case .press where mouse.button == .left, .drag where mouse.button == .left:
      return CompareLayout(body.size).step(at: mouse.at, in: current).map { performRun(.moveCursor(to: $0)) } ?? []
    case .press, .drag, .release: return []
    }
  }
}

extension CompareBoard {
  mutating func toggleAxis() { axis = axis == .steps ? .evaluations : .steps }
}

extension Menu {
  /// The runs that the open one can be compared with: its branches, the latest first, the frozen one, and every session
  /// of the gallery.
  static func comparisons(of watch: Watch, in gallery: Gallery) -> Menu {
    let branches = watch.experiment.branches.enumerated().reversed().map { number, branch in
      Item("branch \(number + 1)", branch.run.summary, .compare(.with(.branch(number))))
    }
    let frozen = watch.frozen.enumerated().map { number, curve in
      Item("frozen run", curve.run.summary, .compare(.with(.frozen(number))))
    }
    let sessions = gallery.entries.map { Item($0.title, $0.name, .compare(.with(.session(path: $0.path)))) }
    return Menu(title: "Compare with", items: branches + frozen + sessions)
  }
}

extension Run {
  /// Method, steps and how it stands: `picard, 12 steps, converged`.
  fileprivate var summary: String {
    let standing = outcome?.text ?? (stepCount == 0 ? "ready" : "left")
    return "\(solver.summary), \(stepCount) steps, \(standing)"
  }
}
