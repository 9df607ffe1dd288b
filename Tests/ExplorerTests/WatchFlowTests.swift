import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

/// Units picked out, axes and steps zoomed, panes by the size of the window.
struct WatchFlowTests {
  /// Units 0 and 2 shrink, unit 1 grows by 1.5 a step: the diverging one is picked out.
  private static let oneDiverges = """
    {"format": "deq-session/1", "title": "One unit grows",
     "network": {"state": {"shape": [3]}, "operators": [
       {"op": "dense", "weight": {"values": [[0.5, 0, 0], [0, 1.5, 0], [0, 0, 0.25]]}},
       {"op": "inject", "bias": {"values": [1, 0.5, 1]}}]},
     "start": {"values": [100, 1, -50]}}
    """

  @Test func theUnitThatDivergesIsPickedOut() async throws {
    let outcome = await expectFlow(
      """
      press space
      expect screen contains unit 0, step 1: 100
      press L L L
      press n
      expect screen contains by residual, step 31
      expect screen contains unit 1, step 31
      press D
      expect screen contains unit 1: f(z) - z is
      expect screen contains the largest
      expect screen contains marked: 1
      press v
      expect screen contains 1 of 3 units
      press V
      expect screen contains 3 units
      """, opening: "one.deq.json", in: .one(Self.oneDiverges))
    let watch = try #require(outcome.model.watch)
    #expect(watch.worstUnit == 1 && watch.units.chosen == 1 && watch.units.marked.isEmpty)
  }

  /// The trajectories are the values of the run, of the marked units or of those that move most.
  @Test func trajectoriesAreTheRunsOwnValues() async throws {
    let outcome = await expectFlow(
      "press L L j Enter j Enter", opening: "one.deq.json", in: .one(Self.oneDiverges))
    let watch = try #require(outcome.model.watch)
    #expect(watch.units.marked == [1, 2])
    let plot = watch.trajectories(width: 40)
    #expect(plot.series.map(\.label) == ["z1", "z2"])
    for (series, unit) in zip(plot.series, [1, 2]) {
      #expect(series.positions == (1...20).map(Double.init))
      #expect(series.values == (1...20).map { watch.run.iterate(at: $0)[unit] })
    }
  }

  @Test func anOverflowingUnitStandsFirst() async {
    await expectFlow(
      """
      press $
      pass 400
      press n
      expect screen contains by residual, step 2
      expect screen contains inf
      """, opening: "one.deq.json", in: .one(SpecimenSessions.divergence))
  }

  @Test func unitsAreListedInTheOrderAskedFor() async throws {
    var model = await ExplorerScript.one(Self.oneDiverges).run(opening: "one.deq.json", "press space").model
    func press(_ key: String) { _ = model.update(.event(.key(ExplorerScript.key(key)))) }
    #expect(model.watch?.listedUnits == [0, 1, 2])
    press("n")
    // |f(z) - z| at the start: 49, 1, 38.5.
    #expect(model.watch?.listedUnits == [0, 2, 1])
    press("n")
    #expect(model.watch?.listedUnits == [0, 1, 2])
    press("j")
    press("Enter")
    press("n")
    #expect(model.watch?.units.order == .index && model.watch?.units.marked == [1])
    press("v")
    #expect(model.watch?.listedUnits == [1] && model.watch?.unit == 1)
    press("Enter")
    #expect(model.watch?.listedUnits == [0, 1, 2])
  }

  /// tanh(5 z + b): a unit at ±1 with slope below a twentieth is saturated.
  @Test func saturatedUnitsAreNamedAndCountedOverTheSteps() async throws {
    let steep = """
      {"format": "deq-session/1", "title": "Steep",
       "network": {"state": {"shape": [4]}, "operators": [
         {"op": "scale", "by": 5}, {"op": "activation", "kind": "tanh"}]},
       "start": {"values": [1, -1, 0, 0.01]}}
      """
    var explorer = ExplorerScript.one(steep)
    explorer.size = Size(width: 200, height: 60)
    let outcome = await expectFlow(
      """
      press space
      expect screen contains 4 units, 2 saturated, 0 inactive
      press L
      expect screen contains 4 units, 3 saturated, 0 inactive
      expect screen contains saturated 0.750
      expect screen contains certificates
      expect screen contains trajectories
      expect screen contains spectrum of J
      """, opening: "one.deq.json", in: explorer)
    let watch = try #require(outcome.model.watch)
    let plot = watch.activityPlot
    #expect(plot.series[0].values.first == 0.5 && plot.series[0].values.last == 0.75)
    for (index, step) in (1...watch.run.stepCount).enumerated() {
      let flat = watch.run.iterate(at: step).count {
        let t = tanh5($0)
        return 1 - t * t <= 0.05
      }
      #expect(plot.series[0].values[index] == Double(flat) / 4)
    }
  }

  @Test func stepsZoomByKeyAndWheelAndComeBack() async throws {
    let outcome = await expectFlow(
      """
      press $
      pass 800
      press >
      expect screen contains log, 29–58
      press > H
      expect screen contains log, 4
      press <
      press =
      expect screen contains residual_relative, log ─
      press =
      expect screen contains all steps are shown
      wheel up
      expect screen contains log, 0–29
      wheel down
      expect screen contains residual_relative, log ─
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    #expect(outcome.model.watch?.window == nil)
  }

  /// The window moves with the cursor, and plots show its steps alone.
  @Test func theWindowFollowsTheCursor() async throws {
    let outcome = await expectFlow(
      "press $\npass 800\npress > > ^", opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    let watch = try #require(outcome.model.watch)
    #expect(watch.shownSteps == 0...15)
    #expect(watch.residualPlot.series.last?.positions?.last == 16)
    #expect(watch.sampledSteps(atMost: 100) == Array(1...15) && watch.sampledSteps(atMost: 7).last == 15)
  }

  @Test func axesToggleWhereThereIsOne() async throws {
    let outcome = await expectFlow(
      """
      press L
      expect screen contains residual_relative, log
      press a
      expect screen contains residual_relative, linear
      press Tab a
      expect screen contains ratio per step, log
      press Tab a
      expect screen contains no value axis to change in this pane
      press Tab a
      expect screen contains ; log
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    #expect(outcome.model.watch?.focus == .trajectories)
  }

  @Test func aClickChoosesTheUnit() async {
    await expectFlow(
      """
      press L
      click 80 30
      expect screen contains unit 1, step 10
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
  }

  @Test(arguments: [("80x24", 4), ("100x30", 4), ("120x40", 5), ("200x60", 8)])
  func panesGrowWithTheWindowAndFillIt(_ size: String, _ count: Int) async throws {
    let numbers = size.split(separator: "x").compactMap { Int($0) }
    let window = Size(width: numbers[0], height: numbers[1] - 1)
    let watch = try #require(
      await ExplorerScript.one(SpecimenSessions.threeUnits).run(opening: "one.deq.json", "").model.watch)
    let panes = WatchLayout(window, watch).panes.map(\.rect)
    #expect(panes.count == count)
    #expect(panes.reduce(0) { $0 + $1.width * $1.height } == window.width * (window.height - 4))
    for (index, one) in panes.enumerated() {
      for other in panes[..<index] { #expect(one.intersection(other).isEmpty) }
    }
  }
}

private func tanh5(_ x: Double) -> Double { Activation(.tanh).value(5 * x) }
