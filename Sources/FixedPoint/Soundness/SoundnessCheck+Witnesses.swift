internal import LinearAlgebra

/// Whether what is called a witness shows what it should, by plain arithmetic.
extension SoundnessCheck {
  mutating func checkWitness(of refutation: Certificate) {
    guard let witness = refutation.witness else { return }
    comparisons += 1
    let shows =
      switch witness {
      case .fixedPoints(let boxes): areFixedPoints(boxes, in: refutation.scope)
      case .point(let point): quantity(of: refutation.id, at: point).map { $0 >= 1 - 1e-9 } ?? true
      case .direction(let direction): isDownhill(direction)
      }
    if !shows { add(refutation, .emptyWitness) }
  }

  /// Each box holds a point with a residual at rounding level, and they are apart.
  private func areFixedPoints(_ boxes: [IntervalVector], in scope: Scope) -> Bool {
    let points = boxes.map(\.midpoint)
    let areFixed = points.allSatisfy { point in
      let image = network.image(of: point)
      return Distance.sup(image.span, point.span) <= 1e-6 * (1 + Vector.normSup(point)) + error(at: point)
    }
    let areApart = points.indices.allSatisfy { i in
      let point = points[i]
      return points[..<i].allSatisfy { Distance.sup($0.span, point.span) > 1e-9 * (1 + Vector.normSup(point)) }
    }
    return boxes.count > 1 && areFixed && areApart && boxes.allSatisfy(scope.certainlyContains)
  }

  /// What the theorem wants below 1, at one point, in floating point; `nil` for a theorem that has no such quantity.
  private func quantity(of id: String, at point: [Double]) -> Double? {
    let jacobian = network.jacobian(at: point)
    switch id {
    case PerronFrobenius.id: return try? jacobian.absolute.spectralRadius()
    case MatrixMeasure.id: return try? jacobian.metzlerPart.metzlerAbscissa().value
    case LipschitzOne.id: return jacobian.transposed.normInf
    case LipschitzTwo.id: return try? jacobian.norm2()
    case LipschitzSup.id: return jacobian.normInf
    case LocalSpectralRadius.id: return try? jacobian.spectralRadius()
    case PositiveConcave.id: return (network.image(of: point).min() ?? 1) <= 0 ? 1 : 0
    case SubhomogeneousThompson.id:
      var logarithmic = jacobian.absolute
      let image = network.image(of: point)
      for i in 0..<logarithmic.rows { for j in 0..<logarithmic.columns { logarithmic[i, j] *= point[j] / image[i] } }
      return try? logarithmic.spectralRadius()
    default: return nil
    }
  }

  /// xᵀ(I - W)x <= 0
  private func isDownhill(_ direction: [Double]) -> Bool {
    guard let form = try? network.slopeForm(over: .everything(network.dimension)) else { return false }
    let weight = form.weight.midpoint
    var sum = 0.0
    for i in direction.indices {
      var entry = direction[i]
      for j in direction.indices { entry -= weight[i, j] * direction[j] }
      sum += direction[i] * entry
    }
    return sum <= 1e-9 * Vector.norm2(direction) * Vector.norm2(direction)
  }
}
