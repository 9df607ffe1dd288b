/// A piece of f: on which side of every border it lies.
struct Cell: Sendable, Equatable {
  /// -1 or 1 for each border; 0 where the place lies in the border itself.
  var sides: [Int8]

  /// Numbers of the borders that the place lies in.
  var ties: [Int] { sides.indices.filter { sides[$0] == 0 } }

  private static let mostSelections = 64

  /// The pieces that meet where some borders are tied: every choice of their sides; one of several tied peaks is the largest.
  /// Empty if there are too many.
  func selections(over tied: [Int], of borders: [Border]) -> [Cell] {
    var cells = [self]
    var peaks: [Int: [Int]] = [:]
    for index in tied {
      if case .peak(let start, _) = borders[index].kind {
        peaks[borders[index].position << 32 | start, default: []].append(index)
      } else {
        cells = cells.flatMap { cell in [-1, 1].map { cell.choosing(index, $0) } }
      }
      if cells.count > Self.mostSelections { return [] }
    }
    for (_, group) in peaks.sorted(by: { $0.key < $1.key }) {
      cells = cells.flatMap { cell in group.map { cell.choosing(peak: $0, of: group) } }
      if cells.count > Self.mostSelections { return [] }
    }
    return cells
  }

  private func choosing(_ index: Int, _ side: Int8) -> Cell {
    var cell = self
    cell.sides[index] = side
    return cell
  }

  private func choosing(peak: Int, of group: [Int]) -> Cell {
    group.reduce(self) { $0.choosing($1, $1 == peak ? 1 : -1) }
  }

  /// Whether a place with these distances to the borders lies in the piece or at its border.
  func admits(_ distances: BorderDistances, slack: Double = 1) -> Bool {
    sides.indices.allSatisfy { index in
      let value = distances.values[index]
      let room = slack * distances.tolerances[index]
      return sides[index] == 0 ? abs(value) <= room : Double(sides[index]) * value >= -room
    }
  }
}

/// How far a place is from all borders, with what is rounding.
struct BorderDistances: Sendable {
  let values: [Double]
  /// What of a distance is rounding.
  let tolerances: [Double]

  /// The piece that the place lies in.
  var cell: Cell {
    Cell(sides: zip(values, tolerances).map { abs($0) <= $1 ? 0 : $0 < 0 ? -1 : 1 })
  }
}
