/// How well a pattern matches a text: its characters must occur in order, whatever their case; blanks in the pattern
/// do not count.
public struct FuzzyMatch: Sendable, Hashable {
  /// Higher is better: matches at starts of words and in a row count more, gaps less.
  public let score: Int
  /// Indices of the matched characters.
  public let positions: [Int]

  /// The best of all ways to match; `nil` if there is none. An empty pattern matches everything with score 0.
  public init?(_ pattern: String, in text: String) {
    let wanted = pattern.filter { $0 != " " }.map { $0.lowercased() }
    let characters = Array(text)
    guard !wanted.isEmpty else {
      (score, positions) = (0, [])
      return
    }
    guard wanted.count <= characters.count else { return nil }
    let folded = characters.map { $0.lowercased() }
    let bonus = characters.indices.map { Self.bonus(characters, $0) }
    var table: [[Step?]] = []
    for (row, character) in wanted.enumerated() {
      table.append(Self.next(row == 0 ? nil : table[row - 1], character, folded, bonus))
    }
    guard let end = Self.best(table[table.count - 1]) else { return nil }
    score = end.score
    positions = Self.trace(table, from: end.index)
  }

  /// The best score of a match that ends here, and the index of the match before.
  private struct Step {
    var score: Int
    var previous: Int?
  }

  private static func next(_ last: [Step?]?, _ character: String, _ text: [String], _ bonus: [Int]) -> [Step?] {
    var result: [Step?] = []
    var behind: (score: Int, index: Int)?
    for index in text.indices {
      if let last, index >= 2, let step = last[index - 2], step.score >= behind?.score ?? Int.min {
        behind = (step.score, index - 2)
      }
      behind?.score -= 1
      guard text[index] == character else {
        result.append(nil)
        continue
      }
      let inRow = index >= 1 ? last?[index - 1].map { (score: $0.score + 6, index: index - 1) } : nil
      let before = [inRow, behind].compactMap { $0 }.max { $0.score < $1.score }
      if last == nil {
        result.append(Step(score: bonus[index] - min(index, 4), previous: nil))
      } else {
        result.append(before.map { Step(score: $0.score + bonus[index], previous: $0.index) })
      }
    }
    return result
  }

  /// 10 for a match, more at the start of the text or of a word.
  private static func bonus(_ text: [Character], _ index: Int) -> Int {
    guard index > 0 else { return 22 }
    let before = text[index - 1]
    let startsWord = !(before.isLetter || before.isNumber) || before.isLowercase && text[index].isUppercase
    return startsWord && (text[index].isLetter || text[index].isNumber) ? 18 : 10
  }

  private static func best(_ steps: [Step?]) -> (score: Int, index: Int)? {
    var result: (score: Int, index: Int)?
    for (index, step) in steps.enumerated() {
      if let step, step.score > result?.score ?? Int.min { result = (step.score, index) }
    }
    return result
  }

  private static func trace(_ table: [[Step?]], from end: Int) -> [Int] {
    var positions = [end]
    for row in table.indices.reversed() {
      guard let previous = table[row][positions[positions.count - 1]]?.previous else { break }
      positions.append(previous)
    }
    return positions.reversed()
  }
}
