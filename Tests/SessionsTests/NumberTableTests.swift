import FixedPoint
import Testing

@testable import Sessions

@Suite("CSV files of numbers")
struct NumberTableTests {
  @Test(
    "Headers, quotes, line ends",
    arguments: [
      ("1,2\n3,4\n", [2, 2], [1, 2, 3, 4]), ("1,2\r\n3,4", [2, 2], [1, 2, 3, 4]), ("1\n2\n3\n", [3], [1, 2, 3]),
      ("1,2,3\n", [3], [1, 2, 3]), ("a,b\n1,2\n3,4\n", [2, 2], [1, 2, 3, 4]),
      ("\"a, \"\"b\"\"\",\"c\nd\"\r\n\"1\", 2e-3 \r\n-.5,+4\r\n", [2, 2], [1, 0.002, -0.5, 4]), ("5\n\n", [1], [5]),
    ] as [(String, [Int], [Double])])
  func read(text: String, sizes: [Int], values: [Double]) throws {
    #expect(try NumberTable.read(Array(text.utf8), name: "w.csv") == Tensor(shape: Shape(sizes), values: values))
  }

  @Test(
    "What is no table of finite numbers is refused",
    arguments: [
      "", "a,b\n", "1,2\n3\n", "1,x\n", "1,\n", "nan\n1\n2\n", "1,inf\n", "1,0x10\n", "1e999\n2\n", "\"1\n",
      "\"1\"2\n",
      "1;2\n",
    ])
  func refused(text: String) {
    #expect(throws: SessionError.self) { try NumberTable.read(Array(text.utf8), name: "w.csv") }
  }
}
