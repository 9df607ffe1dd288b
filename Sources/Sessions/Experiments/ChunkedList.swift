/// A list that is appended to while earlier versions of it are kept: an append copies a chunk, not the list.
///
/// All chunks but the last have ``chunkSize`` elements.
public struct ChunkedList<Element: Sendable>: Sendable, RandomAccessCollection {
  private static var chunkSize: Int { 64 }

  private var chunks: [[Element]] = []
  public private(set) var count = 0

  init() {}

  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  public subscript(position: Int) -> Element {
    precondition(position >= 0 && position < count, "a position is one of the list")
    return chunks[position / Self.chunkSize][position % Self.chunkSize]
  }

  mutating func append(_ element: Element) {
    if count % Self.chunkSize == 0 { chunks.append([]) }
    chunks[chunks.count - 1].append(element)
    count += 1
  }

  mutating func append(contentsOf elements: some Sequence<Element>) {
    for element in elements { append(element) }
  }

  mutating func popLast() -> Element? {
    guard count > 0 else { return nil }
    let element = chunks[chunks.count - 1].removeLast()
    if chunks[chunks.count - 1].isEmpty { chunks.removeLast() }
    count -= 1
    return element
  }

  /// Takes away all from a position on, and gives them in their order.
  mutating func takeAll(from position: Int) -> [Element] {
    var taken: [Element] = []
    while count > position, let element = popLast() { taken.append(element) }
    return taken.reversed()
  }
}
