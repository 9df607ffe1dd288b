/// Small sessions with known behaviour, as texts of session files.
public enum SpecimenSessions {
  /// The three-unit map of three certificates that disagree; plain steps from 0 take 56 to 1e-10 (absolute).
  public static let threeUnits = """
    {"format": "deq-session/1", "title": "Three units", "notes": "Certificates disagree.",
     "network": {"state": {"shape": [3]}, "operators": [
       {"op": "dense", "weight": {"values": [[0.5, -0.3, 0.2], [0.1, 0.4, -0.6], [-0.2, 0.3, 0.5]]}},
       {"op": "inject", "bias": {"values": [0.3, -0.1, 0.2]}},
       {"op": "activation", "kind": "tanh"}]},
     "start": {"fill": 0}}
    """

  /// 87 units, tanh of a random matrix of spectral radius 0.95: plain steps converge.
  public static let dense = """
    {"format": "deq-session/1", "title": "Dense map, tanh, 87 units", "notes": "Try Anderson.",
     "network": {"state": {"shape": [87]}, "operators": [
       {"op": "dense", "weight": {"ensemble": "gaussian", "seed": 1, "constraint": {"spectralRadius": 0.95}}},
       {"op": "inject", "bias": {"ensemble": "gaussian", "seed": 2}},
       {"op": "activation", "kind": "tanh"}]}}
    """

  /// z to 1.1 - z: every orbit has period two, exactly.
  public static let cycle = """
    {"format": "deq-session/1", "title": "Cycle of two",
     "network": {"state": {"shape": [2]}, "operators": [
       {"op": "scale", "by": -1}, {"op": "inject", "bias": {"fill": 1}}]},
     "start": {"values": [0.25, 0.75]}}
    """

  /// z to exp(exp(z)): overflows to infinity after a few steps.
  public static let divergence = """
    {"format": "deq-session/1", "title": "Overflow",
     "network": {"state": {"shape": [2]}, "operators": [
       {"op": "activation", "kind": "exp"}, {"op": "activation", "kind": "exp"}]},
     "start": {"values": [1, 0.5]}}
    """

  /// Positive and normalised: Thompson's and Hilbert's distances are defined.
  public static let positive = """
    {"format": "deq-session/1", "title": "Positive, normalised: Thompson and Hilbert distances are defined here",
     "network": {"state": {"shape": [12]}, "operators": [
       {"op": "dense", "weight": {"ensemble": "uniform", "seed": 3, "constraint": "nonnegative"}},
       {"op": "inject", "bias": {"fill": 0.1}},
       {"op": "normalize", "norm": 2}]}}
    """

  /// tanh of g times the difference of two units, plus 1.2: one fixed point up to g = 1/2, three beyond; here g = 1.
  public static let twoUnits = """
    {"format": "deq-session/1", "title": "Two units",
     "network": {"state": {"shape": [2]}, "operators": [
       {"op": "dense", "weight": {"values": [[1, -1], [-1, 1]]}}, {"op": "scale", "by": 1},
       {"op": "activation", "kind": "tanh", "shift": 1.2}]},
     "start": {"values": [1.3, 1.1]}}
    """

  /// tanh(2 z): two attractors, and 0 between them.
  public static let oneUnit = """
    {"format": "deq-session/1", "title": "One unit",
     "network": {"state": {"shape": [1]}, "operators": [
       {"op": "scale", "by": 2}, {"op": "activation", "kind": "tanh"}]},
     "start": {"values": [0.1]}}
    """

  /// W z + b with both from files beside it, which ``writeFiles(to:)`` writes.
  public static let fromFiles = """
    {"format": "deq-session/1", "title": "From files",
     "network": {"state": {"shape": [2]}, "operators": [
       {"op": "dense", "weight": {"file": "w.csv"}}, {"op": "inject", "bias": {"file": "b.csv"}}]}}
    """

  public static func writeFiles(to directory: TemporaryDirectory) {
    directory.write("0.5,0.1\n0,0.25\n", to: "w.csv")
    directory.write("1\n2\n", to: "b.csv")
  }

  /// An operator that does not exist.
  public static let malformed = """
    {"format": "deq-session/1",
     "network": {"state": {"shape": [2]}, "operators": [{"op": "dens"}]}}
    """
}
