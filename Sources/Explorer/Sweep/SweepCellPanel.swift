import FixedPoint
import Screen
import Sessions

/// Everything that a cell of a sweep holds.
struct SweepCellPanel {
  let board: SweepBoard

  private typealias Line = (letter: String, name: String, value: String, role: Theme.Role)

  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.draw(in: rect) { region in
      for (y, line) in (place + lines).prefix(rect.height).enumerated() {
        region.write(line.letter, look[line.role].with(.bold), at: 0, y)
        let x = line.letter.isEmpty ? 0 : line.letter.count + 1
        let room = rect.width - DisplayWidth.of(line.value) - x - 1
        region.write(line.name, look[.text], at: x, y, width: room)
        region.write(line.value, look[line.role], at: 0, y, width: rect.width, .right)
      }
    }
  }

  private var place: [Line] {
    zip(board.picture.names, board.values).map { name, value in
      let shown = Double(value).map { NumberText.significant($0, digits: 6) } ?? value
      return ("", name, value.count > 9 ? shown : value, .number)
    }
  }

  private var lines: [Line] {
    switch board.finding {
    case nil: [("", board.cellCount == 0 ? "" : "not computed yet", "", .dim)]
    case .impossible(let reason)?: [("x", "no session", "", .bad), ("", reason, "", .bad)]
    case .found(let cell)?: measurements(cell) + statements(cell)
    }
  }

  private func measurements(_ cell: SweepCell) -> [Line] {
    let outcome = cell.outcome.category
    let letter = outcome.map { String(Character($0.letter)) } ?? "?"
    return [
      (letter, cell.outcome.text, "\(cell.steps) steps", outcome?.role ?? .text),
      ("", "fixed points", "\(cell.fixedPoints) of \(board.spec.starts) starts", .number),
      ("", "spectral radius", NumberText.significant(cell.spectralRadius, digits: 6), .number),
      ("", "Lyapunov exponent", exponent(cell), .number),
      ("", "proved", cell.conclusion.words, cell.conclusion == .exactlyOne ? .good : .text),
    ]
  }

  private func exponent(_ cell: SweepCell) -> String {
    NumberText.significant(cell.lyapunov, digits: 3)
      + (cell.lyapunovError.map { " ± " + NumberText.scientific($0, digits: 1) } ?? "")
  }

  private func statements(_ cell: SweepCell) -> [Line] {
    zip(board.spec.certificates, cell.certificates).map { id, statement in
      let letters = "\(Character(SweepTheorem.letter(id))) \(statement.standing.letter)"
      let rate = statement.rate.map { NumberText.significant($0) } ?? ""
      return (letters, Certification.name(id), rate, statement.standing.role)
    }
  }
}
