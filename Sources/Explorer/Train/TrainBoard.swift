import FixedPoint
import Screen
import Sessions
import Training

/// The train screen: what can be trained, the plan as it was changed, and the training that was started.
struct TrainBoard: Sendable {
  enum Part: Sendable { case recipes, plan }

  /// A line being typed into a row of the plan.
  struct Entry: Sendable, Equatable {
    var field: TextField
    var complaint: String?
  }

  let recipes = Recipe.all
  /// The recipes' plans as they were changed.
  private(set) var plans: [TrainingPlan]
  private(set) var selection = 0
  private(set) var rowSelection = 0
  /// First recipe and first row shown.
  private(set) var offset = 0
  private(set) var rowOffset = 0
  var part = Part.recipes
  var entry: Entry?
  /// What was refused last, until something else is done.
  private(set) var complaint: String?

  var live: LiveTraining?
  /// Whether the recipes are shown though something was started.
  var showsRecipes = false
  var focus = TrainPane.loss
  var isZoomed = false
  /// Which sample of the test is looked at; any number, modulo their count.
  var sample = 0
  /// Where the training is kept after each epoch.
  var checkpointPath: String?
  /// The model that was written last, once it is there; and the one that is being written.
  private(set) var savedModel: SavedModel?
  private var writtenModel: SavedModel?

  init() { plans = recipes.map(\.plan) }

  var recipe: Recipe { recipes[selection] }
  var plan: TrainingPlan { plans[selection] }
  var isChoosing: Bool { live == nil || showsRecipes }

  func rows(_ datasets: [String]) -> [PlanRow] { PlanRow.all(of: plan, recipe: recipe.plan, datasets: datasets) }

  /// The number of rows, whatever the data.
  private var rowCount: Int { rows([]).count }

  func row(_ datasets: [String]) -> PlanRow { rows(datasets)[rowSelection] }
}

// MARK: - The model in its file

extension TrainBoard {
  /// A model in a file: how far its training was, and the sample that it is shown at.
  struct SavedModel: Sendable, Equatable {
    let path: String
    let mark: TrainingMark
    let sample: Int
  }

  /// The model as it is now is being written.
  mutating func beginModel(at path: String) {
    writtenModel = live.map { SavedModel(path: path, mark: $0.mark, sample: sample) }
  }

  /// What was being written is there.
  mutating func noteModel(at path: String) { if writtenModel?.path == path { savedModel = writtenModel } }

  /// The file of the model as it is now; `nil` if it is in none.
  var modelPath: String? {
    guard let saved = savedModel, saved.mark == live?.mark, saved.sample == sample else { return nil }
    return saved.path
  }
}

// MARK: - Moving

extension TrainBoard {
  mutating func move(_ change: Int) {
    switch part {
    case .recipes: select(recipe: selection + change)
    case .plan: select(row: rowSelection + change)
    }
  }

  mutating func moveToFirst() { move(-max(selection, rowSelection)) }
  mutating func moveToLast() { move(recipes.count + rowCount) }

  mutating func select(recipe index: Int) {
    part = .recipes
    selection = max(0, min(index, recipes.count - 1))
    complaint = nil
  }

  mutating func select(row index: Int) {
    part = .plan
    rowSelection = max(0, min(index, rowCount - 1))
    complaint = nil
  }

  /// Scrolls so that what is selected is within the rows shown.
  mutating func scroll(recipes height: Int, rows rowHeight: Int) {
    offset = max(0, min(max(selection - height + 1, min(offset, selection)), recipes.count - height))
    rowOffset = max(0, min(max(rowSelection - rowHeight + 1, min(rowOffset, rowSelection)), rowCount - rowHeight))
  }
}

// MARK: - Changing the plan

extension TrainBoard {
  /// Sets a field of the plan, or keeps in ``complaint`` why it cannot be that.
  /// - Returns: whether it could.
  @discardableResult
  mutating func set(_ path: String, to value: JSON) -> Bool {
    do throws(SessionError) {
      plans[selection] = try plan.setting(path: path, to: value)
      complaint = nil
      return true
    } catch {
      let place = error.path.isEmpty || error.path == path ? "" : "\(error.path): "
      complaint = "\(place)expected \(error.expected), found \(error.found)"
      return false
    }
  }

  /// The next value in a direction; of names, the next one that fits the rest of the plan.
  mutating func change(_ row: PlanRow, by step: BuildCommand.Step) {
    var value = row.value
    var firstComplaint: String?
    for _ in 0..<row.field.choiceCount {
      guard let next = row.field.stepped(value, by: step), next != row.value else { break }
      if set(row.path, to: next.json) { return }
      firstComplaint = firstComplaint ?? complaint
      value = next
    }
    complaint = firstComplaint
  }

  mutating func restore(_ row: PlanRow) { set(row.path, to: row.usual?.json ?? .null) }

  /// Takes what was typed, or says beside it what is wrong.
  mutating func accept(_ entry: Entry, for row: PlanRow) {
    do throws(Failure) {
      let value = try row.field.value(typed: entry.field.text.trimmingBlanks)
      guard set(row.path, to: value.json) else { throw Failure(complaint ?? "") }
      self.entry = nil
    } catch {
      self.entry?.complaint = error.text
      complaint = nil
    }
  }
}

extension Field {
  /// How many values a step may have to pass over.
  fileprivate var choiceCount: Int { if case .choice(let names) = kind { names.count } else { 1 } }
}

// MARK: - Data

extension TrainBoard {
  /// Whether exactly one data set answers to a name, as when it is loaded.
  static func isFound(_ name: String, in datasets: [String]) -> Bool {
    datasets.contains(name) || datasets.count { $0.hasSuffix("/" + name) } == 1
  }

  /// Where data come from that are not found.
  static func remedy(_ name: String) -> String {
    name == "fashion-mnist"
      ? "apt-get install dataset-fashion-mnist, or put its files into a folder below $DEQ_DATA"
      : "put its files into a folder below $DEQ_DATA; deq datasets --help says which"
  }
}
