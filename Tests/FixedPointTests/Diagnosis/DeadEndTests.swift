import LinearAlgebra
import TestSupport
import Testing

@testable import FixedPoint

/// Runs that fail are told why in the measure that is plotted, and what to change.
struct DeadEndTests {
  private func run(
    _ name: String, _ solver: any FixedPointSolver = Picard(), _ stopping: StoppingRule = StoppingRule()
  ) throws -> Run<Network> {
    let problem = try CaseRun("solvers", name + ".deq.json")
    return GrowthTests.run(problem.network, problem.start, solver, stopping)
  }

  /// The change does what it says: the run's own method converges on the changed network with those evaluations.
  private func expectHonest(_ suggestion: Suggestion, for run: Run<Network>, measure: Measure? = nil) throws {
    guard case .network(let change) = suggestion.remedy else {
      Issue.record("\(suggestion) does not change the network")
      return
    }
    let changed = try #require(run.map.applying(change))
    var rule = run.stopping
    rule.measure = measure ?? rule.measure
    let again = GrowthTests.run(changed, run.start, run.solver, rule)
    #expect(again.outcome == .converged)
    #expect(again.trace.last?.evaluations == suggestion.evaluations)
  }

  // MARK: The fixed point is 0

  /// z/2 from 1.2: ‖f(z) - z‖ = 0.6 / 2^(k-1) is within 1e-10 from row 34 on, and the relative residual is 1 for ever.
  @Test func halfIsToldThatItsFixedPointIsZero() throws {
    let run = try run("scale_half")
    #expect(run.outcome == .maxSteps)
    guard case .vanishing(let found)? = Diagnosis(run).findings.first else {
      Issue.record("\(Diagnosis(run).findings)")
      return
    }
    #expect(found.evaluations == 34)
    let first = try #require(Diagnosis(run).suggestions(for: run).first)
    #expect(first.remedy == .measure(.residualAbsolute) && first.reason == .zero && first.evaluations == 34)
    let measured = try self.run("scale_half", Picard(), StoppingRule(measure: .residualAbsolute))
    #expect(measured.outcome == .converged && measured.stepCount == 34)
  }

  @Test(arguments: ["scale_half", "tanh_origin"])
  func everyMethodIsToldSo(name: String) throws {
    for solver in [Picard(), Damped(), Averaged(), Broyden(), MinimalPolynomial()] as [any FixedPointSolver] {
      for steps in [60, 300, 1500] {
        let run = try run(name, solver, StoppingRule(maxSteps: steps))
        if run.outcome == .converged { continue }
        #expect(run.outcome == .maxSteps || run.outcome == .stalled)
        let findings = Diagnosis(run).findings
        let isTold = findings.contains { if case .vanishing = $0 { true } else { false } }
        #expect(isTold, "\(name) by \(solver.name), \(steps) steps: \(findings)")
      }
    }
  }

  /// 0.999 z is still at 0.37 after 1000 steps, but on its way.
  @Test func aSlowWayToZeroIsSeen() throws {
    let run = GrowthTests.run(try Network(1, [.scale(0.999)]), [1], Picard())
    guard case .vanishing(let found)? = Diagnosis(run).findings.first else {
      Issue.record("\(Diagnosis(run).findings)")
      return
    }
    #expect(found.evaluations == nil)
  }

  /// f(0) = 0, but the iterates go to 1.
  @Test func anotherFixedPointIsNotCalledZero() throws {
    let network = try Network(1, [.activation(.relu, power: 0.999)])
    let run = GrowthTests.run(network, [3], Picard(), StoppingRule(maxSteps: 200))
    #expect(run.outcome == .maxSteps)
    #expect(!Diagnosis(run).findings.contains { if case .vanishing = $0 { true } else { false } })
  }

  // MARK: No fixed point

  /// z + exp(-z): the residual falls for ever, a Newton step is 1 long everywhere. a z + exp(-z) has a fixed point for
  /// every a < 1.
  @Test func growthWithoutEndIsSeenAndAnswered() throws {
    let run = try run("log_growth")
    #expect(run.outcome == .maxSteps)
    guard case .receding(let found)? = Diagnosis(run).findings.first else {
      Issue.record("\(Diagnosis(run).findings)")
      return
    }
    #expect(found.steps == [500, 1000])
    for distance in found.distances { #expect(abs(distance - 1) <= 1e-9) }
    let suggestions = Diagnosis(run).suggestions(for: run)
    let skip = try #require(suggestions.first { $0.changes("skip") })
    try expectHonest(skip, for: run)
    guard case .network(.field(let position, "skip", "scale", 1, let value)) = skip.remedy else {
      Issue.record("\(skip)")
      return
    }
    #expect(position == 2 && value > 0 && value < 1)
  }

  /// z + 1 through an identity matrix: a z + 1 has a fixed point for a < 1, by the norm of the weights.
  @Test func aTranslationIsToldTheProvedLimit() throws {
    let network = try DiagnosisTests.layer(.identity(1), bias: [1], FieldValues(["kind": .text("identity")]))
    let run = GrowthTests.run(network, [0], Picard())
    #expect(Diagnosis(run).findings == [.stall(.drifting(unit: 0))])
    let suggestion = try #require(Diagnosis(run).suggestions(for: run).first)
    #expect(suggestion.remedy == .network(.scale(position: 1, by: 0.9)))
    guard case .factor(let limit, let theorem?) = suggestion.reason else {
      Issue.record("\(suggestion.reason)")
      return
    }
    #expect(abs(limit - 1) <= 1e-6 && theorem.hasPrefix("lipschitz"))
    try expectHonest(suggestion, for: run)
  }

  @Test func whatOutgrewItsStartIsSaid() throws {
    let problem = try CaseRun("solvers", "anderson-log-z-plus-1.deq.json")
    let run = GrowthTests.run(problem.network, [1], AndersonLog())
    guard case .outgrown(let found)? = Diagnosis(run).findings.first else {
      Issue.record("\(run.outcome as Any): \(Diagnosis(run).findings)")
      return
    }
    #expect(found.start == 1 && found.size > 1e10 && found.first == 1)
    let suggestions = Diagnosis(run).suggestions(for: run)
    guard case .network(.scale(position: 1, let factor))? = suggestions.first?.remedy else {
      Issue.record("\(suggestions)")
      return
    }
    #expect(factor > 0.5 && factor < 1)
    try expectHonest(suggestions[0], for: run)
  }

  @Test func aStepOfLengthOneIsAnsweredByItsSkip() throws {
    let problem = try CaseRun("solvers", "convfar-16-broyden.deq.json")
    for solver in [Picard(), Broyden()] as [any FixedPointSolver] {
      let run = GrowthTests.run(problem.network, [1, 1], solver)
      let suggestions = Diagnosis(run).suggestions(for: run)
      let skip = try #require(suggestions.first { $0.changes("skip") }, "\(solver.name): \(suggestions)")
      try expectHonest(skip, for: run)
    }
  }

  /// -2.5 z + 1 grows by 2.5 a step; methods reach its fixed point 2/7, so that the network may stay.
  @Test func whereAMethodHelpsTheNetworkStays() throws {
    let run = GrowthTests.run(try Network(1, [.scale(-2.5), .inject([1])]), [0], Picard())
    #expect(run.outcome == .diverged)
    let suggestions = Diagnosis(run).suggestions(for: run)
    #expect(!suggestions.isEmpty)
    #expect(suggestions.allSatisfy { if case .method = $0.remedy { true } else { false } })
  }

  // MARK: Circles

  /// Hénon's area-preserving map about its elliptic point, a turn by about 76 degrees: no period, no convergence.
  @Test func aQuasiCycleIsSaidToCircle() {
    let map = ClosureMap(dimension: 2) { z in
      let (x, y) = (z[0], z[1])
      let (c, s) = (0.24, 0.970_772_888_309_346_6)
      return [c * x - s * (y - x * x), s * x + c * (y - x * x)]
    }
    var run = Run(map: map, start: [0.3, 0.1], solver: Picard(), stopping: StoppingRule(maxSteps: 1000))
    run.runToEnd()
    #expect(run.outcome == .maxSteps)
    guard case .circling(let found)? = Diagnosis(run).findings.first else {
      Issue.record("\(run.outcome as Any): \(Diagnosis(run).findings)")
      return
    }
    let tail = run.trace.suffix(250).compactMap(\.residualRelative)
    #expect(found.least == tail.min() && found.greatest == tail.max())
  }

  /// A turn by 0.05 radians that shrinks by 0.9999 a step: its relative residual swings with the size of z, its absolute
  /// one falls evenly.
  @Test func aSlowRotationGetsThere() throws {
    let run = try run("slow_rotation")
    guard case .slow(let found)? = Diagnosis(run).findings.first else {
      Issue.record("\(Diagnosis(run).findings)")
      return
    }
    #expect(found.measure == .residualAbsolute && abs(found.ratio - 0.9999) <= 1e-9)
    // log(1e-10 / 0.168) / log(0.9999), from the relative residual of row 1000.
    #expect(abs(Double(try #require(found.remainingSteps)) - 212_410) <= 1000)
  }

  /// A slow spiral falls evenly: it is slow, and gets there.
  @Test func aSlowSpiralIsNotSaidToCircle() throws {
    let network = try Network(2, [.dense([[0.5, -0.86], [0.86, 0.5]]), .inject([1, 0])])
    let run = GrowthTests.run(network, [0, 0], Picard())
    #expect(run.outcome == .maxSteps)
    guard case .slow(let found)? = Diagnosis(run).findings.first else {
      Issue.record("\(Diagnosis(run).findings)")
      return
    }
    // |λ|² = 0.25 + 0.7396
    #expect(abs(found.ratio - 0.9896.squareRoot()) <= 1e-3 && found.remainingSteps != nil)
  }

  // MARK: What is said of growth

  /// 1.3 z + 1: the absolute residual grows by 1.3, the relative one is 0.3/1.3 in the end.
  @Test func growthNamesItsMeasure() throws {
    let run = GrowthTests.run(try Network(1, [.scale(1.3), .inject([1])]), [1], Picard())
    guard case .divergence(let found)? = Diagnosis(run).findings.first else {
      Issue.record("\(Diagnosis(run).findings)")
      return
    }
    #expect(abs(found.growth - 1.3) <= 1e-9)
    #expect(abs(try #require(found.relative) - 0.3 / 1.3) <= 1e-9)
  }

  // MARK: Changes of a network

  @Test func changesAreMade() throws {
    let network = try Network(2, [.dense([[1, 2], [3, 4]]), .scale(3), .skip(1), .activation(.tanh)])
    #expect(
      network.reducibleNumbers == [
        .field(position: 1, operator: "scale", name: "by", from: 3, to: 3),
        .field(position: 2, operator: "skip", name: "scale", from: 1, to: 1),
      ])
    let lower = try #require(
      network.applying(.field(position: 1, operator: "scale", name: "by", from: 3, to: 0.5)))
    // 0.5 (1 + 2) + 1 and 0.5 (3 + 4) + 1 before the activation.
    #expect(lower.values(at: [1, 1])[3] == [2.5, 4.5])
    let longer = try #require(network.applying(.scale(position: 0, by: -1)))
    #expect(longer.operators.count == 5 && longer.values(at: [1, 1])[1] == [-1, -1])
    #expect(network.applying(.field(position: 0, operator: "dense", name: "by", from: 1, to: 2)) == nil)
    #expect(network.applying(.scale(position: 9, by: 1)) == nil)
    #expect(network.isGain(.field(position: 1, operator: "scale", name: "by", from: 3, to: 1)))
    #expect(!network.isGain(.field(position: 2, operator: "skip", name: "scale", from: 1, to: 1)))
  }
}

extension Suggestion {
  /// Whether it changes a number of an operator of this name.
  fileprivate func changes(_ name: String) -> Bool {
    if case .network(.field(_, let link, _, _, _)) = remedy { link == name } else { false }
  }
}
