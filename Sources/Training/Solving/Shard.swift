internal import LinearAlgebra
internal import Synchronization

/// A part of a batch that one thread works on, with its buffers: kept from batch to batch.
final class Shard<Scalar: BatchScalar>: Sendable {
  let state = Mutex(ShardState<Scalar>())
}
