import Screen
import Testing

@Suite("Axis")
struct AxisTests {
  private func labels(_ axis: Axis, _ count: Int) -> [String] { axis.ticks(count).map(\.label) }

  @Test("Round ticks")
  func linear() {
    #expect(labels(Axis(.linear, from: 0, to: 1), 5) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(labels(Axis(.linear, from: 3, to: 97), 5) == ["20", "40", "60", "80"])
    #expect(labels(Axis(.linear, from: 0, to: 2e-7), 2) == ["0", "1e-07", "2e-07"])
    #expect(labels(Axis(.linear, from: 0, to: 2e9), 2) == ["0", "1e+09", "2e+09"])
    #expect(Axis(.linear, from: 0, to: 2.5).wholeTicks(10).map(\.label) == ["0", "1", "2"])
  }

  @Test("Decades on a log scale")
  func decades() {
    let axis = Axis(.log10, covering: [0.5, 3e-7, 0, -1, .nan])
    #expect((axis.lower, axis.upper) == (1e-7, 1))
    #expect(labels(axis, 10) == ["1e-07", "1e-06", "1e-05", "1e-04", "1e-03", "1e-02", "1e-01", "1e+00"])
    #expect(labels(axis, 4) == ["1e-06", "1e-04", "1e-02", "1e+00"])
    #expect(labels(Axis(.log10, covering: [1e-300, 1e300]), 4).count <= 4)
  }

  @Test("Positions run from 0 to 1; what the scale cannot show has none")
  func positions() {
    let log = Axis(.log10, from: 1e-4, to: 1)
    #expect(abs((log.position(of: 1e-2) ?? 9) - 0.5) < 1e-12)
    #expect(log.position(of: 0) == nil && log.position(of: -1) == nil && log.position(of: .infinity) == nil)
    let linear = Axis(.linear, from: -.greatestFiniteMagnitude, to: .greatestFiniteMagnitude)
    #expect(linear.position(of: 0) == 0.5)
    #expect(linear.position(of: .greatestFiniteMagnitude) == 1)
    #expect(linear.position(of: .nan) == nil)
  }

  @Test("A range of no width is widened", arguments: [0, 1, -7, 1e-300, 1e300, Double.leastNonzeroMagnitude])
  func constant(_ value: Double) {
    for scale in [Scale.linear, .log10] {
      let axis = Axis(scale, covering: [value])
      #expect(axis.lower < axis.upper)
      if let position = axis.position(of: value) { #expect((0...1).contains(position)) }
    }
  }
}
