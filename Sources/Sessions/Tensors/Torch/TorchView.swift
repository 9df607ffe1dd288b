/// A storage as a checkpoint names it: numbers of one type that lie elsewhere in the file.
struct TorchStorage: Equatable {
  let key: String
  let type: ElementType
  /// Numbers that it is said to have.
  let count: Int
  /// The first of them that is meant, where the storage is itself a part of one (the older format).
  var start = 0
}

/// A tensor as a checkpoint describes it: a view of a storage.
struct TorchView {
  let storage: TorchStorage
  let offset: Int
  let sizes: [Int]
  let strides: [Int]
}
