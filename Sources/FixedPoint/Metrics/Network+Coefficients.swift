extension Network {
  /// The subhomogeneity coefficients at `iterate`; Hilbert's where the last operator normalises all entries together.
  ///
  /// One evaluation of f and one Jacobian.
  public func coefficients(at iterate: [Double]) -> Coefficients {
    Coefficients(
      jacobian: jacobian(at: iterate), at: iterate, image: image(of: iterate), norm: normalization)
  }

  /// The norm if the map ends in the division of all entries by it.
  var normalization: VectorNorm? {
    guard let last = operators.last as? Normalize, last.sliceSize == dimension else { return nil }
    return last.norm
  }
}
