import FixedPoint
import Screen
import Sessions

extension Menu {
  /// Every operator of the catalogue, with values that people start from.
  static func operators(_ board: BuildBoard) -> Menu {
    let shape = board.insertionShape
    let items = OperatorCatalog.all.map { kind in
      let name = kind.description.name
      let obstacle = OperatorSource.obstacle(name, on: shape)
      let usual = obstacle == nil ? OperatorSource.usual(name, on: shape, in: board.shown) : OperatorSource(name)
      return Item(name, obstacle ?? kind.description.formula, .build(.insert(usual)), obstacle: obstacle)
    }
    let place = board.insertionPosition == 0 ? "first" : "after operator \(board.insertionPosition)"
    return Menu(title: "Add an operator, \(place)", items: items)
  }

  /// The names that a field may have.
  static func choices(_ names: [String], current: FieldValue?, _ row: BuildRow) -> Menu {
    let items = names.map { name in
      let edit = row.edit(to: .text(name)) ?? BuildEdit(path: row.path, value: JSON(name))
      return Item(name, meaning(of: name, row), .build(.edit(path: edit.path, value: edit.value)))
    }
    let selected = current.flatMap { names.firstIndex(of: $0.text) } ?? 0
    return Menu(title: row.label, items: items, selected: selected)
  }

  private static func meaning(of name: String, _ row: BuildRow) -> String {
    if row.path == "solver.method" { return MethodCatalog.named(name)?.description.summary ?? "" }
    return row.path == "stopping.measure" ? Measure(rawValue: name)?.meaning ?? "" : ""
  }

  /// Where the numbers of a tensor may come from.
  static func sources(of tensor: BuildTensor, in board: BuildBoard, datasets: [String]) -> Menu {
    func item(_ label: String, _ detail: String, _ source: TensorSource) -> Item {
      Item(label, detail, .build(.edit(path: tensor.path, value: source.json)))
    }
    let old = tensor.ensemble ?? Ensemble(.gaussian, seed: board.shown.largestSeed + 1)
    var items = Ensemble.Law.names.map { name in
      var next = old
      if next.law.name != name { next.law = .usual(name) }
      return item(name, Ensemble.Law.summary(name), .ensemble(next, shape: nil))
    }
    items += [item("ones", "1 everywhere", .fill(1, shape: nil)), item("zeros", "0 everywhere", .fill(0, shape: nil))]
    if let numbers = tensor.tensor {
      items.append(item("values", "the numbers as they are, written out", .values(numbers)))
    }
    items.append(Item("file", "numbers of a file beside the session", .build(.typeFile(path: tensor.path))))
    items += datasets.map { item($0, "a sample of the data set", .dataset(name: $0, index: 0)) }
    if tensor.isOptional { items.append(Item("none", "leave it out", .build(.edit(path: tensor.path, value: .null)))) }
    let selected = items.firstIndex { $0.label == tensor.source?.word } ?? 0
    return Menu(title: "\(tensor.label) from", items: items, selected: selected)
  }
}

extension BuildTensor {
  fileprivate var ensemble: Ensemble? {
    guard case .ensemble(let ensemble, _) = source else { return nil }
    return ensemble
  }
}
