internal import LinearAlgebra

/// The last iterates and images in ring slots: slot k mod m holds those of evaluation k.
///
/// Source: the algorithm of TorchDEQ (Geng, Kolter 2023) and SubDEQ (Sittoni, Tudisco 2024).
struct AndersonRing: Sendable, Equatable {
  private(set) var iterates: [[Double]] = []
  private(set) var images: [[Double]] = []
  /// How many were stored ever.
  private var stored = 0

  mutating func store(iterate: [Double], image: [Double], window: Int) {
    if iterates.count < window {
      iterates.append(iterate)
      images.append(image)
    } else {
      iterates[stored % window] = iterate
      images[stored % window] = image
    }
    stored += 1
  }

  /// β Σ αᵢ Fᵢ + (1 - β) Σ αᵢ Xᵢ; the image itself while there is only one.
  /// - Throws: `SolverError.singular` if the bordered system has no solution.
  func combine(_ solver: Anderson) throws(SolverError) -> [Double] {
    if stored == 1 { return images[0] }
    let weights = try self.weights(solver.regularization)
    var next = [Double](repeating: 0, count: images[0].count)
    for (i, weight) in weights.enumerated() {
      Vector.add(solver.mixing * weight, times: images[i], to: &next)
      if solver.mixing != 1 { Vector.add((1 - solver.mixing) * weight, times: iterates[i], to: &next) }
    }
    return next
  }

  /// α of `[[0, 1ᵀ], [1, G Gᵀ + λ I]] (ν, α) = (1, 0)` with rows Gᵢ = Fᵢ - Xᵢ.
  private func weights(_ regularization: Double) throws(SolverError) -> [Double] {
    let count = images.count
    let residuals = zip(images, iterates).map { Vector.difference($0, $1) }
    var system = Matrix(rows: count + 1, columns: count + 1)
    for i in 0..<count {
      system[0, i + 1] = 1
      system[i + 1, 0] = 1
      for j in 0...i {
        let product = Vector.dot(residuals[i], residuals[j])
        system[i + 1, j + 1] = product
        system[j + 1, i + 1] = product
      }
      system[i + 1, i + 1] += regularization
    }
    let right = [1] + [Double](repeating: 0, count: count)
    guard let factors = try? LUFactorization(system) else {
      throw .singular(method: Anderson.description.name, step: stored)
    }
    return Array(factors.solve(right).dropFirst())
  }
}
