import FixedPoint
import Glibc
import LinearAlgebra
import TestSupport
import Testing

@testable import Sessions

/// Data sets in every form, from files made here; those of ../shared/data where they are.
@Suite("Data sets")
struct DatasetTests {
  private let directory = TemporaryDirectory()
  private static let shared = "../shared/data"
  private static let hasShared = FileSystem.isFolder(shared)

  /// Makes a folder below the directory that goes away with its files.
  private func inFolder<Result>(
    _ name: String, _ files: [(String, [UInt8])], _ work: (DatasetCatalog) throws -> Result
  ) rethrows -> Result {
    unsafe mkdir(directory.file(name), 0o777)
    defer {
      for (file, _) in files { unsafe unlink(directory.file(name + "/" + file)) }
      unsafe rmdir(directory.file(name))
    }
    for (file, bytes) in files { directory.write(bytes, to: name + "/" + file) }
    return try work(DatasetCatalog(folders: [directory.path]))
  }

  private func samples(_ content: DatasetCatalog.Content) throws -> Dataset {
    guard case .samples(let dataset) = content else { throw Other() }
    return dataset
  }

  private func graph(_ content: DatasetCatalog.Content) throws -> GraphDataset {
    guard case .graph(let dataset) = content else { throw Other() }
    return dataset
  }

  private struct Other: Error {}

  // MARK: Forms

  @Test("IDX: two sets, one after the other")
  func idx() throws {
    let files: [(String, [UInt8])] = [
      ("train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51, 102]),
      ("train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 2, 1, 0]),
      ("t10k-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 255, 255]),
      ("t10k-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 1, 2]),
    ]
    let data = try inFolder("tiny", files) { try samples($0.load("tiny")) }
    #expect(data.shape == Shape([1, 1, 2]) && data.count == 3 && data.labels == [1, 0, 2])
    #expect(data.classes == ["0", "1", "2"])
    #expect(data.splits == [.init("train", 0..<2), .init("test", 2..<3)])
    #expect(data.features([1, 0]) == Matrix(rows: 2, columns: 2, values: [0.2, 0.4, 0, 1]))
    #expect(data.sample(2) == Tensor(shape: Shape([1, 1, 2]), values: [1, 1]))
  }

  @Test("CIFAR-10: the label, then three planes")
  func cifar() throws {
    let image: (UInt8, UInt8) -> [UInt8] = { label, pixel in [label] + [UInt8](repeating: pixel, count: 3072) }
    let files: [(String, [UInt8])] = [
      ("test_batch.bin", image(9, 255)), ("data_batch_1.bin", image(3, 0) + image(4, 51)),
    ]
    let data = try inFolder("colour", files) { try samples($0.load("colour")) }
    #expect(data.shape == Shape([3, 32, 32]) && data.labels == [3, 4, 9])
    #expect(data.splits == [.init("train", 0..<2), .init("test", 2..<3)])
    #expect(data.sample(1).values.allSatisfy { $0 == 0.2 })
  }

  @Test("A table with labels, by number or by name, beside other columns")
  func table() throws {
    directory.write("p0,label,p1,p2,p3\n1,2,3,4,5\n6,0,8,9,10\n", to: "digits.csv")
    directory.write("x,y,label\n1,2,red\n3,4,blue\n", to: "colours.csv")
    directory.write("x,y\n1,2\n", to: "other.csv")
    let catalog = DatasetCatalog(folders: [directory.path])
    #expect(try catalog.entries().filter { $0.form == .table }.map(\.name) == ["colours", "digits"])
    let digits = try samples(catalog.load("digits"))
    #expect(digits.shape == Shape([1, 2, 2]) && digits.labels == [2, 0] && digits.classes == ["0", "1", "2"])
    #expect(digits.sample(0).values == [1, 3, 4, 5])
    let colours = try samples(catalog.load("colours"))
    #expect(colours.shape == Shape([2]) && colours.labels == [1, 0] && colours.classes == ["blue", "red"])
  }

  @Test("The list reads no more of a table than its first line")
  func firstLines() throws {
    let columns = (0..<20_000).map { "pixel\($0)" }.joined(separator: ",")
    directory.write(columns + ",label\n", to: "wide.csv")
    directory.write(columns + ",label", to: "bare.csv")
    directory.write(String(repeating: "label,", count: 400_000), to: "endless.csv")
    unsafe mkfifo(directory.file("pipe.csv"), 0o600)
    #expect(
      try DatasetCatalog(folders: [directory.path]).entries().filter { $0.form == .table }.map(\.name) == [
        "bare", "wide",
      ])
  }

  @Test("A graph with sparse features, unknown labels and splits")
  func graphs() throws {
    let files = [
      ("edges.csv", "u,v\n0,1\n1,2\n"), ("labels.csv", "node,label\n0,1\n1,-1\n2,0\n"),
      ("features.csv", "node,features\n0,1 3\n1,\n2,0\n"), ("classes.csv", "label,name\n0,A\n1,B\n"),
      ("split.csv", "node,split\n0,train\n1,none\n2,test\n"), ("splits.csv", "node,s1,s2\n0,1,0\n1,0,1\n2,0,0\n"),
    ].map { ($0.0, Array($0.1.utf8)) }
    let data = try inFolder("web", files) { try graph($0.load("web")) }
    #expect(data.edges == [[0, 1], [1, 2]] && data.labels == [1, nil, 0] && data.classes == ["A", "B"])
    #expect(data.tensor == Tensor(shape: Shape([3, 4]), values: [0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0]))
    #expect(data.splits.map(\.name) == ["split", "s1", "s2"])
    #expect(data.splits[0].train == [0] && data.splits[0].test == [2] && data.splits[0].validation == [])
    #expect(data.splits[2].train == [1] && data.splits[2].test == [0, 2])
  }

  // MARK: What is built in

  @Test("The karate club is Zachary's, as networkx has it", .enabled(if: hasShared, "../shared/data is not here"))
  func karate() throws {
    let catalog = DatasetCatalog(folders: [Self.shared])
    let (mine, theirs) = (try graph(catalog.load("karate-club")), try graph(catalog.load("karate")))
    #expect(mine.edges == theirs.edges && mine.labels == theirs.labels && mine.tensor == theirs.tensor)
  }

  @Test("The karate club's size, sides and leaders")
  func club() throws {
    let club = KarateClub.dataset
    #expect(club.edges.count == 78 && Set(club.edges).count == 78 && club.labels.filter { $0 == 1 }.count == 17)
    var degrees = [Int](repeating: 0, count: 34)
    for node in club.edges.joined() { degrees[node] += 1 }
    #expect(degrees[0] == 16 && degrees[33] == 17 && degrees.max() == 17)
    #expect(club.tensor == Tensor(shape: Shape([34, 34]), values: Matrix.identity(34).values))
  }

  @Test("Two moons lie on their half circles")
  func moons() throws {
    let moons = TwoMoons.dataset
    #expect(moons.labels.filter { $0 == 1 }.count == 200)
    for index in 0..<moons.count {
      let point = moons.sample(index).values
      let isLower = moons.labels[index] == 1
      let (x, y) = isLower ? (1 - point[0], 0.5 - point[1]) : (point[0], point[1])
      #expect(abs((x * x + y * y).squareRoot() - 1) < 0.5 && y > -0.5, "six deviations at most")
    }
  }

  @Test("An arm of the spiral is its class: each radius has three directions")
  func spirals() {
    let data = Spirals.dataset
    for label in 0..<3 { #expect(data.labels.filter { $0 == label }.count == 200) }
    // No line through the plane tells one arm from the rest: each arm goes round the middle.
    for label in 0..<3 {
      let points = (0..<data.count).filter { data.labels[$0] == label }.map { data.sample($0).values }
      #expect(points.contains { $0[0] > 0.3 } && points.contains { $0[0] < -0.3 })
      #expect(points.contains { $0[1] > 0.3 } && points.contains { $0[1] < -0.3 })
    }
  }

  @Test("Drawn digits are told apart by the nearest mean: 9 of 10 at least")
  func digits() throws {
    let data = DrawnDigits.dataset
    let train = try #require(data.indices(of: "train"))
    let test = try #require(data.indices(of: "test"))
    var means = [[Double]](repeating: [Double](repeating: 0, count: 64), count: 10)
    for index in train {
      for (pixel, value) in data.sample(index).values.enumerated() { means[data.labels[index]][pixel] += value / 120 }
    }
    let right = test.filter { index in
      let image = data.sample(index).values
      let distances = means.map { mean in zip(mean, image).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
      return distances.firstIndex(of: distances.min() ?? 0) == data.labels[index]
    }
    #expect(Double(right.count) >= 0.9 * Double(test.count), "\(right.count) of \(test.count)")
    #expect(data.features(0..<data.count).values.allSatisfy { 0...1 ~= $0 })
  }

  // MARK: As tensors

  @Test("A sample is a tensor of any shape of its size; what is wrong is said where it stands")
  func tensor() throws {
    let resolver = TensorResolver(directory: ".", catalog: DatasetCatalog(folders: []))
    let source = TensorSource.dataset(name: "drawn-digits", index: 3)
    #expect(try resolver.tensor(source, shape: Shape([64])).shape == Shape([64]))
    #expect(try resolver.tensor(source, shape: Shape([1, 8, 8])).values == DrawnDigits.dataset.sample(3).values)
    #expect(resolver.data.map(\.source) == [source, source])
    let missing = #expect(throws: SessionError.self) {
      try resolver.tensor(.dataset(name: "nothing", index: 0), shape: Shape([1]))
    }
    #expect(missing?.path == "dataset" && missing?.expected.contains("two-moons") == true)
    let beyond = #expect(throws: SessionError.self) {
      try resolver.tensor(.dataset(name: "karate-club", index: 1), shape: Shape([1]))
    }
    #expect(beyond?.path == "index")
  }

  @Test("A damaged file is named in the session's error")
  func damaged() throws {
    directory.write("p0,label\n1,2\nx,3\n", to: "bad.csv")
    let resolver = TensorResolver(directory: ".", catalog: DatasetCatalog(folders: [directory.path]))
    let error = #expect(throws: SessionError.self) {
      try resolver.tensor(.dataset(name: "bad", index: 0), shape: Shape([1]))
    }
    #expect(error?.expected == "a finite number for p0 in row 3 of \(directory.file("bad.csv"))")
    #expect(error?.found == "\"x\"")
  }

  @Test("Names below folders, and by their last part where it is one alone", .enabled(if: hasShared, "no data here"))
  func names() throws {
    let catalog = DatasetCatalog(folders: [Self.shared])
    let names = try catalog.entries().map(\.name)
    #expect(names.contains("planetoid/cora") && names.contains("subdeq/cora-cit") && names.contains("digits"))
    let cora = try graph(catalog.load("cora"))
    #expect(cora.nodeCount == 2708 && cora.edges.count == 5278 && cora.featureCount == 1433)
    #expect(cora.features?.ones.reduce(0) { $0 + $1.count } == 49_216)
    #expect(cora.splits.map { [$0.train.count, $0.validation.count, $0.test.count] } == [[140, 500, 1000]])
    let several = #expect(throws: SessionError.self) { try catalog.load("citeseer") }
    #expect(several?.found.contains("several") == true)
  }

  @Test("The test images of MNIST", .enabled(if: hasShared, "../shared/data is not here"))
  func mnist() throws {
    let folder = try DataFolder(Self.shared + "/mnist")
    let labels = try folder.file(["t10k-labels-idx1-ubyte.gz"]).bytes
    // The first ten labels, as every introduction shows them.
    #expect(Array(labels[8..<18]) == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9] && labels.count == 10_008)
    let digits = try samples(DatasetCatalog(folders: [Self.shared]).load("digits"))
    #expect(digits.count == 1797 && digits.shape == Shape([1, 8, 8]) && digits.labels.prefix(4) == [0, 1, 2, 3])
    #expect(digits.sample(0).values.prefix(8) == [0, 0, 5, 13, 9, 1, 0, 0])
  }
}
