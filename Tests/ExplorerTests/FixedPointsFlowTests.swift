import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

/// Every fixed point of the open session, as a person meets it.
struct FixedPointsFlowTests {
  @discardableResult
  private func two(_ script: String, sourceLocation: SourceLocation = #_sourceLocation) async
    -> ExplorerScript.Outcome
  {
    await expectFlow(
      script, opening: "one.deq.json", in: .one(SpecimenSessions.twoUnits), sourceLocation: sourceLocation)
  }

  /// z = (1.2 + d, 1.2 - d) with d = tanh(2 d): d is 0 or ±0.95750.
  @Test func theSignedMapHasExactlyThreeAndTheirSharesSumToOne() async throws {
    let outcome = await two(
      """
      press P
      expect screen contains complete: exactly 3 fixed points (all of R^n)
      expect screen contains 100.000% of the volume decided
      expect screen contains saddle
      expect screen contains 0 did not settle in 400 steps by picard.
      """)
    let board = try #require(outcome.model.watch?.fixedPoints)
    let settled = 0.957_504_024_077_268_7
    for (point, d) in zip(board.fixedPoints, [-settled, 0, settled]) {
      #expect(abs(point.center[0] - 1.2 - d) < 1e-12 && abs(point.center[1] - 1.2 + d) < 1e-12)
    }
    #expect(board.fixedPoints.map(\.stability) == [.attracting, .saddle, .attracting])
    let shares = try #require(board.shares)
    #expect(shares.counts.reduce(0, +) == BasinShares.count && shares.counts[1] == 0)
  }

  @Test func watchSaysWhichOneTheRunHasReached() async {
    await two(
      """
      expect screen contains 0.100 from #2 of 3
      press $
      pass 400
      expect status converged
      expect screen contains reached #3 of 3
      press left left
      expect screen contains from #3 of 3
      """)
  }

  /// The first unit that is traced has 1.2 - d, 1.2 and 1.2 + d at the three of them.
  @Test func trajectoriesAreMarkedWhereTheFixedPointsAre() async throws {
    let watch = try #require(await two("press $\npass 400").model.watch)
    let levels = watch.trajectories(width: 40).levels
    #expect(levels.map(\.label) == ["#1", "#2", "#3"])
    let unit = try #require(watch.tracedUnits.first)
    let settled = 0.957_504_024_077_268_7 * (unit == 0 ? 1 : -1)
    #expect(zip(levels, [1.2 - settled, 1.2, 1.2 + settled]).allSatisfy { abs($0.value - $1) < 1e-12 })
  }

  /// At a repelling fixed point the run stays; beside it, it leaves; beside an attracting one it comes back.
  @Test func aRunFromAFixedPointGoesAsItsStabilitySays() async throws {
    let stays = await two("press P j Enter\nexpect screen contains #2 is the session's start now\npress space")
    let run = try #require(stays.model.watch?.run)
    #expect(run.outcome == .converged && abs(run.iterate(at: 1)[0] - 1.2) < 1e-12)
    let leaves = try #require(
      await two(
        """
        press P j d
        expect screen contains beside #2 now: 1e-03 aside, seed 1
        press $
        pass 400
        expect status converged
        """
      ).model.watch)
    #expect(abs(leaves.run.start[0] - 1.2) < 3e-3 && abs(leaves.run.iterate(at: leaves.run.stepCount)[0] - 1.2) > 0.9)
    #expect(leaves.whereabouts?.hasPrefix("reached #2") == false)
    await two(
      """
      press P d $
      pass 400
      expect screen contains reached #1 of 3
      """)
  }

  @Test func aStartFromTheListIsRecordedAndReplays() async throws {
    let outcome = await two("press P j j d space space space P Enter space s\nexpect no file none")
    let experiment = try #require(outcome.model.watch?.experiment)
    #expect(experiment.actions.count { if case .start = $0.action { true } else { false } } == 2)
    #expect(try Replay.verify(experiment.saved, directory: ".").verdict == .identical)
  }

  @Test func theSearchDecidesTheCertificate() async throws {
    let three = await two("press c\nexpect screen contains more than one fixed point (all of R^n): (2.15750, 0.242496)")
    let refuted = three.model.watch?.certification?.known.first { $0.id == VerifiedEnumeration.id }
    #expect(refuted?.verdict == .refuted && refuted == three.model.watch?.fixedPoints?.certificate)
    let one = await expectFlow(
      "press c G\nexpect screen contains exactly one fixed point", opening: "one.deq.json",
      in: .one(SpecimenSessions.threeUnits))
    let proved = one.model.watch?.certification?.known.first { $0.id == VerifiedEnumeration.id }
    #expect(proved?.isUnique == true && proved?.scope.kind == .everywhere)
  }

  /// What is proved stands in brackets, what is measured does not; a start of its own does not change either.
  @Test func phaseTellsProofFromMeasurement() async throws {
    let outcome = await two(
      """
      press 5
      expect screen contains all 3 fixed points
      expect screen contains [A]
      expect screen contains <B>
      expect screen contains [C]
      expect screen lacks Not proved
      """)
    var model = outcome.model
    model.watch?.fixedPoints = nil
    let measured = model.frame().canvas.text
    #expect(measured.contains("fixed points, measured") && measured.contains("Not proved"))
    #expect(!measured.contains("[A]") && !measured.contains("<B>"))
  }

  /// 12 units are searched when a person asks, and only then.
  @Test func moreUnitsWaitUntilTheyAreAskedFor() async throws {
    var model = await expectFlow(
      "press space", opening: "one.deq.json", in: .one(SpecimenSessions.positive)
    ).model
    #expect(model.watch?.fixedPoints?.isSearching == false && model.watch?.whereabouts == nil)
    let effects = model.update(.event(.key(.character("P"))))
    guard case .fixedPoints(.begin, _)? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(model.frame().canvas.text.contains("looking for a box"))
  }

  /// hardtanh(z) has a line of fixed points, of which none can be proved: the search ends where it is told to.
  @Test func aSearchIsStoppedAndGoesOn() async throws {
    let segment = """
      {"format": "deq-session/1", "network": {"state": {"shape": [1]}, "operators": [
        {"op": "activation", "kind": "hardtanh"}]}}
      """
    var model = await expectFlow(
      """
      press P
      expect screen contains not complete: at least 0 fixed points (all of R^n)
      expect screen contains space search on
      """, opening: "one.deq.json", in: .one(segment)
    ).model
    let before = try #require(Self.examined(model))
    var part = try #require(Self.part(model.update(.event(.key(.character(" "))))))
    #expect(model.frame().canvas.text.contains("space stop"))
    part = try #require(Self.part(model.update(.fixedPoints(ticket: part.ticket, part.work.result))))
    #expect(model.update(.event(.key(.character(" ")))).isEmpty)
    let rest = model.update(.fixedPoints(ticket: part.ticket, part.work.result))
    #expect(rest.isEmpty && model.watch?.fixedPoints?.isSearching == false)
    #expect(try #require(Self.examined(model)) > before)
    #expect(model.watch?.certification?.known.contains { $0.id == "krawczyk" && $0.verdict == .proved } == false)
  }

  @Test func aResultOfAnEarlierMapIsDropped() async throws {
    var model = await two("press P Esc").model
    for key in "E".map(Key.character) + [.control("u")] + "network.operators[1].by=0.3".map(Key.character) {
      _ = model.update(.event(.key(key)))
    }
    let begin = try #require(Self.part(model.update(.event(.key(Key(.enter))))))
    for key in "E".map(Key.character) + [.control("u")] + "network.operators[1].by=2".map(Key.character) {
      #expect(Self.part(model.update(.event(.key(key)))) == nil)
    }
    #expect(Self.part(model.update(.event(.key(Key(.enter))))) == nil, "one part at a time")
    var next = Self.part(model.update(.fixedPoints(ticket: begin.ticket, begin.work.result)))
    #expect(model.watch?.fixedPoints?.search == nil)
    while let part = next {
      next = Self.part(model.update(.fixedPoints(ticket: part.ticket, part.work.result)))
    }
    #expect(model.watch?.fixedPoints?.fixedPoints.count == 3 && model.watch?.fixedPoints?.shares?.isComplete == true)
    #expect(model.update(.fixedPoints(ticket: begin.ticket, begin.work.result)).isEmpty)
  }

  @Test func anotherMethodFollowsTheStartsAnew() async throws {
    let outcome = await two(
      "press m\ntype damped 0.5\npress Enter P\nexpect screen contains by damped factor=0.5.\npress down down down up")
    guard case .fixedPoints(let panel)? = outcome.model.overlay else {
      Issue.record("no panel")
      return
    }
    #expect(panel.selection == 1)
    #expect(outcome.model.watch?.fixedPoints?.shares?.counts.reduce(0, +) == BasinShares.count)
  }

  private static func part(_ effects: [Effect]) -> (work: FixedPointsWork, ticket: Int)? {
    for case .fixedPoints(let work, let ticket) in effects { return (work, ticket) }
    return nil
  }

  private static func examined(_ model: ExplorerModel) -> Int? {
    guard case .box(let search, _)? = model.watch?.fixedPoints?.search else { return nil }
    return search.examined
  }
}
