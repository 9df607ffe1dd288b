/// Where f takes the points of a grid in a phase plane: the arrows of f(z) - z, without their parts off the plane.
public struct VectorField: Sendable, Equatable {
  public struct Arrow: Sendable, Equatable {
    public let from: PhasePoint
    /// The coordinates of the image.
    public let to: PhasePoint
  }

  public let grid: PhaseGrid
  /// Row by row from below; only those that are defined and start where starts are allowed.
  public let arrows: [Arrow]

  /// One evaluation of f a point.
  public init(_ grid: PhaseGrid, of network: Network, in region: StartRegion) {
    self.grid = grid
    arrows = (0..<grid.count).compactMap { index in
      let state = grid.state(of: index)
      guard region.allows(state) else { return nil }
      let image = grid.plane.place(of: network.image(of: state))
      return image.isFinite ? Arrow(from: grid.place(of: index), to: image) : nil
    }
  }
}
