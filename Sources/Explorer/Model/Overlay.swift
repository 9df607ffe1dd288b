public import Screen

/// What covers the screen and takes the keys until it is answered or left with Escape.
public enum Overlay: Sendable, Equatable {
  case help(Help)
  case palette(CommandPalette)
  case menu(Menu)
  case prompt(Prompt)
  case question(Question)
  case diagnosis(DiagnosisPanel)
  case backward(BackwardPanel)
  case fixedPoints(FixedPointsPanel)
}

/// The keys of this screen as a list that can be searched, and whose entries can be executed.
public struct Help: Sendable, Equatable {
  /// The titles of the bindings of this screen, in their order.
  public var list: ListSelection
}

/// A list to choose from.
public struct Menu: Sendable, Equatable {
  public struct Item: Sendable, Equatable {
    public var label: String
    public var detail: String
    public var command: Command
    /// Why it cannot be chosen; it stays visible.
    public var obstacle: String?

    public init(_ label: String, _ detail: String, _ command: Command, obstacle: String? = nil) {
      self.label = label
      self.detail = detail
      self.command = command
      self.obstacle = obstacle
    }
  }

  public var title: String
  public var items: [Item]
  public var list: ListSelection

  public init(title: String, items: [Item], selected index: Int = 0) {
    self.title = title
    self.items = items
    self.list = ListSelection(items.map(\.label), selected: index)
  }
}

/// A line to type, with the complaint about what was typed last.
public struct Prompt: Sendable, Equatable {
  /// What the answer is for.
  public enum Purpose: Sendable, Equatable {
    case tolerance, maxSteps, edit, save, export, exportSweep, open
    /// A note at a step.
    case note(step: Int)
    /// A setting of a sweep.
    case sweep(SweepRow)
    case train(TrainingFile)
    case resumeTraining
  }

  public var purpose: Purpose
  public var title: String
  public var field: TextField
  public var complaint: String?
}

/// A question that is answered by one key.
public struct Question: Sendable, Equatable {
  public struct Answer: Sendable, Equatable {
    public var key: Character
    public var label: String
    public var command: Command
  }

  public var text: String
  public var answers: [Answer]
}
