import FixedPoint
import Screen
public import Sessions

extension SolverSource {
  /// Name and the options that are given: `anderson window=3`.
  public var label: String {
    let given = options.compactMap { option -> String? in
      switch option.value {
      case .number(let number): "\(option.name)=\(NumberText.shortest(number))"
      case .text(let text): "\(option.name)=\(text)"
      case .flag(let flag): "\(option.name)=\(flag)"
      case .tensor, .edges: nil
      }
    }
    return ([method] + given).joined(separator: " ")
  }

  /// A method of the catalogue with those of these options that are not its defaults, in the order of its own table.
  init(_ name: String, _ values: FieldValues) {
    let method = MethodCatalog.named(name)
    let defaults = (try? method?.init(FieldValues()))?.options
    let fields = method?.description.options.filter { values[$0.name] != defaults?[$0.name] } ?? []
    self.init(
      name,
      fields.compactMap { field in
        switch values[field.name] {
        case .number(let number): FieldSource(field.name, .number(number))
        case .text(let text): FieldSource(field.name, .text(text))
        case .flag(let flag): FieldSource(field.name, .flag(flag))
        case .tensor, .edges, nil: nil
        }
      })
  }
}
