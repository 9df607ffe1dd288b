import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing
import Training

@testable import Explorer

/// The train screen as a person meets it: the first recipe, two moons, has 6 batches of training and 2 of the test; the
/// script's clock lets three of them pass at a time.
struct TrainFlowTests {
  /// Sets the epochs of the first recipe, and starts it.
  private static func start(epochs: Int) -> String {
    "press 0 Tab j j Enter ^U\ntype \(epochs)\npress Enter space\n"
  }

  @discardableResult
  private func moons(
    _ script: String, epochs: Int = 3, in explorer: ExplorerScript = ExplorerScript([:]),
    sourceLocation: SourceLocation = #_sourceLocation
  ) async -> ExplorerScript.Outcome {
    await expectFlow(Self.start(epochs: epochs) + script, in: explorer, sourceLocation: sourceLocation)
  }

  /// The trained layer as the command would leave it.
  private static func trained(epochs: Int, _ change: (inout TrainingPlan) -> Void = { _ in }) throws -> SessionDocument
  {
    var plan = try #require(Recipe.named("moons")).plan
    plan.epochs = epochs
    change(&plan)
    var course = try TrainingCourse(try plan.checked(), on: try DatasetCatalog(folders: []).load("two-moons"))
    while !course.isDone { try course.advance() }
    return course.run.session()
  }

  private static func layer(_ outcome: ExplorerScript.Outcome) -> SessionDocument? {
    outcome.model.train.live?.run?.session()
  }

  // MARK: The training

  @Test func itTrainsToTheEnd() async throws {
    let outcome = await moons(
      """
      expect status training
      expect screen contains epoch 1/3
      pass 400
      expect status done
      expect screen contains epoch 3/3
      expect screen contains 10.0 ms a batch
      expect screen contains 300 train, 100 test
      expect screen contains label
      """)
    let live = try #require(outcome.model.train.live)
    #expect(live.history.count == 3 && live.batchCount == 24 && live.steps.count == 18)
    #expect(Self.layer(outcome) == (try Self.trained(epochs: 3)))
  }

  /// A pause answers with the batches under way, and what is trained does not depend on it.
  @Test func aPauseChangesNothing() async throws {
    let outcome = await moons(
      """
      press space
      expect status paused
      pass 400
      expect screen contains batch 3/8
      press space
      expect status training
      pass 40
      press space space
      pass 400
      expect status done
      """)
    #expect(Self.layer(outcome) == (try Self.trained(epochs: 3)))
  }

  @Test func whatIsStoppedIsKeptAndCanGoOn() async throws {
    let explorer = ExplorerScript([:])
    let outcome = await moons(
      """
      press p ^U
      type $DIR/run
      press Enter
      expect file run.safetensors contains deq-checkpoint
      pass 80
      press e
      expect status stopped
      expect screen contains batch 1/8
      press q
      """, in: explorer)
    #expect(outcome.model.isFinished)
    let checkpoint = try Checkpoint.read(explorer.directory.file("run.safetensors"))
    var course = try TrainingCourse(checkpoint, on: try DatasetCatalog(folders: []).load("two-moons"))
    #expect(course.run.history.count == 1 && course.run.progress?.done == 1)
    while !course.isDone { try course.advance() }
    #expect(course.run.session() == (try Self.trained(epochs: 3)))
  }

  @Test func aCheckpointIsTakenUpInAnotherExplorer() async throws {
    var explorer = ExplorerScript([:])
    let load = explorer.services.training.load
    explorer.services.training.resume = { path in
      do throws(SessionError) {
        let checkpoint = try Checkpoint.read(path)
        return .success(try TrainingCourse(checkpoint, on: try DatasetCatalog(folders: []).load("two-moons")))
      } catch {
        return .failure(Failure(error.message))
      }
    }
    explorer.services.training.load = load
    let outcome = await moons(
      """
      press p ^U
      type $DIR/run
      press Enter
      pass 40
      hangUp
      restart
      press 0 p
      type $DIR/run.safetensors
      press Enter
      expect status run.safetensors
      pass 600
      expect status done
      press q
      """, in: explorer)
    #expect(Self.layer(outcome) == (try Self.trained(epochs: 3)))
    #expect(outcome.model.isFinished)
  }

  /// Half the rate after the batches under way; the plan, the rows and the trained layer say the same.
  @Test func theRateIsChangedWhileItRuns() async throws {
    let outcome = await moons(
      """
      press [ [
      expect screen contains rate 0.0025
      press ]
      expect screen contains rate 0.005
      pass 600
      expect status done
      """)
    let plan = try #require(outcome.model.train.live?.course?.plan)
    #expect(plan.rateChanges.map(\.factor) == [0.5] && plan.rateChanges.map(\.batch) == [4])
    #expect(Self.layer(outcome) == (try Self.trained(epochs: 3) { $0.rateChanges = plan.rateChanges }))
    #expect(Self.layer(outcome) != (try Self.trained(epochs: 3)))
  }

  @Test func itGoesOnBehindOtherScreens() async throws {
    let outcome = await moons(
      """
      press 1
      expect screen contains 0 Train▸
      pass 400
      expect screen contains the training of moons is done
      expect screen lacks 0 Train▸
      press 0
      expect status done
      """)
    #expect(Self.layer(outcome) == (try Self.trained(epochs: 3)))
  }

  @Test func severalRunsFollowOneAnother() async throws {
    let outcome = await expectFlow(
      """
      press 0 Tab j j Enter ^U
      type 1
      press Enter G k k k k k k k k Enter ^U
      type 2
      press Enter
      expect screen contains 2 fields changed
      press space
      expect screen contains run 1/2
      pass 400
      expect status done
      expect screen contains run 2/2
      """, in: ExplorerScript([:]))
    let records = outcome.model.train.live?.course?.records
    #expect(records?.map(\.number) == [1, 2] && records?.map(\.history.count) == [1, 1])
  }

  // MARK: Choosing

  @Test func whatHasNoDataCannotBeStarted() async {
    let outcome = await expectFlow(
      """
      press 0 j j j j j
      expect screen contains mnist was not found
      expect screen contains $DEQ_DATA
      press space
      expect screen contains the data mnist were not found
      """, in: ExplorerScript([:]))
    #expect(outcome.model.train.live == nil)
  }

  @Test func aValueThatDoesNotFitIsRefused() async throws {
    let outcome = await expectFlow(
      """
      press 0 Tab j j Enter ^U
      type 0
      press Enter
      expect screen contains found 0
      press Esc
      expect screen lacks found 0
      press j j j right right
      press d
      """, in: ExplorerScript([:]))
    #expect(outcome.model.train.plan == Recipe.named("moons")?.plan)
  }

  /// A monotone layer is none of this recipe: stepping passes over it, choosing says why.
  @Test func aChoiceThatDoesNotFitSaysWhy() async throws {
    let outcome = await expectFlow(
      """
      press 0 Tab G k k k k k k k k k k k
      expect screen contains the theorem that stays true
      press Enter
      type positive
      press Enter
      expect screen contains positive-concave
      """, in: ExplorerScript([:]))
    let plan = outcome.model.train.plan
    #expect(plan.keep == .positiveConcave && plan.model.layer == .nonnegative)
    let refused = await expectFlow(
      "press 0 Tab G k k k k k k\nexpect screen contains how fixed points\npress Enter\ntype peace\npress Enter\n"
        + "expect screen contains peaceman-rachford is for the monotone layer", in: ExplorerScript([:]))
    #expect(refused.model.train.plan.forward.method == .anderson)
  }

  // MARK: Leaving

  @Test func quittingAsksAboutWhatIsNotSaved() async {
    let outcome = await moons(
      """
      pass 400
      press q
      expect screen contains The training of moons is not saved
      press Esc
      press q d
      """)
    #expect(outcome.model.isFinished && outcome.model.train.live == nil)
    let asked = await moons(
      "pass 400\npress n k space\nexpect screen contains is not saved\npress s\nexpect screen contains Save")
    #expect(asked.model.train.live?.history.count == 3)
  }

  @Test func theTrainedLayerTakesThePlaceOfASessionOnlyIfAsked() async throws {
    let outcome = await expectFlow(
      "press N\ntype a note\npress Enter\n" + Self.start(epochs: 1)
        + """
        pass 400
        press O
        expect screen contains has changes that are not saved
        press d
        expect title deq: two moons, 16 units
        """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    #expect(outcome.model.watch?.isModified == true && outcome.model.watch?.path == nil)
    #expect(outcome.model.watch?.experiment.document.network == (try Self.trained(epochs: 1).network))
  }

  /// What is in a file is opened from there, and quitting asks nothing; a session of other batches, or of another sample, is
  /// in none.
  @Test func aSavedLayerIsOpenedFromItsFile() async throws {
    let saved = """
      pass 400
      press s ^U
      type $DIR/moons
      press Enter
      expect file moons.deq.json contains two moons

      """
    let opened = "O\nexpect title deq: two moons, 16 units\n"
    let watch = try #require(await moons(saved + "press " + opened).model.watch)
    #expect(watch.path?.hasSuffix("/moons.deq.json") == true && !watch.isModified)
    #expect(await moons(saved + "press " + opened + "press q").model.isFinished)
    let other = try #require(await moons(saved + "press > " + opened).model.watch)
    #expect(other.path == nil && other.isModified)
  }

  @Test func aDiskThatFailsIsSaid() async {
    var explorer = ExplorerScript([:])
    explorer.services.training.write = { _, _, _ in .failure(.failed(Failure("disk full"))) }
    let outcome = await moons("pass 400\npress s Enter\nexpect screen contains disk full", in: explorer)
    #expect(outcome.model.train.live?.isUnkept == true)
  }

  @Test func dataThatCannotBeLoadedAreSaid() async {
    var explorer = ExplorerScript([:])
    explorer.services.training.load = { _ in .failure(Failure("a damaged file")) }
    await moons("expect status failed\nexpect screen contains a damaged file", in: explorer)
  }

  // MARK: The loop

  /// Whoever does not train, or has trained, is not woken.
  @Test func anIdleScreenStaysIdle() async {
    let idle = await expectFlow("press 0\npass 8000", in: ExplorerScript([:]))
    #expect(idle.model.deadline == nil)
    let done = await moons("pass 8000")
    #expect(done.model.train.live?.phase == .done && done.model.deadline == nil)
    let paused = await moons("press space\npass 8000")
    #expect(paused.model.train.live?.phase == .paused && paused.model.deadline == nil)
  }

  /// One part is under way at a time; what was asked for by a training that is gone is dropped.
  @Test func resultsOfAnotherTrainingAreDropped() async throws {
    var model = await moons("press space").model
    _ = model.update(.event(.key(.character(" "))))
    model.now += 1_000_000_000
    let effects = model.update(.tick)
    guard case .training(.advance(let course, _, let ticket))? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(model.update(.tick).isEmpty && effects.count == 1)
    let slice = TrainingSlice.of(course, sample: nil, by: TrainingRun.seconds)
    for key in "n d" { _ = model.update(.event(.key(.character(key)))) }
    _ = model.update(.event(.key(.character("d"))))
    #expect(model.train.live?.phase == .loading)
    #expect(model.update(.training(.advanced(ticket: ticket, slice))).isEmpty)
    #expect(model.train.live?.phase == .loading && model.train.live?.batchCount == 0)
  }
}
