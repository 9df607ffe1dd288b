/// A method whose next iterate is made entry by entry of the last one and its image, without memory: it moves many samples
/// at once as it moves one.
public protocol EntrywiseSolver: FixedPointSolver {
  /// Turns iterates into the next ones; what the images are afterwards does not matter.
  func move(_ iterates: inout [Double], _ images: inout [Double])
}
