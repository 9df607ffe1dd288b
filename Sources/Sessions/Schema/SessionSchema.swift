import FixedPoint

/// The format of session files as a JSON Schema, made from the tables of operators and methods that the reader uses.
///
/// The reader knows more: that nested arrays are rectangular, that shapes fit together, that files are there.
/// Source: JSON Schema, draft 2020-12.
public enum SessionSchema {
  public static var json: JSON {
    [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": JSON(SessionDocument.format),
      "description": "A session of deq: a map f, a start, a method, and what was done with them.",
      "type": "object",
      "properties": JSON(
        [
          JSON.Member("format", ["const": JSON(SessionDocument.format)]), JSON.Member("title", text),
          JSON.Member("notes", text),
        ] + problemMembers + [JSON.Member("recording", reference("recording"))]),
      "required": ["format", "network"],
      "additionalProperties": false,
      "$defs": [
        "shape": shape, "shaped": JSON.object([JSON.Member("shape", reference("shape"))], required: ["shape"]),
        "network": network, "operator": operators, "solver": solvers, "stopping": stopping, "tensor": tensor,
        "nested": nested, "edges": edges, "recording": recording, "action": action, "check": check, "left": left,
      ],
    ]
  }

  /// The members that make the problem.
  private static var problemMembers: [JSON.Member] {
    let parts = [
      ("network", "network"), ("input", "tensor"), ("start", "tensor"), ("solver", "solver"), ("stopping", "stopping"),
    ]
    return parts.map { JSON.Member($0, reference($1)) }
  }

  static var problem: JSON { .object(problemMembers, required: ["network"]) }

  static func reference(_ name: String) -> JSON { ["$ref": JSON("#/$defs/" + name)] }
  static var text: JSON { ["type": "string"] }
  static func list(of items: JSON) -> JSON { ["type": "array", "items": items] }
  static func names(_ names: [String]) -> JSON { ["enum": JSON(names.map { JSON($0) })] }
  static let count = JSON(JSON.integer(0...Int(Int32.max)))

  private static var shape: JSON {
    ["type": "array", "items": JSON(JSON.integer(1...Shape.largestCount)), "minItems": 1]
  }

  private static var network: JSON {
    JSON.object(
      [
        JSON.Member("state", reference("shaped")), JSON.Member("input", reference("shaped")),
        JSON.Member("operators", list(of: reference("operator"))),
      ], required: ["state", "operators"])
  }

  private static var operators: JSON {
    [
      "oneOf": JSON(
        OperatorCatalog.all.map { $0.description }.map { kind in
          JSON.object("op", kind.name, kind.fields, description: "v becomes " + kind.formula)
        })
    ]
  }

  private static var solvers: JSON {
    [
      "oneOf": JSON(
        MethodCatalog.all.map { $0.description }.map { method in
          JSON.object("method", method.name, method.options, description: method.summary)
        })
    ]
  }

  private static var stopping: JSON {
    JSON.object(
      [
        JSON.Member("tolerance", JSON(JSON.number(0 ... .greatestFiniteMagnitude))),
        JSON.Member("measure", names(Measure.allCases.map(\.rawValue))),
        JSON.Member("maxSteps", JSON(JSON.integer(1...1_000_000_000))),
      ], required: [])
  }

  private static var edges: JSON {
    let pair: JSON = ["type": "array", "items": count, "minItems": 2, "maxItems": 2]
    return ["anyOf": [list(of: pair), JSON.object([JSON.Member("file", text)], required: ["file"])]]
  }
}
