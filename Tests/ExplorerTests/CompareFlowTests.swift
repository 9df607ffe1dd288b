import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

/// Two runs side by side, as a person meets them.
struct CompareFlowTests {
  /// Plain steps to the end, then from step 12 on by Anderson's method, beside what was left.
  private static let branched = """
    press $
    pass 800
    expect status converged
    press ^ L space space
    expect status step 12/58
    press m
    type and
    press Enter $
    pass 400
    expect status converged
    press 8
    expect screen contains Enter chooses: 1 branch or a session
    press Enter
    expect screen contains branch 1
    expect screen contains picard, 58 steps, converged
    press Enter
    """

  @Test func aBranchIsComparedWithWhatWasLeft() async throws {
    let outcome = await expectFlow(
      Self.branched + """

        expect screen contains difference A - B
        expect screen contains anderson
        expect screen contains evals 1e-06
        press ^ L space space
        expect screen contains step 12: the same state
        press space space
        expect screen contains step 14: most in unit
        """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    let watch = try #require(outcome.model.watch)
    let other = try #require(watch.comparison.other?.run)
    #expect(other.stepCount == 58 && watch.run.stepCount < 58)
    let differences = watch.comparison.differences
    // Up to the branch the runs are one.
    #expect(differences.count == watch.run.stepCount + 1)
    #expect(differences.prefix(13).allSatisfy { $0.euclidean == 0 && $0.largest == 0 })
    #expect(differences[13...].contains { $0.euclidean > 0 })
    for step in [0, 5, 13, watch.run.stepCount] {
      let gaps = zip(watch.run.iterate(at: step), other.iterate(at: step)).map { abs($0 - $1) }
      #expect(differences[step].largest == gaps.max())
    }
  }

  @Test func anotherSessionIsOnlyLookedAt() async throws {
    let explorer = ExplorerScript.all
    let outcome = await expectFlow(
      """
      press L 8 Enter
      type cycle
      expect screen contains Cycle of two
      press Enter
      expect screen contains the states have different shapes
      expect status Three units
      press space space
      expect status step 12/12
      expect screen contains Cycle of two
      press Esc
      expect screen contains activations
      """, opening: "a-three.deq.json", in: explorer)
    let watch = try #require(outcome.model.watch)
    #expect(watch.path?.hasSuffix("a-three.deq.json") == true)
    #expect(
      watch.experiment.actions == [
        RecordedAction(step: 0, .step(10)), .init(step: 10, .step(1)), .init(step: 11, .step(1)),
      ])
    #expect(watch.comparison.other?.run.outcome == .cycle(period: 2))
  }

  @Test func theOtherSideTakesTheSameSteps() async throws {
    let outcome = await expectFlow(
      "press 8 Enter\ntype dense map\npress Enter L space", opening: "a-three.deq.json", in: .all)
    #expect(outcome.model.watch?.comparison.other?.run.stepCount == 11)
    #expect(outcome.model.watch?.run.stepCount == 11)
  }

  @Test func aSessionThatCannotBeOpenedIsSaidSo() async throws {
    let outcome = await expectFlow(
      "press space 8 Enter\ntype broken\npress Enter\nexpect screen contains network.operators[0]",
      opening: "a-three.deq.json", in: .all)
    #expect(outcome.model.place == .compare && outcome.model.watch?.comparison.other == nil)
    #expect(outcome.model.watch?.comparison.awaited == nil)
  }

  @Test func aFrozenRunCanBeCompared() async throws {
    let outcome = await expectFlow(
      """
      press L f R
      press i
      type ones
      press Enter L 8 Enter
      expect screen contains frozen run
      press Enter
      expect screen contains difference A - B
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    let differences = try #require(outcome.model.watch?.comparison.differences)
    // From 0 and from 1: apart by √3 at the start, and Thompson's distance to 0 is undefined.
    #expect(abs(differences[0].euclidean - 3.0.squareRoot()) < 1e-15 && differences[0].thompson == nil)
    #expect(differences[0].unit == 0 && differences[0].largest == 1)
  }

  /// When the open run becomes another, nothing of the old one stays in the differences.
  @Test func differencesFollowAChangeOfTheRun() async throws {
    let outcome = await expectFlow(
      Self.branched + "\npress 3 i\ntype tens\npress Enter 8", opening: "one.deq.json",
      in: .one(SpecimenSessions.threeUnits))
    let differences = try #require(outcome.model.watch?.comparison.differences)
    #expect(differences.count == 1 && differences[0].largest == 10)
  }

  @Test func whatWasComparedReplaysIdentically() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let outcome = await expectFlow(Self.branched + "\npress ^ L L", opening: "one.deq.json", in: explorer)
    let experiment = try #require(outcome.model.watch).experiment
    let report = try Replay.verify(experiment.saved, directory: explorer.directory.path)
    #expect(report.verdict == .identical)
  }

  /// A side that is far behind catches up frame by frame, and then nothing wakes the program any more.
  @Test func aSideThatIsFarBehindCatchesUp() throws {
    let rule = StoppingRule(maxSteps: 300)
    let start = [Double](repeating: 1, count: 256)
    var run = Run(map: try Network(256, [.scale(0.999)]), start: start, solver: Picard(), stopping: rule)
    var board = CompareBoard()
    board.choose(CompareBoard.Side(source: .frozen(0), name: "frozen", run: run))
    run.runToEnd()
    var counts: [Int] = []
    repeat {
      board.follow(run, now: 1000)
      counts.append(board.other?.run.stepCount ?? 0)
      #expect(board.deadline == nil || board.deadline == 1000 + Playback.frame)
    } while board.deadline != nil && counts.count < 20
    #expect(counts.count > 2 && counts.count < 20 && counts.last == 300)
    #expect(board.differences.count == 301 && board.differences.allSatisfy { $0.euclidean == 0 })
  }

  @Test func evaluationsInsteadOfSteps() async {
    await expectFlow(
      Self.branched
        + "\npress t\nexpect screen contains evaluations\npress y\nexpect screen contains residual_absolute",
      opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
  }
}
