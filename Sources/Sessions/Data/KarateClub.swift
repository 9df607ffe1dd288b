/// Zachary's karate club: 34 members, who met whom outside, and whose side each took when the club split.
///
/// The split `leaders` gives the two leaders' labels and two members' beside them; all others are to be told.
/// Source: W. W. Zachary, *An information flow model for conflict and fission in small groups*, Journal of
/// Anthropological Research 33, 1977.
enum KarateClub {
  static let name = "karate-club"

  static var dataset: GraphDataset {
    let known = [0, 1, 32, 33]
    return GraphDataset(
      name: name, nodeCount: 34, edges: edges, features: nil,
      labels: (0..<34).map { officersSide.contains($0) ? 1 : 0 }, classes: ["Mr. Hi", "Officer"],
      splits: [
        GraphDataset.Split(
          name: "leaders", train: known, validation: [], test: (0..<34).filter { !known.contains($0) })
      ])
  }

  private static var edges: [[Int]] {
    neighbors.sorted { $0.key < $1.key }.flatMap { member, others in others.map { [member, $0] } }
  }

  private static let officersSide: Set<Int> = [
    9, 14, 15, 18, 20, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33,
  ]

  /// For every member those of higher number.
  private static let neighbors: [Int: [Int]] = [
    0: [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
    1: [2, 3, 7, 13, 17, 19, 21, 30],
    2: [3, 7, 8, 9, 13, 27, 28, 32],
    3: [7, 12, 13],
    4: [6, 10],
    5: [6, 10, 16],
    6: [16],
    8: [30, 32, 33],
    9: [33],
    13: [33],
    14: [32, 33],
    15: [32, 33],
    18: [32, 33],
    19: [33],
    20: [32, 33],
    22: [32, 33],
    23: [25, 27, 29, 32, 33],
    24: [25, 27, 31],
    25: [31],
    26: [29, 33],
    27: [33],
    28: [31, 33],
    29: [32, 33],
    30: [32, 33],
    31: [32, 33],
    32: [33],
  ]
}
