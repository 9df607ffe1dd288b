import FixedPoint
import TestSupport
import Testing

@Suite(.enabled(if: FixedPointOracle.isAvailable, "the oracles lie beside the repository"))
struct AffineQuantitiesTests {
  @Test(arguments: FixedPointOracle.all)
  func equalTheOracles(_ oracle: FixedPointOracle) throws {
    guard !oracle.weight.isEmpty else { return #expect(AffineQuantities(oracle.network) == nil) }
    let quantities = try #require(AffineQuantities(oracle.network))
    let pairs = [
      ("norm_2", quantities.norm2), ("norm_inf", quantities.normInf),
      ("perron_root_abs", quantities.perronRootAbsolute), ("monotonicity", quantities.monotonicity),
      ("matrix_measure_inf", quantities.matrixMeasureInf), ("metzler_abscissa", quantities.metzlerAbscissa),
    ]
    for (name, value) in pairs {
      #expect(abs(value - (oracle.weight[name] ?? .nan)) <= 1e-9, "\(oracle.name): \(name) is \(value)")
    }
  }

  /// Maps with several fixed points are never called unique, and the local theorem reports the oracle's spectral radius.
  @Test(arguments: FixedPointOracle.all)
  func certificatesAgreeWithTheFixedPoints(_ oracle: FixedPointOracle) throws {
    let analysis = Analysis(network: oracle.network)
    let certificates = TheoremCatalog.all.map { $0.certify(analysis) }
    if oracle.fixedPoints.count > 1 { #expect(certificates.allSatisfy { !$0.isUnique }) }
    let local = try #require(certificates.first { $0.id == LocalSpectralRadius.id })
    let radii = oracle.fixedPoints.compactMap { $0.quantities["jacobian_spectral_radius"] }
    let value = try #require(local.hypotheses.first?.value)
    #expect(radii.contains { abs($0 - value) < 1e-9 }, "\(oracle.name): \(value) is not among \(radii)")
  }
}
