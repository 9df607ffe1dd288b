import Glibc
import TestSupport
import Testing

@testable import Sessions

/// Folders of data that are not what they should be: one error each, which names the file.
@Suite("Data that are not what they should be")
struct HostileDataTests {
  /// A folder, the file that is at fault, and what the error says.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let files: [String: [UInt8]]
    let culprit: String
    let says: String

    var testDescription: String { name }
  }

  private static let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 5, 6]
  private static let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 1, 0]

  private static func idx(
    _ name: String, images: [UInt8] = images, labels: [UInt8]? = labels, at culprit: String, says: String
  )
    -> Case
  {
    var files = ["train-images-idx3-ubyte": images]
    files["train-labels-idx1-ubyte"] = labels
    return Case(name: "IDX: " + name, files: files, culprit: "train-\(culprit)-ubyte", says: says)
  }

  private static func graph(_ name: String, _ changed: [String: String], at culprit: String, says: String) -> Case {
    var files = [
      "edges.csv": "u,v\n0,1\n", "labels.csv": "node,label\n0,1\n1,0\n", "features.csv": "node,features\n0,1 2\n1,0\n",
    ]
    files.merge(changed) { $1 }
    return Case(name: "graph: " + name, files: files.mapValues { Array($0.utf8) }, culprit: culprit, says: says)
  }

  private static func table(_ name: String, _ text: String, says: String) -> Case {
    Case(name: "table: " + name, files: ["it.csv": Array(text.utf8)], culprit: "it.csv", says: says)
  }

  static let cases: [Case] = [
    idx("nothing", images: [], at: "images-idx3", says: "an IDX file"),
    idx("another type", images: [0, 0, 13, 3] + images.dropFirst(4), at: "images-idx3", says: "an IDX file"),
    idx("another rank", images: [0, 0, 8, 1] + images.dropFirst(4), at: "images-idx3", says: "an IDX file"),
    idx(
      "no images", images: [0, 0, 8, 3, 0, 0, 0, 0] + images.dropFirst(8), at: "images-idx3", says: "the bytes of shape"
    ),
    idx("cut", images: Array(images.dropLast()), at: "images-idx3", says: "the bytes of shape [2, 1, 1]"),
    idx("more behind", images: images + [1], at: "images-idx3", says: "the bytes of shape"),
    idx(
      "sizes beyond counting", images: [0, 0, 8, 3] + [UInt8](repeating: 255, count: 12) + [1], at: "images-idx3",
      says: "the bytes of shape"),
    idx("no labels", labels: nil, at: "labels-idx1", says: "no such file"),
    idx("fewer labels", labels: [0, 0, 8, 1, 0, 0, 0, 1, 1], at: "labels-idx1", says: "2 labels"),
    idx("images for labels", labels: images, at: "labels-idx1", says: "an IDX file"),
    Case(
      name: "IDX: broken gzip", files: ["train-images-idx3-ubyte.gz": [0x1F, 0x8B, 8]],
      culprit: "train-images-idx3-ubyte.gz", says: "a gzip file"),
    Case(
      name: "CIFAR: nothing", files: ["data_batch_1.bin": []], culprit: "data_batch_1.bin", says: "a multiple of 3073"),
    Case(
      name: "CIFAR: cut", files: ["data_batch_1.bin": [UInt8](repeating: 0, count: 3072)], culprit: "data_batch_1.bin",
      says: "a multiple of 3073"),
    Case(
      name: "CIFAR: a label of 10", files: ["data_batch_1.bin": [10] + [UInt8](repeating: 0, count: 3072)],
      culprit: "data_batch_1.bin", says: "a label from 0 to 9"),
    Case(
      name: "CIFAR: too few names",
      files: ["data_batch_1.bin": [UInt8](repeating: 0, count: 3073), "classes.txt": Array("a\nb\n".utf8)],
      culprit: "classes.txt", says: "10 names"),
    table("no samples", "x,label\n", says: "a sample"),
    table("a word", "x,label\none,1\n", says: "a finite number for x"),
    table("NaN", "x,label\nnan,1\n", says: "a finite number for x"),
    table("ragged", "x,label\n1,1\n1\n", says: "2 cells"),
    table("labels alone", "label\n1\n", says: "beside others"),
    table("an open quote", "x,label\n\"1,1\n", says: "closed quotes"),
    graph("an edge to nowhere", ["edges.csv": "u,v\n0,2\n"], at: "edges.csv", says: "an integer from 0 to 1"),
    graph("a negative node", ["edges.csv": "u,v\n-1,0\n"], at: "edges.csv", says: "an integer from 0 to 1"),
    graph("an edge of three", ["edges.csv": "u,v,w\n0,1,1\n"], at: "edges.csv", says: "two columns"),
    graph("a loop", ["edges.csv": "u,v\n0,1\n1,1\n"], at: "edges.csv", says: "two nodes"),
    graph("an edge there and back", ["edges.csv": "u,v\n0,1\n1,0\n"], at: "edges.csv", says: "each pair once"),
    graph("half an edge", ["edges.csv": "u,v\n0\n"], at: "edges.csv", says: "2 cells"),
    graph("no nodes", ["labels.csv": "node,label\n"], at: "labels.csv", says: "one a node"),
    graph(
      "nodes out of order", ["labels.csv": "node,label\n1,0\n0,0\n"], at: "labels.csv", says: "an integer from 0 to 0"),
    graph("a label of -2", ["labels.csv": "node,label\n0,-2\n1,0\n"], at: "labels.csv", says: "an integer from -1"),
    graph("a label of 10^9", ["labels.csv": "node,label\n0,1000000000\n1,0\n"], at: "labels.csv", says: "an integer"),
    graph("features of one node", ["features.csv": "node,features\n0,1\n"], at: "features.csv", says: "one a node, 2"),
    graph(
      "features not in order", ["features.csv": "node,features\n0,2 1\n1,0\n"], at: "features.csv",
      says: "an integer from 3"),
    graph(
      "a feature twice", ["features.csv": "node,features\n0,1 1\n1,0\n"], at: "features.csv", says: "an integer from 2"),
    graph(
      "a feature of 10^12", ["features.csv": "node,features\n0,1000000000000\n1,0\n"], at: "features.csv",
      says: "an integer"),
    graph(
      "features of 1 GB", ["features.csv": "node,features\n0,134217727\n1,0\n"], at: "features.csv",
      says: "at most 67108864"),
    graph("a word for a split", ["split.csv": "node,split\n0,train\n1,maybe\n"], at: "split.csv", says: "\"maybe\""),
    graph("a split of one node", ["split.csv": "node,split\n0,train\n"], at: "split.csv", says: "one a node, 2"),
    graph("too few classes", ["classes.csv": "label,name\n0,A\n"], at: "classes.csv", says: "2 classes"),
    graph(
      "classes out of order", ["classes.csv": "label,name\n1,A\n0,B\n"], at: "classes.csv",
      says: "an integer from 0 to 0"),
  ]

  @Test("Each is one error that names the file", arguments: cases)
  func refused(_ example: Case) throws {
    let directory = TemporaryDirectory()
    let folder = directory.file("it")
    unsafe mkdir(folder, 0o777)
    defer {
      for name in example.files.keys { unsafe unlink(folder + "/" + name) }
      unsafe rmdir(folder)
    }
    for (name, bytes) in example.files { directory.write(bytes, to: "it/" + name) }
    let catalog = DatasetCatalog(folders: [directory.path])
    let error = #expect(throws: SessionError.self) { try catalog.load("it") }
    #expect(
      error?.file == folder + "/" + example.culprit && error?.message.contains(example.says) == true,
      "\(error?.message ?? "")")
    #expect(error?.message.contains("\n") == false)
  }
}
