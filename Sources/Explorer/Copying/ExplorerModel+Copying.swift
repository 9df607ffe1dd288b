import FixedPoint
import Screen
import Sessions

extension ExplorerModel {
  /// What a clip would copy now; `nil` where there is nothing.
  func text(of clip: Clip) -> String? {
    switch clip {
    case .value: value?.printable()
    case .commandLine: commandLine?.text
    case .path: path.map { $0.printable() == $0 ? $0 : ShellCommand.quoted($0) }
    }
  }

  /// The session's, open or selected.
  private var path: String? {
    place == .gallery ? gallery.selected.map { absolute($0.path) } : watch?.path.map(absolute)
  }

  /// What the screen points at, as text.
  private var value: String? {
    switch place {
    case .gallery: gallery.selected?.title
    case .certificates: watch?.certification?.selectedText
    case .race: watch?.race?.selected.text
    case .build: watch?.build.map { $0.selected.path + "=" + $0.selected.value }
    case .spectrum: watch?.spectralRadiusText
    case .watch, .phase, .compare: watch?.focusedValue
    case .sweep: watch?.sweep?.cellText
    case .train: trainingText
    }
  }

  /// A path that holds wherever it is pasted.
  func absolute(_ path: String) -> String {
    guard let directory, !path.hasPrefix("/") else { return path }
    return directory + "/" + path
  }

  mutating func copy(_ clip: Clip) -> [Effect] {
    text(of: clip).map { [.copy($0, clip)] } ?? []
  }

  /// Says where the text went; a terminal does not tell whether it takes part, so the file is always named.
  mutating func noteCopied(_ clip: Clip, reached: Bool, _ file: Result<String?, Failure>) -> [Effect] {
    let caveat = clip == .commandLine ? commandLine?.caveat.map { " (\($0))" } : nil
    let what = clip.words + (caveat ?? "")
    switch (reached, file) {
    case (true, .success(let path?)): say(.note, "copied \(what), also to \(path)")
    case (true, _): say(.note, "copied \(what)")
    case (false, .success(let path?)): say(.note, "this terminal has no clipboard: \(what) is in \(path)")
    case (false, .success(nil)): say(.warning, "this terminal has no clipboard, and there is no home for a file")
    case (false, .failure(let failure)): say(.failure, failure.text)
    }
    return []
  }
}

extension Watch {
  /// What the pane in focus shows at the cursor, with all digits.
  fileprivate var focusedValue: String? {
    let row = cursor > 0 ? run.trace[cursor - 1] : nil
    switch focus {
    case .residual: return row?[measure].map { NumberText.shortest($0) }
    case .contraction: return row?[.euclidean].map { NumberText.shortest($0) }
    case .activations, .state: return JSON(run.iterate(at: cursor)).lineText
    case .trajectories: return NumberText.shortest(run.iterate(at: cursor)[unit])
    case .spectrum: return spectralRadiusText
    case .activity, .certificates: return nil
    }
  }

  fileprivate var spectralRadiusText: String? {
    linearization.map { "rho(J) at step \($0.step): " + NumberText.shortest($0.1.spectralRadius) }
  }
}

extension Certification {
  fileprivate var selectedText: String? {
    certificates[selection].map { "\($0.id): \($0.verdict.rawValue): \($0.summary)" }
  }
}

extension RaceBoard.Entrant {
  fileprivate var text: String? {
    result.map { "\(source.label): \($0.outcome.text), \($0.evaluations) evaluations" }
  }
}
