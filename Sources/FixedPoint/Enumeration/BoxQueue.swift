/// Boxes that are still to be searched, the largest first; equals in the order in which they came.
///
/// A binary heap.
struct BoxQueue: Sendable, Equatable {
  struct Entry: Sendable, Equatable {
    let box: IntervalVector
    /// The box's share of the searched region's volume.
    let share: Double
    fileprivate var ticket = 0

    init(_ box: IntervalVector, share: Double) {
      self.box = box
      self.share = share
    }

    fileprivate func comesBefore(_ other: Entry) -> Bool {
      share != other.share ? share > other.share : ticket < other.ticket
    }
  }

  private var entries: [Entry] = []
  private var nextTicket = 0

  var count: Int { entries.count }
  var isEmpty: Bool { entries.isEmpty }
  /// The volume of all boxes together, as a share of the region's.
  var share: Double { entries.reduce(0) { $0 + $1.share } }

  mutating func insert(_ entry: Entry) {
    var entry = entry
    entry.ticket = nextTicket
    nextTicket += 1
    entries.append(entry)
    var child = entries.count - 1
    while child > 0, entries[child].comesBefore(entries[(child - 1) / 2]) {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes out the first `count` boxes, or as many as there are.
  mutating func takeFirst(_ count: Int) -> [Entry] { (0..<min(count, entries.count)).map { _ in takeFirst() } }

  private mutating func takeFirst() -> Entry {
    entries.swapAt(0, entries.count - 1)
    let first = entries.removeLast()
    var parent = 0
    while let child = firstChild(of: parent), entries[child].comesBefore(entries[parent]) {
      entries.swapAt(parent, child)
      parent = child
    }
    return first
  }

  private func firstChild(of parent: Int) -> Int? {
    let left = 2 * parent + 1
    guard left < entries.count else { return nil }
    return left + 1 < entries.count && entries[left + 1].comesBefore(entries[left]) ? left + 1 : left
  }
}
