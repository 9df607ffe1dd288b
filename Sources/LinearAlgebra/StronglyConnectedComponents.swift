/// The strongly connected components of the graph with an edge i -> j wherever a_ij is not zero: the irreducible
/// diagonal blocks of A.
///
/// Source: Tarjan, *Depth-first search and linear graph algorithms*, SIAM J. Comput. 1 (1972).
struct StronglyConnectedComponents {
  /// Each ascending; a component stands after all those that it leads to.
  private(set) var components: [[Int]] = []
  private var order: [Int]
  private var lowest: [Int]
  private var isOpen: [Bool]
  private var open: [Int] = []
  private var visited = 0

  init(of matrix: Matrix) {
    order = Array(repeating: -1, count: matrix.rows)
    lowest = order
    isOpen = Array(repeating: false, count: matrix.rows)
    for root in 0..<matrix.rows where order[root] < 0 { visit(root, in: matrix) }
  }

  private mutating func visit(_ root: Int, in matrix: Matrix) {
    var path = [(node: root, next: 0)]
    enter(root)
    while let (node, next) = path.last {
      guard next < matrix.columns else {
        path.removeLast()
        leave(node, parent: path.last?.node)
        continue
      }
      path[path.count - 1].next += 1
      if matrix[node, next] == 0 { continue }
      if order[next] < 0 {
        enter(next)
        path.append((next, 0))
      } else if isOpen[next] {
        lowest[node] = min(lowest[node], order[next])
      }
    }
  }

  private mutating func enter(_ node: Int) {
    order[node] = visited
    lowest[node] = visited
    visited += 1
    open.append(node)
    isOpen[node] = true
  }

  private mutating func leave(_ node: Int, parent: Int?) {
    if let parent { lowest[parent] = min(lowest[parent], lowest[node]) }
    guard lowest[node] == order[node] else { return }
    var component: [Int] = []
    while let member = open.popLast() {
      isOpen[member] = false
      component.append(member)
      if member == node { break }
    }
    components.append(component.sorted())
  }
}
