public import LinearAlgebra

extension Network {
  public func jacobian(at iterate: [Double]) -> Matrix {
    var running = Matrix.identity(dimension)
    for (link, value) in zip(operators, values(at: iterate)) {
      running = link.multiplyJacobian(at: value.span, by: running)
      if link.stateFactor != 0 {
        for i in 0..<dimension { running[i, i] += link.stateFactor }
      }
    }
    return running
  }

  public func pushForward(_ tangent: [Double], at iterate: [Double]) -> [Double] {
    precondition(tangent.count == dimension, "a tangent has as many entries as the map's dimension")
    var running = tangent
    for (link, value) in zip(operators, values(at: iterate)) {
      running = filled(link.outputShape.count) { link.pushForward(running.span, at: value.span, into: &$0) }
      if link.stateFactor != 0 { running = running.adding(link.stateFactor, times: tangent) }
    }
    return running
  }

  public func pullBack(_ cotangent: [Double], at iterate: [Double]) -> [Double] {
    precondition(cotangent.count == dimension, "a cotangent has as many entries as the map's dimension")
    var running = cotangent
    var skipped = [Double](repeating: 0, count: dimension)
    for (link, value) in zip(operators, values(at: iterate)).reversed() {
      if link.stateFactor != 0 { skipped = skipped.adding(link.stateFactor, times: running) }
      running = filled(link.inputShape.count) { link.pullBack(running.span, at: value.span, into: &$0) }
    }
    return running.adding(1, times: skipped)
  }

  /// |J(iterate)| · vector, with |J| the entrywise absolute value of the whole map's Jacobian and vector >= 0.
  public func pushForwardAbsolute(_ vector: [Double], at iterate: [Double]) -> [Double] {
    precondition(vector.count == dimension, "a vector has as many entries as the map's dimension")
    return jacobian(at: iterate).absolute.multiply(vector)
  }
}

extension [Double] {
  /// self + factor · other.
  fileprivate func adding(_ factor: Double, times other: [Double]) -> [Double] {
    zip(self, other).map { $0 + factor * $1 }
  }
}
