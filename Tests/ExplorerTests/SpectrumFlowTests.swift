import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

/// The spectrum as a person meets it: at the step under the cursor, along the run, while stepping.
struct SpectrumFlowTests {
  /// The golden map: rho(J) = 0.6730779 at its fixed point, a complex pair 0.47446 ± 0.47741i.
  @Test func theSpectrumAtTheFixedPointIsReadOut() async throws {
    let outcome = await expectFlow(
      """
      press $
      pass 800
      press 4
      expect screen contains rho(J) 0.6731 < 1: the fixed point attracts Picard, at rate 0.673
      expect screen contains λ 1/3  0.4745 + 0.4774i  |λ| 0.6731
      press j
      expect screen contains λ 2/3  0.4745 - 0.4774i  |λ| 0.6731
      press j j j
      expect screen contains λ 3/3
      press k k k k
      expect screen contains λ 1/3
      press p
      expect screen contains undefined: unit 1 of z is -0.151,
      press Esc
      expect screen contains contraction
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    let study = try #require(outcome.model.watch?.study)
    #expect(study.spectra.steps(upTo: 1000) == Array(1...58))
  }

  /// The keys of the run work here, and the spectrum follows.
  @Test func steppingUpdatesTheSpectrum() async throws {
    let outcome = await expectFlow(
      """
      press 4
      expect status step 0/0
      expect screen contains step 0
      press space space L
      expect status step 12/12
      expect screen contains a fixed point with this J
      press left H ^
      expect status step 0/12
      press G
      pass 800
      expect status converged
      press b
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    let watch = try #require(outcome.model.watch)
    for step in [1, 12, watch.run.stepCount] {
      let expected = Linearization(of: watch.run.map, at: watch.run.iterate(at: step))
      #expect(watch.study?.spectra[step] == expected)
    }
  }

  @Test func positiveMapsHaveALogSpectrumAndCoefficients() async {
    await expectFlow(
      """
      press L 4
      expect screen contains S
      press p
      expect screen lacks undefined
      expect screen contains Hilbert
      """, opening: "one.deq.json", in: .one(SpecimenSessions.positive))
  }

  @Test func whatIsNotFiniteIsSaid() async {
    await expectFlow(
      """
      press $
      pass 400
      press 4
      expect screen contains J has no spectrum: entry (0, 0) of J is not finite
      press j
      expect screen contains no eigenvalues here
      """, opening: "one.deq.json", in: .one(SpecimenSessions.divergence))
  }

  @Test func aLargeMapSaysThatItIsTooLarge() async {
    let large = """
      {"format": "deq-session/1", "network": {"state": {"shape": [1025]}, "operators": [{"op": "scale", "by": 0.5}]}}
      """
    await expectFlow(
      """
      press 4 space
      expect screen contains 1025 units: the Jacobian is decomposed up to 1024
      """, opening: "one.deq.json", in: .one(large))
  }

  @Test func panesZoomAndAxesToggle() async {
    await expectFlow(
      """
      press L 4 z
      expect screen lacks singular values
      press Tab Tab
      expect screen contains singular values
      expect screen contains log
      press a
      expect screen contains linear
      press Tab Tab
      expect screen contains eigenvalues of L
      press Esc
      expect screen contains over the steps
      press a
      expect screen contains no value axis in this pane
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
  }

  @Test func theMouseSelectsScrubsAndScrolls() async throws {
    let outcome = await expectFlow(
      """
      press $
      pass 800
      press 4
      wheel down
      expect screen contains λ 2/3
      wheel up
      expect screen contains λ 1/3
      click on "•"
      expect screen contains λ 3/3
      click 0 38
      expect status step 0/58
      drag 119 38
      release 119 38
      expect status step 58/58
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    #expect(outcome.model.watch?.spectrum.grip == nil)
  }

  /// Nothing waits for an eigenvalue: while one is computed keys work, one task is under way, and late results of an
  /// earlier course of the run are dropped.
  @Test func aSpectrumUnderWayBlocksNothing() async throws {
    var model = await ExplorerScript.one(SpecimenSessions.threeUnits).run(opening: "one.deq.json", "press L").model
    func press(_ key: Key) -> [Effect] { model.update(.event(.key(key))) }
    let effects = press(.character("4"))
    guard case .spectrum(let task)? = effects.first else {
      Issue.record("no task")
      return
    }
    #expect(effects.count == 1 && press(.character(" ")).isEmpty && press(Key(.left)).isEmpty)
    #expect(model.frame().canvas.text.contains("computing…"))
    let stale = SpectrumResult(generation: task.generation + 7, finding: task.perform().finding)
    _ = model.update(.spectrum(stale))
    #expect(model.watch?.linearization == nil)
    #expect(model.update(.spectrum(task.perform())).count == 1, "the next step follows")
    #expect(model.watch?.linearization?.step == 10)
    _ = press(Key(.escape))
    #expect(model.place == .watch && press(.character("k")).isEmpty)
  }
}
