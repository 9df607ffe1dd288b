import FixedPoint

/// Turns the sources of a document into tensors.
struct TensorResolver {
  /// The directory that relative paths start from.
  let directory: String
  let catalog: DatasetCatalog
  /// What was generated before: the same ensemble of the same shape is not generated again.
  private let known: [GeneratedTensor]
  private let log = Log()

  /// What was read and generated, shared by all copies of the resolver.
  private final class Log {
    var data: [DataDigest] = []
    var tensors: [GeneratedTensor] = []
  }

  init(directory: String, catalog: DatasetCatalog = .standard(), known: [GeneratedTensor] = []) {
    self.directory = directory
    self.catalog = catalog
    self.known = known
  }

  /// What came from outside the document so far, in the order in which it was read.
  var data: [DataDigest] { log.data }

  /// Every tensor that was generated so far.
  var generated: [GeneratedTensor] { log.tensors }

  /// The tensor of a source; `shape` is what a generated one takes when its source gives none.
  /// - Throws: ``SessionError`` with a path relative to the source.
  func tensor(_ source: TensorSource, shape: Shape) throws(SessionError) -> Tensor {
    switch source {
    case .values(let tensor): return tensor
    case .fill(let value, let own): return Tensor(filling: try affordable(own ?? shape), with: value)
    case .ensemble(let ensemble, let own): return try generate(ensemble, shape: try affordable(own ?? shape))
    case .file(let path, let key):
      do throws(SessionError) {
        return noted(try TensorFile.read(path, in: directory, key: key), from: source)
      } catch {
        throw error.path.isEmpty ? error.under("file") : error
      }
    case .dataset(let name, let index):
      return noted(try sample(index, of: name, shape: shape), from: source)
    }
  }

  /// A sample takes the shape that is needed if it has as many numbers.
  private func sample(_ index: Int, of name: String, shape: Shape) throws(SessionError) -> Tensor {
    do throws(SessionError) {
      let tensor = try catalog.sample(index, of: name)
      return tensor.shape.count == shape.count ? Tensor(shape: shape, values: tensor.values) : tensor
    } catch {
      throw error.inDataset
    }
  }

  private func noted(_ tensor: Tensor, from source: TensorSource) -> Tensor {
    log.data.append(DataDigest(source: source, digest: Fingerprint.of(tensor.values)))
    return tensor
  }

  private func affordable(_ shape: Shape) throws(SessionError) -> Shape {
    guard shape.count <= Shape.largestCount else {
      throw SessionError(expected: "at most \(Shape.largestCount) numbers", found: "shape \(shape)")
    }
    return shape
  }

  private func generate(_ ensemble: Ensemble, shape: Shape) throws(SessionError) -> Tensor {
    let same = (known + log.tensors).first { $0.ensemble == ensemble && $0.tensor.shape == shape }
    if let same {
      log.tensors.append(same)
      return same.tensor
    }
    let tensor = try generateAnew(ensemble, shape: shape)
    log.tensors.append(GeneratedTensor(ensemble: ensemble, tensor: tensor))
    return tensor
  }

  private func generateAnew(_ ensemble: Ensemble, shape: Shape) throws(SessionError) -> Tensor {
    do throws(FieldError) {
      return try EnsembleGenerator.generate(ensemble, shape: shape)
    } catch {
      throw SessionError(path: error.field, expected: error.expected, found: error.found)
    }
  }

  /// Pairs of nodes, from the document or from a file of two columns.
  func edges(_ source: EdgeSource) throws(SessionError) -> [[Int]] {
    switch source {
    case .pairs(let pairs): return pairs
    case .file(let path):
      do throws(SessionError) {
        let table = try TensorFile.read(path, in: directory, key: nil)
        return try edges(noted(table, from: .file(path: path, key: nil)), path)
      } catch {
        throw error.under("file")
      }
    }
  }

  private func edges(_ table: Tensor, _ path: String) throws(SessionError) -> [[Int]] {
    // A table of one edge is read as a vector.
    guard table.shape.last == 2, table.shape.rank <= 2 else {
      throw SessionError(expected: "two columns of node numbers in \(path)", found: "shape \(table.shape)")
    }
    var edges: [[Int]] = []
    for start in stride(from: 0, to: table.values.count, by: 2) {
      let pair = [table.values[start], table.values[start + 1]]
      let nodes = pair.compactMap { Int(exactly: $0) }.filter { $0 >= 0 }
      guard nodes.count == 2 else {
        throw SessionError(
          expected: "node numbers, which count from 0, in \(path)", found: "\(pair) at entry \(edges.count)")
      }
      edges.append(nodes)
    }
    return edges
  }

  /// The value of a field, with the shapes that a generated tensor needs.
  func value(_ source: FieldSource, field: Field, in context: OperatorContext) throws(SessionError) -> FieldValue {
    switch source.value {
    case .number(let number): return .number(number)
    case .text(let text): return .text(text)
    case .flag(let flag): return .flag(flag)
    case .edges(let source): return .edges(try edges(source))
    case .tensor(let source):
      guard case .tensor(let shape) = field.kind else { preconditionFailure("a tensor was read for a tensor field") }
      return .tensor(try tensor(source, shape: shape(context)))
    }
  }
}

extension SessionError {
  /// The error of a data set as one of the tensor that names it; the file at fault stays in the words.
  fileprivate var inDataset: SessionError {
    guard path != "index" else { return self }
    guard let file else { return under("dataset") }
    if kind == .unreadable { return SessionError(.unreadable, path: "dataset", expected: file, found: found) }
    let place = path.isEmpty ? file : "\(path) of \(file)"
    return SessionError(path: "dataset", expected: "\(expected) in \(place)", found: found)
  }
}

/// A tensor with the ensemble that it was generated from.
struct GeneratedTensor: Sendable {
  let ensemble: Ensemble
  let tensor: Tensor
}
