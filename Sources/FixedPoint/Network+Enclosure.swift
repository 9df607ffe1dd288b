internal import LinearAlgebra

extension Network {
  /// Encloses f(z) for all z in `box`, outward rounded.
  /// - Throws: ``EnclosureError`` with the position of the operator that has no finite enclosure.
  public func enclose(_ box: IntervalVector) throws(EnclosureError) -> IntervalVector {
    try enclosedValues(over: box)[operators.count]
  }

  /// Encloses the running value before each operator, and the image last.
  public func enclosedValues(over box: IntervalVector) throws(EnclosureError) -> [IntervalVector] {
    precondition(box.count == dimension, "a box has as many entries as the map's dimension")
    var result = [box]
    for (position, link) in operators.enumerated() {
      do throws(EnclosureError) {
        result.append(try link.enclose(result[position], state: box))
      } catch {
        throw error.placed(at: position)
      }
    }
    return result
  }

  /// Encloses J(z) for all z in `box`, every element of the generalised Jacobian included, outward rounded.
  /// - Throws: ``EnclosureError`` with the position of the operator that has no finite enclosure.
  public func encloseJacobian(_ box: IntervalVector) throws(EnclosureError) -> IntervalMatrix {
    let values = try enclosedValues(over: box)
    var running = IntervalMatrix.identity(dimension)
    for (position, link) in operators.enumerated() {
      do throws(EnclosureError) {
        running = try link.encloseJacobian(over: values[position], times: running)
      } catch {
        throw error.placed(at: position)
      }
      if link.stateFactor != 0 { running = running + link.stateFactor * IntervalMatrix.identity(dimension) }
    }
    return running
  }
}

extension EnclosureError {
  fileprivate func placed(at position: Int) -> EnclosureError {
    var error = self
    error.position = position
    return error
  }
}
