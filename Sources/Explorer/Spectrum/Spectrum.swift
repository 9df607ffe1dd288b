import FixedPoint
import LinearAlgebra
import Screen

/// Eigenvalues to be shown, the largest modulus first, or why there are none.
struct Spectrum {
  let values: [ComplexNumber]
  let reason: String

  /// The eigenvalues as points of the plane, the selected one marked and on top.
  func plot(selected: Int?) -> ScatterPlot {
    func mark(_ index: Int, _ glyph: Unicode.Scalar, _ role: Theme.Role) -> ScatterPlot.Mark {
      ScatterPlot.Mark(values[index].real, values[index].imaginary, glyph: glyph, role: role)
    }
    var marks = values.indices.map { mark($0, "•", values[$0].magnitude < 1 ? .series1 : .bad) }
    if let selected { marks.append(mark(selected, "◆", .focus)) }
    return ScatterPlot(marks)
  }

  /// One row an eigenvalue; `height` rows with the header.
  func table(selected: Int, height: Int) -> Table {
    let selected = min(selected, values.count - 1)
    return Table(
      [
        Table.Column("", .fixed(4), .right), Table.Column("real", .fixed(11), .right),
        Table.Column("imaginary", .fixed(11), .right), Table.Column("modulus", .fixed(9), .right),
        Table.Column("angle", .fixed(7, priority: -1), .right),
      ],
      rows: values.count, selected: selected, offset: max(0, selected - (height - 1) + 1)
    ) { [values] row, column in
      let value = values[row]
      return switch column {
      case 0: Table.Cell(String(row + 1), .dim)
      case 1: Table.Cell(NumberText.significant(value.real, digits: 5), .number)
      case 2: Table.Cell(NumberText.significant(value.imaginary, digits: 5), .number)
      case 3: Table.Cell(NumberText.significant(value.magnitude, digits: 5), value.magnitude < 1 ? .number : .bad)
      default: Table.Cell(NumberText.decimal(value.argument * 180 / .pi, places: 1), .dim)
      }
    }
  }
}

extension Linearization {
  /// The spectrum that a plane shows.
  func spectrum(of plane: SpectrumPane) -> Spectrum {
    if plane == .logarithmic {
      switch logEigenvalues {
      case .success(let values): return Spectrum(values: values, reason: "")
      case .failure(let obstacle): return Spectrum(values: [], reason: "undefined: " + obstacle.reason)
      }
    }
    switch eigenvalues {
    case .success(let values): return Spectrum(values: values, reason: "")
    case .failure(let error): return Spectrum(values: [], reason: "undefined: " + error.reason(in: "J"))
    }
  }
}
