import FixedPoint

/// Sources are the same if their numbers have the same bits: from -0 a run takes other steps than from 0.
extension TensorSource: Equatable {
  public static func == (left: TensorSource, right: TensorSource) -> Bool {
    switch (left, right) {
    case (.values(let left), .values(let right)): left.hasSameBits(as: right)
    case (.fill(let left, let shape), .fill(let right, let other)):
      left.bitPattern == right.bitPattern && shape == other
    case (.ensemble(let left, let shape), .ensemble(let right, let other)): left == right && shape == other
    case (.file(let left, let key), .file(let right, let other)): left == right && key == other
    case (.dataset(let left, let index), .dataset(let right, let other)): left == right && index == other
    case (.values, _), (.fill, _), (.ensemble, _), (.file, _), (.dataset, _): false
    }
  }
}

extension Ensemble: Equatable {
  public static func == (left: Ensemble, right: Ensemble) -> Bool { JSON(left.members) == JSON(right.members) }
}

extension FieldSource.Value: Equatable {
  public static func == (left: FieldSource.Value, right: FieldSource.Value) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): left.bitPattern == right.bitPattern
    case (.text(let left), .text(let right)): left == right
    case (.flag(let left), .flag(let right)): left == right
    case (.tensor(let left), .tensor(let right)): left == right
    case (.edges(let left), .edges(let right)): left == right
    case (.number, _), (.text, _), (.flag, _), (.tensor, _), (.edges, _): false
    }
  }
}

extension Tensor {
  fileprivate func hasSameBits(as other: Tensor) -> Bool {
    shape == other.shape && values.elementsEqual(other.values) { $0.bitPattern == $1.bitPattern }
  }
}
