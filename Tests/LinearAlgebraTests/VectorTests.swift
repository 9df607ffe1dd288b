import LinearAlgebra
import Testing

@Suite struct VectorTests {
  @Test func productsAndSums() {
    #expect(Vector.dot([1, 2, 3], [4, -5, 6]) == 12)
    #expect(Vector.dot([], []) == 0)
    var sum = [1.0, 1]
    Vector.add(-2, times: [1, 3], to: &sum)
    #expect(sum == [-1, -5])
  }

  @Test func norms() {
    #expect(Vector.norm2([3, -4]) == 5)
    #expect(Vector.norm2([]) == 0)
    #expect(Vector.normSup([3, -4]) == 4)
    #expect(Vector.normSup([]) == 0)
    #expect(Vector.normSup([1, .infinity]) == .infinity)
    #expect(Vector.normSup([1, .nan, 2]).isNaN)
    #expect(Vector.norm2([1, .nan, 2]).isNaN)
    #expect(Vector.norm2([1, -.infinity]) == .infinity)
  }

  @Test(arguments: [2, 9, 100]) func euclideanNormNeitherOverflowsNorUnderflows(size: Int) {
    for scale in [0x1p1000, 0x1p-1000] {
      let norm = Vector.norm2(Array(repeating: scale, count: size))
      let expected = scale * Double(size).squareRoot()
      #expect(abs(norm - expected) <= Double(size) * Double.ulpOfOne * expected)
    }
  }
}
