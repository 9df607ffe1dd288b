/// The proximal operators of the convex function g whose proximal operator with step 1 is c · σ.
///
/// A function with slopes in [0, 1] is prox_g of a convex g, and z = prox_αg(v) is then z = c σ(t) with
/// (1 - α) c σ(t) + α t = v: the left side increases in t with a slope between 1 and α, so that t exists, is unique,
/// and is found exactly, in closed form where σ is made of straight pieces and by a safeguarded Newton iteration
/// elsewhere. With step 1 it is c σ itself.
///
/// Source: Winston, Kolter 2020, appendix on proximal operators; Combettes, Pesquet 2020, proposition 2.3.
public struct ProximalMap: Sendable, Equatable {
  public let activation: Activation
  /// c
  public let gain: Double

  /// `nil` unless c · σ is defined on R with slopes in [0, 1].
  public init?(_ activation: Activation, gain: Double = 1) {
    guard gain >= 0, activation.kind.domainStart == -.infinity, let slopes = activation.slopeBounds,
      slopes.lower >= 0, gain * slopes.upper <= 1
    else { return nil }
    self.activation = activation
    self.gain = gain
  }

  /// prox_αg(v), for a step α > 0, accurate to some rounding errors of max(1, α) |v|; allocates nothing.
  public func value(_ v: Double, step: Double) -> Double {
    precondition(step > 0, "the step of a proximal operator is positive")
    if step == 1 { return gain * activation.value(v) }
    switch activation.kind {
    case .identity: return onLine(v, slope: gain, step: step)
    case .relu: return v > 0 ? onLine(v, slope: gain, step: step) : v.isNaN ? v : 0
    case .leakyRelu: return onLine(v, slope: v > 0 ? gain : gain * activation.parameter, step: step)
    case .hardtanh: return min(max(onLine(v, slope: gain, step: step), -gain), gain)
    case .softshrink:
      let excess = abs(v) - step * activation.parameter
      return excess <= 0 ? 0 : onLine(v < 0 ? -excess : excess, slope: gain, step: step)
    case .tanh, .sigmoid, .softplus, .softsign, .arctan, .erf, .elu, .gelu, .silu, .sin, .log1p, .sqrt, .exp:
      return v.isFinite ? gain * activation.value(preimage(of: v, step: step)) : gain * activation.value(v)
    }
  }

  /// z = s t with ((1 - α) s + α) t = v.
  private func onLine(_ v: Double, slope: Double, step: Double) -> Double {
    slope == 1 ? v : slope * v / ((1 - step) * slope + step)
  }

  /// t with (1 - α) c σ(t) + α t = v.
  ///
  /// Newton's step is taken where it stays within what is known to hold t and halves the last step, else the middle.
  /// Source: Press et al., *Numerical Recipes*, section 9.4.
  private func preimage(of v: Double, step: Double) -> Double {
    var t = v
    var excess = excess(t, of: v, step: step)
    let ends = (t - excess / min(1, step), t - excess / max(1, step))
    var (low, high) = (min(ends.0, ends.1), max(ends.0, ends.1))
    var lastMove = high - low
    while abs(excess) > 2 * .ulpOfOne * max(abs(v), step * abs(t)), lastMove > t.ulp {
      let newton = t - excess / (step + (1 - step) * gain * activation.slope(t))
      let isGood = newton >= low && newton <= high && abs(newton - t) <= lastMove / 2
      let next = isGood ? newton : low + (high - low) / 2
      lastMove = abs(next - t)
      t = next
      excess = self.excess(t, of: v, step: step)
      if excess < 0 { low = t } else { high = t }
    }
    return t
  }

  /// (1 - α) c σ(t) + α t - v
  private func excess(_ t: Double, of v: Double, step: Double) -> Double {
    (1 - step) * gain * activation.value(t) + step * t - v
  }
}
