import FixedPoint
import Screen
import Sessions

extension Menu {
  /// Every method of the catalogue with its own defaults, and those variants that people compare.
  static func solvers(current: SolverSource) -> Menu {
    var items = MethodCatalog.all.map { method in
      Item(method.description.name, method.description.summary, .setSolver(SolverSource(method.description.name)))
    }
    items += variants.map { label, detail, method in Item(label, detail, .setSolver(method)) }
    let selected = items.firstIndex { $0.command == .setSolver(current) } ?? 0
    return Menu(title: "Method from this step on", items: items, selected: selected)
  }

  private static let variants: [(String, String, SolverSource)] = [
    ("damped 0.5", "half of each step", SolverSource("damped", [FieldSource("factor", .number(0.5))])),
    ("damped 0.1", "a tenth of each step", SolverSource("damped", [FieldSource("factor", .number(0.1))])),
    (
      "anderson, bordered", "the variant of TorchDEQ and SubDEQ",
      SolverSource("anderson", [FieldSource("variant", .text("bordered"))])
    ),
    (
      "anderson, type 1", "secant condition on the iterates",
      SolverSource("anderson", [FieldSource("type", .number(1))])
    ),
  ]

  /// Starts that people try first, and the one of the file.
  static func starts(current: TensorSource) -> Menu {
    var items = [
      Item("ones", "every entry 1: inside the cone", .setStart(.fill(1, shape: nil))),
      Item("zeros", "the origin: on the cone's border", .setStart(.fill(0, shape: nil))),
      Item("tenths", "every entry 0.1", .setStart(.fill(0.1, shape: nil))),
      Item("tens", "every entry 10", .setStart(.fill(10, shape: nil))),
    ]
    items += (UInt64(1)...5).map { seed in
      Item(
        "random \(seed)", "normal entries, seed \(seed)",
        .setStart(.ensemble(Ensemble(.gaussian, seed: seed), shape: nil)))
    }
    let selected = items.firstIndex { $0.command == .setStart(current) } ?? 0
    return Menu(title: "Start again from", items: items, selected: selected)
  }

  /// The parameters along which a proof can be followed.
  static func margins(of network: Network) -> Menu {
    let meanings: [Parameter: String] = [
      .gain: "all weights scaled", .shift: "the activation's shift", .power: "the activation's power",
    ]
    let items = Parameter.allCases.map { parameter in
      let value = network.value(of: parameter)
      let now = value.map { ", now \(NumberText.significant($0))" } ?? ""
      return Item(
        parameter.rawValue, (meanings[parameter] ?? "") + now, .findMargin(parameter),
        obstacle: value == nil ? "the map has none" : nil)
    }
    return Menu(title: "Margin along", items: items)
  }

  static func measures(_ title: String, current: Measure, _ command: (Measure) -> Command) -> Menu {
    let items = Measure.allCases.map { Item($0.rawValue, $0.meaning, command($0)) }
    return Menu(title: title, items: items, selected: Measure.allCases.firstIndex(of: current) ?? 0)
  }
}

extension Measure {
  /// The definition, in the notation of the theory.
  var meaning: String {
    switch self {
    case .residualRelative: "|f(z) - z| / |f(z)|, Euclidean"
    case .residualAbsolute: "|f(z) - z|, Euclidean"
    case .residualSup: "largest |f(z) - z|"
    case .thompson: "Thompson distance of f(z) and z: on the open cone"
    case .hilbert: "Hilbert distance of f(z) and z: on rays of the open cone"
    }
  }
}
