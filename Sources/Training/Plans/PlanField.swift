internal import Sessions

/// One field of a plan's JSON: how it is read and how it is written.
struct PlanField<Plan: Sendable>: Sendable {
  let read: @Sendable (inout ObjectReader, inout Plan) throws(SessionError) -> Void
  /// The member, `nil` where the field is not given.
  let write: @Sendable (Plan) -> JSON.Member?

  static func integer(
    _ name: String, _ range: ClosedRange<Int>, _ path: any WritableKeyPath<Plan, Int> & Sendable
  ) -> PlanField {
    PlanField(
      read: { (reader, plan) throws(SessionError) in
        if let value = reader.integer(name, in: range) { plan[keyPath: path] = value }
      },
      write: { JSON.Member(name, JSON($0[keyPath: path])) })
  }

  static func optionalInteger(
    _ name: String, _ range: ClosedRange<Int>, _ path: any WritableKeyPath<Plan, Int?> & Sendable
  ) -> PlanField {
    PlanField(
      read: { (reader, plan) throws(SessionError) in plan[keyPath: path] = reader.integer(name, in: range) },
      write: { plan in plan[keyPath: path].map { JSON.Member(name, JSON($0)) } })
  }

  static func number(
    _ name: String, _ range: ClosedRange<Double>, _ path: any WritableKeyPath<Plan, Double> & Sendable
  ) -> PlanField {
    PlanField(
      read: { (reader, plan) throws(SessionError) in
        if let value = reader.number(name, in: range) { plan[keyPath: path] = value }
      },
      write: { JSON.Member(name, JSON($0[keyPath: path])) })
  }

  static func text(_ name: String, _ path: any WritableKeyPath<Plan, String?> & Sendable) -> PlanField {
    PlanField(
      read: { (reader, plan) throws(SessionError) in plan[keyPath: path] = reader.text(name) },
      write: { plan in plan[keyPath: path].map { JSON.Member(name, JSON($0)) } })
  }

  static func choice<Choice: RawRepresentable & CaseIterable & SendableMetatype>(
    _ name: String, _ path: any WritableKeyPath<Plan, Choice> & Sendable
  ) -> PlanField where Choice.RawValue == String {
    let names = Choice.allCases.map(\.rawValue)
    return PlanField(
      read: { (reader, plan) throws(SessionError) in
        guard let json = reader.take(name) else { return }
        if let choice = Choice(rawValue: try json.choice(of: names, path: reader.path(of: name))) {
          plan[keyPath: path] = choice
        }
      },
      write: { JSON.Member(name, JSON($0[keyPath: path].rawValue)) })
  }

  /// Objects with the same fields, each beginning as `start`; not written where there is none.
  static func items<Item: Sendable>(
    _ name: String, _ path: any WritableKeyPath<Plan, [Item]> & Sendable, _ start: Item, _ fields: [PlanField<Item>]
  ) -> PlanField {
    PlanField(
      read: { (reader, plan) throws(SessionError) in
        plan[keyPath: path] =
          reader.optionalList(name) { (json, path) throws(SessionError) in
            var inner = try ObjectReader(json, path: path)
            var item = start
            for field in fields { try field.read(&inner, &item) }
            try inner.finish()
            return item
          } ?? []
      },
      write: { plan in
        let items = plan[keyPath: path].map { item in JSON(fields.compactMap { $0.write(item) }) }
        return items.isEmpty ? nil : JSON.Member(name, JSON(items))
      })
  }

  /// An object with fields of its own.
  static func part<Part: Sendable>(
    _ name: String, _ path: any WritableKeyPath<Plan, Part> & Sendable, _ fields: [PlanField<Part>]
  ) -> PlanField {
    PlanField(
      read: { (reader, plan) throws(SessionError) in
        guard let json = reader.take(name) else { return }
        var inner = try ObjectReader(json, path: reader.path(of: name))
        for field in fields { try field.read(&inner, &plan[keyPath: path]) }
        try inner.finish()
      },
      write: { plan in
        JSON.Member(name, JSON(fields.compactMap { $0.write(plan[keyPath: path]) }))
      })
  }
}
