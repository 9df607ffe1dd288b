import Glibc

@testable import Sessions
@testable import Specimens

/// The files that the fuzzer starts from: those of other programs, the hostile ones of the tests, and the sessions.
enum Seeds {
  /// Writes a folder a reader into `folder`.
  static func write(to folder: String, sessions: String) {
    for reader in Reader.allCases {
      unsafe mkdir(folder + "/" + reader.rawValue, 0o755)
      for (position, bytes) in seeds(of: reader, sessions).enumerated() where bytes.count <= 16384 {
        try? FileSystem.replace("\(folder)/\(reader.rawValue)/\(position)", with: bytes)
      }
    }
  }

  private static func seeds(of reader: Reader, _ sessions: String) -> [[UInt8]] {
    let fixtures = TensorFixtures.all.filter { $0.ending == reader.ending }.map { decodeBase64($0.text) }
    let hostile = HostileFiles.all.filter { $0.ending == reader.ending }.map(\.bytes)
    return switch reader {
    case .session: ((try? SessionFile.list(in: sessions)) ?? []).compactMap { try? FileSystem.read($0) }
    case .dataset: datasets
    case .part: [Array(part.utf8), Array(part.utf8.dropLast(9))]
    default: fixtures + hostile
    }
  }

  private static let part = """
    {"format": "deq-sweep-part/1", "digest": "acf2f0cebff3e548", "shard": "1/2", "cells": [0, 2], "spec": \
    {"format": "deq-sweep/1", "session": "session.deq.json", "axes": [{"path": "network.operators[1].by", \
    "from": 0.1, "to": 0.9, "count": 3, "scale": "linear"}, {"path": "start.fill", "values": [0, 0.5]}], \
    "starts": 1, "seed": 1, "certificates": ["lipschitz-inf"]}}
    {"cell": 0, "outcome": "converged", "steps": 464, "fixedPoints": 1, "spectralRadius": 0.2, "lyapunov": null, \
    "certificates": [["proved", 0.2]]}
    {"cell": 2, "outcome": "cycle", "period": 2, "steps": 1000, "fixedPoints": 0, "spectralRadius": null, \
    "lyapunov": -0.00125, "certificates": [["refuted", null]]}

    """

  private static let datasets: [[UInt8]] = [
    DataFolders.packed(0, [[0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 5, 6], [0, 0, 8, 1, 0, 0, 0, 2, 1, 0]]),
    DataFolders.packed(1, [decodeBase64(TensorFixtures.npyGzip), []]),
    DataFolders.packed(2, [[3] + [UInt8](repeating: 9, count: 3072)]),
    DataFolders.packed(3, [Array("p0,p1,p2,p3,label\n0,1,0.5,2e-3,0\n1,0,0,\"-1\",cat\n".utf8)]),
    DataFolders.packed(
      4,
      [
        "u,v\n0,1\n", "node,label\n0,1\n1,0\n", "node,features\n0,1 2\n1,0\n", "node,split\n0,train\n1,test\n",
        "label,name\n0,A\n1,B\n",
      ].map { Array($0.utf8) }),
  ]
}

extension Reader {
  /// The ending of the files that it reads.
  fileprivate var ending: String {
    switch self {
    case .session: "deq.json"
    case .npy, .npz, .safetensors, .csv: rawValue
    case .gzip: "npy.gz"
    case .checkpoint: "pt"
    case .dataset, .part: ""
    }
  }
}
