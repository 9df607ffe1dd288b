import FixedPoint
import Glibc
import TestSupport
import Testing

@testable import Sessions

/// Tables as other programs write them, and labels that are none.
struct OddTableTests {
  private let directory = TemporaryDirectory()

  private func load(_ text: String, _ name: String = "it") throws -> Dataset {
    unsafe mkdir(directory.file("it"), 0o777)
    directory.write(text, to: "it/\(name).csv")
    guard case .samples(let data) = try DatasetCatalog(folders: [directory.path]).load(name) else {
      throw SessionError(expected: "samples", found: "a graph")
    }
    return data
  }

  @Test(arguments: [
    ("quoted, by R, with the numbers of the rows", "\"\",\"a\",\"b\",\"label\"\n\"1\",1.5,2,\"x\"\n\"2\",-3,4,\"y\"\n"),
    ("quoted, by pandas", "\"a\",\"b\",\"label\"\r\n\"1.5\",\"2\",\"x\"\r\n\"-3\",\"4\",\"y\"\r\n"),
    ("an index from 0", ",a,b,label\n0,1.5,2,x\n1,-3,4,y\n"),
    ("a byte order mark", "\u{FEFF}a,b,label\n1.5,2,x\n-3,4,y\n"), ("another case", "a,b,Label\n1.5,2,x\n-3,4,y\n"),
    ("blanks", "a, b, label\n1.5, 2, x\n-3, 4, y\n"),
    ("semicolons and decimal commas", "a;b;label\n1,5;2;x\n-3;4,0;y\n"),
    ("semicolons and points", "a;b;label\n1.5;2;x\n-3;4;y\n"), ("tabs", "a\tb\tlabel\n1.5\t2\tx\n-3\t4\ty\n"),
  ]) func theSameTableIsRead(_ kind: String, _ text: String) throws {
    let data = try load(text)
    #expect(data.numbers == .values([1.5, 2, -3, 4]) && data.shape == Shape([2]), "\(kind)")
    #expect(data.classes == ["x", "y"] && data.labels == [0, 1], "\(kind)")
  }

  @Test(arguments: [
    ("a,label,label\n1,0,0\n3,1,0\n", "row 1", "again"), ("a,a,label\n1,2,0\n3,4,1\n", "row 1", "again"),
    (",,label\n7,1,0\n9,3,1\n", "row 1", "again"), ("a,,label\n1,2,0\n", "row 1", "a name for column 2"),
    ("a,label\n1,0\n2,\n", "row 3", "to be left out"), ("a,label\n1,nan\n2,1\n", "row 2", "to be left out"),
    ("a,label\n1,x\n2,NA\n", "row 3", "to be left out"), ("a,label\n1,0\n2,1\n3,-1\n", "row 4", "from 0 on"),
    ("a,label\n1,0.5\n2,1\n", "row 2", "whole number"), ("a,label\n1,0\n2,1\n3,999\n", "row 4", "999"),
    ("a;label\n1.234,5;0\n2;1\n", "row 2", "finite number"), ("label\n0\n", "row 1", "beside others"),
    ("a,Label,LABEL\n1,0,0\n", "row 1", "a column label"),
  ]) func whatIsWrongIsNamed(_ text: String, _ place: String, _ words: String) {
    let error = #expect(throws: SessionError.self) { try load(text) }
    #expect(error?.path == place && error?.file?.hasSuffix("it/it.csv") == true, "\(error?.message ?? "")")
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test(arguments: [
    ("1\n1.0\n0", ["0", "1"], [1, 1, 0]), ("-1\n1\n-1", ["-1", "1"], [0, 1, 0]),
    ("7\n9\n7", (0...9).map { "\($0)" }, [7, 9, 7]), (" cat\ncat \ndog", ["cat", "dog"], [0, 0, 1]),
  ]) func labelsAreClasses(_ labels: String, _ classes: [String], _ expected: [Int]) throws {
    let rows = labels.split(separator: "\n").enumerated().map { "\($0),\($1)" }
    let data = try load("a,label\n" + rows.joined(separator: "\n"))
    #expect(data.classes == classes && data.labels == expected)
  }

  /// A file that would be the data set but for its labels is said to be that.
  @Test func aTableWithoutLabelsIsNamed() {
    let error = #expect(throws: SessionError.self) { try load("a,b\n1,2\n") }
    #expect(error?.file?.hasSuffix("it/it.csv") == true && error?.expected == "a column label")
  }

  /// One table that is wrong does not hide the others.
  @Test func theOthersAreListedBesideIt() throws {
    let catalog = DatasetCatalog(folders: [CaseFile.path("training", "."), CaseFile.path("training", "toy")])
    let entries = try catalog.entries()
    #expect(Set(entries.map(\.name)).isSuperset(of: ["label-twice", "toy", "two-moons"]), "\(entries.map(\.name))")
    let entry = try #require(entries.first { $0.name == "label-twice" })
    let error = #expect(throws: SessionError.self) { try catalog.load(entry) }
    #expect(error?.path == "row 1" && error?.file?.hasSuffix("label-twice.csv") == true)
    _ = try catalog.load("toy")
  }

  @Test func classesMayEndInCRLF() throws {
    unsafe mkdir(directory.file("idx"), 0o777)
    directory.write([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 5, 6], to: "idx/train-images-idx3-ubyte")
    directory.write([0, 0, 8, 1, 0, 0, 0, 2, 1, 0], to: "idx/train-labels-idx1-ubyte")
    directory.write("\u{FEFF}cat\r\ndog\r\n", to: "idx/classes.txt")
    guard case .samples(let data) = try DatasetCatalog(folders: [directory.path]).load("idx") else { return }
    #expect(data.classes == ["cat", "dog"])
    directory.write([0, 0, 8, 1, 0, 0, 0, 2, 255, 0], to: "idx/train-labels-idx1-ubyte")
    unsafe unlink(directory.file("idx/classes.txt"))
    let error = #expect(throws: SessionError.self) { try DatasetCatalog(folders: [directory.path]).load("idx") }
    #expect(error?.found == "the label 255", "\(error?.message ?? "")")
  }
}
