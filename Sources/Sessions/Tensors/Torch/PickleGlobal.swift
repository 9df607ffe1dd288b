/// The few names outside a pickle that mean something here; a checkpoint of tensors needs no others.
enum PickleGlobal: Equatable {
  case orderedDictionary
  /// `torch._utils._rebuild_tensor` and `_rebuild_tensor_v2`: a view of a storage.
  case tensor
  /// `torch._utils._rebuild_parameter`: a tensor that is trained.
  case parameter
  /// `torch.Size`: a tuple.
  case size
  case storage(ElementType)

  /// - Throws: ``SessionError`` that names anything else.
  init(module: String, name: String) throws(SessionError) {
    switch (module, name) {
    case ("collections", "OrderedDict"): self = .orderedDictionary
    case ("torch._utils", "_rebuild_tensor"), ("torch._utils", "_rebuild_tensor_v2"): self = .tensor
    case ("torch._utils", "_rebuild_parameter"): self = .parameter
    case ("torch", "Size"): self = .size
    default:
      guard module == "torch", let type = Self.storages[name] else {
        throw SessionError(
          expected: "tensors, numbers, texts and plain containers (as torch.save(model.state_dict()) writes them)",
          found: "the Python object \(JSON(module + "." + name).summary)")
      }
      self = .storage(type)
    }
  }

  private static let storages: [String: ElementType] = [
    "DoubleStorage": .float64, "FloatStorage": .float32, "HalfStorage": .float16, "BFloat16Storage": .bfloat16,
    "LongStorage": .int64, "IntStorage": .int32, "ShortStorage": .int16, "CharStorage": .int8, "ByteStorage": .uint8,
    "BoolStorage": .bool,
  ]

  var name: String {
    switch self {
    case .orderedDictionary: "collections.OrderedDict"
    case .tensor: "torch._utils._rebuild_tensor_v2"
    case .parameter: "torch._utils._rebuild_parameter"
    case .size: "torch.Size"
    case .storage(let type): "a storage of \(type.rawValue)"
    }
  }
}
