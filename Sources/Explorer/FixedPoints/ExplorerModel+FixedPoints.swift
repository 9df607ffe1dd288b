import FixedPoint
import Screen
import Sessions

extension ExplorerModel {
  /// Keeps the search for every fixed point going, one part at a time, and hands what it proves to the certificates.
  mutating func findFixedPoints() -> [Effect] {
    guard let current = watch, let analysis = current.certification?.analysis else { return [] }
    if current.fixedPoints?.isOf(current.experiment) != true {
      watch?.fixedPoints = FixedPointsBoard(current.experiment, analysis: analysis)
    }
    watch?.fixedPoints?.follow(current.experiment)
    if let certificate = watch?.fixedPoints?.certificate { watch?.certification?.add(enumerated: certificate) }
    guard fixedPointsTask == nil, let work = watch?.fixedPoints?.nextWork else { return [] }
    fixedPointsCount += 1
    fixedPointsTask = fixedPointsCount
    watch?.fixedPoints?.begin(fixedPointsCount)
    return [.fixedPoints(work, ticket: fixedPointsCount)]
  }

  mutating func note(_ result: FixedPointsResult, ticket: Int) -> [Effect] {
    if fixedPointsTask == ticket { fixedPointsTask = nil }
    watch?.fixedPoints?.take(result, ticket: ticket)
    return []
  }

  /// Opens the list, and begins the search where it is likely to end.
  mutating func showFixedPoints() {
    guard let board = watch?.fixedPoints else { return }
    overlay = .fixedPoints(FixedPointsPanel())
    if board.search == nil, board.dimension <= FixedPointsBoard.promptUnits { watch?.fixedPoints?.ask() }
  }

  mutating func answer(_ key: Key, to panel: FixedPointsPanel) -> [Effect] {
    var panel = panel
    switch key.code {
    case .down, .character("j"): panel.selection += 1
    case .up, .character("k"): panel.selection -= 1
    case .character(" "): toggleSearch()
    case .enter: return start(at: panel.selection)
    case .character("d"): return start(beside: panel.selection)
    default: return []
    }
    panel.selection = max(0, min(panel.selection, (watch?.fixedPoints?.fixedPoints.count ?? 0) - 1))
    overlay = .fixedPoints(panel)
    return []
  }

  private mutating func toggleSearch() {
    guard let board = watch?.fixedPoints else { return }
    if board.isSearching {
      watch?.fixedPoints?.stop()
    } else if board.canSearch {
      watch?.fixedPoints?.ask()
    } else {
      say(.note, "there is nothing left to be searched")
    }
  }

  private mutating func start(at index: Int) -> [Effect] {
    guard let points = watch?.fixedPoints?.fixedPoints, points.indices.contains(index) else { return [] }
    return start(from: points[index].center, "#\(index + 1) is the session's start now")
  }

  private mutating func start(beside index: Int) -> [Effect] {
    guard watch?.playback == nil, let (point, seed) = watch?.fixedPoints?.nextPoint(beside: index) else { return [] }
    let distance = NumberText.scientific(StartRegion.displacement, digits: 1)
    return start(from: point, "the session starts beside #\(index + 1) now: \(distance) aside, seed \(seed)")
  }

  private mutating func start(from point: [Double], _ text: String) -> [Effect] {
    guard let shape = watch?.run.map.stateShape, watch?.playback == nil else {
      say(.note, "pause first")
      return []
    }
    overlay = nil
    say(.note, text)
    return perform(.setStart(.values(Tensor(shape: shape, values: point))))
  }
}
