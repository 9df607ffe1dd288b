import Testing

@testable import Training

/// Steps and rates of the optimisers against their published formulas.
struct OptimizerTests {
  private static let gradients = [[0.5, -2.0], [-0.25, 1.0], [3.0, 0.125]]

  /// θ <- θ - α m̂ / (√v̂ + ε) with m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ) of the gradient with λ θ.
  @Test func adamIsItsFormula() {
    var plan = TrainingPlan.Optimizer()
    plan.weightDecay = 0.1
    var optimizer = Optimizer<Double>(plan, count: 2)
    var parameters = [1.0, -3.0]
    var (expected, means, squares) = (parameters, [0.0, 0.0], [0.0, 0.0])
    var (shrunkMean, shrunkSquare) = (1.0, 1.0)
    for gradient in Self.gradients {
      optimizer.step(&parameters, gradient, rate: 0.01)
      shrunkMean *= 0.9
      shrunkSquare *= 0.999
      for i in 0..<2 {
        let slope = gradient[i] + 0.1 * expected[i]
        means[i] += 0.1 * (slope - means[i])
        squares[i] += 0.001 * (slope * slope - squares[i])
        let deviation = (squares[i] / (1 - shrunkSquare)).squareRoot()
        expected[i] -= 0.01 * means[i] / (1 - shrunkMean) / (deviation + 1e-8)
      }
      for (own, other) in zip(parameters, expected) { #expect(abs(own - other) < 1e-12) }
    }
  }

  /// v <- μ v + gradient + λ θ, θ <- θ - α v: from θ = 1 with gradients 1 and 1, by hand.
  @Test func descentHasMomentumAndDecay() {
    var plan = TrainingPlan.Optimizer()
    (plan.method, plan.momentum, plan.weightDecay) = (.sgd, 0.5, 0.25)
    var optimizer = Optimizer<Double>(plan, count: 1)
    var parameters = [1.0]
    optimizer.step(&parameters, [1], rate: 0.4)
    #expect(parameters == [0.5])
    // v = 0.5 · 1.25 + 1 + 0.125
    optimizer.step(&parameters, [1], rate: 0.4)
    #expect(abs(parameters[0] - (0.5 - 0.4 * 1.75)) < 1e-15)
  }

  /// Half a cosine from the first epoch on: (1 + cos(π k / 4)) / 2 is 1, (2 + √2) / 4, 1/2, (2 - √2) / 4.
  @Test func theCosineBeginsAtTheRate() {
    var plan = TrainingPlan.Optimizer()
    (plan.rate, plan.finalRate) = (3, 1)
    let shares = [1, (2 + 2.0.squareRoot()) / 4, 0.5, (2 - 2.0.squareRoot()) / 4]
    for (epoch, share) in shares.enumerated() {
      #expect(abs(plan.rate(epoch: epoch, of: 4) - (1 + 2 * share)) < 1e-15)
    }
    plan.schedule = .constant
    #expect((0..<4).allSatisfy { plan.rate(epoch: $0, of: 4) == 3 })
  }
}
