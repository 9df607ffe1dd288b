/// A range of colours for values, read by position from 0 to 1.
public struct Palette: Sendable, Hashable {
  private let stops: [UInt32]

  /// Colours as 0xRRGGBB at equal distances; at least one.
  public init(_ stops: [UInt32]) {
    precondition(!stops.isEmpty, "a palette needs a colour")
    self.stops = stops
  }

  /// The colour at `position`, which is clamped to 0...1; between stops it is interpolated.
  public func color(at position: Double) -> Color {
    let place = min(1, max(0, position)) * Double(stops.count - 1)
    let index = min(Int(place), max(0, stops.count - 2))
    let share = place - Double(index)
    let (low, high) = (stops[index], stops[min(index + 1, stops.count - 1)])
    func mix(_ shift: UInt32) -> UInt8 {
      let (a, b) = (Double(low >> shift & 0xFF), Double(high >> shift & 0xFF))
      return UInt8((a + share * (b - a)).rounded())
    }
    return .rgb(mix(16), mix(8), mix(0))
  }

  /// From black to white; of a diverging scale the lower values are the darker ones.
  public static let grey = Palette([0x101010, 0xF0F0F0])

  /// Blue, white, orange: the sides differ for every kind of colour vision.
  public static let blueOrange = Palette([0x0B3C8C, 0x3D7FC4, 0x9CC5E6, 0xF4F4F4, 0xF5BE7E, 0xD97A1E, 0x8C4300])
  /// From dark blue to yellow, the same with any kind of colour vision.
  ///
  /// Source: Nuñez, Anderton, Renslow, *Optimizing colormaps with consideration for color vision deficiency*, 2018.
  public static let cividis = Palette([0x00224E, 0x2A3F6D, 0x575D6D, 0x7D7C78, 0xA59C74, 0xD2C060, 0xFEE838])
  /// From violet over green to yellow.
  ///
  /// Source: van der Walt, Smith, matplotlib 2015.
  public static let viridis = Palette([0x440154, 0x443983, 0x31688E, 0x21918C, 0x35B779, 0x90D743, 0xFDE725])
}
