@testable import Sessions

/// Changes one place of a JSON value at random.
struct RandomMutation {
  private var random: RandomGenerator

  init(seed: UInt64) { random = RandomGenerator(seed: seed) }

  private static let junk: [JSON] = [
    .null, true, "x", "", -1, 0, 0.5, 3, 1e300, [], [1], [[1, 2], [3]], JSON([JSON.Member]()), ["a": 1],
  ]

  mutating func mutated(_ value: JSON) -> JSON {
    switch value.content {
    case .object(let members) where !members.isEmpty && !chance(6): return mutated(members)
    case .array(let items) where !items.isEmpty && !chance(6):
      var items = items
      let index = below(items.count)
      items[index] = mutated(items[index])
      return JSON(items)
    default: return Self.junk[below(Self.junk.count)]
    }
  }

  private mutating func mutated(_ members: [JSON.Member]) -> JSON {
    var members = members
    let index = below(members.count)
    switch below(8) {
    case 0: members.remove(at: index)
    case 1: members[index] = JSON.Member("y\(random.next())", members[index].value)
    case 2: members.append(JSON.Member("y\(random.next())", 1))
    default: members[index].value = mutated(members[index].value)
    }
    return JSON(members)
  }

  private mutating func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
  private mutating func chance(_ oneIn: Int) -> Bool { below(oneIn) == 0 }
}
