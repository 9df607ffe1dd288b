import Screen
import Sessions
import Training

extension ExplorerModel {
  /// What the train screen points at: a field of the plan, or how the training stands.
  var trainingText: String? {
    guard let live = train.live, !train.isChoosing else {
      guard train.part == .plan else { return train.recipe.name }
      let row = train.row(datasets)
      return "\(row.path)=\(row.text)"
    }
    guard let row = live.history.last else { return live.title }
    let loss = "training loss \(NumberText.shortest(row.training.loss))"
    return row.test.error.map { "\(loss), test error \(NumberText.shortest($0))" } ?? loss
  }

  /// The line that trains what is selected, as far as options can say it.
  var trainingCommandLine: ShellCommand {
    let changed = train.rows(datasets).filter(\.isChanged)
    let words = changed.filter { Self.optionPaths.contains($0.path) }.flatMap { ["--" + $0.path, $0.text] }
    let others = changed.filter { !Self.optionPaths.contains($0.path) }.map(\.path)
    return ShellCommand(
      ["deq", "train", "--recipe", train.recipe.name] + words,
      caveat: others.isEmpty ? nil : "without \(others.joined(separator: ", ")): those need a plan file")
  }

  /// The fields that are options of the command.
  private static let optionPaths = ["epochs", "keep", "precision", "seed", "runs"]
}
