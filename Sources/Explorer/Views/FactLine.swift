import Screen

/// Facts in a row; those of the greatest rank are left out first where there is no room. Rank 0 always stays.
struct FactLine {
  let parts: [(text: String, rank: Int)]

  func text(room: Int) -> String {
    var parts = parts.filter { !$0.text.isEmpty }
    func text() -> String { parts.map(\.text).joined(separator: "  ") }
    while DisplayWidth.of(text()) > room, let least = parts.map(\.rank).max(), least > 0 {
      parts.removeAll { $0.rank == least }
    }
    return text()
  }
}
