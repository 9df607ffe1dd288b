public import FixedPoint
import Screen

/// The ways in which the explorer solves the adjoint system, in the order in which they are shown.
public enum BackwardMethod: String, Sendable, CaseIterable {
  case direct, picard, anderson, gmres

  /// A dense Jacobian is not made for states larger than this.
  static let largestDense = 2048

  public func solve(_ adjoint: AdjointMap<Network>) -> AdjointSolution {
    AdjointSolver(method).solve(adjoint.map, at: adjoint.point, cotangent: adjoint.cotangent)
  }

  private var method: AdjointSolver.Method {
    switch self {
    case .direct: .direct
    case .picard: .picard
    case .anderson: .anderson()
    case .gmres: .gmres()
    }
  }

  /// Stands for the method in the plot and in the table.
  var letter: Unicode.Scalar {
    switch self {
    case .direct: "D"
    case .picard: "P"
    case .anderson: "A"
    case .gmres: "G"
    }
  }

  var role: Theme.Role {
    switch self {
    case .direct: .series5
    case .picard: .series1
    case .anderson: .series2
    case .gmres: .series3
    }
  }
}

extension AdjointSolution.Outcome {
  var word: String {
    switch self {
    case .converged: "converged"
    case .maxSteps: "limit reached"
    case .diverged: "diverged"
    case .stalled: "stalled"
    case .singular: "singular"
    }
  }

  var letter: String {
    switch self {
    case .converged: "+"
    case .maxSteps: "…"
    case .diverged: "x"
    case .stalled: "="
    case .singular: "!"
    }
  }

  var role: Theme.Role {
    switch self {
    case .converged: .good
    case .maxSteps, .stalled: .warning
    case .diverged, .singular: .bad
    }
  }
}
