internal import LinearAlgebra
internal import Synchronization

/// The search for every fixed point of a map in a box, by branch and prune: a proof, not a sample.
///
/// Boxes are narrowed (``Contractor``), dropped where they provably hold no fixed point, settled where they provably hold
/// no other than a listed one (``Krawczyk``), and else cut in two. Whatever is not settled is still in the queue, or too
/// small to be cut and counted as undecided; so if the search ends with nothing undecided, every fixed point of
/// the region is listed.
///
/// A value: it can be stored, compared, and continued with a larger budget. The boxes of a generation are searched
/// independently of each other and taken up in order, so that the result does not depend on the number of threads.
///
/// Source: Neumaier, *Interval Methods for Systems of Equations*, 1990, chapter 5; Hansen, Walster, *Global Optimization
/// Using Interval Analysis*, 2nd ed., 2004, chapter 11.
public struct Enumeration: Sendable, Equatable {
  /// Where every fixed point is looked for.
  public let region: IntervalVector
  /// Proved fixed points in the order of their centers, entry by entry. One whose enclosure reaches over the region's
  /// border may lie just outside.
  public private(set) var fixedPoints: [EnclosedFixedPoint] = []
  /// Boxes searched so far.
  public private(set) var examined = 0
  /// Of these, boxes on which f could not be bounded: it has a pole there, or is not defined on all of them.
  public private(set) var unbounded = 0
  /// Why f could not be bounded, at the first of these boxes; `nil` if it could on all.
  public private(set) var obstacle: EnclosureError?
  private var queue = BoxQueue()
  /// Boxes too small to be cut that may hold a fixed point.
  private var unsettled: [BoxQueue.Entry] = []

  /// How many boxes are searched before the findings are taken up: fixed, so that results do not depend on threads.
  private static let generation = 64

  /// Begins a search of a region.
  ///
  /// - Parameters:
  ///   - region: a bounded box with as many entries as the network's dimension.
  ///   - network: the map.
  ///   - guesses: points near which a fixed point is supposed; each is proved or dropped.
  public init(of region: IntervalVector, under network: Network, guesses: [[Double]] = []) {
    precondition(region.count == network.dimension, "a region has as many entries as the map's dimension")
    precondition(region.isFinite, "the searched region is bounded")
    self.region = region
    queue.insert(BoxQueue.Entry(region, share: 1))
    for guess in guesses {
      if let point = EnclosedFixedPoint(of: network, near: guess) { _ = list(point) }
    }
  }

  /// True if nothing is left to be searched.
  public var isFinished: Bool { queue.isEmpty }
  /// True if every fixed point of the region is listed.
  public var isComplete: Bool { queue.isEmpty && unsettled.isEmpty }
  /// Boxes that may hold a fixed point that is not listed.
  public var undecided: Int { queue.count + unsettled.count }
  /// The share of the region's volume that is settled.
  public var decidedShare: Double {
    undecided == 0 ? 1 : max(0, 1 - queue.share - unsettled.reduce(0) { $0 + $1.share })
  }
}

// Searching.
extension Enumeration {
  /// Searches until nothing is left, or `budget` boxes have been searched in all, the last generation as a whole: so a
  /// search that is continued finds what one at once would.
  public mutating func run(_ network: Network, budget: Int) {
    while !isFinished, examined < budget { advance(network) }
  }

  /// Searches the next generation of boxes.
  public mutating func advance(_ network: Network) {
    let entries = queue.takeFirst(Self.generation)
    let search = BoxSearch(network: network, known: fixedPoints)
    take(zip(entries, entries.map { search.examine($0.box) }))
  }

  /// The same on several threads: the same result, bit for bit.
  public mutating func advance(_ network: Network, tasks: Int) async {
    precondition(tasks >= 1, "a generation is searched by at least one task")
    let entries = queue.takeFirst(Self.generation)
    let search = BoxSearch(network: network, known: fixedPoints)
    let findings = await withTaskGroup(of: [(Int, BoxSearch.Report)].self) { group in
      for task in 0..<min(tasks, entries.count) {
        group.addTask {
          stride(from: task, to: entries.count, by: tasks).map { ($0, search.examine(entries[$0].box)) }
        }
      }
      var findings = Array(repeating: BoxSearch.Report(finding: .nothing), count: entries.count)
      for await part in group { for (index, finding) in part { findings[index] = finding } }
      return findings
    }
    take(zip(entries, findings))
  }

  /// The same in parts that `perform` does beside each other, each of them once: the same result, bit for bit.
  public mutating func advance(
    _ network: Network, parts: Int, perform: (_ parts: Int, _ part: @Sendable (Int) -> Void) -> Void
  ) {
    precondition(parts >= 1, "a generation is searched in at least one part")
    let entries = queue.takeFirst(Self.generation)
    let search = BoxSearch(network: network, known: fixedPoints)
    let findings = Mutex(Array(repeating: BoxSearch.Report(finding: .nothing), count: entries.count))
    perform(parts) { part in
      for index in stride(from: part, to: entries.count, by: parts) {
        let finding = search.examine(entries[index].box)
        findings.withLock { $0[index] = finding }
      }
    }
    take(zip(entries, findings.withLock(\.self)))
  }

  private mutating func take(_ findings: some Sequence<(BoxQueue.Entry, BoxSearch.Report)>) {
    for (entry, report) in findings {
      examined += 1
      if let reason = report.obstacle {
        unbounded += 1
        obstacle = obstacle ?? reason
      }
      switch report.finding {
      case .nothing: break
      case .fixedPoint(let point): if !list(point) { unsettled.append(entry) }
      case .halves(let halves): for half in halves { queue.insert(BoxQueue.Entry(half, share: share(of: half))) }
      case .undecided(let box): unsettled.append(BoxQueue.Entry(box, share: share(of: box)))
      }
    }
  }

  /// Lists a fixed point of the region, unless it is listed or lies outside; `false` if it cannot be told from a listed
  /// one.
  private mutating func list(_ point: EnclosedFixedPoint) -> Bool {
    region.intersection(point.enclosure) == nil || fixedPoints.add(point)
  }

  private func share(of box: IntervalVector) -> Double {
    (0..<box.count).reduce(1) { share, i in
      guard region[i].width > 0 else { return share }
      // Halves, where the width itself is beyond the largest number.
      let part = region[i].width.isFinite ? box[i].width / region[i].width : box[i].halfWidth / region[i].halfWidth
      return share * min(1, part)
    }
  }
}

extension Interval {
  fileprivate var halfWidth: Double { 0.5 * upper - 0.5 * lower }
}
