import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

struct BuildFlowTests {
  /// The paper's layer: dense weights, tanh + 1.603, a positive injection, divided by the largest entry.
  @Test func buildsThePapersNormalisedNetworkFromNothingAndSeesItProved() async throws {
    let outcome = await expectFlow(
      """
      press n
      type blank
      press Enter
      expect status untitled
      press a Enter
      expect screen contains 1 dense
      press j j j - -
      expect screen contains ‹0.48›
      press a
      type activation
      press Enter j j Enter ^U
      type 1.603
      press Enter
      expect screen contains 1.603
      press a
      type inject
      press Enter a
      type norm
      press Enter j Enter ^U
      type inf
      press Enter
      expect screen contains 4 normalize
      expect screen contains + converged
      expect status *
      press 6
      expect screen contains exactly one fixed point
      """, in: ExplorerScript([:]))
    let document = try #require(outcome.model.watch).experiment.document
    #expect(document.network.operators.map(\.name) == ["dense", "activation", "inject", "normalize"])
    #expect(document.network.operators[3]["norm"] == .text("inf"))
    let certificates = try #require(outcome.model.watch?.certification).known
    #expect(certificates.contains { $0.verdict == .proved && $0.claim == .exactlyOne })
  }

  /// z = tanh(g W z) + 1.2 with W = [[1, -1], [-1, 1]]: at (1.2, 1.2) the Jacobian is g W, whose spectral radius is 2 g.
  @Test func findsTheGainAtWhichTheTwoUnitMapSplits() async throws {
    let outcome = await expectFlow(
      """
      press n
      type two
      press Enter
      expect screen contains z 1.2000, 1.2000
      expect screen contains P monotone
      press Tab Tab j right
      expect screen contains ‹0.4›
      expect screen contains z 1.2000, 1.2000
      press + + + + + + + +
      expect screen contains ‹0.48›
      expect screen contains z 1.2000, 1.2000
      press +
      expect screen contains ‹0.49›
      press + + + +
      expect screen contains ‹0.53›
      expect screen lacks z 1.2000, 1.2000
      expect screen lacks P monotone
      """, in: ExplorerScript([:]))
    let state = try #require(outcome.model.watch?.build?.solution).state
    #expect(state[0] - state[1] > 0.1)
  }

  @Test func twentyEditsAreUndoneAndDoneAgain() async throws {
    let edits = Array(repeating: "+", count: 20).joined(separator: " ")
    let undone = Array(repeating: "u", count: 20).joined(separator: " ")
    let redone = Array(repeating: "^R", count: 20).joined(separator: " ")
    let outcome = await expectFlow(
      """
      press 2 Tab Tab Tab j
      expect screen contains ‹tanh›
      press j \(edits)
      expect screen contains ‹0.2›
      press \(undone)
      expect screen contains ‹0›
      press u
      expect screen contains there is nothing to undo
      press \(redone)
      expect screen contains ‹0.2›
      press ^R
      expect screen contains nothing was undone
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    let experiment = try #require(outcome.model.watch).experiment
    #expect(experiment.actions.count == 60)
    #expect(experiment.document.network.operators[2]["shift"] == .number(0.2))
    // No step was made: there is no number that a replay could get wrong.
    #expect(try Replay.verify(experiment.saved, directory: ".").verdict == .nothingToCompare)
  }

  @Test func whatDoesNotFitIsADraftBesideTheSessionThatDoes() async throws {
    let outcome = await expectFlow(
      """
      press 2 j right
      expect screen contains does not fit yet
      expect screen contains expected shape [m, 4]
      expect screen contains as it was before this change
      expect screen contains [4]
      press Esc
      expect screen lacks does not fit yet
      expect screen contains [3]
      press right
      expect screen contains does not fit yet
      press j j j Enter
      type gauss
      press Enter
      expect screen contains expected shape [4], or one that is repeated to it, found shape [3]
      press Tab j j Enter
      type ones
      press Enter
      expect screen lacks does not fit yet
      expect screen contains + converged
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    let experiment = try #require(outcome.model.watch).experiment
    #expect(experiment.actions.count == 1)
    #expect(experiment.document.network.stateShape == Shape([4]))
    #expect(experiment.problem.network.dimension == 4)
  }

  @Test func aTypedValueThatIsRefusedKeepsItsLineWithTheComplaintBesideIt() async throws {
    let outcome = await expectFlow(
      """
      press 2 G k k
      expect screen contains tolerance
      press Enter ^U
      type -1
      press Enter
      expect screen contains a number of at least 0 is expected, found -1
      press ^U
      type 1e-4
      press Enter
      expect screen lacks is expected
      press j j Enter
      type 0.5
      press Enter
      expect screen contains a whole number from 1 to
      press Esc
      press k k k Enter
      type damped
      press Enter j Enter ^U
      type 7
      press Enter
      expect screen contains is expected, found 7
      press ^C
      expect screen contains damped
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    let document = try #require(outcome.model.watch).experiment.document
    #expect(document.stopping.tolerance == 1e-4)
    #expect(document.solver.method == "damped")
  }

  @Test func aCellOfGeneratedWeightsIsEditedInPlaceAndWritesThemOut() async throws {
    let outcome = await expectFlow(
      """
      press 2 Tab j
      expect screen contains uniform, seed 3
      press v j j l l l
      expect screen contains weight[2, 3] =
      press Enter ^U
      type 0.625
      press Enter
      expect screen contains weight[2, 3] = 0.625
      expect screen contains written out
      press +
      expect screen contains weight[2, 3] = 0.7
      press Esc u u
      expect screen contains uniform, seed 3
      press ^R
      expect screen contains written out
      """, opening: "one.deq.json", in: .one(SpecimenSessions.positive))
    let experiment = try #require(outcome.model.watch).experiment
    guard case .tensor(.values(let tensor))? = experiment.document.network.operators[0]["weight"] else {
      Issue.record("the weights are not written out")
      return
    }
    #expect(tensor.values[2 * 12 + 3] == 0.625)
    #expect(tensor.shape == Shape([12, 12]))
  }

  @Test func weightsAreGeneratedAnew() async throws {
    let outcome = await expectFlow(
      """
      press 2 Tab j
      press n n
      expect screen contains uniform, seed 5
      press right
      expect screen contains orthogonal, seed 5
      press j j Enter ^U
      type 0.25
      press Enter j Enter
      type norm2
      press Enter
      expect screen contains 0.9
      """, opening: "one.deq.json", in: .one(SpecimenSessions.positive))
    guard
      case .tensor(.ensemble(let ensemble, _))? = outcome.model.watch?.experiment.document.network.operators[0][
        "weight"]
    else {
      Issue.record("not an ensemble")
      return
    }
    #expect(ensemble == Ensemble(.orthogonal, seed: 5, gain: 0.25, constraint: .norm2(0.9)))
  }

  @Test func operatorsAreAddedMovedDuplicatedAndRemoved() async throws {
    let outcome = await expectFlow(
      """
      press 2 Tab a
      expect screen contains Add an operator, after operator 1
      type convolve
      press Enter
      expect screen contains needs a value of shape [channels, height, width]
      press Esc a
      type scale
      press Enter
      expect screen contains 2 scale
      press J
      expect screen contains 3 scale
      press D
      expect screen contains 4 scale
      press K K K
      expect screen contains 1 scale
      press d d
      expect screen contains 1 inject
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    let names = outcome.model.watch?.experiment.document.network.operators.map(\.name)
    #expect(names == ["inject", "scale", "activation"])
  }

  @Test func anInputComesWithItsShapeAndGoesWithIt() async throws {
    let outcome = await expectFlow(
      """
      press 2 j j Enter
      type 3 2 1 1
      press Enter
      expect screen contains one to three positive sizes
      press ^U
      type 2
      press Enter
      expect screen contains since the input has shape [2] and the value [3]
      press u Enter
      type 3
      press Enter
      expect screen contains uniform
      expect screen lacks does not fit yet
      press Enter ^U Enter
      expect screen lacks uniform
      expect screen lacks does not fit yet
      press u
      expect screen contains uniform
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    let document = try #require(outcome.model.watch).experiment.document
    #expect(document.network.inputShape == Shape([3]))
    #expect(document.input != nil)
  }

  @Test func mouseSelectsEditsAndPointsAtCells() async {
    await expectFlow(
      """
      press 2
      click on "weight"
      expect screen contains ›  weight
      click on "0.500"
      expect screen contains weight[0, 0] = 0.5
      click on "-0.600"
      expect screen contains weight[1, 2] = -0.6
      drag 0 0
      release 0 0
      click on "kind"
      click on "kind"
      expect screen contains type to search
      press Esc
      wheel down
      expect screen contains added to σ(v)
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
  }

  @Test func whatWasBuiltIsSavedAsItIsAndReplays() async throws {
    let explorer = ExplorerScript([:])
    await expectFlow(
      """
      press n
      type two
      press Enter Tab Tab j right right
      press 3 $
      pass 400
      press s
      press ^U
      type $DIR/built.deq.json
      press Enter
      expect screen contains saved
      expect file built.deq.json contains "by": 0.5
      expect file built.deq.json contains "beginning"
      """, in: explorer)
    let document = try SessionFile.read(explorer.directory.file("built.deq.json"))
    #expect(document.network.operators[1]["by"] == .number(0.5))
    #expect(try Replay.verify(document, directory: explorer.directory.path).verdict == .identical)
    let opened = try Experiment.opening(explorer.directory.file("built.deq.json"))
    #expect(opened.canUndo)
  }

  @Test func undoWorksOnTheRunToo() async {
    await expectFlow(
      """
      press L L H b
      expect status step 10/10
      press u
      expect status step 10/20
      press ^R
      expect status step 10/10
      press m
      type newton
      press Enter u u
      expect status step 10/20
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
  }

  @Test func fasterThanItCanBeSolvedOnlyTheLastIsSolved() throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    var model = ExplorerModel(size: Size(width: 100, height: 30), profile: Profile())
    model.open(try explorer.services.open(explorer.directory.file("one.deq.json")).get(), at: "one.deq.json")
    func solves(_ effects: [Effect]) -> [Int] {
      effects.compactMap { if case .build(.solve(_, let generation)) = $0 { generation } else { nil } }
    }
    func certifications(_ effects: [Effect]) -> Int {
      effects.count { if case .certify = $0 { true } else { false } }
    }
    let first = model.update(.event(.key(.character("2"))))
    #expect(solves(first) == [1])
    #expect(certifications(first) == 2)
    var later: [Effect] = []
    for key in ["G", "+", "+", "+"] as [Character] { later += model.update(.event(.key(.character(key)))) }
    _ = model.update(.event(.key(Key(.tab))))
    for _ in 0..<3 { later += model.update(.event(.key(.character("u")))) }
    #expect(solves(later).isEmpty)
    let problem = try #require(model.watch).experiment.problem
    let next = model.update(.build(.solved(generation: 1, LiveSolution(problem))))
    #expect(solves(next).count <= 1)
  }
}
