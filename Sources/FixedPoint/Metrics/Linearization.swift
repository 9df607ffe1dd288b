public import LinearAlgebra

/// The derivative of a map at one point z: the spectra of J and of the log-Jacobian L, singular values, coefficients.
///
/// All of it is measured at that point and proves nothing about others. What is undefined says why.
public struct Linearization: Sendable, Equatable {
  /// Of J, the largest magnitude first; of a complex pair the one with positive imaginary part first.
  public let eigenvalues: Result<[ComplexNumber], LinearAlgebraError>
  /// Of L = diag(f)⁻¹ J diag(z), in the same order. At a fixed point in the open cone L is similar to J: they agree.
  public let logEigenvalues: Result<[ComplexNumber], LogJacobianObstacle>
  /// Of J, descending.
  public let singularValues: Result<[Double], LinearAlgebraError>
  public let coefficients: Coefficients
  /// The damping factors that J's eigenvalues allow at a fixed point; `nil` where none is admissible, or without them.
  public let damping: DampingRange?
  /// How far the point is from a fixed point; `nil` where a value is not finite.
  public let distance: DistanceEstimate?

  /// One evaluation of f, one Jacobian, and O(n³) for the decompositions.
  public init(of network: Network, at iterate: [Double]) {
    let (jacobian, image) = (network.jacobian(at: iterate), network.image(of: iterate))
    eigenvalues = Result { () throws(LinearAlgebraError) in Self.sorted(try jacobian.eigenvalues()) }
    singularValues = Result { () throws(LinearAlgebraError) in try SingularValues.values(of: jacobian) }
    distance = DistanceEstimate(jacobian, at: iterate, image: image)
    logEigenvalues = Self.logEigenvalues(jacobian, iterate, image)
    coefficients = Coefficients(jacobian: jacobian, at: iterate, image: image, norm: network.normalization)
    damping = (try? eigenvalues.get()).flatMap { DampingRange(eigenvalues: $0) }
  }

  /// ρ(J), the largest magnitude of an eigenvalue.
  public var spectralRadius: Double? { (try? eigenvalues.get()).map { $0.first?.magnitude ?? 0 } }

  /// ‖J‖₂, the largest singular value.
  public var norm2: Double? { (try? singularValues.get()).map { $0.first ?? 0 } }

  private static func logEigenvalues(
    _ jacobian: Matrix, _ iterate: [Double], _ image: [Double]
  ) -> Result<[ComplexNumber], LogJacobianObstacle> {
    do throws(LogJacobianObstacle) {
      let logarithmic = try Coefficients.logJacobian(jacobian, at: iterate, image: image)
      return Result { () throws(LinearAlgebraError) in sorted(try logarithmic.eigenvalues()) }.mapError { .matrix($0) }
    } catch {
      return .failure(error)
    }
  }

  private static func sorted(_ values: [ComplexNumber]) -> [ComplexNumber] {
    values.sorted { ($0.magnitude, $0.real, $0.imaginary) > ($1.magnitude, $1.real, $1.imaginary) }
  }
}
