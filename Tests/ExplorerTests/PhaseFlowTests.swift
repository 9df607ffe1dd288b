import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

/// The phase portrait as a person meets it.
struct PhaseFlowTests {
  @discardableResult
  private func two(_ script: String, sourceLocation: SourceLocation = #_sourceLocation) async
    -> ExplorerScript.Outcome
  {
    await expectFlow(
      script, opening: "one.deq.json", in: .one(SpecimenSessions.twoUnits), sourceLocation: sourceLocation)
  }

  /// z = (1.2 + d, 1.2 - d) with d = tanh(2 g d): at g = 0.4 d is 0 alone, at g = 1 it is also ±0.95750.
  @Test func threeFixedPointsAppearAsTheGainGrows() async throws {
    let outcome = await two(
      """
      press 5
      expect screen contains [A]  0.242    2.16 0.17  50%
      expect screen contains <B>   1.20    1.20 2.00
      expect screen contains [C]   2.16   0.242 0.17  50%
      press E ^U
      type network.operators[1].by=0.4
      press Enter
      expect screen contains [A]   1.20    1.20 0.80 100%
      expect screen lacks C]   2.16
      press E ^U
      type network.operators[1].by=0.6
      press Enter
      expect screen contains [C]
      expect screen contains all 3 fixed points
      """)
    let board = try #require(outcome.model.watch?.phase)
    #expect(board.fixedPoints.points.count == 3 && board.basins?.isComplete == true && board.task == nil)
    #expect(board.basins?.failures.isEmpty == true)
  }

  @Test func aClickPointsAndFollowsAStartAndEnterMakesItTheSessions() async throws {
    let layout = PhaseLayout(Size(width: 120, height: 39))
    let area = PlanePlot.area(in: layout.plot)
    let cell = Point(x: area.x + 60, y: area.y + 4)
    let outcome = await two(
      """
      press 5
      click \(cell.x) \(cell.y + 1)
      press Enter n n n
      expect status step 3/3
      expect status *
      """)
    let board = try #require(outcome.model.watch?.phase)
    let window = try #require(board.shownWindow)
    let expected = window.place(60.5 / Double(area.width), 1 - 4.5 / Double(area.height))
    #expect(board.added == [[expected.x, expected.y]])
    #expect(board.addedTrajectories.map(\.start) == board.added)
    let experiment = try #require(outcome.model.watch?.experiment)
    #expect(experiment.problem.start == [expected.x, expected.y])
    #expect(experiment.run.start == board.added[0] && experiment.run.stepCount == 3)
  }

  @Test func startsOutsideTheConeAreRefused() async {
    await two(
      """
      press 5 H H H
      expect screen contains outside the positive cone
      press space
      expect screen contains starts stay in the positive cone
      press Enter
      expect status step 0/0
      press ^
      expect screen lacks outside the positive cone
      """)
  }

  @Test func zoomPanAndShowEverything() async throws {
    let outcome = await two("press 5 + + L K\nexpect screen contains 5120 starts\npress - ^")
    #expect(outcome.model.watch?.phase?.window == nil)
    let zoomed = try #require(await two("press 5 +").model.watch?.phase)
    let before = try #require(await two("press 5").model.watch?.phase?.shownWindow)
    let after = try #require(zoomed.shownWindow)
    #expect(abs((after.x.upper - after.x.lower) / (before.x.upper - before.x.lower) - 0.5) < 1e-12)
    #expect(zoomed.basins?.grid.window == after)
  }

  @Test func logarithmsArePositive() async throws {
    let outcome = await two("press 5 g\nexpect screen contains log")
    let window = try #require(outcome.model.watch?.phase?.shownWindow)
    #expect(window.x.lower > 0 && window.y.lower > 0 && window.x.scale == .logarithmic)
    #expect(outcome.model.watch?.phase?.basins?.grid.window == window)
  }

  @Test func oneUnitHasACobwebWithTwoBasins() async throws {
    let outcome = await expectFlow(
      """
      press 5
      expect screen contains cobweb of f
      expect screen contains [A] -0.958
      expect screen contains <B>      0 
      expect screen contains [C]  0.958
      press n n n G
      pass 400
      expect status converged
      """, opening: "one.deq.json", in: .one(SpecimenSessions.oneUnit))
    let basins = try #require(outcome.model.watch?.phase?.basins)
    for index in 0..<basins.grid.count {
      guard case .settled(let point, _)? = basins.fate(column: index, row: 0) else {
        Issue.record("column \(index)")
        continue
      }
      #expect((basins.grid.place(of: index).x > 0) == (point == 2))
    }
  }

  @Test func moreUnitsHavePrincipalDirectionsPairsAndSections() async throws {
    let outcome = await expectFlow(
      """
      press L 5
      expect screen contains principal 2
      expect screen contains Plane through step 10
      press p
      expect screen contains z1 over z0
      press .
      expect screen contains z1 over z2
      press >
      expect screen contains z0 over z2
      press v
      expect screen contains cobweb along z2
      expect screen contains Line through step 10
      press v b f t
      expect screen lacks starts in view
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    #expect(outcome.model.watch?.phase?.hidden == [.basins, .field, .trajectories])
  }

  @Test func aMethodWithAHistoryIsReplacedByPlainSteps() async {
    await two(
      """
      press m
      type anderson, type
      press Enter 5
      expect screen contains Followed by picard
      """)
    await two("press m\ntype damped 0.5\npress Enter 5\nexpect screen contains Followed by damped")
  }

  // MARK: Work off the main loop

  /// One part is under way at a time, whatever is pressed; what comes next is of the window that is then shown.
  @Test func aChangeCancelsWhatIsNoLongerWanted() async throws {
    var model = await two("press 5").model
    let done = try #require(model.watch?.phase?.basins)
    let effects = model.update(.event(.key(.character("+"))))
    guard case .phase(let work, let ticket)? = effects.first else {
      Issue.record("no work")
      return
    }
    for key in "+LLK-" { #expect(model.update(.event(.key(.character(key)))).isEmpty) }
    let window = try #require(model.watch?.phase?.shownWindow)
    let next = model.update(.phase(ticket: ticket, work.result))
    guard case .phase(.field(let grid, _, _), _)? = next.first else {
      Issue.record("\(next)")
      return
    }
    #expect(grid.window == window && next.count == 1)
    #expect(model.watch?.phase?.basins == done)
  }

  @Test func aResultOfAnEarlierMapIsDropped() async throws {
    var model = await two("press 5").model
    _ = model.update(.event(.key(.character("r"))))
    let ticket = try #require(model.watch?.phase?.task?.ticket)
    let stale = try #require(model.watch?.phase?.survey)
    #expect(model.update(.event(.key(.character("E")))).isEmpty)
    for key in [Key.control("u")] + "network.operators[1].by=0.3".map(Key.character) {
      _ = model.update(.event(.key(key)))
    }
    _ = model.update(.event(.key(Key(.enter))))
    #expect(model.watch?.phase?.survey == nil && model.watch?.phase?.task?.isStale == true)
    let next = model.update(.phase(ticket: ticket, .survey(stale)))
    #expect(model.watch?.phase?.survey == nil && next.count == 1)
    #expect(model.update(.phase(ticket: ticket, .survey(stale))).isEmpty)
  }

  @Test func leavingTheScreenStopsTheWork() async throws {
    var model = await two("press 5").model
    let effects = model.update(.event(.key(.character("+"))))
    #expect(model.update(.event(.key(Key(.escape)))).isEmpty)
    guard case .phase(let work, let ticket)? = effects.first else { return }
    #expect(model.update(.phase(ticket: ticket, work.result)).isEmpty)
  }

  /// The same keys, with the work done at once or only after more of them: the same picture in the end.
  @Test func theTimeOfTheWorkDoesNotMatter() async {
    let keys = "+LJb -bvvg+K fnb]r".map { Key.character($0) } + [Key(.left), Key(.enter), Key(.down)]
    let start = await two("press space space 5").model
    #expect(Self.settled(start, keys, patience: 0) == Self.settled(start, keys, patience: 3))
    #expect(Self.settled(start, keys, patience: 0) == Self.settled(start, keys, patience: 100))
  }

  /// The last frame; results arrive only when `patience` more keys have been pressed, or none are left.
  private static func settled(_ model: ExplorerModel, _ keys: [Key], patience: Int) -> Frame {
    var model = model
    var waiting: [(work: PhaseWork, ticket: Int, keys: Int)] = []
    func take(_ effects: [Effect]) {
      for case .phase(let work, let ticket) in effects { waiting.append((work, ticket, patience)) }
    }
    func finish(_ isDue: (Int) -> Bool) {
      while let index = waiting.firstIndex(where: { isDue($0.keys) }) {
        let part = waiting.remove(at: index)
        take(model.update(.phase(ticket: part.ticket, part.work.result)))
      }
    }
    for key in keys {
      take(model.update(.event(.key(key))))
      for index in waiting.indices { waiting[index].keys -= 1 }
      finish { $0 < 0 }
    }
    finish { _ in true }
    model.toast = nil
    return model.frame()
  }
}
