import FixedPoint
import Screen

/// One line on the watch screen: the conclusion first, then a letter and a name for each theorem that says anything, always
/// in the theorems' order; what does not fit is counted.
struct VerdictLights: Drawable {
  let certification: Certification

  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.draw(in: rect) { region in
      switch certification.conclusion {
      case .failure(let conflict): region.write(conflict.text, look[.bad].with(.bold), at: 1, 0, width: rect.width - 1)
      case .success(let conclusion): draw(conclusion, width: rect.width, on: &region, look)
      }
    }
  }

  private func draw(_ conclusion: Conclusion, width: Int, on region: inout Canvas, _ look: Look) {
    let isWaiting = !certification.isComplete
    let light = conclusion.verdict == .open && isWaiting ? "checking…" : conclusion.light
    var x = region.write(
      light, look[isWaiting && conclusion.verdict == .open ? .dim : conclusion.role].with(.bold), at: 1, 0)
    let lights = certification.lights
    for (index, light) in lights.enumerated() {
      let rest = lights.count - index
      let reserve = rest > 1 ? 2 + "+\(rest - 1)".count : 0
      guard x + 2 + light.width + reserve <= width else {
        region.write("+\(rest)", look[.dim], at: x + 2, 0)
        return
      }
      x = light.draw(at: x + 2, on: &region, look)
    }
    if isWaiting, conclusion.verdict != .open { region.write("checking…", look[.dim], at: x + 2, 0) }
  }
}

/// What one theorem says, in a few characters.
private struct VerdictLight {
  let name: String
  let standing: Standing
  let rate: String

  var width: Int { 2 + name.count + rate.count }

  func draw(at x: Int, on region: inout Canvas, _ look: Look) -> Int {
    var x = region.write(standing.letter + " ", look[standing.role].with(.bold), at: x, 0)
    x = region.write(name, look[rate.isEmpty ? .dim : .text], at: x, 0)
    return region.write(rate, look[.number], at: x, 0)
  }
}

extension Certification {
  /// The theorems that say anything, in their order; what does not apply is left to the certificates screen.
  fileprivate var lights: [VerdictLight] {
    saying.map { certificate in
      let rate = certificate.verdict == .proved ? certificate.rate.map { " " + NumberText.significant($0) } : nil
      return VerdictLight(name: Self.name(certificate.id), standing: certificate.standing, rate: rate ?? "")
    }
  }

  /// What is known, but for theorems that do not apply or were not tried, in the theorems' order.
  var saying: [Certificate] { known.filter { $0.verdict != .notApplicable } }

  /// The theorem's name without what most share.
  static func name(_ id: String) -> String {
    for prefix in ["subhomogeneous-", "local-"] where id.hasPrefix(prefix) { return String(id.dropFirst(prefix.count)) }
    return id
  }
}
