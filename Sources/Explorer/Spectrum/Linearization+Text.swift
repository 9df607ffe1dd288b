import FixedPoint
import LinearAlgebra
import Screen

extension Linearization {
  /// What rho means for the iteration. `isFixedPoint`: the point is the computed fixed point; else it is only passed.
  func meaning(isFixedPoint: Bool) -> String {
    switch eigenvalues {
    case .failure(let error): return "J has no spectrum: " + error.reason(in: "J")
    case .success(let values):
      let rho = values.first?.magnitude ?? 0
      let text = "rho(J) \(NumberText.significant(rho, digits: 4))"
      if let distance, distance.isOpen {
        let step = distance.distance.map { "a Newton step is \(NumberText.significant($0)) long" }
        return "\(text): the residual says nothing about the distance, \(step ?? "I - J is singular")"
      }
      let place = isFixedPoint ? "the fixed point" : "a fixed point with this J"
      if rho < 1 { return "\(text) < 1: \(place) attracts Picard, at rate \(NumberText.significant(rho)) in the end" }
      return rho > 1 ? "\(text) > 1: \(place) repels Picard" : "\(text) = 1: undecided to first order"
    }
  }

  /// Which damping factors J allows.
  var dampingText: String {
    guard case .success = eigenvalues else { return "" }
    guard let damping else { return "no damping attracts: an eigenvalue has a real part of at least 1" }
    return "damping attracts below \(NumberText.significant(damping.limit)); best "
      + "\(NumberText.significant(damping.best)), rate \(NumberText.significant(damping.rate)); measured, not proved"
  }
}

extension LinearAlgebraError {
  /// Why a matrix of this name cannot be decomposed.
  func reason(in name: String) -> String {
    switch self {
    case .notFinite(let row, let column): "entry (\(row), \(column)) of \(name) is not finite"
    case .noConvergence(let routine): "\(routine) did not converge"
    case .failed(let routine, let code): "\(routine) failed (\(code))"
    case .singular, .rankDeficient, .notPositiveDefinite: "\(name) is singular"
    }
  }
}

extension LogJacobianObstacle {
  var reason: String {
    switch self {
    case .iterate(let unit, let value): "unit \(unit) of z is \(NumberText.significant(value)), not positive"
    case .image(let unit, let value): "unit \(unit) of f(z) is \(NumberText.significant(value)), not positive"
    case .matrix(let error): error.reason(in: "L")
    }
  }
}

extension ComplexNumber {
  /// `0.474 + 0.477i`
  func text(digits: Int = 4) -> String {
    let real = NumberText.significant(self.real, digits: digits)
    guard imaginary != 0 else { return real }
    return real + (imaginary < 0 ? " - " : " + ") + NumberText.significant(abs(imaginary), digits: digits) + "i"
  }
}
